#include "pipelines/plan/plan.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "plan/retry.hpp"
#include "plan/slots.hpp"

namespace pipelines::plan {

using definition::Node;
using definition::NodeKind;

Plan::Plan(std::shared_ptr<const Graph> graph, std::vector<bool> selected, RunState run, std::vector<StepState> rows)
    : graph_(std::move(graph)), selected_(std::move(selected)), run_(run), rows_(std::move(rows)) {
    for (NodeIndex node = 0; node < graph_->nodes.size(); ++node)
        if (graph_->nodes[node].kind == NodeKind::ForEach) loops_.push_back(node);
    for (const StepState& row : rows_)
        if (row.superseded) leave_behind(row);
    rebuild();
}

Actions Plan::apply(const Event& event, Time now) {
    Actions actions;
    std::visit([this, now, &actions](const auto& one) { on(one, now, actions); }, event);
    std::sort(actions.changed.begin(), actions.changed.end());
    actions.changed.erase(std::unique(actions.changed.begin(), actions.changed.end()), actions.changed.end());
    return actions;
}

// The row an event speaks of, if the event still means anything: it is open and on that attempt.
StepState* Plan::live(StepSeq step, std::uint32_t attempt) {
    if (step >= rows_.size()) return nullptr;
    StepState& row = rows_[step];
    return row.superseded || row.attempt != attempt || is_terminal(row.status) ? nullptr : &row;
}

void Plan::on(const event::Look&, Time now, Actions& actions) {
    if (run_.status == ExecutionStatus::Executing) start_ready(now, actions);
    conclude_loops(actions);
    finish_if_over(actions);
}

void Plan::on(const event::Underway& event, Time, Actions& actions) {
    StepState* row = live(event.step, event.attempt);
    if (row == nullptr || row->phase == Phase::BackOff || row->phase == Phase::Children) return;
    if (row->status != StepStatus::Stopping) change(*row, event.status, actions);
    row->phase = event.phase;
    row->due = event.due;
    actions.changed.push_back(row->seq);
}

void Plan::on(const event::Expanded& event, Time, Actions& actions) {
    StepState* row = live(event.step, event.attempt);
    if (row == nullptr || graph_->nodes[row->node].kind != NodeKind::ForEach || row->phase == Phase::Children) return;
    row->items = event.items;
    row->phase = Phase::Children;
    if (row->status == StepStatus::Starting) change(*row, StepStatus::Executing, actions);
    actions.changed.push_back(row->seq);
    resize_body(row->node, event.items);
    consider_body(row->node);
    actions.released = true;
}

void Plan::on(const event::Ended& event, Time now, Actions& actions) {
    StepState* row = live(event.step, event.attempt);
    if (row == nullptr || !is_terminal(event.verdict.status)) return;
    if (row->phase == Phase::BackOff) return;  // this attempt has ended; the step waits for the next
    if (row->phase == Phase::Children && !children_over(row->node)) return;
    actions.changed.push_back(row->seq);
    if (event.verdict.status == StepStatus::Failed && run_.status == ExecutionStatus::Executing) {
        if (const auto next = next_attempt(graph_->nodes[row->node], *row, event.verdict.error, now)) {
            if (row->retries.size() <= next->policy) row->retries.resize(next->policy + 1);
            std::uint16_t& used = row->retries[next->policy];
            if (used < std::numeric_limits<std::uint16_t>::max())
                ++used;  // ExpireAfterMin may allow more than it holds
            change(*row, StepStatus::Executing, actions);
            row->phase = Phase::BackOff;
            row->due = next->due;
            actions.wake.push_back(row->seq);
            return;
        }
    }
    close(*row, event.verdict, now, actions);
}

void Plan::on(const event::Due& event, Time, Actions& actions) {
    StepState* row = live(event.step, event.attempt);
    if (row == nullptr || row->phase != Phase::BackOff) return;
    ++row->attempt;
    row->phase = Phase::Preparing;
    row->due.reset();
    actions.changed.push_back(row->seq);
    actions.launch.push_back(row->seq);
}

void Plan::on(const event::Stop&, Time now, Actions& actions) {
    if (run_.status != ExecutionStatus::Executing) return;
    run_.status = ExecutionStatus::Stopping;
    actions.status = run_.status;
    actions.released = true;
    for (StepState& row : rows_) {
        if (row.superseded || is_terminal(row.status)) continue;
        if (row.phase == Phase::Outside || row.phase == Phase::Children) {
            change(row, StepStatus::Stopping, actions);
        } else {
            close(row, Verdict{.status = StepStatus::Stopped}, now, actions);
        }
        actions.changed.push_back(row.seq);
        if (row.phase != Phase::Children) actions.halt.push_back(row.seq);
    }
}

void Plan::on(const event::Retry& event, Time, Actions& actions) {
    if (run_.status != ExecutionStatus::Failed && run_.status != ExecutionStatus::Stopped) return;
    run_.status = ExecutionStatus::Executing;
    if (event.max_parallel) run_.max_parallel = event.max_parallel;
    actions.status = run_.status;
    actions.released = true;
    for (StepState& row : rows_) {
        if (row.superseded || row.reused || row.status == StepStatus::Succeeded) continue;
        row.superseded = true;
        leave_behind(row);
        actions.changed.push_back(row.seq);
    }
    rebuild();
}

void Plan::on(const event::SetParallelism& event, Time, Actions& actions) {
    run_.max_parallel = event.max_parallel;
    actions.released = !is_terminal(run_.status);
}

void Plan::change(StepState& row, StepStatus to, Actions& actions) {
    if (row.status == to) return;
    actions.transitions.push_back({row.seq, row.status, to});
    row.status = to;
}

void Plan::close(StepState& row, Verdict verdict, Time now, Actions& actions) {
    count(row, -1);
    change(row, verdict.status, actions);
    row.phase = Phase::Done;
    row.due.reset();
    row.ended = now;
    if (verdict.outcome) row.outcome = verdict.outcome;
    count(row, +1);
    if (graph_->nodes[row.node].kind == NodeKind::ForEach) consider_body(row.node);
    consider_dependents({row.node, row.iteration});
    if (row.status != StepStatus::Succeeded) drop_frozen();
    actions.released = true;
}

void Plan::start(Instance instance, Time now, Actions& actions) {
    StepState row;
    row.seq = run_.next_seq++;
    row.node = instance.node;
    row.iteration = instance.iteration;
    row.started = now;
    row.answers_failure = answers(instance);
    if (const StepState* earlier = superseded_row(instance)) {
        row.attempt = earlier->attempt + 1;
        row.items = earlier->items;
        if (row.items) resize_body(row.node, *row.items);
    }
    slot(instance) = static_cast<std::int32_t>(row.seq);
    rows_.push_back(row);
    count(row, +1);
    actions.changed.push_back(row.seq);
    actions.transitions.push_back({row.seq, std::nullopt, row.status});
    actions.launch.push_back(row.seq);
}

void Plan::start_ready(Time now, Actions& actions) {
    for (auto next = ready_.begin(); next != ready_.end();) {
        const Instance instance = instance_of(*next);
        if (!has_free_slot(instance)) {
            if (is_full()) return start_loops(now, actions);
            next =
                ready_.lower_bound(OrderKey{std::get<0>(*next) + 1, -1, 0});  // a full loop: none of its children can
            continue;
        }
        next = ready_.erase(next);
        start(instance, now, actions);
    }
}

// At the limit of the run: only what needs no slot can start.
void Plan::start_loops(Time now, Actions& actions) {
    for (const NodeIndex loop : loops_) {
        const Instance instance{loop, -1};
        if (ready_.erase(order(instance)) > 0) start(instance, now, actions);
    }
}

// A ForEach is over when none of its children runs and none can start any more.
bool Plan::children_over(NodeIndex loop) const {
    if (running_children_[loop] > 0) return false;
    if (run_.status != ExecutionStatus::Executing) return true;
    const auto first_child = ready_.lower_bound(OrderKey{loop, 0, 0});
    return first_child == ready_.end() || std::get<0>(*first_child) != loop;
}

// Emitted again on every Look until it is answered, so that a restart in between loses nothing.
void Plan::conclude_loops(Actions& actions) {
    for (const NodeIndex loop : loops_) {
        const StepState* row = current(loop);
        if (row != nullptr && row->phase == Phase::Children && children_over(loop))
            actions.conclude.push_back(row->seq);
    }
}

void Plan::finish_if_over(Actions& actions) {
    if (is_terminal(run_.status) || open_ > 0) return;
    if (run_.status == ExecutionStatus::Executing && !ready_.empty()) return;
    run_.status = final_status();
    actions.status = run_.status;
}

// Succeeded without a failure. With failures, CompletedWithFailures when each has a direct dependent with a trigger for
// it that succeeded and no Fail step ran (inferred: docs/compatibility.md). Children count through their ForEach.
ExecutionStatus Plan::final_status() const {
    bool failed = false, unhandled = false;
    for (const StepState& row : rows_) {
        if (row.superseded || row.reused || row.iteration >= 0) continue;
        if (row.status != StepStatus::Failed && row.status != StepStatus::Stopped) continue;
        if (run_.status == ExecutionStatus::Stopping && row.status == StepStatus::Stopped) continue;
        failed = true;
        const Node& node = graph_->nodes[row.node];
        const bool handled = std::any_of(node.dependents.begin(), node.dependents.end(), [this, &row](NodeIndex index) {
            const StepState* dependent = current(index);
            if (dependent == nullptr || dependent->status != StepStatus::Succeeded) return false;
            const auto& dependencies = graph_->nodes[index].dependencies;
            return std::any_of(
                dependencies.begin(), dependencies.end(), [&row](const definition::Dependency& dependency) {
                    return dependency.node == row.node && dependency.trigger != definition::Trigger::Completed;
                });
        });
        if (!handled || node.kind == NodeKind::Fail) unhandled = true;
    }
    if (unhandled) return ExecutionStatus::Failed;
    if (run_.status == ExecutionStatus::Stopping) return ExecutionStatus::Stopped;
    return failed ? ExecutionStatus::CompletedWithFailures : ExecutionStatus::Succeeded;
}

const StepState* Plan::current(NodeIndex node, int iteration) const { return row_of({node, iteration}); }

Standing Plan::standing(NodeIndex node, int iteration) const {
    const std::int32_t value = slot({node, iteration});
    if (value >= 0) return Standing::Started;
    if (value == kNever || run_.status != ExecutionStatus::Executing) return Standing::Never;
    const auto parent = graph_->nodes[node].parent;
    if (!parent) return Standing::Waiting;
    const StepState* loop = current(*parent);
    if (loop == nullptr) return standing(*parent);
    const bool has_such = !loop->items || iteration < static_cast<std::int64_t>(*loop->items);
    return has_such && !is_terminal(loop->status) ? Standing::Waiting : Standing::Never;
}

bool operator==(const Plan& left, const Plan& right) {
    return left.run_ == right.run_ && left.rows_ == right.rows_ && left.slots_ == right.slots_ &&
           left.ready_ == right.ready_ && left.running_children_ == right.running_children_ &&
           left.failed_children_ == right.failed_children_ && left.running_ == right.running_ &&
           left.open_ == right.open_ && left.left_behind_ == right.left_behind_ && left.failures_ == right.failures_;
}

}  // namespace pipelines::plan
