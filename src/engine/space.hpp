// One namespace in memory: its clock, what is due on it, and what a settle has still to do.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/space_clock.hpp"
#include "pipelines/domain/namespace.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/plan/plan.hpp"

namespace pipelines::engine {

// A simulated end or a back-off: 32 bytes a waiting step. Compared by time, then execution, then step, so that the
// order is the same each time.
struct Timer {
    Time due;
    StepRef ref;

    friend auto operator<=>(const Timer&, const Timer&) = default;
};

class Space {
public:
    Space(Namespace row, std::function<Time()> system);

    // Forgets what was due of an execution: after a stop nothing of it is, and neither the clock nor the alarm shall
    // go to where it was.
    void drop_timers(ExecutionKey);
    // The same of one attempt of a step, which was ended before its time.
    void drop_timer(const StepRef&);

    Namespace row;
    bool counted = false;  // row.executions_made is to be written
    SpaceClock clock;
    std::optional<Time> advance;  // the clock's target, as its row has it
    std::priority_queue<Timer, std::vector<Timer>, std::greater<>> timers;
    std::deque<std::pair<ExecutionKey, plan::Event>> events;  // to apply before anything else
    std::set<ExecutionKey> released;                          // a Look is owed
    std::set<ExecutionKey> touched;                           // have drafts to write

    // Only while a settle goes on: what it knows of model package groups, by the group's name in lower case.
    struct Packages {
        std::optional<std::int64_t> highest;                          // number, once one was given here
        std::map<std::int64_t, StepRef, std::greater<>> completed{};  // here, by number: not in rows yet
    };
    std::map<std::string, Packages, std::less<>> packages;
};

}  // namespace pipelines::engine
