// Finding a job by what a request calls it. A job has no index of its own by name: its name carries the id of the
// execution that made it.
#pragma once

#include <optional>
#include <string_view>

#include "api/job_operations.hpp"
#include "api/operation.hpp"

namespace pipelines::api {

// `name` is the job's name; of a model package its ARN, "<group>/<version>" or its name; of a group its name or ARN.
// Names differ in case from what ARNs show: the exact one wins.
[[nodiscard]] std::optional<Job> find_job(Context&, JobKind, std::string_view name);

// The job of an ARN of any kind that can be described.
[[nodiscard]] std::optional<Job> find_job_by_arn(Context&, std::string_view arn);

// What Describe and Search show of it: of an endpoint also what its configuration says.
[[nodiscard]] Json document_of(Context&, const Job&);

// What Describe answers when there is none.
[[nodiscard]] Error no_such_job(const NamespaceKey&, const DescribeJob&, std::string_view name);

}  // namespace pipelines::api
