// The keys of a step object that only some types have: SqsQueueUrl, OutputParameters, PropertyFiles, CheckType, ...
#pragma once

#include "definition/fault.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::definition {

// Refuses keys that neither every step nor this type has ("Unknown Step member 'X'."), and fills outputs, property
// files and extra. The form of expressions in them is checked with the references.
[[nodiscard]] Fault parse_own_keys(const Json& step, const Place& place, Step& parsed);

}  // namespace pipelines::definition
