#include "api/search_records.hpp"

#include "api/describe.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::api {

std::optional<Json> SearchRecords::of(std::int64_t id) {
    switch (resource_.holder) {
        case search::Holder::Pipelines: return find_pipeline(id);
        case search::Holder::Versions: return find_version(id);
        case search::Holder::Executions: return find_execution(id);
        case search::Holder::Jobs: return find_job(id);
        case search::Holder::Nowhere: break;
    }
    return std::nullopt;
}

std::optional<Json> SearchRecords::find_pipeline(PipelineKey id) {
    auto& store = context_.services.store;
    const auto pipeline = store.pipelines.find(id);
    if (!pipeline) return std::nullopt;
    Json record = pipeline_members(context_, *pipeline);
    const auto tags = store.tags.list({store::TaggedKind::Pipeline, id},
                                      {.limit = kMostTags, .order = store::SortOrder::Ascending, .after = {}});
    for (const Tag& tag : tags.rows) record["Tags"].push_back({{"Key", tag.key}, {"Value", tag.value}});
    return record;
}

std::optional<Json> SearchRecords::find_version(VersionKey id) {
    auto& store = context_.services.store;
    const auto version = store.pipelines.find_version_by_key(id);
    if (!version) return std::nullopt;
    const std::string& pipeline = name_of(version->pipeline);
    Json record = {{"PipelineArn", pipeline_arn(context_.where(), pipeline)}, {"PipelineVersionId", version->version}};
    set(record, "PipelineVersionDisplayName", version->display_name);
    set(record, "PipelineVersionDescription", version->description);
    set_time(record, "CreationTime", version->created);
    set_time(record, "LastModifiedTime", version->modified);
    set_users(record, context_.where());
    if (const auto last = store.executions.newest_of_version(version->pipeline, version->version)) {
        record["LastExecutedPipelineExecutionArn"] = execution_arn(context_.where(), pipeline, last->public_id);
        set(record, "LastExecutedPipelineExecutionDisplayName", last->display_name);
        record["LastExecutedPipelineExecutionStatus"] = to_string(last->status);
    }
    set_aliases(record, store.pipelines.aliases(version->pipeline, version->version));
    return record;
}

std::optional<Json> SearchRecords::find_execution(ExecutionKey id) {
    auto& store = context_.services.store;
    const auto execution = store.executions.find(id);
    if (!execution) return std::nullopt;
    Json record = execution_members(context_.where(), *execution, name_of(execution->pipeline));
    for (const ParameterValue& parameter : store.executions.parameters(id)) {
        Json& shown = record["PipelineParameters"].emplace_back();
        shown["Name"] = parameter.name;
        shown["Value"] = definition::parameter_text(parameter.value);
    }
    set(record, "PipelineVersionDisplayName", display_name_of(execution->version_key));
    return record;
}

const std::string& SearchRecords::name_of(PipelineKey id) {
    const auto [place, made] = names_.try_emplace(id);
    if (made) place->second = context_.services.store.pipelines.name(id).value();
    return place->second;
}

const std::string& SearchRecords::execution_arn_of(ExecutionKey id) {
    const auto [place, made] = execution_arns_.try_emplace(id);
    if (made) place->second = context_.services.store.executions.arn(id).value();
    return place->second;
}

const std::optional<std::string>& SearchRecords::display_name_of(VersionKey id) {
    const auto [place, made] = display_names_.try_emplace(id);
    if (made) place->second = context_.services.store.pipelines.find_version_by_key(id).value().display_name;
    return place->second;
}

}  // namespace pipelines::api
