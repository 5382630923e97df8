// The default runner: decides at launch what an attempt of a step will do. Pure, so it runs inside the transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines::runners {

struct StepInput {
    const definition::Step& step;
    const Json& arguments;  // every expression resolved
    const Json& extra;      // likewise: SqsQueueUrl, SkipCheck, ...
    std::uint32_t attempt = 1;
    std::string_view name{};  // of an iteration of a ForEach: "<step>-<index>"; empty: the step's own
    // A check: DriftCheckBaselines of the latest approved package of baseline_group(); null if there is none.
    const Json* baselines = nullptr;
};

// The model package group whose latest approved package holds the baseline that a check compares with; nothing for
// other steps, and for a check that names no group or registers a new baseline.
[[nodiscard]] std::optional<std::string> baseline_group(const definition::Step&, const Json& extra);

// What an attempt ends with.
struct StepResult {
    Verdict verdict;
    Json outputs;  // of a step whose document is no job's: {"OutputParameter": value}, a check's results; null if none
    Json job_result;      // merged over the synthetic Describe document of its job; null if nothing
    Json property_files;  // {"EvaluationReport": {...}}: what Std:JsonGet reads of this step; null if nothing
    std::string failure;  // FailureReason; empty if none
};

struct Simulation {
    std::optional<Duration> after;  // none: held until somebody ends it (Hold, a Callback)
    StepResult result;
};

// `script`: the execution's copy of its test case (Scenarios::test_case); null if it has none. `usual` is how long a
// step lasts whose scenario gives no Duration (--step-duration). Never called for Condition, Fail and ForEach steps,
// which the engine decides itself: std::logic_error.
[[nodiscard]] Simulation simulate(const StepInput&, const Json& script, Duration usual);

// Does this end mean that the job was never made? Known: where AWS refused the request for it, the step's metadata is
// {}.
[[nodiscard]] bool leaves_no_job(const definition::StepType&, const Verdict&);

// Does the test case say anything of the step, or of this iteration (`name`, as shown)? Then it wins over every runner.
[[nodiscard]] bool is_scripted(const definition::Step&, std::string_view name, const Json& script);

// The branch a scenario forces on a Condition: Return {"Outcome": "True"}. Nothing if it says nothing of this attempt.
[[nodiscard]] Result<std::optional<bool>> forced_outcome(const definition::Step&, const Json& script,
                                                         std::uint32_t attempt);

// What a Lambda returned or a Callback was answered with, as the declared OutputParameters: {name: typed value}.
// Numbers and booleans become text for a String, text is read for an Integer, Float or Boolean, objects and lists
// become one JSON string; names that are not declared are left out. Error: a value that its type cannot hold, by name.
[[nodiscard]] Result<Json> typed_outputs(const definition::Step&, const Json& values);

// As a row holds it until the step is due.
[[nodiscard]] Json to_json(const StepResult&);
[[nodiscard]] StepResult step_result(const Json&);

}  // namespace pipelines::runners
