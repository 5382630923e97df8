// What changed, written with the rows that changed: one row an execution and settle.

#include <utility>

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
    news_.insert(execution.id);
}

// In a turn of its own, once for all that was committed until then: the answers that the COMMIT lets go are not to wait
// for all who look. They look at what stands, so a turn that is open then has to end first.
void Driver::announce() {
    if (news_.empty() || std::exchange(is_announcing_, true)) return;
    loop_.post([this] {
        const auto ring = [this] {
            is_announcing_ = false;
            bell_.ring(std::exchange(news_, {}));
        };
        rows_.turn.on_undo(ring);
        rows_.turn.after_commit(ring);
    });
}

}  // namespace pipelines::engine
