// The execution variables of a definition, "Execution.X" and "PipelineExperimentConfig.X". Pure.
#pragma once

#include <optional>
#include <string_view>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/domain/execution.hpp"

namespace pipelines::definition {

// The value of a variable in an execution of `pipeline` at the time `now`; nothing if there is none of that name, or it
// has no value here: the names of jobs are known only to the step whose job it is.
[[nodiscard]] std::optional<Json> execution_variable(std::string_view name, const Execution&, const NamespaceKey&,
                                                     std::string_view pipeline, Time now);

}  // namespace pipelines::definition
