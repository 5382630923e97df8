// After a restart, a roll-back or a restore: the open executions of a namespace go on from their rows.

#include "engine/driver.hpp"

namespace pipelines::engine {

void Driver::recover(Space& space) {
    for (const ExecutionKey key : rows_.executions.open(space.row.id)) {
        Run& run = load(space, key);
        for (const StepState& row : run.plan.rows()) {
            if (row.superseded || is_terminal(row.status)) continue;
            switch (row.phase) {
                case Phase::Preparing: launch(space, run, row.seq); break;  // was started, and nothing came of it yet
                case Phase::Simulated:
                case Phase::BackOff:
                    if (row.due) space.timers.push({*row.due, {key, row.seq, row.attempt}});
                    break;
                case Phase::Outside:   // answered by a call of the API
                case Phase::Children:  // follows from its children
                case Phase::Done: break;
            }
        }
        space.touched.insert(key);
        post(space, key, plan::event::Look{});
    }
}

}  // namespace pipelines::engine
