// The end of an attempt that a caller gives while the step waits (POST /_local/steps/...), in the words of a scenario.
// Errors: every fault with its JSON pointer, one a line.
#pragma once

#include "pipelines/runners/simulated.hpp"

namespace pipelines::runners {

// {"Return", "PropertyFiles"}, both optional.
[[nodiscard]] Result<StepResult> returned_by_hand(const StepInput&, const Json& given);

// {"Error", "Cause"}, as in Throw.
[[nodiscard]] Result<StepResult> thrown_by_hand(const StepInput&, const Json& given);

}  // namespace pipelines::runners
