// Validation: one walk of an input over its shape that collects every violation, then AWS's sentence.
// Sources: docs/compatibility.md, "Validation".
#pragma once

#include <string_view>

#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::model {

// A wrong JSON kind anywhere in the input (a string where a list belongs, 1.5, 1.0 or 2^64 where an integer does, ...):
// one Serialization error that names the member, what belongs there and what came, in our own words:
//   "ParallelismConfiguration.MaxParallelExecutionSteps: expected an integer of 32 bits, got a string"
// An Integer holds 32 bits, a Long 64; a Timestamp is a number of seconds, as AWS JSON 1.1 has it, never a string.
// Members that the shape lacks are ignored, as AWS ignores them; a null member counts as absent, and null items are
// left to check_constraints. Recursion is bounded by the model, and where that recurs, by the depth that parse_json
// allows.
[[nodiscard]] Result<void> check_kinds(const Shape& shape, const Json& input);

// Every constraint (required, length, size, range, pattern, enum) that the input violates, in the model's order, as
// one Validation error in AWS's form:
//   "2 validation errors detected: Value '...' at 'pipelineName' failed to satisfy constraint: Member must ...; ..."
// Of one value: max, min, pattern, enum. Nested: 'productionVariants.1.member.instanceType', 'environment.KEY.member'.
// Strings and numbers in a list or a map are one violation of the whole, which tells all that its items must satisfy:
// "Member must satisfy constraint: [...]", "Map keys must ...", "Map value must ...". A missing required member and a
// null item are "Value null at '...'". Values are shown as value_text.hpp says: sensitive ones redacted, long ones cut
// after 1,024 characters; beyond 50 violations the rest is only counted.
// Expects an input that passed check_kinds. Length is checked before any pattern is tried, and both are reported.
[[nodiscard]] Result<void> check_constraints(const Shape& shape, const Json& input);

// Does the whole of `text` match the shape's pattern? True where the shape has none. Throws std::logic_error on a
// pattern that RE2 cannot compile, which no shape of the tables has.
[[nodiscard]] bool matches_pattern(const Shape& shape, std::string_view text);

}  // namespace pipelines::model
