// What the plan may do, said a second time: slowly, from the rows alone, without anything kept from one event to the
// next.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "pipelines/plan/plan.hpp"

namespace pipelines::testing {

class Oracle {
public:
    Oracle(const definition::Graph& graph, const std::vector<bool>& selected, std::span<const StepState> rows)
        : graph_(graph), selected_(selected), rows_(rows), places_(graph.nodes.size()) {
        for (const StepState& row : rows) {
            if (row.superseded) continue;
            place(row.node, row.iteration) = &row;
            const bool failed = (row.status == StepStatus::Failed || row.status == StepStatus::Stopped) && !row.reused;
            if (failed) failed_.push_back(&row);
        }
    }

    // Everything but the slot: dependencies, branch, selection, and what a failure leaves to start.
    [[nodiscard]] bool may_start(definition::NodeIndex index, int iteration) const {
        const definition::Node& node = graph_.nodes[index];
        if (!node.parent && !selected_.empty() && !selected_[index]) return false;
        if (node.parent) {
            const StepState* loop = at(*node.parent, -1);
            if (loop == nullptr || loop->phase != Phase::Children || is_terminal(loop->status)) return false;
            if (iteration >= static_cast<int>(loop->items.value_or(0))) return false;
        }
        for (const auto& dependency : node.dependencies)
            if (const StepState* row = at(dependency.node, iteration); row == nullptr || !met(dependency, *row))
                return false;
        return !frozen(node) || answers(index, iteration);
    }

    [[nodiscard]] bool answers(definition::NodeIndex index, int iteration) const {
        for (const auto& dependency : graph_.nodes[index].dependencies) {
            const StepState& row = *at(dependency.node, iteration);
            if (row.answers_failure) return true;
            if (dependency.trigger != definition::Trigger::Completed && row.status != StepStatus::Succeeded)
                return true;
        }
        return false;
    }

    [[nodiscard]] std::uint32_t running() const {
        return count(
            [this](const StepState& row) { return graph_.nodes[row.node].kind != definition::NodeKind::ForEach; });
    }
    [[nodiscard]] std::uint32_t running_in(definition::NodeIndex loop) const {
        return count([this, loop](const StepState& row) { return graph_.nodes[row.node].parent == loop; });
    }

    // Fails unless what a Look started, rows from `first` on, is exactly what had to start. Empty: all right.
    [[nodiscard]] std::string check_starts(StepSeq first, std::optional<int> limit) const {
        for (StepSeq seq = first; seq < rows_.size(); ++seq) {
            const StepState& row = rows_[seq];
            if (!may_start(row.node, row.iteration)) return "started too early: " + name(row.node, row.iteration);
            if (row.answers_failure != answers(row.node, row.iteration))
                return "answers: " + name(row.node, row.iteration);
            if (row.attempt != 1 + last_attempt(row)) return "attempt of " + name(row.node, row.iteration);
            if (seq > first && order(rows_[seq - 1].node, rows_[seq - 1].iteration) >= order(row.node, row.iteration))
                return "out of order: " + name(row.node, row.iteration);
        }
        const bool any_started = first < rows_.size();
        const bool full = limit && running() >= static_cast<std::uint32_t>(*limit);
        if (any_started && limit && running() > static_cast<std::uint32_t>(*limit) && takes_slot_from(first))
            return "limit of the run exceeded";
        if (std::string fault = check_loops(); !fault.empty()) return fault;
        for (definition::NodeIndex node = 0; node < graph_.nodes.size(); ++node) {
            const auto parent = graph_.nodes[node].parent;
            const StepState* loop = parent ? at(*parent, -1) : nullptr;
            const int iterations = parent ? loop == nullptr ? 0 : static_cast<int>(loop->items.value_or(0)) : 1;
            for (int index = 0; index < iterations; ++index)
                if (std::string fault = check_left(node, parent ? index : -1, first, full); !fault.empty())
                    return fault;
        }
        return {};
    }

    // The rows from `first` on have what they depend on: it ended as they ask, and what is over stays so. Empty: all
    // right.
    [[nodiscard]] std::string check_dependencies(StepSeq first) const {
        for (StepSeq seq = first; seq < rows_.size(); ++seq) {
            const StepState& row = rows_[seq];
            if (row.reused) continue;
            for (const auto& dependency : graph_.nodes[row.node].dependencies) {
                const StepState* other = at(dependency.node, row.iteration);
                const bool is_met = other != nullptr && met(dependency, *other);
                if (!is_met || (!other->reused && *other->ended > row.started))
                    return "started too early: " + name(row.node, row.iteration);
            }
        }
        return {};
    }
    [[nodiscard]] std::string check_loops() const {
        for (definition::NodeIndex node = 0; node < graph_.nodes.size(); ++node)
            if (graph_.nodes[node].kind == definition::NodeKind::ForEach &&
                running_in(node) > graph_.nodes[node].max_concurrency)
                return "limit of a loop exceeded: " + name(node, -1);
        return {};
    }

    // How the run has to end.
    [[nodiscard]] ExecutionStatus final_status(bool stopping) const {
        bool failed = false;
        for (const StepState* row : failed_) {
            if (row->iteration >= 0 || (stopping && row->status == StepStatus::Stopped)) continue;
            failed = true;
            if (graph_.nodes[row->node].kind == definition::NodeKind::Fail || !handled(*row))
                return ExecutionStatus::Failed;
        }
        return stopping ? ExecutionStatus::Stopped
               : failed ? ExecutionStatus::CompletedWithFailures
                        : ExecutionStatus::Succeeded;
    }

private:
    using Order = std::tuple<definition::NodeIndex, int, definition::NodeIndex>;

    // A step that could have started and did not: it had no slot, and none behind it may have taken one.
    [[nodiscard]] std::string check_left(definition::NodeIndex index, int iteration, StepSeq first, bool full) const {
        if (at_exactly(index, iteration) != nullptr || !may_start(index, iteration)) return {};
        const definition::Node& node = graph_.nodes[index];
        if (node.kind == definition::NodeKind::ForEach) return "a loop was left behind: " + name(index, iteration);
        const bool loop_full = node.parent && running_in(*node.parent) >= graph_.nodes[*node.parent].max_concurrency;
        if (!full && !loop_full) return "left behind: " + name(index, iteration);
        for (StepSeq seq = first; seq < rows_.size(); ++seq) {
            const definition::Node& other = graph_.nodes[rows_[seq].node];
            if (other.kind == definition::NodeKind::ForEach ||
                order(rows_[seq].node, rows_[seq].iteration) < order(index, iteration))
                continue;
            if (!loop_full || other.parent == node.parent) return "passed over: " + name(index, iteration);
        }
        return {};
    }

    [[nodiscard]] bool handled(const StepState& failed) const {
        for (definition::NodeIndex node = 0; node < graph_.nodes.size(); ++node)
            for (const auto& dependency : graph_.nodes[node].dependencies)
                if (dependency.node == failed.node && dependency.trigger != definition::Trigger::Completed &&
                    !graph_.nodes[node].parent)
                    if (const StepState* row = at(node, -1); row != nullptr && row->status == StepStatus::Succeeded)
                        return true;
        return false;
    }

    [[nodiscard]] static bool met(const definition::Dependency& dependency, const StepState& row) {
        const bool ended = is_terminal(row.status);
        switch (dependency.trigger) {
            case definition::Trigger::Failed: return row.status == StepStatus::Failed;
            case definition::Trigger::Stopped: return row.status == StepStatus::Stopped;
            case definition::Trigger::Any: return ended;
            case definition::Trigger::Completed: break;
        }
        return row.status == StepStatus::Succeeded && (!dependency.outcome || dependency.outcome == row.outcome);
    }

    [[nodiscard]] bool frozen(const definition::Node& node) const {
        return std::any_of(failed_.begin(), failed_.end(), [this, &node](const StepState* row) {
            return !node.parent || graph_.nodes[row->node].parent == node.parent;
        });
    }

    [[nodiscard]] std::uint32_t last_attempt(const StepState& row) const {
        std::uint32_t last = 0;
        for (const StepState& other : rows_)
            if (other.superseded && other.node == row.node && other.iteration == row.iteration)
                last = std::max(last, other.attempt);
        return last;
    }

    [[nodiscard]] bool takes_slot_from(StepSeq first) const {
        return std::any_of(rows_.begin() + first, rows_.end(), [this](const StepState& row) {
            return graph_.nodes[row.node].kind != definition::NodeKind::ForEach;
        });
    }

    template <class Which>
    [[nodiscard]] std::uint32_t count(Which which) const {
        return static_cast<std::uint32_t>(std::count_if(rows_.begin(), rows_.end(), [&which](const StepState& row) {
            return !row.superseded && !is_terminal(row.status) && which(row);
        }));
    }

    [[nodiscard]] Order order(definition::NodeIndex node, int iteration) const {
        return {graph_.nodes[node].parent.value_or(node), iteration, node};
    }
    [[nodiscard]] std::string name(definition::NodeIndex node, int iteration) const {
        return graph_.nodes[node].name + (iteration < 0 ? "" : "-" + std::to_string(iteration));
    }

    // The row of a dependency: of the same iteration inside a body.
    [[nodiscard]] const StepState* at(definition::NodeIndex node, int iteration) const {
        return at_exactly(node, graph_.nodes[node].parent ? iteration : -1);
    }
    [[nodiscard]] const StepState* at_exactly(definition::NodeIndex node, int iteration) const {
        const auto index = static_cast<std::size_t>(std::max(iteration, 0));
        return index < places_[node].size() ? places_[node][index] : nullptr;
    }
    [[nodiscard]] const StepState*& place(definition::NodeIndex node, int iteration) {
        const auto index = static_cast<std::size_t>(std::max(iteration, 0));
        if (places_[node].size() <= index) places_[node].resize(index + 1, nullptr);
        return places_[node][index];
    }

    const definition::Graph& graph_;
    const std::vector<bool>& selected_;
    std::span<const StepState> rows_;
    std::vector<std::vector<const StepState*>> places_;
    std::vector<const StepState*> failed_;
};

}  // namespace pipelines::testing
