// RetryPolicies of a step.
#pragma once

#include <vector>

#include "definition/fault.hpp"
#include "pipelines/definition/graph.hpp"

namespace pipelines::definition {

// The policies of a list as the definition writes it; a policy without MaxAttempts and ExpireAfterMin gets AWS's
// default of 5 attempts. (developer guide: pipelines-retry-policy)
[[nodiscard]] Result<std::vector<RetryPolicy>> parse_retry_policies(const Json& policies, const Place& place);

}  // namespace pipelines::definition
