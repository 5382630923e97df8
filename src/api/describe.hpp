// From domain values to the JSON of the API: what Describe*, List* and Search share. Only members that are set appear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/operation.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/domain/pipeline.hpp"

namespace pipelines::api {

void set(Json& output, const char* member, const std::optional<std::string>& value);  // absent when not set
void set_time(Json& output, const char* member, Time time);                           // epoch seconds
void set_parallelism(Json& output, std::optional<int> max_parallel);
void set_aliases(Json& output, const std::vector<std::string>& aliases);  // absent when empty
void set_users(Json& output, const NamespaceKey&);                        // CreatedBy, LastModifiedBy

inline constexpr std::size_t kMostTags = 50;  // on one resource (model)

// The tags that a job was made with, as ListTags and Search show them: its request's, and the one that Pipelines put on
// all they make (the SDK's lineage reads it). A group's is that of the execution that made its first package.
[[nodiscard]] Json job_tags(Context&, const Job&);
[[nodiscard]] Json job_tags(const Job&, std::string_view execution);  // whose ARN is known

// What Describe* and the records of Search show alike: all but an execution's MLflowConfig, aliases and parameters, and
// a pipeline's definition, version and tags. `pipeline` is the name of the execution's.
[[nodiscard]] Json pipeline_members(Context&, const Pipeline&);
[[nodiscard]] Json execution_members(const NamespaceKey&, const Execution&, std::string_view pipeline);

[[nodiscard]] Json pipeline_summary(Context&, const Pipeline&);
[[nodiscard]] Json execution_summary(Context&, const Execution&, const Pipeline&);
[[nodiscard]] Json version_summary(Context&, const PipelineVersion&, const Pipeline&);

}  // namespace pipelines::api
