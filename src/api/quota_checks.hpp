// What Quotas::Aws refuses, with ResourceLimitExceeded: the numbers are those of docs.aws.amazon.com/general, "Amazon
// SageMaker endpoints and quotas"; the sentences are in the manner of the service's other limits. Nothing is asked
// where quotas are off.
#pragma once

#include "api/operation.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::api {

// Of one pipeline, those in branches and loops included. (Its 200 parameters are a limit of every definition.)
[[nodiscard]] Result<void> check_step_quota(const Context&, const definition::Definition&);
// Is there room for one more in the account and region?
[[nodiscard]] Result<void> check_pipeline_quota(const Context&);
[[nodiscard]] Result<void> check_execution_quota(const Context&);

}  // namespace pipelines::api
