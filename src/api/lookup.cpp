#include "api/lookup.hpp"

#include <fmt/format.h>

#include "api/input.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/definition.hpp"

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

Result<std::optional<std::string>> definition_text(Context& context, const Json& input) {
    auto inline_text = optional_text(input, "PipelineDefinition");
    const Json* location = given(input, "PipelineDefinitionS3Location");
    if (inline_text && location != nullptr)
        return validation_error("Both Pipeline Definition and Pipeline Definition S3 Location shouldn't be present");
    if (location == nullptr) return inline_text;
    const store::ObjectName object{text(*location, "Bucket"), text(*location, "ObjectKey")};
    const std::string uri = fmt::format("s3://{}/{}", object.bucket, object.key);
    if (context.services.objects == nullptr)
        return validation_error(
            fmt::format("PipelineDefinitionS3Location {} cannot be read: start the server with --s3-dir DIR, where "
                        "DIR/{}/{} is the definition.",
                        uri, object.bucket, object.key));
    if (given(*location, "VersionId") != nullptr)
        return validation_error(
            "PipelineDefinitionS3Location.VersionId is not emulated: a directory holds no versions of an object.");
    // Four bytes is the most that a character takes in UTF-8; compile() counts characters.
    auto bytes = context.services.objects->read(object, 4 * definition::kMaxCharacters);
    if (!bytes)
        return validation_error(
            fmt::format("PipelineDefinitionS3Location {} cannot be read below the directory given by --s3-dir: {}", uri,
                        bytes.error().message));
    return std::optional{std::move(bytes.value())};
}

}  // namespace pipelines::api
