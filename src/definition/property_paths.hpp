// Which Steps.<step>.<path> exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/definition/definition.hpp"

namespace pipelines::definition {

// Why a step has no property of this path ("there is no 'Foo'. Known: ..."); nothing if it has. The shape of the
// type's document decides, and what the pipeline service adds to it.
[[nodiscard]] std::optional<std::string> refuse_property(const Step& step, std::string_view path);

}  // namespace pipelines::definition
