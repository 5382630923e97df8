// Pipelines and their versions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipelines/base/clock.hpp"

namespace pipelines {

using NamespaceId = std::int64_t;
using PipelineKey = std::int64_t;  // pipelines.id; never shown
using VersionKey = std::int64_t;   // versions.id; never shown

struct Pipeline {
    PipelineKey id = 0;
    NamespaceId namespace_id = 0;
    std::string name;
    std::string display_name;  // the name, when none was given
    std::optional<std::string> description;
    std::string role_arn;
    std::optional<int> max_parallel;  // ParallelismConfiguration.MaxParallelExecutionSteps
    std::int64_t version = 1;         // current PipelineVersionId
    Time created{}, modified{};
};

struct PipelineVersion {
    VersionKey id = 0;
    NamespaceId namespace_id = 0;
    PipelineKey pipeline = 0;
    std::int64_t version = 1;  // PipelineVersionId
    std::optional<std::string> display_name, description;
    Time created{}, modified{};
};

}  // namespace pipelines
