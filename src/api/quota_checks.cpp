#include "api/quota_checks.hpp"

#include <fmt/format.h>

namespace pipelines::api {
namespace {

constexpr std::size_t kSteps = 50, kPipelines = 500, kRunningExecutions = 20;

bool are_off(const Context& context) { return context.services.quotas == Quotas::None; }

Result<void> of_account(std::string_view what, std::string_view unit, std::size_t most, std::size_t found) {
    if (found < most) return {};
    return Error{ErrorKind::LimitExceeded,
                 fmt::format("The account-level service limit '{}' is {} {}, with current utilization of {} {} and a "
                             "request delta of 1 {}.",
                             what, most, unit, found, unit, unit)};
}

}  // namespace

Result<void> check_step_quota(const Context& context, const definition::Definition& definition) {
    const std::size_t found = definition.steps.size();
    if (are_off(context) || found <= kSteps) return {};
    return Error{ErrorKind::LimitExceeded,
                 fmt::format("The pipeline-level service limit 'Steps per pipeline' is {}, and the definition has {}.",
                             kSteps, found)};
}

Result<void> check_pipeline_quota(const Context& context) {
    if (are_off(context)) return {};
    return of_account("Number of pipelines", "Pipelines", kPipelines,
                      context.services.store.pipelines.count(context.space->id));
}

Result<void> check_execution_quota(const Context& context) {
    if (are_off(context)) return {};
    return of_account("Concurrent pipeline executions", "Executions", kRunningExecutions,
                      context.services.store.executions.open(context.space->id).size());
}

}  // namespace pipelines::api
