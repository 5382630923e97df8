// Arguments of a step against the API's own request shape (docs/compatibility.md, "Definition").
#pragma once

#include <vector>

#include "definition/fault.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::definition {

// Unknown members, JSON kinds, list sizes and enums, at any depth; not required members, lengths and patterns, which
// definitions that AWS accepted break. A null member counts as absent. An expression may stand for any value, unless it
// is known to give another kind: a parameter's type, or the string of a Join.
[[nodiscard]] Fault check_shape(const Json& value, const model::Shape& shape, const std::vector<Parameter>& parameters,
                                const Place& place);

// The whole Arguments object of a step of this type: by the type's shape, or by its own rules where it has none. Of a
// Condition the branches are not looked into.
[[nodiscard]] Fault check_arguments(const Json& arguments, const StepType& type,
                                    const std::vector<Parameter>& parameters, const Place& place);

}  // namespace pipelines::definition
