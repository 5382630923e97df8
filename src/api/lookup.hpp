// Finding what a request names, with AWS's sentence where it does not exist.
#pragma once

#include <string>
#include <string_view>

#include "api/operation.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/pipeline.hpp"

namespace pipelines::api {

// "Pipeline '<arn>' does not exist." (clients test for this ending)
[[nodiscard]] Error no_such_pipeline(const NamespaceKey&, std::string_view name);
// "Pipeline execution '<arn>' does not exist" (without a period, likewise)
[[nodiscard]] Error no_such_execution(std::string_view arn);

// By name or ARN. An ARN of another account or region names nothing here.
[[nodiscard]] Result<Pipeline> find_pipeline(Context&, std::string_view name_or_arn);

struct FoundExecution {
    Execution execution;
    std::string pipeline;  // its name
};
[[nodiscard]] Result<FoundExecution> find_execution(Context&, std::string_view arn);

// The version that PipelineVersionId or PipelineVersionAlias names, else the current one. Both at once are refused.
[[nodiscard]] Result<PipelineVersion> find_version(Context&, const Pipeline&, const Json& input);

}  // namespace pipelines::api
