// Retry policies of a step: when it is tried again, if at all. Source: the guide's retry policy page
// (docs/compatibility.md).
#pragma once

#include <cstddef>
#include <optional>

#include "pipelines/base/clock.hpp"
#include "pipelines/definition/graph.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines::plan {

struct NextAttempt {
    std::size_t policy;  // position in the node's policies; their number: the built-in one for Step.* faults
    Time due;
};

// The first policy that lists the error decides. Nothing: it stays failed (no policy, attempts used up, too late).
// `row` is the failing attempt's, with its retries so far.
[[nodiscard]] std::optional<NextAttempt> next_attempt(const definition::Node&, const StepState& row, StepError,
                                                      Time now);

}  // namespace pipelines::plan
