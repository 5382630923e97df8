#include <algorithm>
#include <chrono>

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

std::string_view text_of(const Json& object, std::string_view member) {
    const Json* value = find(object, member);
    return value == nullptr ? std::string_view{} : as_string(*value).value_or(std::string_view{});
}

const Json* at(const Json& object, std::initializer_list<std::string_view> path) {
    const Json* value = &object;
    for (const std::string_view member : path) {
        value = find(*value, member);
        if (value == nullptr) return nullptr;
    }
    return value;
}

std::string under(std::string_view prefix, std::string_view rest) {
    while (prefix.ends_with('/')) prefix.remove_suffix(1);
    return std::string(prefix) + '/' + std::string(rest);
}

std::string default_bucket(const NamespaceKey& key) { return "s3://sagemaker-" + key.region + '-' + key.account; }

std::string service_arn(const NamespaceKey& key, std::string_view service, std::string_view resource) {
    return "arn:aws:" + std::string(service) + ':' + key.region + ':' + key.account + ':' + std::string(resource);
}

std::string_view last_part(std::string_view name_or_arn) {
    const std::size_t slash = name_or_arn.rfind('/');
    return slash == std::string_view::npos ? name_or_arn : name_or_arn.substr(slash + 1);
}

std::int64_t seconds(const Job& job) {
    if (!job.ended) return 0;
    return std::max<std::int64_t>(1,
                                  std::chrono::duration_cast<std::chrono::seconds>(*job.ended - job.created).count());
}

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
            return "arn:aws:emr-serverless:" + key.region + ':' + key.account + ":/applications/" +
                   serverless_application_id(job) + "/jobruns/" + serverless_run_id(job);
        case JobKind::Bedrock: return bedrock_arn(job, type, key);
        case JobKind::Athena: return service_arn(key, "athena", "workgroup/" + std::string(athena_work_group(job)));
        case JobKind::HubContent: return hub_content_arn(job, key);
        default: return sagemaker_arn(key, type.arn_type, job.name);
    }
}

}  // namespace pipelines::documents
