// After a restart, a roll-back or a restore: the open executions of a namespace go on from their rows.

#include <optional>
#include <utility>

#include "engine/driver.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {

void Driver::recover(NamespaceId id) {
    Space& space = loaded(id);
    begin_change(space);
    if (to_switch_.contains(id)) switch_clock(space);
    const auto hopeless = hopeless_[id];
    for (const ExecutionKey key : rows_.executions.open(space.row.id)) {
        std::optional<Error> fault;
        if (const auto known = hopeless.find(key); known != hopeless.end()) {
            fault = {ErrorKind::Internal, "The emulator failed at this execution: " + known->second};
        } else {
            blame(space, key, [this, &space, &fault, key] {
                const auto readable = definitions_.find(rows_.executions.find(key).value().version_key);
                if (!readable) fault = readable.error();
                if (readable) resume(space, load(key));
            });
        }
        if (fault) give_up(space, key, *fault);
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
    for (const NamespaceId id : std::exchange(undone_, failing_)) {
        if (failing_.contains(id)) continue;
        attempt_settle(id, [this, id] {
            if (rows_.namespaces.find(id)) recover(id);  // else it was made in what was undone
        });
        if (undone_.contains(id)) failing_.insert(id);
    }
}

// Of a definition that another version of this program has accepted and this one does not, or at which it fails: the
// execution cannot go on, but all others can.
void Driver::give_up(Space& space, ExecutionKey key, const Error& why) {
    const Time now = space.clock.now();
    const std::string reason = as_reason(why.message);
    TransitionLog transitions;
    for (const auto& [seq, attempt, status] : rows_.steps.fail_open(key, now, reason))
        transitions.note(now, StepTransition{seq, attempt, status, StepStatus::Failed});
    for (const auto& [kind, name] : rows_.jobs.fail_open(key, now, reason))
        if (const auto runner = options_.runners.find(kind); runner != options_.runners.end())
            rows_.turn.after_commit([runner = runner->second, name = name] { runner->release(name); });
    const auto [id, status] = rows_.executions.fail(key, now, reason);
    log::error("execution {} is ended: {}", id, reason);
    transitions.note(now, ExecutionTransition{status, ExecutionStatus::Failed});
    writer_.write_transitions(space.row.id, key, transitions);
    runs_.erase(key);  // one that a read loaded meanwhile
}

}  // namespace pipelines::engine
