// Random definitions, selections and outcomes for the property test. Everything follows from one seed, on any machine.
#pragma once

#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support/plan_runner.hpp"

namespace pipelines::testing {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    [[nodiscard]] std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
    [[nodiscard]] bool percent(std::uint32_t chance) { return below(100) < chance; }

private:
    std::mt19937_64 engine_;
};

[[nodiscard]] inline definition::RetryPolicy random_policy(Dice& dice) {
    definition::RetryPolicy policy;
    for (std::uint8_t error = 1; error <= 5; ++error)
        if (dice.percent(40)) policy.errors.push_back(static_cast<StepError>(error));
    policy.interval = Duration{100 + dice.below(400)};
    policy.backoff_rate = 1.0 + dice.below(3);
    if (dice.percent(50))
        policy.limit = dice.below(4);
    else if (dice.percent(50))
        policy.limit = Duration{dice.below(2000)};
    return policy;
}

// Dependencies among `candidates`, at most four; a trigger now and then, and the outcomes of Conditions.
[[nodiscard]] inline std::vector<definition::Dependency> random_dependencies(
    Dice& dice, const definition::Graph& graph, std::vector<definition::NodeIndex> candidates) {
    std::vector<definition::Dependency> dependencies;
    for (std::uint32_t count = dice.below(5); count > 0 && !candidates.empty(); --count) {
        const std::uint32_t index = dice.below(static_cast<std::uint32_t>(candidates.size()));
        definition::Dependency dependency{.node = candidates[index], .trigger = {}, .outcome = {}};
        candidates.erase(candidates.begin() + index);
        if (dice.percent(20))
            dependency.trigger = static_cast<definition::Trigger>(1 + dice.below(3));
        else if (graph.nodes[dependency.node].kind == definition::NodeKind::Condition && dice.percent(70))
            dependency.outcome = dice.percent(50);
        dependencies.push_back(dependency);
    }
    return dependencies;
}

// The same graph with its steps in another order: what depends on what says nothing about who stands first.
[[nodiscard]] inline definition::Graph shuffled(Dice& dice, const definition::Graph& graph) {
    std::vector<definition::NodeIndex> place(graph.nodes.size());
    std::iota(place.begin(), place.end(), 0u);
    for (std::uint32_t left = static_cast<std::uint32_t>(place.size()); left > 1; --left)
        std::swap(place[left - 1], place[dice.below(left)]);
    definition::Graph result;
    result.nodes.resize(graph.nodes.size());
    for (definition::NodeIndex index = 0; index < graph.nodes.size(); ++index) {
        definition::Node node = graph.nodes[index];
        for (auto& dependency : node.dependencies) dependency.node = place[dependency.node];
        for (auto& child : node.body) child = place[child];
        if (node.parent) node.parent = place[*node.parent];
        result.nodes[place[index]] = std::move(node);
    }
    return result;
}

[[nodiscard]] inline definition::Graph random_graph(Dice& dice) {
    using definition::NodeKind;
    definition::Graph graph;
    const std::uint32_t size = 1 + dice.below(1 + dice.below(60));
    std::vector<definition::NodeIndex> top;
    const auto add = [&dice, &graph](NodeKind kind) {
        auto& node = graph.nodes.emplace_back();
        node.name = "S" + std::to_string(graph.nodes.size());
        node.kind = kind;
        node.retries_job_errors = dice.percent(80);
        while (kind == NodeKind::Work && dice.percent(25)) node.retries.push_back(random_policy(dice));
        return static_cast<definition::NodeIndex>(graph.nodes.size() - 1);
    };
    while (graph.nodes.size() < size) {
        const std::uint32_t lot = dice.below(100);
        const NodeKind kind = lot < 68   ? NodeKind::Work
                              : lot < 85 ? NodeKind::Condition
                              : lot < 98 ? NodeKind::ForEach
                                         : NodeKind::Fail;
        const auto node = add(kind);
        graph.nodes[node].dependencies = random_dependencies(dice, graph, top);
        top.push_back(node);
        if (kind != NodeKind::ForEach) continue;
        graph.nodes[node].max_concurrency = 1 + dice.below(4);
        for (std::uint32_t body = 1 + dice.below(4); body > 0; --body) {
            const auto child = add(NodeKind::Work);
            graph.nodes[child].parent = node;
            graph.nodes[child].dependencies = random_dependencies(dice, graph, graph.nodes[node].body);
            graph.nodes[node].body.push_back(child);
        }
    }
    if (dice.percent(50)) graph = shuffled(dice, graph);
    definition::link(graph);
    return graph;
}

// How an attempt goes, with `failing` failures among a hundred.
[[nodiscard]] inline Performance random_performance(Dice& dice, const definition::Node& node, std::uint32_t failing) {
    Performance one{.phase = dice.percent(20) ? Phase::Outside : Phase::Simulated,
                    .takes = Duration{dice.below(50)},
                    .verdict = {}};
    one.items = dice.below(5);
    if (node.kind == definition::NodeKind::Fail)
        one.verdict = {StepStatus::Failed, StepError::ClientError, {}};
    else if (dice.percent(failing))
        one.verdict = {StepStatus::Failed, static_cast<StepError>(1 + dice.below(6)), {}};
    else if (node.kind == definition::NodeKind::Condition)
        one.verdict.outcome = dice.percent(50);
    else if (node.kind == definition::NodeKind::Work && dice.percent(failing / 4))
        one.verdict.status = StepStatus::Stopped;
    return one;
}

struct RandomSelection {
    std::vector<bool> selected;
    std::vector<StepState> reused;
};

// Any steps, and any rows for the others: more than the engine would ever allow.
[[nodiscard]] inline RandomSelection random_selection(Dice& dice, const definition::Graph& graph) {
    RandomSelection selection;
    const auto reuse = [&dice, &graph, &selection](definition::NodeIndex node, int iteration) {
        StepState row;
        row.seq = static_cast<StepSeq>(selection.reused.size());
        row.node = node;
        row.iteration = iteration;
        row.status = dice.percent(80)   ? StepStatus::Succeeded
                     : dice.percent(50) ? StepStatus::Failed
                                        : StepStatus::Stopped;
        row.phase = Phase::Done;
        row.reused = true;
        row.ended = Time{};
        if (graph.nodes[node].kind == definition::NodeKind::Condition && row.status == StepStatus::Succeeded)
            row.outcome = dice.percent(50);
        if (graph.nodes[node].kind == definition::NodeKind::ForEach) row.items = 2;
        selection.reused.push_back(row);
    };
    for (definition::NodeIndex node = 0; node < graph.nodes.size(); ++node) {
        selection.selected.push_back(dice.percent(60));
        if (selection.selected[node] || graph.nodes[node].parent || dice.percent(30)) continue;
        reuse(node, -1);
        for (const auto child : graph.nodes[node].body)
            for (int iteration = 0; iteration < 2; ++iteration)
                if (dice.percent(70)) reuse(child, iteration);
    }
    return selection;
}

}  // namespace pipelines::testing
