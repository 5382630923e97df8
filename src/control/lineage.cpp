// GET /_local/lineage?execution=ARN: where the results that an execution shows really come from, and who took its own.

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "control/route.hpp"

namespace pipelines::control {
namespace {

constexpr std::size_t kMostExecutions = 500;

std::string_view name_of(SourceHow how) { return how == SourceHow::Cache ? "Cache" : "Selection"; }

// Nodes are executions with their steps; an edge leads from an execution to the one it took steps from.
class Graph {
public:
    explicit Graph(const Services& services) : services_(services) {}

    void add(ExecutionKey key) {
        const auto execution = services_.store.executions.find(key);
        if (!execution) return;
        Json steps = Json::array();
        for (const store::TakenStep& step : services_.store.lineage.steps(key)) {
            steps.push_back({{"StepName", step.name},
                             {"StepStatus", to_string(step.status)},
                             {"RanIn", arn(step.origin.value_or(step.source.value_or(key)))}});
            if (step.source && step.how) edges_[{key, *step.source, *step.how}].push_back(step.name);
        }
        executions_.push_back({{"PipelineExecutionArn", arn(key)},
                               {"PipelineExecutionStatus", to_string(execution->status)},
                               {"StartTime", to_iso8601(execution->created)},
                               {"Steps", std::move(steps)}});
    }

    [[nodiscard]] Json describe() {
        Json edges = Json::array();
        for (const auto& [edge, steps] : edges_)
            edges.push_back({{"From", arn(std::get<0>(edge))},
                             {"To", arn(std::get<1>(edge))},
                             {"How", name_of(std::get<2>(edge))},
                             {"Steps", steps}});
        return {{"Executions", std::move(executions_)}, {"Edges", std::move(edges)}};
    }

private:
    // Null for an execution that was deleted.
    [[nodiscard]] Json arn(ExecutionKey key) {
        const auto [known, is_new] = arns_.try_emplace(key);
        if (is_new)
            if (auto found = services_.store.executions.arn(key)) known->second = *std::move(found);
        return known->second;
    }

    const Services& services_;
    std::map<ExecutionKey, Json> arns_;
    std::map<std::tuple<ExecutionKey, ExecutionKey, SourceHow>, std::vector<std::string>> edges_;
    Json executions_ = Json::array();
};

}  // namespace

Result<Json> show_lineage(const Services& services, const http::HttpRequest& request, const Json&) {
    const auto found = find_execution(services, request.query_parameter("execution"));
    if (!found) return found.error();
    auto related = services.store.lineage.related(found->execution.id, kMostExecutions + 1);
    const bool is_complete = related.size() <= kMostExecutions;
    if (!is_complete) related.pop_back();
    Graph graph{services};
    for (const ExecutionKey key : related) graph.add(key);
    Json answer = graph.describe();
    answer["Complete"] = is_complete;
    return answer;
}

}  // namespace pipelines::control
