#include "pipelines/definition/graph.hpp"

#include <algorithm>

namespace pipelines::definition {
namespace {

enum class Mark : std::uint8_t { White, OnPath, Done };

struct Frame {
    NodeIndex node;
    std::size_t next;  // dependency to look at next
};

// The names on the path from the node that closes the cycle, in the order "depends on".
std::vector<std::string> names_along(const Graph& graph, const std::vector<Frame>& path, NodeIndex closing) {
    std::vector<std::string> names;
    auto frame = std::find_if(path.begin(), path.end(), [closing](const Frame& each) { return each.node == closing; });
    for (; frame != path.end(); ++frame) names.push_back(graph.nodes[frame->node].name);
    names.push_back(graph.nodes[closing].name);
    return names;
}

}  // namespace

std::optional<NodeIndex> Graph::find(std::string_view name) const {
    for (NodeIndex index = 0; index < nodes.size(); ++index)
        if (nodes[index].name == name) return index;
    return std::nullopt;
}

void link(Graph& graph) {
    for (Node& node : graph.nodes) node.dependents.clear();
    for (NodeIndex index = 0; index < graph.nodes.size(); ++index)
        for (const Dependency& dependency : graph.nodes[index].dependencies) {
            std::vector<NodeIndex>& dependents = graph.nodes[dependency.node].dependents;
            // One node may ask for the same upstream twice (trigger and branch): it is one dependent all the same.
            // Nodes are visited in order, so a repetition can only be the last entry.
            if (dependents.empty() || dependents.back() != index) dependents.push_back(index);
        }
}

std::vector<std::string> find_cycle(const Graph& graph) {
    std::vector<Mark> marks(graph.nodes.size(), Mark::White);
    std::vector<Frame> path;
    for (NodeIndex root = 0; root < graph.nodes.size(); ++root) {
        if (marks[root] != Mark::White) continue;
        marks[root] = Mark::OnPath;
        path.push_back({root, 0});
        while (!path.empty()) {
            Frame& frame = path.back();
            const std::vector<Dependency>& dependencies = graph.nodes[frame.node].dependencies;
            if (frame.next == dependencies.size()) {
                marks[frame.node] = Mark::Done;
                path.pop_back();
                continue;
            }
            const NodeIndex upstream = dependencies[frame.next++].node;
            if (marks[upstream] == Mark::OnPath) return names_along(graph, path, upstream);
            if (marks[upstream] == Mark::Done) continue;
            marks[upstream] = Mark::OnPath;
            path.push_back({upstream, 0});
        }
    }
    return {};
}

}  // namespace pipelines::definition
