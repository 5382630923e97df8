// From steps to a graph: names, references and what they make a step wait for.
#pragma once

#include "definition/compilation.hpp"
#include "definition/fault.hpp"

namespace pipelines::definition {

// Fills by_name and the graph's edges: of each step its Condition, its DependsOn, and every reference at any depth of
// its Arguments and extra keys. Faults: duplicate names, unknown steps, parameters, variables, property files,
// properties that a type lacks, references to the step itself, dependence on a Fail step or on a step of another body,
// two triggers for one step, names that iterations take, cycles. What a step of a body takes from outside it is an edge
// of its ForEach.
[[nodiscard]] Fault connect(Compilation& compilation);

// References of a value that no step holds (PipelineExperimentConfig, MlflowConfig): none to steps.
[[nodiscard]] Fault check_free_references(const Json& value, const std::vector<Parameter>& parameters,
                                          const Place& place);

}  // namespace pipelines::definition
