// After a restart, a roll-back or a restore: the open executions of a namespace go on from their rows.

#include <utility>

#include "engine/driver.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {

void Driver::recover(NamespaceId id) {
    Space& space = loaded(id);
    reload_if_undone(space);
    const auto hopeless = hopeless_[id];
    for (const ExecutionKey key : rows_.executions.open(space.row.id)) {
        Execution execution = rows_.executions.find(key).value();
        const auto readable = compiled(execution.version_key);
        const auto fault = hopeless.find(key);
        if (!readable) {
            give_up(space, std::move(execution), readable.error());
        } else if (fault != hopeless.end()) {
            give_up(space, std::move(execution),
                    {ErrorKind::Internal, "The emulator failed at this execution: " + fault->second});
        } else {
            blame(space, key, [&] { resume(space, load(key)); });
        }
    }
    settle(space);
    rows_.turn.after_commit([this, id] { hopeless_.erase(id); });
}

void Driver::resume(Space& space, Run& run) {
    const ExecutionKey key = run.execution.id;
    space.touched.insert(key);
    for (const StepState& row : run.plan.rows()) {
        if (row.superseded || is_terminal(row.status)) continue;
        switch (row.phase) {
            case Phase::Preparing:
                performer_.launch(space, run, row.seq);
                break;  // was started, and nothing came of it yet
            case Phase::Simulated:
            case Phase::BackOff:
                if (row.due) space.timers.insert({*row.due, {key, row.seq, row.attempt}});
                break;
            case Phase::Outside: performer_.resume(space, run, row.seq); break;
            case Phase::Children:  // follows from its children
            case Phase::Done: break;
        }
    }
    space.post(key, plan::event::Look{});
}

void Driver::recover_undone() {
    for (const NamespaceId id : std::exchange(undone_, {}))
        attempt_settle(id, [this, id] {
            if (rows_.namespaces.find(id)) recover(id);  // else it was made in what was undone
        });
}

// A definition that another version of this program has accepted and this one does not: its execution cannot go on, but
// all others can.
void Driver::give_up(Space& space, Execution execution, const Error& why) {
    const Time now = space.clock.now();
    const std::string reason = as_reason(why.message);
    log::error("execution {} is ended: {}", execution.public_id, reason);
    TransitionLog transitions;
    for (const StepState& state : rows_.steps.states(execution.id)) {
        if (is_terminal(state.status)) continue;
        transitions.note(now, StepTransition{state.seq, state.attempt, state.status, StepStatus::Failed});
        StepRow row = rows_.steps.find(execution.id, state.seq).value();
        row.state.status = StepStatus::Failed;
        row.state.phase = Phase::Done;
        row.state.due.reset();
        row.state.ended = now;
        row.content.failure = reason;
        row.content.script = nullptr;
        if (auto job = row.content.job ? rows_.jobs.find(*row.content.job) : std::nullopt) {
            job->status = JobStatus::Failed;
            job->failure = reason;
            job->modified = now;
            job->ended = now;
            rows_.jobs.update(*job);
        }
        rows_.steps.put(execution.id, row);
    }
    transitions.note(now, ExecutionTransition{execution.status, ExecutionStatus::Failed});
    execution.status = ExecutionStatus::Failed;
    execution.failure = reason;
    execution.modified = now;
    execution.ended = now;
    rows_.executions.update(execution);
    writer_.write_transitions(execution, transitions);
}

}  // namespace pipelines::engine
