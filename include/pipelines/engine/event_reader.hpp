// Status changes read back, one by one, from the rows that stand for many. Rows of executions that were deleted are
// passed over, and so are changes of steps whose definition this version of the program can no longer read.
//
// Errors: what a damaged row keeps from being read is logged and passed over; only the database's own failures throw.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/engine/engine.hpp"
#include "pipelines/store/events.hpp"

namespace pipelines::engine {

// A change: the row, and which of it (from 0). "12-3"; "12" is the last of row 12, so "0" stands before all.
struct EventPosition {
    static constexpr std::uint32_t kLast = std::numeric_limits<std::uint32_t>::max();

    std::int64_t row = 0;
    std::uint32_t index = kLast;

    friend auto operator<=>(const EventPosition&, const EventPosition&) = default;
};
[[nodiscard]] std::string to_string(const EventPosition&);
[[nodiscard]] std::optional<EventPosition> parse_event_position(std::string_view text);

struct StatusEvent {
    EventPosition position;
    Time at{};
    bool of_step = false;
    Json envelope;  // documents::execution_event or step_event
};

struct EventPage {
    std::vector<StatusEvent> events;
    EventPosition reached;  // where to go on, though there may have been nothing to show
    // Of one that caught up: it ends before a row whose execution is gone, maybe in the turn that is open only, and is
    // to be read on behind that.
    bool is_held = false;
};

class EventReader {
public:
    EventReader(store::Store& store, Engine& engine) : store_(store), engine_(engine) {}

    // Between two turns, when every row stands: from here on it shows these, and none that come later. One that never
    // caught up shows whatever there is: what it says is answered with the turn.
    void catch_up() { newest_ = store_.events.newest(); }
    [[nodiscard]] EventPosition newest() const { return {newest_}; }

    // At most `limit` changes behind that position, the oldest first.
    [[nodiscard]] EventPage after(EventPosition, const store::EventFilter&, std::size_t limit) const;

private:
    // Of executions of which a page has asked, once for all their rows.
    using JobsByAttempt = std::map<ExecutionKey, std::map<StepRef, JobKey>>;
    class Renderer;

    // What the row has behind page.reached; false: the page is full, and there is more in the row.
    bool add(EventPage& page, JobsByAttempt&, const store::EventRow&, std::size_t limit) const;
    bool add_readable(EventPage& page, JobsByAttempt&, const store::EventRow&, std::size_t limit) const;
    // Nothing, and said in the log, if what it reads is damaged.
    template <class Read>
    auto unless_damaged(const store::EventRow&, const Read& read) const -> decltype(read());

    store::Store& store_;
    Engine& engine_;
    static constexpr std::int64_t kUnbounded = std::numeric_limits<std::int64_t>::max();
    [[nodiscard]] bool is_bounded() const { return newest_ != kUnbounded; }
    std::int64_t newest_ = kUnbounded;
};

}  // namespace pipelines::engine
