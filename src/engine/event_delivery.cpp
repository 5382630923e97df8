#include "pipelines/engine/event_delivery.hpp"

#include <exception>
#include <utility>

#include "pipelines/base/json.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {
namespace {

constexpr NamespaceId kAll = 0;         // whose place is where all others begin
constexpr std::size_t kReadAhead = 10;  // as many as a call may carry
constexpr Duration kPause{1000};        // before what could not be read is read again

EventPosition position_of(const store::Delivered& delivered) { return {delivered.event, delivered.change}; }
store::Delivered delivered_to(const EventPosition& position) { return {position.row, position.index}; }

}  // namespace

EventDelivery::EventDelivery(store::Store& store, Engine& engine, aws::Service service, Loop loop)
    : store_(store),
      reader_(store, engine),
      bell_(engine.bell()),
      service_(std::move(service)),
      loop_(std::move(loop)) {}

void EventDelivery::begin() {
    if (const auto stored = store_.deliveries.find(kAll)) {
        began_ = position_of(*stored);
    } else {
        reader_.catch_up();
        began_ = reader_.newest();
        store_.turn.within([this] { store_.deliveries.put(kAll, delivered_to(began_)); });
    }
    looked_ = began_.row;
    listener_ = bell_.listen([this](const Bell::Changed&) { hear(); });
    hear();
}

// Between two turns: every row stands. The rest is not done here, since answers may wait for the same COMMIT.
void EventDelivery::hear() {
    try {
        reader_.catch_up();
    } catch (const std::exception& fault) {
        return hear_later(fault);
    }
    if (!std::exchange(is_to_look_, true)) loop_.post([this] { look(); });
}

// Another turn may be open: a namespace that only its rows speak of may never come to be.
void EventDelivery::look() {
    is_to_look_ = false;
    const std::int64_t newest = reader_.newest().row;
    try {
        for (const NamespaceId id : store_.events.spaces_behind(looked_, newest)) go_on(lane_of(id));
    } catch (const std::exception& fault) {  // those that go on already do not mind
        return hear_later(fault);
    }
    looked_ = newest;
}

// Nobody else may ever come to bring news.
void EventDelivery::hear_later(const std::exception& fault) {
    if (std::exchange(is_put_off_, true)) return;
    log::error("status events that are to be delivered cannot be read: {}", fault.what());
    loop_.later(kPause, [this] {
        is_put_off_ = false;
        store_.turn.when_over([this] { hear(); });
    });
}

EventDelivery::Lane& EventDelivery::lane_of(NamespaceId id) {
    if (const auto known = lanes_.find(id); known != lanes_.end()) return known->second;
    Lane lane;
    lane.id = id;
    lane.key = store_.namespaces.find(id).value().key;
    const auto stored = store_.deliveries.find(id);
    lane.reached = stored ? position_of(*stored) : began_;
    return lanes_.emplace(id, std::move(lane)).first->second;
}

void EventDelivery::go_on(Lane& lane) {
    if (lane.is_busy) return;
    lane.is_busy = true;
    service_.send(
        lane.key, [this, &lane] { return next_call(lane); },
        [this, &lane](const http::ClientOutcome& outcome) { answered(lane, outcome); });
}

EventPage EventDelivery::read(const Lane& lane, std::size_t limit) const {
    return reader_.after(lane.reached, {.space = lane.id, .execution = {}}, limit);
}

std::optional<http::ClientCall> EventDelivery::next_call(Lane& lane) {
    lane.sent.clear();
    const auto page = read(lane, kReadAhead);
    if (page.events.empty()) {
        if (page.is_held) {
            store_.turn.when_over([this, &lane] { pass_gone(lane); });
        } else {
            lane.is_busy = false;
            lane.reached = page.reached;  // of executions that are gone
        }
        return std::nullopt;
    }
    PutEvents next = put_events(page.events);
    if (next.count == 0) {
        leave_out(lane, page.events.front());
        return std::nullopt;
    }
    for (std::size_t at = 0; at < next.count; ++at) lane.sent.push_back(page.events[at].position);
    return std::move(next.call);
}

// Every endpoint would refuse it for ever, and all that is behind it would wait.
void EventDelivery::leave_out(Lane& lane, const StatusEvent& event) {
    log::error("event {} of {} is larger than a call of PutEvents may be, and is not delivered",
               to_string(event.position), text_of(event.envelope["detail"], "pipelineExecutionArn"));
    lane.reached = event.position;
    remember(lane);
    loop_.post([this, &lane] {
        lane.is_busy = false;
        go_on(lane);
    });
}

// Here, and not by reading once more: another turn may be open by the time that the next call is made.
void EventDelivery::pass_gone(Lane& lane) {
    try {
        lane.reached = read(lane, 0).reached;
    } catch (const std::exception& fault) {
        log::error("status events that are to be delivered cannot be read: {}", fault.what());
    }
    lane.is_busy = false;
    go_on(lane);
}

void EventDelivery::answered(Lane& lane, const http::ClientOutcome& outcome) {
    const PutReceipt receipt = read_receipt(lane.sent.size(), outcome);
    if (receipt.taken > 0) {
        lane.reached = lane.sent[receipt.taken - 1];
        remember(lane);
    }
    if (receipt.fault.empty()) {
        if (std::exchange(lane.failures, 0) > 0) {
            log::info("{} takes the events of {} in {} again", service_.endpoint().url(), lane.key.account,
                      lane.key.region);
            is_loss_told_ = false;
        }
        lane.is_busy = false;
        return go_on(lane);
    }
    if (lane.failures++ == 0)
        log::warn("{} does not take the events of {} in {}, which wait until it does: {}", service_.endpoint().url(),
                  lane.key.account, lane.key.region, receipt.fault);
    if (receipt.taken < lane.sent.size()) warn_of_loss(lane.sent[receipt.taken].row);
    loop_.later(back_off(lane.failures), [this, &lane] {
        lane.is_busy = false;
        go_on(lane);
    });
}

// What waits is not kept for ever. Said when a tenth of the room is left, once however many wait.
void EventDelivery::warn_of_loss(std::int64_t first_waiting) {
    const std::int64_t kept = store_.events.kept(), behind = reader_.newest().row - first_waiting;
    if (is_loss_told_ || behind < kept - kept / 10) return;
    is_loss_told_ = true;
    log::warn(
        "{} has not taken events for so long that the oldest are lost, or soon will be: the newest {} rows are kept, "
        "and {} were written since the first that waits",
        service_.endpoint().url(), kept, behind);
}

void EventDelivery::remember(const Lane& lane) {
    try {
        store_.turn.within([this, &lane] { store_.deliveries.put(lane.id, delivered_to(lane.reached)); });
    } catch (const std::exception& fault) {  // the next success writes it; until then a restart only repeats
        log::error("how far events are delivered cannot be written: {}", fault.what());
    }
}

}  // namespace pipelines::engine
