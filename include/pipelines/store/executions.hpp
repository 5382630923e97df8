// Executions and their parameters.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "pipelines/domain/execution.hpp"
#include "pipelines/store/database.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::store {

enum class ExecutionSort : std::uint8_t { CreationTime, PipelineExecutionArn };

struct ExecutionFilter {
    PipelineKey pipeline = 0;
    std::optional<std::int64_t> version;                // only executions of this version (list by alias)
    std::optional<Time> created_after, created_before;  // both exclusive
    ExecutionSort sort = ExecutionSort::CreationTime;
};

class Executions {
public:
    explicit Executions(Database& database) : database_(database) {}

    // Under its own key (next_key), or under the next one if it has none.
    ExecutionKey insert(const Execution&, std::span<const ParameterValue>);
    [[nodiscard]] ExecutionKey next_key();
    // What changes after the start: status, failure, names, description, parallelism, modified, ended, next_seq,
    // experiment, trial and MLflow names.
    void update(const Execution&);

    [[nodiscard]] std::optional<Execution> find(NamespaceId, std::string_view public_id);
    [[nodiscard]] std::optional<Execution> find(ExecutionKey);
    // It ends as Failed; answers its public id, and the status that it had. What else it holds is not read: it may be
    // what cannot be.
    std::pair<std::string, ExecutionStatus> fail(ExecutionKey, Time now, std::string_view reason);
    [[nodiscard]] std::optional<std::string> arn(ExecutionKey);
    [[nodiscard]] Json scenario(ExecutionKey);  // large, and for the engine only: no other read brings it
    [[nodiscard]] Page<Execution> list(const ExecutionFilter&, const PageRequest&);

    // The newest execution of a version, for PipelineVersionSummary and DescribePipeline.
    [[nodiscard]] std::optional<Execution> newest_of_version(PipelineKey, std::int64_t version);

    // One that is not over, if the pipeline has any.
    [[nodiscard]] std::optional<Execution> find_open(PipelineKey);
    [[nodiscard]] std::vector<ExecutionKey> open(NamespaceId);

    [[nodiscard]] std::vector<ParameterValue> parameters(ExecutionKey);                    // in the order of names
    [[nodiscard]] Page<ParameterValue> list_parameters(ExecutionKey, const PageRequest&);  // by name, ascending

private:
    void insert_parameters(ExecutionKey, std::span<const ParameterValue>);

    Database& database_;
};

}  // namespace pipelines::store
