// CreatePipeline, UpdatePipeline, DeletePipeline, DescribePipeline, ListPipelines.

#include <fmt/format.h>

#include "api/aliases.hpp"
#include "api/describe.hpp"
#include "api/input.hpp"
#include "api/located_definition.hpp"
#include "api/lookup.hpp"
#include "api/quota_checks.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::api {
namespace {

Json arn_answer(const Context& context, const Pipeline& pipeline) {
    return {{"PipelineArn", pipeline_arn(context.where(), pipeline.name)}};
}

Result<void> check_definition(const Context& context, std::string_view text) {
    const auto compiled = definition::compile(text);
    if (!compiled) return compiled.error();
    return check_step_quota(context, **compiled);
}

PipelineVersion version_of(const Pipeline& pipeline, Time now) {
    PipelineVersion version;
    version.namespace_id = pipeline.namespace_id;
    version.pipeline = pipeline.id;
    version.version = pipeline.version;
    version.created = version.modified = now;
    return version;
}

}  // namespace

Result<Answer> create_pipeline(Context& context, const Json& input) {
    auto& rows = context.services.store.pipelines;
    Pipeline pipeline;
    pipeline.namespace_id = context.space->id;
    pipeline.name = text(input, "PipelineName");
    if (const auto other = rows.find(context.space->id, pipeline.name); other && other->name == pipeline.name)
        return validation_error(
            fmt::format("Pipeline names must be unique within an AWS account and region. Pipeline with name ({}) "
                        "already exists.",
                        pipeline.name));
    if (const auto checked = check_pipeline_quota(context); !checked) return checked.error();
    const auto definition = definition_text(context, input);
    if (!definition) return definition.error();
    if (!*definition)
        return validation_error("Either Pipeline Definition or Pipeline Definition S3 location should be provided");
    if (const auto checked = check_definition(context, **definition); !checked) return checked.error();
    const auto aliases = text_list(input, "PipelineVersionAliases");
    if (const auto checked = check_alias_names(aliases); !checked) return checked.error();

    pipeline.display_name = optional_text(input, "PipelineDisplayName").value_or(pipeline.name);
    pipeline.description = optional_text(input, "PipelineDescription");
    pipeline.role_arn = text(input, "RoleArn");
    pipeline.max_parallel = max_parallel(input);
    pipeline.created = pipeline.modified = context.services.engine.now(context.space->id);
    pipeline.id = rows.insert(pipeline);
    (void)rows.insert_version(version_of(pipeline, pipeline.created), **definition);
    for (const std::string& alias : aliases) rows.add_alias(pipeline.id, alias, pipeline.version);
    context.services.store.tags.put({store::TaggedKind::Pipeline, pipeline.id}, tags(input));
    Json answer = arn_answer(context, pipeline);
    context.services.store.tokens.forget_deletions(context.space->id, dump(answer));  // they answered the same ARN
    return Answer{std::move(answer), pipeline.id};
}

Result<Answer> update_pipeline(Context& context, const Json& input) {
    auto& rows = context.services.store.pipelines;
    auto found = find_pipeline(context, text(input, "PipelineName"));
    if (!found) return found.error();
    Pipeline& pipeline = *found;
    const auto definition = definition_text(context, input);
    if (!definition) return definition.error();
    const Time now = context.services.engine.now(context.space->id);

    bool changed = false;
    if (*definition) {
        if (const auto checked = check_definition(context, **definition); !checked) return checked.error();
        const VersionKey current = rows.find_version(pipeline.id, pipeline.version).value().id;
        // By their text: 1 and 1.0 are equal as numbers, and read differently in a Std:Join.
        changed = dump(parse_json(rows.definition(current)).value()) != dump(parse_json(**definition).value());
    }
    const auto aliases = text_list(input, "PipelineVersionAliases");
    if (!aliases.empty() && !changed)
        return validation_error(
            "PipelineVersionAliases can only be given when the pipeline definition changes: without a change no new "
            "pipeline version is created. Use UpdatePipelineVersion for an existing version.");
    if (const auto checked = check_alias_names(aliases); !checked) return checked.error();
    if (const auto checked = check_aliases_free(context, pipeline, aliases); !checked) return checked.error();

    if (const auto name = optional_text(input, "PipelineDisplayName")) pipeline.display_name = *name;
    if (const auto description = optional_text(input, "PipelineDescription")) pipeline.description = description;
    if (const auto role = optional_text(input, "RoleArn")) pipeline.role_arn = *role;
    if (const auto limit = max_parallel(input)) pipeline.max_parallel = limit;
    if (changed) ++pipeline.version;
    pipeline.modified = now;
    rows.update(pipeline);
    if (changed) (void)rows.insert_version(version_of(pipeline, now), **definition);
    for (const std::string& alias : aliases) rows.add_alias(pipeline.id, alias, pipeline.version);

    Json output = arn_answer(context, pipeline);
    output["PipelineVersionId"] = pipeline.version;
    return Answer{std::move(output), pipeline.id};
}

Result<Answer> delete_pipeline(Context& context, const Json& input) {
    const auto pipeline = find_pipeline(context, text(input, "PipelineName"));
    if (!pipeline) return pipeline.error();
    if (const auto running = context.services.store.executions.find_open(pipeline->id))
        return Error{ErrorKind::Conflict,
                     fmt::format("Pipeline '{}' cannot be deleted: its execution '{}' is {}.",
                                 pipeline_arn(context.where(), pipeline->name),
                                 execution_arn(context.where(), pipeline->name, running->public_id),
                                 to_string(running->status))};
    context.services.store.pipelines.erase(pipeline->id);
    return Answer{arn_answer(context, *pipeline), std::nullopt};
}

Result<Answer> describe_pipeline(Context& context, const Json& input) {
    const auto pipeline = find_pipeline(context, text(input, "PipelineName"));
    if (!pipeline) return pipeline.error();
    const auto version = find_version(context, *pipeline, input);
    if (!version) return version.error();
    auto& rows = context.services.store.pipelines;

    Json output = pipeline_members(context, *pipeline);
    output["PipelineDefinition"] = rows.definition(version->id);
    set(output, "PipelineVersionDisplayName", version->display_name);
    set(output, "PipelineVersionDescription", version->description);
    set_aliases(output, rows.aliases(pipeline->id, version->version));
    return Answer{std::move(output), {}};
}

Result<Answer> list_pipelines(Context& context, const Json& input) {
    const auto page = page_request(context.call, store::SortOrder::Descending);
    if (!page) return page.error();
    Json output = {{"PipelineSummaries", Json::array()}};
    const bool managed = optional_text(input, "ManagedBy") == "AWS";  // none are emulated
    if (!context.space || managed) return Answer{std::move(output), {}};

    store::PipelineFilter filter;
    filter.namespace_id = context.space->id;
    filter.name_prefix = optional_text(input, "PipelineNamePrefix").value_or("");
    filter.created_after = optional_time(input, "CreatedAfter");
    filter.created_before = optional_time(input, "CreatedBefore");
    filter.sort =
        optional_text(input, "SortBy") == "Name" ? store::PipelineSort::Name : store::PipelineSort::CreationTime;
    const auto found = context.services.store.pipelines.list(filter, *page);
    for (const Pipeline& pipeline : found.rows)
        output["PipelineSummaries"].push_back(pipeline_summary(context, pipeline));
    set_next_token(output, found.next, context.call);
    return Answer{std::move(output), {}};
}

}  // namespace pipelines::api
