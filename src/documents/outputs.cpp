// Outputs of training jobs, endpoints, model packages and Jobs. All of them are inferred from the API's own
// descriptions: nothing ran, so values are plausible, not measured.
#include "documents/outputs.hpp"

#include "documents/identity.hpp"
#include "documents/parts.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

Json transition(std::string_view status, Time from, std::optional<Time> until, std::string_view message) {
    Json entry{{"Status", status}, {"StartTime", to_epoch_seconds(from)}, {"StatusMessage", message}};
    if (until) entry["EndTime"] = to_epoch_seconds(*until);
    return entry;
}

Json transitions(const Job& job) {
    Json list = Json::array({transition("Starting", job.created, job.created, "Preparing the instances for training"),
                             transition("Training", job.created, job.ended, "Training image download completed")});
    if (job.ended)
        list.push_back(transition(secondary_status(job.status, "Training"), *job.ended, job.ended,
                                  job.status == JobStatus::Completed ? "Training job completed" : job.failure));
    return list;
}

// Known for the usual gzip form (every SDK builds it); "NONE" leaves a prefix instead of an archive.
std::string model_artifacts(const Job& job, const NamespaceKey& key) {
    const Json* output = find(job.arguments, "OutputDataConfig");
    std::string_view path = output == nullptr ? std::string_view{} : text_of(*output, "S3OutputPath");
    const std::string fallback = default_bucket(key);
    if (path.empty()) path = fallback;
    const bool is_plain = output != nullptr && text_of(*output, "CompressionType") == "NONE";
    return under(path, job.name + (is_plain ? "/output/model/" : "/output/model.tar.gz"));
}

}  // namespace

std::string_view secondary_status(JobStatus status, std::string_view in_progress) {
    switch (status) {
        case JobStatus::Completed: return "Completed";
        case JobStatus::Failed: return "Failed";
        case JobStatus::Stopping: return "Stopping";
        case JobStatus::Stopped: return "Stopped";
        case JobStatus::InProgress: break;
    }
    return in_progress;
}

void add_training_outputs(Json& document, const Job& job, const NamespaceKey& key) {
    document["ModelArtifacts"] = {{"S3ModelArtifacts", model_artifacts(job, key)}};
    document["SecondaryStatus"] = secondary_status(job.status, "Training");
    document["SecondaryStatusTransitions"] = transitions(job);
    if (!document.contains("StoppingCondition")) document["StoppingCondition"] = {{"MaxRuntimeInSeconds", 86400}};
    if (is_over(job)) {
        document["TrainingTimeInSeconds"] = seconds(job);
        document["BillableTimeInSeconds"] = seconds(job);
    }
    if (job.status != JobStatus::Completed) return;
    document["FinalMetricDataList"] = Json::array();
    if (const Json* group = at(job.arguments, {"ModelPackageConfig", "ModelPackageGroupArn"}))
        if (const auto text = as_string(*group))
            document["OutputModelPackageArn"] = sagemaker_arn(key, "model-package", to_lower(last_part(*text)) + "/1");
}

void add_component_outputs(Json& document, const Job& job, const NamespaceKey& key) {
    document["EndpointArn"] = sagemaker_arn(key, "endpoint", to_lower(text_of(job.arguments, "EndpointName")));
    std::int64_t copies = 1;
    if (const Json* given = at(job.arguments, {"RuntimeConfig", "CopyCount"})) copies = as_integer(*given).value_or(1);
    document["RuntimeConfig"] = {{"DesiredCopyCount", copies},
                                 {"CurrentCopyCount", job.status == JobStatus::Completed ? copies : 0}};
    // The request names an Image; the answer says what was made of it.
    if (const Json* image = at(job.arguments, {"Specification", "Container", "Image"}))
        document["Specification"]["Container"]["DeployedImage"] = {{"SpecifiedImage", *image},
                                                                   {"ResolvedImage", *image}};
}

void add_package_outputs(Json& document, const Job& job) {
    if (!job.group.empty()) {
        document["ModelPackageName"] = job.group;
        document["ModelPackageGroupName"] = job.group;
        document["ModelPackageVersion"] = job.number.value_or(1);
    }
    document["ModelPackageStatusDetails"] = {{"ValidationStatuses", Json::array()},
                                             {"ImageScanStatuses", Json::array()}};
    if (!document.contains("ModelApprovalStatus")) document["ModelApprovalStatus"] = "PendingManualApproval";
}

// JobConfigDocument.ServiceOutput.MlflowDetails is what SDK pipelines read; the rest of ServiceOutput
// is recorded nowhere. A document that is no JSON object stays as it was given.
void add_job_outputs(Json& document, const Job& job) {
    document["SecondaryStatus"] = secondary_status(job.status, "Training");
    document["SecondaryStatusTransitions"] = transitions(job);
    const auto config = parse_json(text_of(document, "JobConfigDocument"));
    if (job.status != JobStatus::Completed || !config || !config->is_object()) return;
    Json whole = *config;
    if (const Json* given = find(whole, "ServiceOutput"); given != nullptr && !given->is_object()) return;
    whole["ServiceOutput"]["MlflowDetails"] = {{"RunId", hex_id(job.name, "mlflow run", 32)},
                                               {"RunName", job.name},
                                               {"ExperimentId", std::to_string(1 + job.execution)}};
    document["JobConfigDocument"] = dump(whole);
}

Json package_group(const Job& job, const NamespaceKey& key) {
    Json group{{"ModelPackageGroupName", job.name},
               {"ModelPackageGroupArn", sagemaker_arn(key, "model-package-group", to_lower(job.name))},
               {"CreationTime", to_epoch_seconds(job.created)},
               {"CreatedBy", Json::object()},
               {"ModelPackageGroupStatus", "Completed"}};
    if (const auto description = text_of(job.arguments, "ModelPackageGroupDescription"); !description.empty())
        group["ModelPackageGroupDescription"] = description;
    return group;
}

}  // namespace pipelines::documents
