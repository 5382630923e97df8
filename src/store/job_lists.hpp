// The order of a list of jobs: positions only, so that sorting by name or status holds no documents.
#pragma once

#include <optional>

#include "pipelines/store/jobs.hpp"
#include "store/paging.hpp"

namespace pipelines::store {

class JobCursor {
public:
    JobCursor(Database&, const JobFilter&, const PageRequest&);

    // The next row's place in the list; nothing behind the last. JobFilter::accepts is the caller's.
    [[nodiscard]] std::optional<Position> next();

private:
    Statement statement_;
    JobSort sort_;
};

}  // namespace pipelines::store
