#include "fuzz/search_rows.hpp"

#include <utility>

namespace pipelines::fuzz {
namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;  // 2023-11-14T22:13:20Z

Time after(std::int64_t millis) { return from_millis(kStart + millis); }

void show_times(Json& record, Time created, Time modified) {
    record["CreationTime"] = to_epoch_seconds(created);
    record["LastModifiedTime"] = to_epoch_seconds(modified);
}

void show_users(Json& record, const NamespaceKey& where) {
    const Json user = {
        {"IamIdentity", {{"Arn", "arn:aws:iam::" + where.account + ":root"}, {"PrincipalId", where.account}}}};
    record["CreatedBy"] = record["LastModifiedBy"] = user;
}

template <class Value>
void show(Json& record, const char* member, const std::optional<Value>& value) {
    if (value) record[member] = *value;
}

void show_parallelism(Json& record, std::optional<int> steps) {
    if (steps) record["ParallelismConfiguration"] = {{"MaxParallelExecutionSteps", *steps}};
}

}  // namespace

SearchRows::SearchRows() {
    space_ = store_.namespaces.insert({.id = 0, .key = where_, .seed = 1, .executions_made = 0, .clock = {}});

    Pipeline pipeline{.namespace_id = space_, .name = "abalone", .display_name = "Abalone", .role_arn = "role/a"};
    pipeline.description = "10";
    pipeline.created = pipeline.modified = after(0);
    add_pipeline(pipeline, {{"team", "ml"}, {"a.b", "9"}});
    pipeline = {.namespace_id = space_, .name = "p-2", .display_name = "a%b", .role_arn = "role/\xc3\xbc"};
    pipeline.max_parallel = 3;
    pipeline.modified = after(1'500);
    add_pipeline(pipeline, {{"team", "a,b"}});
    pipeline.name = "P-2-x";
    pipeline.description = "";
    add_pipeline(pipeline, {});

    PipelineVersion version{.namespace_id = space_, .pipeline = 1, .version = 1, .display_name = "first"};
    version.created = version.modified = after(0);
    add_version(version, {"prod", "test-1"});
    version.version = 2;
    version.display_name = std::nullopt;
    version.description = "it's 1";
    version.modified = after(250);
    add_version(version, {});
    version.pipeline = 2;
    add_version(version, {"prod"});

    Execution execution{.namespace_id = space_, .pipeline = 1, .version_key = 1, .version = 1};
    execution.public_id = "aaaaaaaaaaaa";
    execution.created = execution.modified = after(500);
    add_execution(execution, {{"a", 1}, {"b", "x"}},
                  {{"PipelineVersionDisplayName", "first"},
                   {"PipelineParameters", {{{"Name", "a"}, {"Value", "1"}}, {{"Name", "b"}, {"Value", "x"}}}}});
    execution.public_id = "bbbbbbbbbbbb";
    execution.status = ExecutionStatus::Failed;
    execution.failure = "\"q\"\n100%";
    execution.display_name = "Run";
    execution.trial_name = "t";
    execution.created = execution.modified = after(750);
    add_execution(execution, {{"a", "1"}},
                  {{"PipelineVersionDisplayName", "first"},
                   {"PipelineExperimentConfig", {{"TrialName", "t"}}},
                   {"PipelineParameters", {{{"Name", "a"}, {"Value", "1"}}}}});
    execution = {.namespace_id = space_, .pipeline = 2, .version_key = 3, .version = 2};
    execution.public_id = "cccccccccccc";
    execution.status = ExecutionStatus::Succeeded;
    execution.experiment_name = "e";
    execution.max_parallel = 10;
    execution.created = after(500);
    execution.modified = after(1'500);
    execution.selection = {{"SourcePipelineExecutionArn", "source"},
                           {"SelectedSteps", {{{"StepName", "Train"}}, {{"StepName", "b"}}}}};
    add_execution(
        execution, {},
        {{"SelectiveExecutionConfig", execution.selection}, {"PipelineExperimentConfig", {{"ExperimentName", "e"}}}});
    // What rows say of executions.
    records_["Pipeline"][1]["LastRunTime"] = to_epoch_seconds(after(750));
    records_["Pipeline"][2]["LastRunTime"] = to_epoch_seconds(after(500));
    records_["PipelineVersion"][1].update({{"LastExecutedPipelineExecutionArn", arn_of(1) + "/execution/bbbbbbbbbbbb"},
                                           {"LastExecutedPipelineExecutionDisplayName", "Run"},
                                           {"LastExecutedPipelineExecutionStatus", "Failed"}});
    records_["PipelineVersion"][3].update({{"LastExecutedPipelineExecutionArn", arn_of(2) + "/execution/cccccccccccc"},
                                           {"LastExecutedPipelineExecutionStatus", "Succeeded"}});

    Job job{.namespace_id = space_, .execution = 1, .kind = JobKind::Training, .name = "train-aaaaaaaaaaaa-1"};
    job.status = JobStatus::Completed;
    job.created = job.modified = after(600);
    add_training(job, {{"TrainingJobStatus", "Completed"},
                       {"HyperParameters", {{"eta", "0.2"}, {"depth", "10"}, {"a.b", "x"}}},
                       {"FinalMetricDataList", {{{"MetricName", "auc"}, {"Value", 0.9}}}},
                       {"EnableNetworkIsolation", true},
                       {"Tags", {{{"Key", "team"}, {"Value", "ml"}}}}});
    job.name = "Train-aaaaaaaaaaaa-2";
    job.status = JobStatus::InProgress;
    job.result = {{"TrainingJobStatus", "Failed"}};
    job.modified = after(900);
    add_training(job, {{"TrainingJobStatus", "Failed"},
                       {"HyperParameters", {{"eta", "nan"}}},
                       {"ResourceConfig", {{"InstanceCount", 2}}},
                       {"InputDataConfig", {{{"ChannelName", "train"}}, {{"ChannelName", "test"}}}}});
    job.name = "train-aaaaaaaaaaaa-3";
    job.status = JobStatus::Failed;
    job.failure = "it's 9";
    job.result = {{"TrainingJobStatus", nullptr}};
    add_training(job, {{"FailureReason", "it's 9"}, {"HyperParameters", {{"eta", "9"}}}});
}

const SearchRows::Records& SearchRows::records(std::string_view resource) const {
    static const Records kNone;
    const auto found = records_.find(resource);
    return found == records_.end() ? kNone : found->second;
}

void SearchRows::add_pipeline(Pipeline row, const std::vector<Tag>& tags) {
    row.id = store_.pipelines.insert(row);
    store_.tags.put({store::TaggedKind::Pipeline, row.id}, tags);
    Json record = {{"PipelineName", row.name},
                   {"PipelineArn", pipeline_arn(where_, row.name)},
                   {"PipelineDisplayName", row.display_name},
                   {"RoleArn", row.role_arn},
                   {"PipelineStatus", "Active"}};
    show(record, "PipelineDescription", row.description);
    show_parallelism(record, row.max_parallel);
    for (const Tag& tag : tags) record["Tags"].push_back({{"Key", tag.key}, {"Value", tag.value}});
    show_times(record, row.created, row.modified);
    show_users(record, where_);
    records_["Pipeline"][row.id] = std::move(record);
}

void SearchRows::add_version(PipelineVersion row, const std::vector<std::string>& aliases) {
    row.id = store_.pipelines.insert_version(row, "{}");
    for (const std::string& alias : aliases) store_.pipelines.add_alias(row.pipeline, alias, row.version);
    Json record = {{"PipelineArn", arn_of(row.pipeline)}, {"PipelineVersionId", row.version}};
    show(record, "PipelineVersionDisplayName", row.display_name);
    show(record, "PipelineVersionDescription", row.description);
    if (!aliases.empty()) record["PipelineVersionAliases"] = aliases;
    show_times(record, row.created, row.modified);
    show_users(record, where_);
    records_["PipelineVersion"][row.id] = std::move(record);
}

void SearchRows::add_execution(Execution row, const std::vector<ParameterValue>& parameters, const Json& shown) {
    row.id = store_.executions.insert(row, parameters);
    Json record = shown;
    record["PipelineArn"] = arn_of(row.pipeline);
    record["PipelineExecutionArn"] = arn_of(row.pipeline) + "/execution/" + row.public_id;
    record["PipelineExecutionStatus"] = to_string(row.status);
    record["PipelineVersionId"] = row.version;
    show(record, "PipelineExecutionDisplayName", row.display_name);
    show(record, "PipelineExecutionDescription", row.description);
    if (!row.failure.empty()) record["FailureReason"] = row.failure;
    show_parallelism(record, row.max_parallel);
    show_times(record, row.created, row.modified);
    show_users(record, where_);
    records_["PipelineExecution"][row.id] = std::move(record);
}

void SearchRows::add_training(Job row, const Json& shown) {
    row.id = store_.jobs.insert(row);
    Json record = shown;
    record["TrainingJobName"] = row.name;
    show_times(record, row.created, row.modified);
    records_["TrainingJob"][row.id] = std::move(record);
}

std::string SearchRows::arn_of(PipelineKey id) const {
    return records_.at("Pipeline").at(id).at("PipelineArn").get<std::string>();
}

}  // namespace pipelines::fuzz
