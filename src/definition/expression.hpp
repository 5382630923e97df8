// How expressions are written: {"Get": ...}, {"Std:Join": ...}, {"Std:JsonGet": ...}, and what a Get names.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "pipelines/base/json.hpp"

namespace pipelines::definition {

inline constexpr std::string_view kGet = "Get";
inline constexpr std::string_view kJoin = "Std:Join";
inline constexpr std::string_view kJsonGet = "Std:JsonGet";

// SDK: execution_variables.py. The last two mean something only within a job step's own Arguments.
inline constexpr std::array<std::string_view, 8> kExecutionVariables{
    "StartDateTime",       "CurrentDateTime",      "PipelineName",    "PipelineArn",
    "PipelineExecutionId", "PipelineExecutionArn", "TrainingJobName", "ProcessingJobName"};
inline constexpr std::array<std::string_view, 2> kExperimentVariables{"ExperimentName", "TrialName"};

struct Expression {
    std::string_view function;  // "Get" or whatever begins with "Std:"
    const Json* argument;
};

// An object whose only key is Get or a function's name is an expression, wherever it stands.
[[nodiscard]] std::optional<Expression> as_expression(const Json& value);

enum class ReferenceKind : std::uint8_t {
    Parameter,
    Step,
    PropertyFile,
    Execution,
    Experiment,
    CurrentItem,
    IterationOutput
};

// What stands behind "Get". Views into its text.
struct Reference {
    ReferenceKind kind = ReferenceKind::Parameter;
    std::string_view name;  // parameter, step or variable; empty for CurrentItem
    std::string_view path;  // what follows it: "ModelArtifacts.S3ModelArtifacts"; a property file's name; may be empty
};

// Nothing if it begins with none of the known roots or names nothing.
[[nodiscard]] std::optional<Reference> parse_reference(std::string_view text);

}  // namespace pipelines::definition
