// PipelineExecutionStep.Metadata: one member named by the step's type, in the shape of the API model.
#include <string>

#include "documents/outputs.hpp"
#include "documents/parts.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

// [{"Name", "Value"}], values as text.
Json output_list(const Json& outputs) {
    Json list = Json::array();
    for (const auto& [name, value] : outputs.items())
        list.push_back({{"Name", name}, {"Value", definition::join_text(value)}});
    return list;
}

Json with_outputs(Json inner, const StepRow& row) {
    if (row.content.outputs.is_object()) inner["OutputParameters"] = output_list(row.content.outputs);
    return inner;
}

Json callback(const StepRow& row, const Job& job) {
    Json inner{{"CallbackToken", job.name}};
    if (const auto queue = text_of(job.arguments, "SqsQueueUrl"); !queue.empty()) inner["SqsQueueUrl"] = queue;
    return with_outputs(std::move(inner), row);
}

Json emr(const Job& job) {
    const Json document = emr_step(job);
    Json inner{{"ClusterId", emr_cluster_id(job)}, {"StepId", emr_step_id(job)}, {"StepName", document.at("Name")}};
    const Json* log = at(job.arguments, {"ClusterConfig", "LogUri"});
    if (log != nullptr && log->is_string())
        inner["LogFilePath"] =
            under(log->get_ref<const std::string&>(), emr_cluster_id(job) + "/steps/" + emr_step_id(job) + '/');
    return inner;
}

Json serverless(const Job& job, const NamespaceKey& key) {
    const Json run = serverless_run(job, key).at("jobRun");
    Json inner{
        {"ApplicationId", run.at("applicationId")}, {"JobRunId", run.at("jobRunId")}, {"JobRunName", run.at("name")}};
    const Json* log =
        at(run, {"configurationOverrides", "monitoringConfiguration", "s3MonitoringConfiguration", "logUri"});
    if (log != nullptr && log->is_string())
        inner["LogFilePath"] =
            under(log->get_ref<const std::string&>(),
                  "applications/" + serverless_application_id(job) + "/jobs/" + serverless_run_id(job));
    return inner;
}

// Before its end a check shows what is known of it: its type and its job.
Json check(const definition::Step& step, const StepRow& row, const Job* job, const NamespaceKey& key) {
    Json inner = Json::object();
    if (row.content.outputs.is_object())
        inner = row.content.outputs;
    else if (const auto type = text_of(step.extra, "CheckType"); !type.empty() && job != nullptr)
        inner["CheckType"] = type;
    if (job != nullptr) inner["CheckJobArn"] = job_arn(*job, *step.type, key);
    return inner;
}

Json of_job(const definition::Step& step, const StepRow& row, const Job& job, const NamespaceKey& key) {
    switch (job.kind) {
        case JobKind::Callback: return callback(row, job);
        case JobKind::Lambda: return with_outputs({{"Arn", job_arn(job, *step.type, key)}}, row);
        case JobKind::Emr: return emr(job);
        case JobKind::EmrServerless: return serverless(job, key);
        case JobKind::Lineage: return job.status == JobStatus::Completed ? lineage(job, key) : Json::object();
        case JobKind::Athena: {
            const Json query = athena_query(job, key);
            return {{"QueryExecutionId", query.at("QueryExecutionId")},
                    {"S3OutputLocation", query.at("ResultConfiguration").at("OutputLocation")}};
        }
        case JobKind::HubContent: return {{"HubArn", hub_arn(job, key)}, {"HubContentArn", hub_content_arn(job, key)}};
        default: return {{"Arn", job_arn(job, *step.type, key)}};
    }
}

Json inner_of(const definition::Step& step, const StepRow& row, const Job* job, const NamespaceKey& key) {
    const definition::StepType& type = *step.type;
    if (type.kind == definition::NodeKind::ForEach) return for_each(row);
    // Condition and Fail: the row's outputs are what is shown.
    if (!type.job) return row.content.outputs.is_object() ? row.content.outputs : Json::object();
    if (type.is_check) return check(step, row, job, key);
    return job == nullptr ? Json::object() : of_job(step, row, *job, key);
}

}  // namespace

// Resources of SageMaker's are named by their columns alone, but for a Job, whose ARN has its category.
bool metadata_reads_documents(const definition::StepType& type) { return type.job && *type.job >= JobKind::Job; }

Json metadata(const definition::Step& step, const StepRow& row, const Job* job, const NamespaceKey& key) {
    if (step.type->metadata.empty()) return Json::object();
    Json inner = inner_of(step, row, job, key);
    if (inner.empty()) return Json::object();
    return {{std::string(step.type->metadata), std::move(inner)}};
}

}  // namespace pipelines::documents
