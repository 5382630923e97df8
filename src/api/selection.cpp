#include "api/selection.hpp"

#include <fmt/format.h>

#include "api/input.hpp"
#include "api/lookup.hpp"

namespace pipelines::api {

Result<std::optional<engine::Selection>> read_selection(Context& context, const Pipeline& pipeline, const Json& input) {
    const Json* config = find_given(input, "SelectiveExecutionConfig");
    if (config == nullptr) return std::optional<engine::Selection>{};
    engine::Selection selection;
    selection.config = {{"SelectedSteps", Json::array()}};
    for (const Json& step : config->at("SelectedSteps"))
        selection.config["SelectedSteps"].push_back({{"StepName", text(step, "StepName")}});
    const auto arn = optional_text(*config, "SourcePipelineExecutionArn");
    if (!arn) return std::optional{std::move(selection)};

    auto source = find_execution(context, *arn);
    if (!source) return source.error();
    const auto refused = [&arn](const std::string& why) {
        return validation_error(fmt::format("Invalid SourcePipelineExecutionArn: {}. {}", *arn, why));
    };
    if (source->execution.pipeline != pipeline.id)
        return refused(
            fmt::format("It is an execution of pipeline '{}', not of '{}'.", source->pipeline, pipeline.name));
    if (!is_terminal(source->execution.status))
        return refused(
            fmt::format("The execution is {}: a source must have ended.", to_string(source->execution.status)));
    selection.config["SourcePipelineExecutionArn"] = *arn;
    selection.source = std::move(source->execution);
    return std::optional{std::move(selection)};
}

}  // namespace pipelines::api
