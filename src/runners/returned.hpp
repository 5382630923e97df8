// Ends of steps, shared by the simulation and the runners.
#pragma once

#include <string>

#include "pipelines/runners/simulated.hpp"

namespace pipelines::runners {

[[nodiscard]] StepResult failed(StepError error, std::string failure);
[[nodiscard]] StepResult client_error(std::string_view text);  // "ClientError: <text>", which no policy retries
[[nodiscard]] StepResult stopped();

// What a scenario's {"Error", "Cause"} makes of a step.
[[nodiscard]] StepResult thrown(const definition::Step&, const Json& scripted);

// What a Lambda returned, or a scenario says that a Lambda or Callback did. A function that leaves out what it declares
// breaks the step; a callback's answer may be partial.
[[nodiscard]] StepResult returned_outputs(const definition::Step&, const Json& returned);

}  // namespace pipelines::runners
