// What a QualityCheck or ClarifyCheck step finds.
#pragma once

#include "pipelines/runners/simulated.hpp"

namespace pipelines::runners {

// The end of a check: `scripted` is what its scenario Returns ({"ViolationReport": ...}); null if nothing.
[[nodiscard]] StepResult check_result(const StepInput&, const Json& scripted);

}  // namespace pipelines::runners
