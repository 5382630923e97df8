// Step caching: what makes two runs of a step the same. Pure.
#pragma once

#include <string>

#include "pipelines/base/json.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::definition {

// Does the step ask for the result of an earlier execution?
[[nodiscard]] bool is_cached(const Step&);

// A hash over those attributes of a cached step that AWS compares (its guide lists them by type), every expression in
// them resolved; of a request without its nulls (documents::request_of). Nothing else of the step changes it: not
// instances, outputs, role, names, tags or policies.
[[nodiscard]] std::string cache_key(const Step&, const Json& arguments, const Json& extra);

}  // namespace pipelines::definition
