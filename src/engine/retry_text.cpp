#include "engine/retry_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pipelines/base/text.hpp"

namespace pipelines::engine {
namespace {

bool needs_a_policy(StepError error) {
    return error == StepError::JobInternalError || error == StepError::CapacityError ||
           error == StepError::ResourceLimit;
}

// "SageMaker.RESOURCE_LIMIT" as this sentence spells it: SAGEMAKER_RESOURCE_LIMIT.
std::string spelled(StepError error) {
    std::string name{to_string(error)};
    std::ranges::transform(name, name.begin(), [](char c) {
        if (c == '.') return '_';
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return name;
}

}  // namespace

std::string not_retried(const definition::Node& node, const definition::StepType& type, StepError error,
                        std::string_view execution_arn, std::string_view step) {
    if (!type.retryable || !needs_a_policy(error)) return {};
    for (const definition::RetryPolicy& policy : node.retries)
        if (std::ranges::find(policy.errors, error) != policy.errors.end()) return {};
    return fmt::format(
        "\nRetry not appropriate on execution of step with PipelineExecutionArn {} and StepId {}. No retry policy "
        "configured for the exception type {}.",
        execution_arn, step, spelled(error));
}

}  // namespace pipelines::engine
