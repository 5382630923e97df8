#include <string>

#include "documents/identity.hpp"
#include "documents/outputs.hpp"
#include "documents/parts.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

std::string model_package_arn(const Job& job, const NamespaceKey& key) {
    if (job.group.empty()) return sagemaker_arn(key, "model-package", to_lower(job.name));
    return sagemaker_arn(key, "model-package", to_lower(job.group) + '/' + std::to_string(job.number.value_or(1)));
}

}  // namespace

std::string job_arn(const Job& job, const definition::StepType& type, const NamespaceKey& key) {
    switch (job.kind) {
        case JobKind::Callback: return {};
        case JobKind::Lambda: return std::string(text_of(job.arguments, "FunctionArn"));
        case JobKind::Model:
        case JobKind::EndpointConfig:
        case JobKind::Endpoint: return sagemaker_arn(key, type.arn_type, to_lower(job.name));
        case JobKind::ModelPackage: return model_package_arn(job, key);
        case JobKind::ModelPackageGroup: return sagemaker_arn(key, "model-package-group", to_lower(job.name));
        case JobKind::Job:
            return sagemaker_arn(key, "job", std::string(text_of(job.arguments, "JobCategory")) + '/' + job.name);
        case JobKind::Emr: return service_arn(key, "elasticmapreduce", "cluster/" + emr_cluster_id(job));
        case JobKind::EmrServerless:
            return service_arn(
                key, "emr-serverless",
                "/applications/" + serverless_application_id(job) + "/jobruns/" + serverless_run_id(job));
        case JobKind::Bedrock: return bedrock_arn(job, type, key);
        case JobKind::Athena: return service_arn(key, "athena", "workgroup/" + std::string(athena_work_group(job)));
        case JobKind::HubContent: return hub_content_arn(job, key);
        default: return sagemaker_arn(key, type.arn_type, job.name);
    }
}

}  // namespace pipelines::documents
