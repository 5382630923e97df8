// After a restart, a roll-back or a restore: the open executions of a namespace go on from their rows.

#include <utility>

#include "engine/driver.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {

void Driver::recover(NamespaceId id) {
    Space& space = loaded(id);
    reload_if_undone(space);
    if (to_switch_.contains(id)) switch_clock(space);
    const auto hopeless = hopeless_[id];
    for (const ExecutionKey key : rows_.executions.open(space.row.id)) {
        Execution execution = rows_.executions.find(key).value();
        const auto readable = definitions_.find(execution.version_key);
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

void Driver::recover_all() {
    for (const Namespace& row : rows_.namespaces.all()) {
        to_switch_.insert(row.id);
        attempt_settle(row.id, [this, id = row.id] { recover(id); });
    }
}

// Until it stands: a recovery that is undone comes again, and finds the mode of the process before.
void Driver::switch_clock(Space& space) {
    const ClockState& stored = space.clock.state();
    const ClockState& wanted = options_.clock;
    if (stored.mode != wanted.mode || stored.rate != wanted.rate) space.clock.switch_to(wanted.mode, wanted.rate);
    rows_.turn.after_commit([this, id = space.row.id] { to_switch_.erase(id); });
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

// Of a definition that another version of this program has accepted and this one does not, or at which it fails: the
// execution cannot go on, but all others can.
void Driver::give_up(Space& space, Execution execution, const Error& why) {
    const Time now = space.clock.now();
    const std::string reason = as_reason(why.message);
    log::error("execution {} is ended: {}", execution.public_id, reason);
    TransitionLog transitions;
    for (const StepState& state : rows_.steps.states(execution.id))
        if (!is_terminal(state.status))
            transitions.note(now, StepTransition{state.seq, state.attempt, state.status, StepStatus::Failed});
    rows_.steps.fail_open(execution.id, now, reason);
    for (const auto& [kind, name] : rows_.jobs.fail_open(execution.id, now, reason))
        if (const auto runner = options_.runners.find(kind); runner != options_.runners.end())
            rows_.turn.after_commit([runner = runner->second, name = name] { runner->release(name); });
    transitions.note(now, ExecutionTransition{execution.status, ExecutionStatus::Failed});
    execution.status = ExecutionStatus::Failed;
    execution.failure = reason;
    execution.modified = now;
    execution.ended = now;
    rows_.executions.update(execution);
    writer_.write_transitions(execution, transitions);
    runs_.erase(execution.id);  // one that a read loaded meanwhile
}

}  // namespace pipelines::engine
