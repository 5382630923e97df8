// One job of every step type that makes one, with arguments such as definitions carry.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipelines/base/json.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/domain/job.hpp"

namespace pipelines::documents {

inline const NamespaceKey kKey{"123456789012", "eu-west-1"};
inline constexpr std::string_view kExecution = "d84ewltjmxhe";

struct Sample {
    std::string_view type;
    std::string_view arguments;
};

inline const std::vector<Sample>& samples() {
    static const std::vector<Sample> all{
        {"Training",
         R"({"AlgorithmSpecification": {"TrainingImage": "img", "TrainingInputMode": "File"}, "RoleArn": "arn:aws:iam::123456789012:role/R",
            "OutputDataConfig": {"S3OutputPath": "s3://b/out/"}, "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30},
            "StoppingCondition": {"MaxRuntimeInSeconds": 60}, "HyperParameters": {"depth": 5}, "Tags": [{"Key": "a", "Value": "b"}]})"},
        {"Processing",
         R"({"ProcessingResources": {"ClusterConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30}},
            "AppSpecification": {"ImageUri": "img"}, "RoleArn": "arn:aws:iam::123456789012:role/R",
            "ProcessingOutputConfig": {"Outputs": [{"OutputName": "train", "S3Output": {"S3Uri": "s3://b/train", "LocalPath": "/o", "S3UploadMode": "EndOfJob"}}]}})"},
        {"Transform",
         R"({"ModelName": "m", "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in"}}},
            "TransformOutput": {"S3OutputPath": "s3://b/out"}, "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1}})"},
        {"Tuning",
         R"({"HyperParameterTuningJobConfig": {"Strategy": "Bayesian", "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 1},
            "HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "rmse"},
            "ParameterRanges": {"ContinuousParameterRanges": [{"Name": "lr", "MinValue": "0.1", "MaxValue": "1"}], "IntegerParameterRanges": [],
                                "CategoricalParameterRanges": [{"Name": "opt", "Values": ["sgd", "adam"]}]}}})"},
        {"AutoML",
         R"({"InputDataConfig": [{"TargetAttributeName": "y", "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in"}}}],
            "OutputDataConfig": {"S3OutputPath": "s3://b/automl"}, "RoleArn": "arn:aws:iam::123456789012:role/R", "AutoMLJobObjective": {"MetricName": "F1"}})"},
        {"Model",
         R"({"ExecutionRoleArn": "arn:aws:iam::123456789012:role/R", "PrimaryContainer": {"Image": "img", "ModelDataUrl": "s3://b/m.tar.gz"}})"},
        {"RegisterModel",
         R"({"ModelPackageGroupName": "Group", "InferenceSpecification": {"Containers": [{"Image": "img"}], "SupportedContentTypes": ["text/csv"]}})"},
        {"QualityCheck",
         R"({"ProcessingResources": {"ClusterConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30}},
            "AppSpecification": {"ImageUri": "img"}})"},
        {"ClarifyCheck",
         R"({"ProcessingResources": {"ClusterConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30}},
            "AppSpecification": {"ImageUri": "img"}})"},
        {"EndpointConfig",
         R"({"EndpointConfigName": "MyCfg", "ProductionVariants": [{"VariantName": "A", "ModelName": "m", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}]})"},
        {"Endpoint", R"({"EndpointName": "ep", "EndpointConfigName": "cfg", "Tags": []})"},
        {"InferenceComponent",
         R"({"InferenceComponentName": "ic", "EndpointName": "ep", "VariantName": "A", "RuntimeConfig": {"CopyCount": 2},
            "Specification": {"Container": {"Image": "img", "ArtifactUrl": "s3://b/a"}, "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024}}})"},
        {"Job",
         R"({"RoleArn": "arn:aws:iam::123456789012:role/R", "JobCategory": "AgentRFT", "JobConfigSchemaVersion": "1.0.0", "JobConfigDocument": "{\"A\": {\"b\": 1}}"})"},
        {"EMR",
         R"({"ClusterId": "j-ABC", "StepConfig": {"Name": "sort", "HadoopJarStep": {"Jar": "s3://b/a.jar", "Args": ["--n", 3], "Properties": [{"Key": "k", "Value": "v"}]}}})"},
        {"EMRServerless",
         R"({"ExecutionRoleArn": "arn:aws:iam::123456789012:role/R", "ApplicationId": "app123", "JobConfig": {"executionRoleArn": "arn:aws:iam::123456789012:role/R",
            "jobDriver": {"sparkSubmit": {"entryPoint": "s3://b/s.py"}}, "configurationOverrides": {"monitoringConfiguration": {"s3MonitoringConfiguration": {"logUri": "s3://b/logs/"}}}}})"},
        {"BedrockCustomModel",
         R"({"ModelName": "m", "RoleArn": "arn:aws:iam::123456789012:role/R", "ModelSourceConfig": {"S3DataSource": {"S3Uri": "s3://x/y"}}})"},
        {"BedrockCustomModelDeployment",
         R"({"ModelDeploymentName": "dep", "ModelArn": "arn:aws:bedrock:eu-west-1:123456789012:custom-model/imported/abcdefghijkl"})"},
        {"BedrockModelImport",
         R"({"ImportedModelName": "imp", "JobName": "job", "ModelDataSource": {"S3DataSource": {"S3Uri": "s3://x/y"}}})"},
        {"BedrockProvisionedModelThroughput",
         R"({"ProvisionedModelName": "prov", "ModelId": "arn:aws:bedrock:eu-west-1:123456789012:imported-model/abcdefghijkl", "ModelUnits": 2})"},
        {"Lineage",
         R"({"Actions": [{"ActionName": "deploy", "ActionType": "ModelDeployment", "Source": {"SourceUri": "s3://b/run"}}],
            "Artifacts": [{"ArtifactName": "model", "ArtifactType": "Model", "Source": {"SourceUri": "s3://b/m"}}], "Contexts": [{"ContextName": "c", "ContextType": "E", "Source": {"SourceUri": "u"}}],
            "Associations": [{"Source": {"Name": "model", "Type": "Artifact"}, "Destination": {"Name": "deploy", "Type": "Action"}},
                             {"Source": {"Arn": "arn:aws:sagemaker:eu-west-1:123456789012:artifact/0"}, "Destination": {"Name": "nobody", "Type": "Action"}}]})"},
        {"Athena", R"({"QueryString": "SELECT 1", "ResultConfiguration": {"OutputLocation": "s3://b/athena/"}})"},
        {"HubContent",
         R"({"HubContentName": "content", "HubContentType": "Model", "DocumentSchemaVersion": "1.0.0", "HubName": "hub", "HubContentDocument": "{}"})"},
        {"Callback", R"({"Arguments": {"a": 1}, "SqsQueueUrl": "https://sqs.eu-west-1.amazonaws.com/123456789012/q"})"},
        {"Lambda", R"({"Arguments": {"a": 1}, "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:f"})"},
    };
    return all;
}

inline definition::Step step_of(std::string_view type, std::string_view name = "My-Step") {
    definition::Step step;
    step.name = name;
    step.type = definition::find_step_type(type);
    return step;
}

// The job that an attempt of such a step would leave.
inline Job job_of(const definition::Step& step, Json arguments, JobStatus status = JobStatus::Completed) {
    Job job;
    job.execution = 7;
    job.kind = step.type->job.value();
    job.name = job_name(step, step.name, kExecution, 42, 1, arguments);
    if (job.kind == JobKind::ModelPackage && arguments.contains("ModelPackageGroupName")) {
        job.group = arguments.at("ModelPackageGroupName").get<std::string>();
        job.number = 3;
    }
    job.status = status;
    job.created = job.modified = from_millis(1'700'000'000'500);
    if (status != JobStatus::InProgress && status != JobStatus::Stopping)
        job.ended = job.created + std::chrono::seconds(90);
    if (status == JobStatus::Failed) job.failure = "ClientError: why";
    job.arguments = std::move(arguments);
    return job;
}

inline Job job_of(std::string_view type, JobStatus status = JobStatus::Completed) {
    for (const Sample& sample : samples())
        if (sample.type == type) return job_of(step_of(type), *parse_json(sample.arguments), status);
    throw std::logic_error("no sample of " + std::string(type));
}

inline Json document_of(std::string_view type, JobStatus status = JobStatus::Completed) {
    return job_document(job_of(type, status), *definition::find_step_type(type), kKey);
}

}  // namespace pipelines::documents
