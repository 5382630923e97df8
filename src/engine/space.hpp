// One namespace in memory: its clock, what is due on it, and what a settle has still to do.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/space_clock.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/domain/namespace.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/plan/plan.hpp"

namespace pipelines::engine {

// A simulated end or a back-off. Compared by time, then execution, then step, so that the order is the same each time.
struct Timer {
    Time due;
    StepRef ref;

    friend auto operator<=>(const Timer&, const Timer&) = default;
};

class Space {
public:
    Space(Namespace row, std::function<Time()> system);

    // Forgets what is due of an execution that is about to be stopped: neither the clock nor the alarm shall go there.
    void drop_timers(ExecutionKey, const plan::Plan&);
    // The same of one step, which is ended before its time.
    void drop_timer(ExecutionKey, const StepState&);

    // Queues an event; the settle that goes on, or the next one, applies it.
    void post(ExecutionKey execution, plan::Event event) { events.emplace_back(execution, std::move(event)); }

    Namespace row;
    bool counted = false;  // row.executions_made is to be written
    SpaceClock clock;
    std::optional<Time> advance;  // the clock's target, as its row has it
    std::set<Timer> timers;
    std::deque<std::pair<ExecutionKey, plan::Event>> events;  // to apply before anything else
    std::set<ExecutionKey> released;                          // a Look is owed
    std::set<ExecutionKey> touched;                           // have drafts to write

    // Only while a settle goes on: what it knows of model package groups, by the group's name in lower case.
    struct Packages {
        std::optional<std::int64_t> highest;                             // number, once one was given here
        std::map<std::int64_t, const Job*, std::greater<>> completed{};  // here, by number: drafts
    };
    std::map<std::string, Packages, std::less<>> packages;
};

}  // namespace pipelines::engine
