// What comes back from outside: each answer is a change of its own, in a turn of its own.

#include "engine/driver.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {

void Driver::from_outside(const StepRef& step, Phase phase, const OutsideChange& change) {
    try {
        rows_.turn.within([this, &step, phase, &change] {
            // Nobody outside will say it again: what is not written is tried again with the recovery of the namespace.
            rows_.turn.on_undo([this, step, phase, change] {
                owed_.push_back([this, step, phase, change] { from_outside(step, phase, change); });
                set_alarm();
            });
            const auto execution = rows_.executions.find(step.execution);
            if (!execution || is_terminal(execution->status)) return;
            Space& at = space(execution->namespace_id);
            Run& run = load(at, step.execution);
            if (step.step >= run.plan.rows().size()) return;
            const StepState& row = run.plan.row(step.step);
            if (row.superseded || is_terminal(row.status) || row.attempt != step.attempt || row.phase != phase) return;
            reload_if_undone(at);
            change(at, run, step.step);
            settle(at);
        });
    } catch (const std::exception& fault) {
        log::error("an answer from outside could not be taken, and is tried again: {}", fault.what());
    }
}

}  // namespace pipelines::engine
