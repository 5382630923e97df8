// The form of a Condition step's Conditions.
#pragma once

#include "definition/fault.hpp"

namespace pipelines::definition {

// The eight types with exactly their members (SDK: conditions.py); operands are primitives or expressions, whose own
// form visit_references checks.
[[nodiscard]] Fault check_conditions(const Json& conditions, const Place& place);

}  // namespace pipelines::definition
