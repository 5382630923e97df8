#include "pipelines/base/names.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines {
namespace {

constexpr Names<StepStatus, 6> kStepStatuses{{
    {StepStatus::Starting, "Starting"},
    {StepStatus::Executing, "Executing"},
    {StepStatus::Stopping, "Stopping"},
    {StepStatus::Stopped, "Stopped"},
    {StepStatus::Failed, "Failed"},
    {StepStatus::Succeeded, "Succeeded"},
}};

constexpr Names<ExecutionStatus, 6> kExecutionStatuses{{
    {ExecutionStatus::Executing, "Executing"},
    {ExecutionStatus::Stopping, "Stopping"},
    {ExecutionStatus::Stopped, "Stopped"},
    {ExecutionStatus::Failed, "Failed"},
    {ExecutionStatus::Succeeded, "Succeeded"},
    {ExecutionStatus::CompletedWithFailures, "CompletedWithFailures"},
}};

constexpr Names<StepError, 6> kStepErrors{{
    {StepError::ServiceFault, "Step.SERVICE_FAULT"},
    {StepError::Throttling, "Step.THROTTLING"},
    {StepError::JobInternalError, "SageMaker.JOB_INTERNAL_ERROR"},
    {StepError::CapacityError, "SageMaker.CAPACITY_ERROR"},
    {StepError::ResourceLimit, "SageMaker.RESOURCE_LIMIT"},
    {StepError::ClientError, "ClientError"},
}};

}  // namespace

std::string_view to_string(StepStatus status) { return name_of(kStepStatuses, status); }
std::string step_statuses() { return listed(kStepStatuses); }
std::optional<StepStatus> parse_step_status(std::string_view name) { return value_of(kStepStatuses, name); }
std::string_view to_string(ExecutionStatus status) { return name_of(kExecutionStatuses, status); }
std::string execution_statuses() { return listed(kExecutionStatuses); }
std::optional<ExecutionStatus> parse_execution_status(std::string_view name) {
    return value_of(kExecutionStatuses, name);
}
std::string_view to_string(StepError error) { return name_of(kStepErrors, error); }
std::optional<StepError> parse_step_error(std::string_view name) { return value_of(kStepErrors, name); }

}  // namespace pipelines
