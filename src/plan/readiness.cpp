// Which step may start: the part of the plan that is derived from the rows.

#include <algorithm>

#include "pipelines/plan/plan.hpp"
#include "plan/matches.hpp"
#include "plan/slots.hpp"

namespace pipelines::plan {

using definition::Dependency;
using definition::Node;
using definition::NodeKind;
using definition::Trigger;

namespace {

bool holds_slot(const Node& node) { return node.kind != NodeKind::ForEach; }

}  // namespace

void Plan::rebuild() {
    const std::size_t count_of_nodes = graph_->nodes.size();
    slots_.assign(count_of_nodes, {});
    ready_.clear();
    running_children_.assign(count_of_nodes, 0);
    failed_children_.assign(count_of_nodes, 0);
    running_ = open_ = failures_ = 0;

    for (NodeIndex node = 0; node < count_of_nodes; ++node)
        if (!graph_->nodes[node].parent) slots_[node].assign(1, kWaiting);
    for (const StepState& row : rows_)
        if (row.items && !row.superseded) resize_body(row.node, *row.items);
    for (const StepState& row : rows_) {
        if (row.superseded) continue;
        const Instance instance{row.node, row.iteration};
        const auto needed = static_cast<std::size_t>(std::max(row.iteration, 0)) + 1;
        if (slots_[row.node].size() < needed) slots_[row.node].resize(needed, kWaiting);
        slot(instance) = static_cast<std::int32_t>(row.seq);
        count(row, +1);
    }
    for (NodeIndex node = 0; node < count_of_nodes; ++node)
        if (!selected_.empty() && !selected_[node] && !graph_->nodes[node].parent && slots_[node][0] == kWaiting)
            slots_[node][0] = kNever;
    for (NodeIndex node = 0; node < count_of_nodes; ++node) {
        const bool child = graph_->nodes[node].parent.has_value();
        for (std::size_t index = 0; index < slots_[node].size(); ++index)
            consider({node, child ? static_cast<int>(index) : -1});
    }
}

void Plan::resize_body(NodeIndex for_each, std::uint32_t items) {
    for (const NodeIndex child : graph_->nodes[for_each].body)
        if (slots_[child].size() < items) slots_[child].resize(items, kWaiting);
}

void Plan::consider_body(NodeIndex for_each) {
    for (const NodeIndex child : graph_->nodes[for_each].body)
        for (std::size_t index = 0; index < slots_[child].size(); ++index) consider({child, static_cast<int>(index)});
}

void Plan::leave_behind(const StepState& row) { left_behind_.insert_or_assign({row.node, row.iteration}, row.seq); }

const StepState* Plan::superseded_row(Instance instance) const {
    const auto found = left_behind_.find({instance.node, instance.iteration});
    return found == left_behind_.end() ? nullptr : &rows_[found->second];
}

std::int32_t& Plan::slot(Instance instance) {
    return slots_[instance.node][static_cast<std::size_t>(std::max(instance.iteration, 0))];
}

std::int32_t Plan::slot(Instance instance) const {
    const auto& row = slots_[instance.node];
    const auto index = static_cast<std::size_t>(std::max(instance.iteration, 0));
    return index < row.size() ? row[index] : kWaiting;
}

const StepState* Plan::row_of(Instance instance) const {
    const std::int32_t value = slot(instance);
    return value >= 0 ? &rows_[static_cast<std::size_t>(value)] : nullptr;
}

// A dependency of a body step on a step of the same body means the same iteration; anything else the one step there is.
// (What a body step takes from outside the body is a dependency of the ForEach.)
Plan::Readiness Plan::readiness(Instance instance) const {
    const Node& node = graph_->nodes[instance.node];
    bool waiting = false;
    if (node.parent) {
        const StepState* parent = current(*node.parent);
        if (parent != nullptr && is_terminal(parent->status)) return Readiness::Never;
        if (parent == nullptr || parent->phase != Phase::Children) return Readiness::Waiting;
    }
    for (const Dependency& dependency : node.dependencies) {
        const bool same_body = node.parent && graph_->nodes[dependency.node].parent == node.parent;
        if (node.parent && !same_body) continue;
        const Instance upstream{dependency.node, same_body ? instance.iteration : -1};
        const StepState* row = row_of(upstream);
        if (row == nullptr) {
            if (slot(upstream) == kNever) return Readiness::Never;
            waiting = true;
        } else if (!is_terminal(row->status)) {
            waiting = true;
        } else if (!matches(dependency, *row)) {
            return Readiness::Never;
        }
    }
    if (waiting) return Readiness::Waiting;
    return frozen(instance) && !answers(instance) ? Readiness::Never : Readiness::Ready;
}

// Does it start because of a failure? A trigger met by a failed or stopped step, or a dependency on a step that does.
bool Plan::answers(Instance instance) const {
    const Node& node = graph_->nodes[instance.node];
    return std::any_of(node.dependencies.begin(), node.dependencies.end(),
                       [this, &node, instance](const Dependency& dependency) {
                           const bool same_body = node.parent && graph_->nodes[dependency.node].parent == node.parent;
                           const StepState* row = row_of({dependency.node, same_body ? instance.iteration : -1});
                           if (row == nullptr) return false;
                           const bool failed = row->status == StepStatus::Failed || row->status == StepStatus::Stopped;
                           return row->answers_failure || (dependency.trigger != Trigger::Completed && failed);
                       });
}

// A failed child freezes its own ForEach and the run, but not the other ForEach steps that are expanded already.
bool Plan::frozen(Instance instance) const {
    const Node& node = graph_->nodes[instance.node];
    return node.parent ? failed_children_[*node.parent] > 0 : failures_ > 0;
}

bool Plan::has_free_slot(Instance instance) const {
    const Node& node = graph_->nodes[instance.node];
    if (node.parent) {
        const std::uint32_t limit = graph_->nodes[*node.parent].max_concurrency;
        if (limit > 0 && running_children_[*node.parent] >= limit) return false;
    }
    return !holds_slot(node) || !is_full();
}

bool Plan::is_full() const { return run_.max_parallel && running_ >= static_cast<std::uint32_t>(*run_.max_parallel); }

Plan::Instance Plan::instance_of(const OrderKey& key) { return {std::get<2>(key), std::get<1>(key)}; }

Plan::OrderKey Plan::order(Instance instance) const {
    const Node& node = graph_->nodes[instance.node];
    return {node.parent.value_or(instance.node), instance.iteration, instance.node};
}

// Looks at a step that has no row: makes it ready, or Never with everything behind it. A worklist, not recursion: a
// definition may nest as deep as its JSON.
void Plan::consider(Instance first) {
    std::vector<Instance> work{first};
    while (!work.empty()) {
        const Instance instance = work.back();
        work.pop_back();
        if (slot(instance) >= 0) continue;
        if (slot(instance) == kWaiting) {
            const Readiness now = readiness(instance);
            if (now == Readiness::Ready) ready_.insert(order(instance));
            if (now != Readiness::Never) continue;
            slot(instance) = kNever;
            ready_.erase(order(instance));
        }
        const Node& node = graph_->nodes[instance.node];
        for (const NodeIndex dependent : node.dependents) {
            const bool same_body = node.parent && graph_->nodes[dependent].parent == node.parent;
            const Instance next{dependent, same_body ? instance.iteration : -1};
            if (graph_->nodes[dependent].parent.has_value() == same_body && slot(next) == kWaiting)
                work.push_back(next);
        }
    }
}

void Plan::consider_dependents(Instance instance) {
    const Node& node = graph_->nodes[instance.node];
    for (const NodeIndex dependent : node.dependents) {
        const bool same_body = node.parent && graph_->nodes[dependent].parent == node.parent;
        if (graph_->nodes[dependent].parent.has_value() == same_body)
            consider({dependent, same_body ? instance.iteration : -1});
    }
}

// A failure just came: what is ready but does not answer it never starts.
void Plan::drop_frozen() {
    std::vector<Instance> dropped;
    for (const OrderKey& key : ready_)
        if (const Instance instance = instance_of(key); frozen(instance) && !answers(instance))
            dropped.push_back(instance);
    for (const Instance instance : dropped) consider(instance);
}

// Adds a row to the counters (+1) or takes it out (-1), as its state is at the call.
void Plan::count(const StepState& row, int by) {
    const Node& node = graph_->nodes[row.node];
    const auto change = [by](std::uint32_t& counter) {
        counter = static_cast<std::uint32_t>(static_cast<int>(counter) + by);
    };
    if (!is_terminal(row.status)) {
        change(open_);
        if (holds_slot(node)) change(running_);
        if (node.parent) change(running_children_[*node.parent]);
    } else if (row.status != StepStatus::Succeeded && !row.reused) {
        change(failures_);
        if (node.parent) change(failed_children_[*node.parent]);
    }
}

}  // namespace pipelines::plan
