// Cleanup steps: their Arguments, and the steps whose outputs they delete.
#pragma once

#include "definition/compilation.hpp"
#include "definition/fault.hpp"

namespace pipelines::definition {

// {"Resources": {"S3": [{"StepName", "S3Uris"?}, ...]}}
[[nodiscard]] Fault check_cleanup_arguments(const Json& arguments, const Place& place);

// Every step that a Cleanup names stands before it. Needs by_name and the graph, without cycles.
[[nodiscard]] Fault check_cleanup_sources(const Compilation& compilation);

}  // namespace pipelines::definition
