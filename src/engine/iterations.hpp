// The iterations of a ForEach: what it iterates over, how it ends, which iteration it selects. Pure.
#pragma once

#include <span>
#include <string>

#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/plan/plan.hpp"

namespace pipelines::engine {

// The list that IterableItems resolved to: a list, or a string that holds one in JSON. Errors: anything else, an item
// longer than IterationContext shows, more items than the names of the body's steps have room for.
[[nodiscard]] Result<Json> read_items(Json resolved, const definition::Definition&, definition::NodeIndex loop);

// IterationContext.Item: a scalar's text; objects and lists as compact JSON.
[[nodiscard]] std::string item_text(const Json& item);

// The rows of the body's steps that count.
[[nodiscard]] ChildCounts count_children(const plan::Plan&, definition::NodeIndex loop);

// How a ForEach ends whose children are over: Failed by a failed child; else Stopped by a stopped one, or by a stop of
// the execution that left some of `expected` children out; else Succeeded.
[[nodiscard]] StepStatus end_of(const ChildCounts&, std::uint64_t expected, ExecutionStatus);

// FailureReason of a ForEach: the first children that failed. (ours: AWS's text is not known)
[[nodiscard]] std::string failure_of(const plan::Plan&, const definition::Definition&, definition::NodeIndex loop);

// The position of the greatest or least value, the first of equal ones; values are numbers, or text that holds one.
// Error: one that is neither, by its iteration.
[[nodiscard]] Result<std::uint32_t> pick(definition::Selector::Pick, std::span<const Json> values);

}  // namespace pipelines::engine
