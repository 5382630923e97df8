// Status events at an EventBridge endpoint: PutEvents, each namespace's in order and at least once. How far it came
// stands in the database, and what cannot be delivered is tried again for as long as the process lives. One thread: the
// loop's.
//
// Errors: an endpoint that does not take an event delays it and those behind it, and is logged when that begins, when
// events are about to be lost by it, and when it ends. An event that no call may carry is logged and left out. What the
// database cannot give or take is logged and tried again; only begin() throws.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pipelines/aws/service.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/engine/event_reader.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

// One call, and how many of the events it carries, from the first on: as many as the API takes. None: the first alone
// is larger than a call may be, and there is nothing to send.
struct PutEvents {
    http::ClientCall call;
    std::size_t count = 0;
};
[[nodiscard]] PutEvents put_events(std::span<const StatusEvent>);  // at least one

// What became of a call of `sent` events.
struct PutReceipt {
    std::size_t taken = 0;  // so many, from the first on, need not be sent again
    std::string fault;      // why not all; empty: all were taken
};
[[nodiscard]] PutReceipt read_receipt(std::size_t sent, const http::ClientOutcome&);

// How long to leave the endpoint alone after that many failures in a row: 1 s, then twice as long each time, to 60 s.
[[nodiscard]] Duration back_off(unsigned failures);

class EventDelivery {
public:
    struct Loop {
        std::function<void(std::function<void()>)> post;             // run in a later turn
        std::function<void(Duration, std::function<void()>)> later;  // run after that much real time
    };
    EventDelivery(store::Store&, Engine&, aws::Service, Loop);

    // Before the engine recovers, so that what recovering changes is delivered too. The first time on a database,
    // everything older is left out.
    void begin();

private:
    // The events of a namespace, one call at a time.
    struct Lane {
        NamespaceId id = 0;
        NamespaceKey key;
        EventPosition reached;
        unsigned failures = 0;            // in a row
        bool is_busy = false;             // a call waits for its turn or is on its way, or the next one is put off
        std::vector<EventPosition> sent;  // of the events in the call that is on its way
    };

    void hear();
    void look();
    [[nodiscard]] Lane& lane_of(NamespaceId);
    void go_on(Lane&);
    [[nodiscard]] EventPage read(const Lane&, std::size_t limit) const;
    [[nodiscard]] std::optional<http::ClientCall> next_call(Lane&);
    void leave_out(Lane&, const StatusEvent&);
    void pass_gone(Lane&);
    void answered(Lane&, const http::ClientOutcome&);
    void remember(const Lane&);
    void warn_of_loss(std::int64_t first_waiting);
    void hear_later(const std::exception& fault);

    store::Store& store_;
    EventReader reader_;
    Bell& bell_;
    aws::Service service_;
    Loop loop_;
    std::map<NamespaceId, Lane> lanes_;
    EventPosition began_;
    std::int64_t looked_ = 0;    // up to here every lane knows of its own
    bool is_to_look_ = false;    // look() was posted
    bool is_put_off_ = false;    // hear() was, since something could not be read
    bool is_loss_told_ = false;  // since the endpoint last took events again
    Bell::Listener listener_;
};

}  // namespace pipelines::engine
