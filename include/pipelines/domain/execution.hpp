// One execution of a pipeline.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/domain/pipeline.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines {

// The numbers stand in rows: never change one.
enum class ExecutionStatus : std::uint8_t {
    Executing = 0,
    Stopping = 1,
    Stopped = 2,
    Failed = 3,
    Succeeded = 4,
    CompletedWithFailures = 5,
};
[[nodiscard]] std::string_view to_string(ExecutionStatus);
[[nodiscard]] std::string execution_statuses();  // all of them, for a sentence
[[nodiscard]] std::optional<ExecutionStatus> parse_execution_status(std::string_view name);
[[nodiscard]] constexpr bool is_terminal(ExecutionStatus status) {
    return status != ExecutionStatus::Executing && status != ExecutionStatus::Stopping;
}

struct Execution {
    ExecutionKey id = 0;
    NamespaceId namespace_id = 0;
    PipelineKey pipeline = 0;
    VersionKey version_key = 0;
    std::int64_t version = 1;  // PipelineVersionId; kept for ever
    std::string public_id;     // the 12 characters at the end of the ARN
    ExecutionStatus status = ExecutionStatus::Executing;
    std::string failure;  // FailureReason; empty if none
    std::optional<std::string> display_name, description;
    std::optional<int> max_parallel;
    Time created{}, modified{};
    std::optional<Time> ended;
    StepSeq next_seq = 0;
    Json selection;                      // SelectiveExecutionConfig as given; null if none
    std::optional<ExecutionKey> source;  // its source
    std::optional<std::string> experiment_name, trial_name, mlflow_experiment;
    Json scenario;  // the test case, copied at Start; null: simulated defaults. Read by itself: Executions::scenario
};

// A parameter of an execution, defaults included. Values are typed JSON; the wire shows them as strings.
struct ParameterValue {
    std::string name;
    Json value;
};

}  // namespace pipelines
