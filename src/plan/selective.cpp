#include "pipelines/plan/selective.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

#include "plan/matches.hpp"

namespace pipelines::plan {

using definition::Dependency;
using definition::Graph;
using definition::Node;
using definition::NodeIndex;

namespace {

using Marks = std::vector<bool>;  // by node
using Neighbours = std::function<void(const Node&, const std::function<void(NodeIndex)>&)>;

void each_dependency(const Node& node, const std::function<void(NodeIndex)>& visit) {
    for (const Dependency& dependency : node.dependencies) visit(dependency.node);
}

void each_dependent(const Node& node, const std::function<void(NodeIndex)>& visit) {
    for (const NodeIndex dependent : node.dependents) visit(dependent);
}

// What is reached from the selected steps in one direction, in at least one edge. Steps of a body are passed over: all
// that they take from outside is a dependency of their ForEach.
Marks reach(const Graph& graph, const Marks& selected, const Neighbours& neighbours) {
    Marks reached(graph.nodes.size());
    std::vector<NodeIndex> work;
    for (NodeIndex node = 0; node < graph.nodes.size(); ++node)
        if (selected[node] && !graph.nodes[node].parent) work.push_back(node);
    while (!work.empty()) {
        const NodeIndex from = work.back();
        work.pop_back();
        neighbours(graph.nodes[from], [&graph, &reached, &work](NodeIndex next) {
            if (reached[next] || graph.nodes[next].parent) return;
            reached[next] = true;
            work.push_back(next);
        });
    }
    return reached;
}

std::string list(const std::vector<std::string>& names) { return fmt::format("[{}]", fmt::join(names, ", ")); }

void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

void mark_with_body(const Graph& graph, Marks& marks, NodeIndex node) {
    marks[node] = true;
    for (const NodeIndex child : graph.nodes[node].body) marks[child] = true;
}

}  // namespace

Result<std::vector<bool>> select(const Graph& graph, std::span<const std::string> names) {
    Marks selected(graph.nodes.size());
    std::vector<std::string> unknown, twice, within, missing;
    for (const std::string& name : names) {
        const auto node = graph.find(name);
        if (!node) {
            add_once(unknown, name);
        } else if (graph.nodes[*node].parent) {
            add_once(within, name);
        } else if (selected[*node]) {
            add_once(twice, name);
        } else {
            mark_with_body(graph, selected, *node);
        }
    }
    if (!unknown.empty())
        return validation_error(
            fmt::format("SelectedSteps names steps that the pipeline definition does not have: {}.", list(unknown)));
    if (!within.empty())
        return validation_error(fmt::format(
            "SelectedSteps names steps of the body of a ForEach step: {}. Select the ForEach step.", list(within)));
    if (!twice.empty()) return validation_error(fmt::format("SelectedSteps names steps twice: {}.", list(twice)));

    const Marks behind = reach(graph, selected, each_dependent);
    const Marks before = reach(graph, selected, each_dependency);
    for (NodeIndex node = 0; node < graph.nodes.size(); ++node)
        if (behind[node] && before[node] && !selected[node]) missing.push_back(graph.nodes[node].name);
    if (!missing.empty())
        return validation_error(
            fmt::format("SelectedSteps must contain every step on a path between two selected steps: {} not selected.",
                        list(missing)));
    return selected;
}

std::vector<bool> upstream(const Graph& graph, const std::vector<bool>& selected) {
    const Marks before = reach(graph, selected, each_dependency);
    Marks marks(graph.nodes.size());
    for (NodeIndex node = 0; node < graph.nodes.size(); ++node)
        if (before[node] && !selected[node]) mark_with_body(graph, marks, node);
    return marks;
}

Result<void> check_source(const Graph& graph, const std::vector<bool>& selected, std::span<const StepState> reused,
                          std::string_view source_arn) {
    std::vector<const StepState*> rows(graph.nodes.size());
    for (const StepState& row : reused)
        if (row.iteration < 0) rows[row.node] = &row;
    std::vector<std::string> depending, unmet;
    for (NodeIndex node = 0; node < graph.nodes.size(); ++node) {
        if (!selected[node] || graph.nodes[node].parent) continue;
        for (const Dependency& dependency : graph.nodes[node].dependencies) {
            if (selected[dependency.node]) continue;
            const StepState* row = rows[dependency.node];
            if (row != nullptr && matches(dependency, *row)) continue;
            add_once(depending, graph.nodes[node].name);
            add_once(unmet, graph.nodes[dependency.node].name);
        }
    }
    if (unmet.empty()) return {};
    return validation_error(
        fmt::format("Invalid SourcePipelineExecutionArn: {}. The selected steps {} have dependencies on {}",
                    source_arn.empty() ? "null" : source_arn, list(depending), list(unmet)));
}

}  // namespace pipelines::plan
