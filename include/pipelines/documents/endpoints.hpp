// An endpoint with what its configuration makes it serve: two jobs, one document.
#pragma once

#include "pipelines/base/arn.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/domain/job.hpp"

namespace pipelines::documents {

// job_document of the endpoint and, once it is in service, its variants and what else DescribeEndpoint repeats of the
// configuration. What the endpoint's own result says is left as it is.
[[nodiscard]] Json endpoint_document(const Job& endpoint, const Job& config, const NamespaceKey&);

}  // namespace pipelines::documents
