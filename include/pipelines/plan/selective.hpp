// Selective execution: whether a choice of steps can run, and what it takes from its source execution. Pure: the graph
// and the states of the source's rows. A ForEach is chosen, and reused, with its whole body.
//
// Rules of the API reference and the developer guide; the template of check_source's sentence was seen at AWS
// (docs/compatibility.md, "Selective execution").
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/result.hpp"
#include "pipelines/definition/graph.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines::plan {

// By node, what the names choose. Errors: a name that no step has or that a body's step has, a name given twice, a step
// left out that stands on a path between two chosen ones.
[[nodiscard]] Result<std::vector<bool>> select(const definition::Graph&, std::span<const std::string> names);

// By node, what is not selected and stands before something selected, directly or not: what a run shows as reused where
// the source has a row of it.
[[nodiscard]] std::vector<bool> upstream(const definition::Graph&, const std::vector<bool>& selected);

// Whether `reused`, the source's rows with nodes of this graph, meets every direct dependency of a selected step on one
// that is not: it ended as its trigger asks, a Condition with the outcome of the branch. Error: the recorded sentence;
// `source_arn` is empty where no source was given.
[[nodiscard]] Result<void> check_source(const definition::Graph&, const std::vector<bool>& selected,
                                        std::span<const StepState> reused, std::string_view source_arn);

}  // namespace pipelines::plan
