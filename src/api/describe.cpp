#include "api/describe.hpp"

#include <fmt/format.h>

#include "pipelines/base/arn.hpp"
#include "pipelines/definition/evaluate.hpp"

namespace pipelines::api {

void set(Json& output, const char* member, const std::optional<std::string>& value) {
    if (value) output[member] = *value;
}

void set_time(Json& output, const char* member, Time time) { output[member] = to_epoch_seconds(time); }

void set_parallelism(Json& output, std::optional<int> max_parallel) {
    if (max_parallel) output["ParallelismConfiguration"] = {{"MaxParallelExecutionSteps", *max_parallel}};
}

void set_aliases(Json& output, const std::vector<std::string>& aliases) {
    if (!aliases.empty()) output["PipelineVersionAliases"] = aliases;
}

// The newest recordings carry IamIdentity; what STS says of an account's root key stands in for a caller we do not
// know.
void set_users(Json& output, const NamespaceKey& where) {
    Json user;
    Json& identity = user["IamIdentity"];
    identity["Arn"] = fmt::format("arn:{}:iam::{}:root", partition_of(where.region), where.account);
    identity["PrincipalId"] = where.account;
    output["CreatedBy"] = user;
    output["LastModifiedBy"] = std::move(user);
}

Json job_tags(Context& context, const Job& job) {
    return job_tags(job, context.services.store.executions.arn(job.execution).value());
}

Json job_tags(const Job& job, std::string_view execution) {
    Json list = Json::array();
    const auto add = [&list](std::string_view key, std::string_view value) {
        list.push_back({{"Key", key}, {"Value", value}});
    };
    // Expressions in them may have become anything.
    if (const Json* given = find(job.arguments, "Tags"); given != nullptr && given->is_array())
        for (const Json& tag : *given)
            if (const Json *key = find(tag, "Key"), *value = find(tag, "Value"); key != nullptr && value != nullptr)
                add(definition::join_text(*key), definition::join_text(*value));
    add("sagemaker:pipeline-execution-arn", execution);
    return list;
}

Json pipeline_members(Context& context, const Pipeline& pipeline) {
    Json members = {{"PipelineArn", pipeline_arn(context.where(), pipeline.name)},
                    {"PipelineName", pipeline.name},
                    {"PipelineDisplayName", pipeline.display_name},
                    {"RoleArn", pipeline.role_arn},
                    {"PipelineStatus", "Active"}};
    set(members, "PipelineDescription", pipeline.description);
    set_time(members, "CreationTime", pipeline.created);
    set_time(members, "LastModifiedTime", pipeline.modified);
    if (const auto last = context.services.store.pipelines.last_run(pipeline.id))
        set_time(members, "LastRunTime", *last);
    set_users(members, context.where());
    set_parallelism(members, pipeline.max_parallel);
    return members;
}

Json execution_members(const NamespaceKey& where, const Execution& execution, std::string_view pipeline) {
    Json members;  // member by member: a list of them is copied twice
    members["PipelineArn"] = pipeline_arn(where, pipeline);
    members["PipelineExecutionArn"] = execution_arn(where, pipeline, execution.public_id);
    members["PipelineExecutionStatus"] = to_string(execution.status);
    members["PipelineVersionId"] = execution.version;
    set(members, "PipelineExecutionDisplayName", execution.display_name);
    set(members, "PipelineExecutionDescription", execution.description);
    if (execution.experiment_name || execution.trial_name) {
        Json& experiment = members["PipelineExperimentConfig"];
        set(experiment, "ExperimentName", execution.experiment_name);
        set(experiment, "TrialName", execution.trial_name);
    }
    if (!execution.failure.empty()) members["FailureReason"] = execution.failure;
    set_time(members, "CreationTime", execution.created);
    set_time(members, "LastModifiedTime", execution.modified);
    set_users(members, where);
    set_parallelism(members, execution.max_parallel);
    if (!execution.selection.is_null()) members["SelectiveExecutionConfig"] = execution.selection;
    return members;
}

Json pipeline_summary(Context& context, const Pipeline& pipeline) {
    Json summary = {{"PipelineArn", pipeline_arn(context.where(), pipeline.name)},
                    {"PipelineName", pipeline.name},
                    {"PipelineDisplayName", pipeline.display_name},
                    {"RoleArn", pipeline.role_arn}};
    set(summary, "PipelineDescription", pipeline.description);
    set_time(summary, "CreationTime", pipeline.created);
    set_time(summary, "LastModifiedTime", pipeline.modified);
    if (const auto last = context.services.store.pipelines.last_run(pipeline.id))
        set_time(summary, "LastExecutionTime", *last);
    return summary;
}

Json execution_summary(Context& context, const Execution& execution, const Pipeline& pipeline) {
    Json summary = {{"PipelineExecutionArn", execution_arn(context.where(), pipeline.name, execution.public_id)},
                    {"PipelineExecutionStatus", to_string(execution.status)}};
    set_time(summary, "StartTime", execution.created);
    set(summary, "PipelineExecutionDisplayName", execution.display_name);
    set(summary, "PipelineExecutionDescription", execution.description);
    if (!execution.failure.empty()) summary["PipelineExecutionFailureReason"] = execution.failure;
    set_aliases(summary, context.services.store.pipelines.aliases(pipeline.id, execution.version));
    return summary;
}

Json version_summary(Context& context, const PipelineVersion& version, const Pipeline& pipeline) {
    Json summary = {{"PipelineArn", pipeline_arn(context.where(), pipeline.name)},
                    {"PipelineVersionId", version.version}};
    set_time(summary, "CreationTime", version.created);
    set(summary, "PipelineVersionDisplayName", version.display_name);
    set(summary, "PipelineVersionDescription", version.description);
    if (const auto last = context.services.store.executions.newest_of_version(pipeline.id, version.version))
        summary["LastExecutionPipelineExecutionArn"] = execution_arn(context.where(), pipeline.name, last->public_id);
    set_aliases(summary, context.services.store.pipelines.aliases(pipeline.id, version.version));
    return summary;
}

}  // namespace pipelines::api
