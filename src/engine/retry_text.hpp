// What AWS adds to the FailureReason of a step that it could have tried again, had a retry policy said so. Pure.
#pragma once

#include <string>
#include <string_view>

#include "pipelines/definition/graph.hpp"
#include "pipelines/definition/step_types.hpp"

namespace pipelines::engine {

// Recorded for SageMaker.RESOURCE_LIMIT without a policy: a new line and two sentences. Empty for
// an error that no policy can name, that one does name (its attempts are used up, which no recording shows), or that is
// retried without a policy (Step.*), and for types of steps that have no policies.
[[nodiscard]] std::string not_retried(const definition::Node&, const definition::StepType&, StepError,
                                      std::string_view execution_arn, std::string_view step);

}  // namespace pipelines::engine
