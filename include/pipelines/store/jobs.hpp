// Jobs: one row an attempt of a step that exists outside the pipeline.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pipelines/domain/job.hpp"
#include "pipelines/domain/pipeline.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

class Jobs {
public:
    explicit Jobs(Database& database) : database_(database) {}

    [[nodiscard]] JobKey insert(const Job&);
    void update(const Job&);  // status, modified, ended, result, failure; by id
    [[nodiscard]] std::optional<Job> find(JobKey);
    // A Callback's by its token.
    [[nodiscard]] std::optional<Job> find_callback(NamespaceId, std::string_view token);
    // The version that the next model package of a group gets: 1 for a new group.
    [[nodiscard]] std::int64_t next_number(NamespaceId, std::string_view group);

private:
    Database& database_;
};

}  // namespace pipelines::store
