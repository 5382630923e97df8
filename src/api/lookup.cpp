#include "api/lookup.hpp"

#include <fmt/format.h>

#include "api/input.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::api {

Error no_such_pipeline(const NamespaceKey& where, std::string_view name) {
    const std::string arn = name.starts_with("arn:") ? std::string{name} : pipeline_arn(where, name);
    return {ErrorKind::NotFound, fmt::format("Pipeline '{}' does not exist.", arn)};
}

Error no_such_execution(std::string_view arn) {
    return {ErrorKind::NotFound, fmt::format("Pipeline execution '{}' does not exist", arn)};
}

Result<Pipeline> find_pipeline(Context& context, std::string_view name_or_arn) {
    const auto name = parse_pipeline_name_or_arn(name_or_arn);
    const bool here = name && (name->account.empty() || NamespaceKey{name->account, name->region} == context.where());
    if (here && context.space)
        if (auto pipeline = context.services.store.pipelines.find(context.space->id, name->name))
            return std::move(*pipeline);
    return no_such_pipeline(context.where(), name_or_arn);
}

Result<FoundExecution> find_execution(Context& context, std::string_view arn) {
    const auto name = parse_execution_arn(arn);
    if (!name || !context.space || NamespaceKey{name->account, name->region} != context.where())
        return no_such_execution(arn);
    auto execution = context.services.store.executions.find(context.space->id, name->id);
    if (!execution) return no_such_execution(arn);
    auto pipeline = context.services.store.pipelines.name(execution->pipeline);
    if (!pipeline || !equal_ignoring_case(*pipeline, name->pipeline)) return no_such_execution(arn);
    return FoundExecution{std::move(*execution), std::move(*pipeline)};
}

Result<PipelineVersion> find_version(Context& context, const Pipeline& pipeline, const Json& input) {
    const auto id = optional_integer(input, "PipelineVersionId");
    const auto alias = optional_text(input, "PipelineVersionAlias");
    if (id && alias) return validation_error("PipelineVersionId and PipelineVersionAlias cannot be given together.");
    auto& rows = context.services.store.pipelines;
    std::int64_t number = id.value_or(pipeline.version);
    if (alias) {
        const auto held = rows.version_of_alias(pipeline.id, *alias);
        if (!held)
            return Error{ErrorKind::NotFound,
                         fmt::format("Pipeline version alias '{}' of pipeline '{}' does not exist.", *alias,
                                     pipeline_arn(context.where(), pipeline.name))};
        number = *held;
    }
    auto version = rows.find_version(pipeline.id, number);
    if (!version)
        return Error{ErrorKind::NotFound, fmt::format("Pipeline version '{}' of pipeline '{}' does not exist.", number,
                                                      pipeline_arn(context.where(), pipeline.name))};
    return std::move(*version);
}

}  // namespace pipelines::api
