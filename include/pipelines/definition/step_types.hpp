// THE table of step types: all that differs between them and is not code.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "pipelines/definition/graph.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::definition {

struct StepType {
    std::string_view name;  // "Training": what stands in "Type"
    NodeKind kind = NodeKind::Work;
    std::optional<JobKind> job{};    // the row in `jobs` that an attempt makes; none: Condition, Fail, Pass, ...
    std::string_view arguments{};    // shape (model::find_shape) that Arguments must have; empty: none, or an own check
    std::string_view properties{};   // shape of the document that Steps.X.<path> reads; empty: own (Outcome,
                                     // OutputParameters) or none
    std::string_view metadata{};     // member of PipelineExecutionStep.Metadata: "TrainingJob"
    std::string_view name_member{};  // of the document: "TrainingJobName"
    std::string_view arn_member{};   // of the document: "TrainingJobArn"
    std::string_view arn_type{};     // "training-job" in arn:aws:sagemaker:<region>:<account>:training-job/<name>
    std::string_view status_member{};    // of the document: "TrainingJobStatus"
    std::string_view done_status{};      // its value at the end: "Completed"
    std::string_view target_member{};    // of the step's own keys: who performs it outside: "FunctionArn"
    std::string_view endpoint_option{};  // without which nobody can: "--lambda-endpoint"; empty: it waits for an answer
    bool is_check = false;               // compares what its job finds with a baseline
    bool is_cleanup = false;             // deletes what other steps wrote
    bool cacheable = false;              // AWS looks for CacheConfig on it
    bool retryable = false;              // AWS looks for RetryPolicies on it
};

[[nodiscard]] std::span<const StepType> step_types();
[[nodiscard]] const StepType* find_step_type(std::string_view name);

// Of a job's kind: the type whose steps make it (Training for the kind Training, though check steps make Processing
// jobs).
[[nodiscard]] const StepType& step_type_of(JobKind kind);

}  // namespace pipelines::definition
