// What changed, written with the rows that changed: one row an execution and settle.

#include "engine/driver.hpp"

namespace pipelines::engine {

// A stop is the cause of what it does to the steps, an end follows from them.
void Driver::note(Run& run, const plan::Actions& actions, Time now) {
    const auto note_execution = [&run, now](ExecutionStatus to) {
        run.transitions.note(now, ExecutionTransition{run.execution.status, to});
    };
    if (actions.status && !is_terminal(*actions.status)) note_execution(*actions.status);
    for (const plan::Transition& change : actions.transitions)
        run.transitions.note(now,
                             StepTransition{change.step, run.plan.row(change.step).attempt, change.from, change.to});
    if (actions.status && is_terminal(*actions.status)) note_execution(*actions.status);
}

void Driver::write_transitions(const Execution& execution, TransitionLog& transitions) {
    if (transitions.empty()) return;
    rows_.events.insert(execution.namespace_id, execution.id, transitions.began(), transitions.text());
    transitions.clear();
    has_news_ = true;
}

// Once for all that one COMMIT brought.
void Driver::announce() {
    if (std::exchange(has_news_, false)) bell_.ring();
}

}  // namespace pipelines::engine
