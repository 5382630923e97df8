// ForEach steps: their Arguments, what their body may hold, what they select.
#pragma once

#include <limits>

#include "definition/compilation.hpp"
#include "definition/fault.hpp"

namespace pipelines::definition {

inline constexpr const char* kBody = "ForEachBody";
inline constexpr int kHighestIteration = std::numeric_limits<int>::max();  // that a reference may name

// IterableItems, MaxConcurrency and the form of the Selector. The steps of the body are not looked into.
[[nodiscard]] Fault check_for_each_arguments(const Json& arguments, const Place& place);

// A step of a body whose ForEach is read already: its type, and whether the names of its iterations are not too long.
[[nodiscard]] Fault check_body_step(const Compilation& compilation, NodeIndex node, const Place& place);

// No step is named as an iteration of a body's step will be. Needs by_name.
[[nodiscard]] Fault check_iteration_names(const Compilation& compilation);

// Fills Step::selector of every ForEach that has one: a property of a step of its own body. Needs by_name.
[[nodiscard]] Fault read_selectors(Compilation& compilation);

}  // namespace pipelines::definition
