// Which Steps.<step>.<path> exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/definition/definition.hpp"

namespace pipelines::definition {

// Why a step has no property of this path ("there is no 'Foo'. Known: ..."); nothing if it has. The shape of the
// type's document decides, and what the pipeline service adds to it; of a ForEach's iterations that of the step of the
// body.
[[nodiscard]] std::optional<std::string> refuse_property(const Definition& definition, NodeIndex step,
                                                         std::string_view path);

// Status and the counts of a ForEach: what there is to read of it however it ended.
[[nodiscard]] bool tells_the_end(const Step& step, std::string_view path);

}  // namespace pipelines::definition
