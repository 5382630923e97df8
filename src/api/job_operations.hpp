// THE tables of the operations that ask for jobs: all that differs between them and is not code.
#pragma once

#include <cstddef>
#include <string_view>

#include "pipelines/base/result.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/store/jobs.hpp"

namespace pipelines::api {

struct DescribeJob {
    std::string_view operation;
    JobKind kind;
    std::string_view name_member;  // of the input
    ErrorKind missing;
    std::string_view sentence;  // {name} and {arn} are replaced
};

struct ListJobs {
    std::string_view operation;
    JobKind kind;
    std::string_view list_member;  // of the answer
    store::JobSort sort = store::JobSort::CreationTime;
    store::SortOrder order = store::SortOrder::Descending;
    std::size_t page = 100;
};

// Of an operation that is one; anything else is a bug.
[[nodiscard]] const DescribeJob& describe_job_row(std::string_view operation);
[[nodiscard]] const ListJobs& list_jobs_row(std::string_view operation);

}  // namespace pipelines::api
