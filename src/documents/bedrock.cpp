// The four Bedrock steps. Their arguments and properties are written in PascalCase (recorded definitions), though
// Bedrock's own API is in camelCase; which members exist is known from SDK 2.257.6's bedrock_steps.py only in part.
#include <string>

#include "documents/identity.hpp"
#include "documents/outputs.hpp"
#include "documents/parts.hpp"

namespace pipelines::documents {
namespace {

constexpr std::size_t kIdLength = 12;

std::string arn(const Job& job, const NamespaceKey& key, std::string_view kind) {
    return service_arn(key, "bedrock", std::string(kind) + '/' + lower_id(job.name, kind, kIdLength));
}

std::string_view status(const Job& job, const definition::StepType& type) {
    switch (job.status) {
        case JobStatus::Completed: return type.done_status;
        case JobStatus::Failed:
        case JobStatus::Stopped: return "Failed";
        default: return type.name == "BedrockModelImport" ? "InProgress" : "Creating";
    }
}

// The arguments as given, and the given name where there is one.
Json request(const Job& job, const definition::StepType& type) {
    Json document = job.arguments.is_object() ? job.arguments : Json::object();
    for (const char* not_shown : {"ClientRequestToken", "ModelTags", "Tags", "JobTags", "ImportedModelTags"})
        document.erase(not_shown);
    if (text_of(document, type.name_member).empty()) document[std::string(type.name_member)] = job.name;
    return document;
}

void add_model_of_throughput(Json& document, const Job& job, const NamespaceKey& key) {
    const std::string_view model = text_of(job.arguments, "ModelId");
    const std::string model_arn =
        model.starts_with("arn:") ? std::string(model)
                                  : service_arn({{}, key.region}, "bedrock", "foundation-model/" + std::string(model));
    for (const char* member : {"ModelArn", "DesiredModelArn", "FoundationModelArn"}) document[member] = model_arn;
    const Json* units = find(job.arguments, "ModelUnits");
    const std::int64_t count = units == nullptr ? 1 : as_integer(*units).value_or(1);
    document["ModelUnits"] = document["DesiredModelUnits"] = count;
}

}  // namespace

std::string bedrock_arn(const Job& job, const definition::StepType& type, const NamespaceKey& key) {
    if (type.name == "BedrockCustomModel") return arn(job, key, "custom-model/imported");
    return arn(job, key, type.arn_type);
}

const model::Shape* bedrock_shape(const definition::StepType& type) {
    if (type.name == "BedrockCustomModel") return model::find_shape("bedrock.GetCustomModelResponse");
    if (type.name == "BedrockCustomModelDeployment")
        return model::find_shape("bedrock.GetCustomModelDeploymentResponse");
    if (type.name == "BedrockModelImport") return model::find_shape("bedrock.GetModelImportJobResponse");
    if (type.name == "BedrockProvisionedModelThroughput")
        return model::find_shape("bedrock.GetProvisionedModelThroughputResponse");
    return nullptr;
}

Json bedrock(const Job& job, const definition::StepType& type, const NamespaceKey& key) {
    Json document = request(job, type);
    document[std::string(type.arn_member)] = bedrock_arn(job, type, key);
    document[std::string(type.status_member)] = status(job, type);
    document["CreationTime"] = to_epoch_seconds(job.created);
    document["LastModifiedTime"] = to_epoch_seconds(job.modified);
    if (!job.failure.empty()) document["FailureMessage"] = job.failure;
    if (type.name == "BedrockCustomModel") document["CustomizationType"] = "IMPORTED";
    if (type.name == "BedrockCustomModelDeployment") {
        document["ModelDeploymentArn"] = bedrock_arn(job, type, key);  // the SDK's name of it
        document["CreatedAt"] = to_epoch_seconds(job.created);
    }
    if (type.name == "BedrockModelImport") {
        document["ImportedModelArn"] = arn(job, key, "imported-model");
        if (job.ended) document["EndTime"] = to_epoch_seconds(*job.ended);
    }
    if (type.name == "BedrockProvisionedModelThroughput") add_model_of_throughput(document, job, key);
    return document;
}

}  // namespace pipelines::documents
