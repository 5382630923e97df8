// The names that rows of an execution can have: those of the steps, and "<step>-<index>" of the steps in a ForEach.
#pragma once

#include <string_view>

#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::engine {

// What a row is of.
struct RowPlace {
    definition::NodeIndex node = 0;
    int iteration = -1;  // unless the step stands in a ForEach
};

// Error: no row of that pipeline is ever called so (NotFound); names those there are.
[[nodiscard]] Result<RowPlace> place_of_row(const definition::Definition&, std::string_view pipeline,
                                            std::string_view name);

}  // namespace pipelines::engine
