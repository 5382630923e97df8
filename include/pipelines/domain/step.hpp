// A step of a run: a row with its own identity, (execution, seq), never an index into the definition.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"

namespace pipelines {

using ExecutionKey = std::int64_t;  // executions.id; never shown
using JobKey = std::int64_t;        // jobs.id; never shown
using StepSeq = std::uint32_t;      // n-th step started in the execution: row key, list order, identity

// What every timer and every answer from outside names. A stale one is ignored.
struct StepRef {
    ExecutionKey execution = 0;
    StepSeq step = 0;
    std::uint32_t attempt = 1;

    friend bool operator==(const StepRef&, const StepRef&) = default;
    friend auto operator<=>(const StepRef&, const StepRef&) = default;
};

// The API's own six. The numbers stand in rows: never change one.
enum class StepStatus : std::uint8_t {
    Starting = 0,
    Executing = 1,
    Stopping = 2,
    Stopped = 3,
    Failed = 4,
    Succeeded = 5
};
[[nodiscard]] std::string_view to_string(StepStatus);
[[nodiscard]] std::string step_statuses();  // all of them, for a sentence
[[nodiscard]] std::optional<StepStatus> parse_step_status(std::string_view name);
[[nodiscard]] constexpr bool is_terminal(StepStatus status) {
    return status == StepStatus::Stopped || status == StepStatus::Failed || status == StepStatus::Succeeded;
}

// Why a step is not over; recovery is a switch over it. The numbers stand in rows.
enum class Phase : std::uint8_t {
    Preparing = 0,  // something has to be fetched before it can be launched
    Simulated = 1,  // its end is decided and waits for its time (due), or it is held (no due)
    Outside = 2,    // a runner or a caller of the API ends it
    BackOff = 3,    // waits for its next attempt (due)
    Children = 4,   // a ForEach whose children run
    Done = 5,
};

// What a failed attempt failed with, as far as retry policies tell errors apart. The numbers stand in rows.
enum class StepError : std::uint8_t {
    None = 0,
    ServiceFault = 1,      // Step.SERVICE_FAULT
    Throttling = 2,        // Step.THROTTLING
    JobInternalError = 3,  // SageMaker.JOB_INTERNAL_ERROR
    CapacityError = 4,     // SageMaker.CAPACITY_ERROR
    ResourceLimit = 5,     // SageMaker.RESOURCE_LIMIT
    ClientError = 6,       // anything no policy can name
};
[[nodiscard]] std::string_view to_string(StepError);  // "Step.SERVICE_FAULT"
[[nodiscard]] std::optional<StepError> parse_step_error(std::string_view name);

// How an attempt ended.
struct Verdict {
    StepStatus status = StepStatus::Succeeded;  // Succeeded, Failed or Stopped
    StepError error = StepError::None;          // why it failed
    std::optional<bool> outcome{};              // of a Condition
};

// One row: all that the plan knows of a started step.
struct StepState {
    StepSeq seq = 0;
    std::uint32_t node = 0;  // index of the step in the definition of the execution's version
    int iteration = -1;      // child of a ForEach: its item's index
    StepStatus status = StepStatus::Starting;
    Phase phase = Phase::Preparing;
    std::uint32_t attempt = 1;           // counts on through retries of the step and of the execution
    std::vector<std::uint16_t> retries;  // used so far, by policy, of this row; trailing zeros left out
    std::optional<bool> outcome;         // Condition
    std::optional<std::uint32_t> items;  // ForEach, once known
    bool answers_failure = false;        // started because of a failure: cannot be derived after a retry
    bool reused = false;                 // another execution's result
    bool superseded = false;             // left behind by RetryPipelineExecution
    std::optional<Time> due;
    Time started{};
    std::optional<Time> ended;

    friend bool operator==(const StepState&, const StepState&) = default;
};

enum class SourceHow : std::uint8_t { Selection = 0, Cache = 1 };

// The rest of the row, which the plan never reads.
struct StepContent {
    std::string name;                    // as shown: the definition's, or "<body step>-<index>"
    std::optional<JobKey> job;           // identity outside, resolved arguments, result
    Json outputs;                        // of a step without a job (Condition, Callback, Lambda, ...); null if none.
                                         // A ForEach: its Items, and once it is over its counts and Selector
    Json script;                         // outcome decided at launch, until it is due (phase Simulated); null if none
    std::string failure;                 // FailureReason; empty if none
    Json property_files;                 // what the scenario says Std:JsonGet reads of this step; null if nothing
    std::string item;                    // child of a ForEach: IterationContext.Item
    std::optional<ExecutionKey> source;  // whose result is shown (selection, cache)
    std::optional<SourceHow> source_how;
    std::optional<ExecutionKey> origin;  // the execution that really ran it
};

struct StepRow {
    StepState state;
    StepContent content;
};

// The steps of a ForEach's iterations, as far as they were started.
struct ChildCounts {
    std::uint32_t total = 0, succeeded = 0, failed = 0, stopped = 0;

    friend bool operator==(const ChildCounts&, const ChildCounts&) = default;
};

}  // namespace pipelines
