// ListPipelineVersions, UpdatePipelineVersion, and the rules of aliases.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/aliases.hpp"
#include "api/describe.hpp"
#include "api/input.hpp"
#include "api/lookup.hpp"
#include "pipelines/base/arn.hpp"

namespace pipelines::api {

Result<void> check_alias_names(std::span<const std::string> aliases) {
    std::set<std::string_view> seen;
    for (const std::string& alias : aliases) {
        if (std::ranges::all_of(alias, [](char c) { return c >= '0' && c <= '9'; }))
            return validation_error(fmt::format("Pipeline version alias '{}' must not consist of digits only.", alias));
        if (!seen.insert(alias).second)
            return validation_error(fmt::format("Pipeline version alias '{}' is given twice.", alias));
    }
    return {};
}

Result<void> check_aliases_free(Context& context, const Pipeline& pipeline, std::span<const std::string> aliases) {
    for (const std::string& alias : aliases)
        if (const auto holder = context.services.store.pipelines.version_of_alias(pipeline.id, alias))
            return validation_error(
                fmt::format("Pipeline version alias '{}' already exists on version {} of the pipeline. Remove it there "
                            "before it is added to another version.",
                            alias, *holder));
    return {};
}

namespace {

// All that can be wrong with PipelineVersionAliasOperations; nothing is written before all of it is right.
Result<void> check_alias_operations(Context& context, const Pipeline& pipeline, std::int64_t version,
                                    std::span<const std::string> add, std::span<const std::string> remove) {
    for (const auto& names : {add, remove})
        if (const auto checked = check_alias_names(names); !checked) return checked.error();
    for (const std::string& alias : add)
        if (std::ranges::find(remove, alias) != remove.end())
            return validation_error(
                fmt::format("Pipeline version alias '{}' must not stand in both Add and Remove.", alias));

    auto held = context.services.store.pipelines.aliases(pipeline.id, version);
    std::erase_if(held,
                  [remove](const std::string& alias) { return std::ranges::find(remove, alias) != remove.end(); });
    std::vector<std::string> missing;
    for (const std::string& alias : add)
        if (std::ranges::find(held, alias) == held.end()) missing.push_back(alias);
    if (const auto checked = check_aliases_free(context, pipeline, missing); !checked) return checked.error();
    if (held.size() + missing.size() > kMostAliases)
        return validation_error(fmt::format("A pipeline version has at most {} aliases; version {} would have {}.",
                                            kMostAliases, version, held.size() + missing.size()));
    return {};
}

}  // namespace

Result<Answer> list_pipeline_versions(Context& context, const Json& input) {
    const auto pipeline = find_pipeline(context, text(input, "PipelineName"));
    if (!pipeline) return pipeline.error();
    const auto page = page_request(context.call, store::SortOrder::Descending);
    if (!page) return page.error();
    const store::VersionFilter filter{pipeline->id, optional_time(input, "CreatedAfter"),
                                      optional_time(input, "CreatedBefore")};
    const auto found = context.services.store.pipelines.list_versions(filter, *page);
    Json output = {{"PipelineVersionSummaries", Json::array()}};
    for (const PipelineVersion& version : found.rows)
        output["PipelineVersionSummaries"].push_back(version_summary(context, version, *pipeline));
    set_next_token(output, found.next, context.call);
    return Answer{std::move(output), {}};
}

Result<Answer> update_pipeline_version(Context& context, const Json& input) {
    auto& rows = context.services.store.pipelines;
    const auto pipeline = find_pipeline(context, text(input, "PipelineArn"));
    if (!pipeline) return pipeline.error();
    auto version = find_version(context, *pipeline, {{"PipelineVersionId", input.at("PipelineVersionId")}});
    if (!version) return version.error();

    if (const Json* operations = find_given(input, "PipelineVersionAliasOperations")) {
        const auto add = text_list(*operations, "Add"), remove = text_list(*operations, "Remove");
        if (const auto checked = check_alias_operations(context, *pipeline, version->version, add, remove); !checked)
            return checked.error();
        const auto held = rows.aliases(pipeline->id, version->version);
        const auto holds = [&held](const std::string& alias) { return std::ranges::find(held, alias) != held.end(); };
        for (const std::string& alias : remove)
            if (holds(alias)) rows.remove_alias(pipeline->id, alias);
        for (const std::string& alias : add)
            if (!holds(alias)) rows.add_alias(pipeline->id, alias, version->version);
    }
    if (const auto name = optional_text(input, "PipelineVersionDisplayName")) version->display_name = name;
    if (const auto description = optional_text(input, "PipelineVersionDescription")) version->description = description;
    version->modified = context.services.engine.now(context.space->id);
    rows.update_version(*version);
    return Answer{
        {{"PipelineArn", pipeline_arn(context.where(), pipeline->name)}, {"PipelineVersionId", version->version}},
        pipeline->id};
}

}  // namespace pipelines::api
