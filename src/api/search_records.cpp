#include "api/search_records.hpp"

#include "api/describe.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::api {
namespace {

void set_times(Json& record, Time created, Time modified) {
    set_time(record, "CreationTime", created);
    set_time(record, "LastModifiedTime", modified);
}

}  // namespace

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
    Json record = {{"PipelineArn", pipeline_arn(context_.where(), pipeline->name)},
                   {"PipelineName", pipeline->name},
                   {"PipelineDisplayName", pipeline->display_name},
                   {"RoleArn", pipeline->role_arn},
                   {"PipelineStatus", "Active"}};
    set(record, "PipelineDescription", pipeline->description);
    set_times(record, pipeline->created, pipeline->modified);
    if (const auto last = store.pipelines.last_run(id)) set_time(record, "LastRunTime", *last);
    set_users(record, context_.where());
    set_parallelism(record, pipeline->max_parallel);
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
    set_times(record, version->created, version->modified);
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
    const std::string& pipeline = name_of(execution->pipeline);
    Json record;  // member by member: a list of them is copied twice
    record["PipelineArn"] = pipeline_arn(context_.where(), pipeline);
    record["PipelineExecutionArn"] = execution_arn(context_.where(), pipeline, execution->public_id);
    record["PipelineExecutionStatus"] = to_string(execution->status);
    record["PipelineVersionId"] = execution->version;
    set(record, "PipelineExecutionDisplayName", execution->display_name);
    set(record, "PipelineExecutionDescription", execution->description);
    if (execution->experiment_name || execution->trial_name) {
        Json& experiment = record["PipelineExperimentConfig"];
        set(experiment, "ExperimentName", execution->experiment_name);
        set(experiment, "TrialName", execution->trial_name);
    }
    if (!execution->failure.empty()) record["FailureReason"] = execution->failure;
    set_times(record, execution->created, execution->modified);
    set_users(record, context_.where());
    set_parallelism(record, execution->max_parallel);
    if (!execution->selection.is_null()) record["SelectiveExecutionConfig"] = execution->selection;
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
