// Which rows of `jobs` are something of its own, as SQL: conditions on a row that a statement calls `r`, for the lists
// of the store and for Search, so that both show the same.
#pragma once

#include "pipelines/domain/job.hpp"

namespace pipelines::store {

// A resource of SageMaker's, as the index jobs_by_kind has them (sql/003_jobs.sql).
inline constexpr char kListedJobs[] = "r.kind < 12";
static_assert(static_cast<int>(JobKind::Emr) == 12);

// What an execution made again under one name is one thing: its newest row, among those up to a key that is to be
// bound. Other names are never given twice, and an execution may have thousands of other jobs.
inline constexpr char kNewestOfName[] =
    "(r.kind NOT IN (8, 9, 10) OR NOT EXISTS (SELECT 1 FROM jobs AS later WHERE later.execution = r.execution AND "
    "later.kind = r.kind AND later.name = r.name AND later.id > r.id AND later.id <= ?))";
static_assert(static_cast<int>(JobKind::EndpointConfig) == 8 && static_cast<int>(JobKind::Endpoint) == 9 &&
              static_cast<int>(JobKind::InferenceComponent) == 10);

// A model package group has no row: the oldest of its packages stands for it.
inline constexpr char kOldestOfGroup[] =
    "r.number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jobs AS earlier WHERE earlier.namespace = r.namespace AND "
    "earlier.group_name = r.group_name COLLATE NOCASE AND earlier.number < r.number)";

}  // namespace pipelines::store
