// Small things that every document is made of.
#pragma once

#include <string>
#include <string_view>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/domain/job.hpp"

namespace pipelines::documents {

// The value at a path of member names; null if it is not there.
[[nodiscard]] const Json* at(const Json& object, std::initializer_list<std::string_view> path);

// "s3://bucket/prefix" + "/" + rest, whether or not the prefix ends in a slash.
[[nodiscard]] std::string under(std::string_view prefix, std::string_view rest);

// Where a job writes whose arguments name no place: SageMaker's default bucket.
[[nodiscard]] std::string default_bucket(const NamespaceKey&);

// The whole seconds of a job that is over, at least 1; nothing is 0.
[[nodiscard]] std::int64_t seconds(const Job&);

[[nodiscard]] inline bool is_over(const Job& job) {
    return job.status != JobStatus::InProgress && job.status != JobStatus::Stopping;
}

}  // namespace pipelines::documents
