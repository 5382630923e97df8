// SelectiveExecutionConfig of StartPipelineExecution.
#pragma once

#include <optional>

#include "api/operation.hpp"
#include "pipelines/domain/pipeline.hpp"
#include "pipelines/engine/engine.hpp"

namespace pipelines::api {

// What the input chooses; nothing if it has no SelectiveExecutionConfig. Errors: a source that does not exist, that is
// of another pipeline, or that still runs. Which steps may be chosen is the engine's check.
[[nodiscard]] Result<std::optional<engine::Selection>> read_selection(Context&, const Pipeline&, const Json& input);

}  // namespace pipelines::api
