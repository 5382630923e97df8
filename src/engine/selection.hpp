// Selective execution: what a new run takes from the execution it refers to.
#pragma once

#include <vector>

#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/plan/selective.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

// The names in a SelectiveExecutionConfig.
[[nodiscard]] std::vector<std::string> selected_names(const Json& config);

// The rows that a run which selects `selected` shows as reused, numbered from 0 in the order of the source: what stands
// upstream in `compiled` and has a row in the source under the same name and type (the definition may have changed
// since). Their jobs stay the source's.
[[nodiscard]] std::vector<StepRow> reused_rows(store::Store&, const definition::Definition& compiled,
                                               const definition::Definition& source_definition, const Execution& source,
                                               const std::vector<bool>& selected);

// A result of `source` as the content of a step of another execution. The origin stays the execution that really ran
// it, through any number of selective runs and cache hits.
[[nodiscard]] StepContent taken_over(const StepRow& row, ExecutionKey source, SourceHow how);

}  // namespace pipelines::engine
