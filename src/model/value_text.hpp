// A value as AWS's validation messages show it: a string bare, "[a, b]" for a list, "{k=v}" for a map or a structure.
#pragma once

#include <string>

#include "pipelines/base/json.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::model {

// Members that the shape lacks are left out. Sensitive values are "***Sensitive Data Redacted***". A text of more than
// 1,024 characters is cut there and ends in "..." (AWS shows it whole; a definition may have a million).
[[nodiscard]] std::string value_text(const Shape& shape, const Json& value);

}  // namespace pipelines::model
