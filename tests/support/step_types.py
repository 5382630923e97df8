"""A step of every type there is, each named S: what the type needs and a few members more (shapes of the SDK's definitions)."""

import json

from support.definitions import (BUCKET, ROLE, callback, condition, fail, function, get, model, processing, register_model,
                                 step, training, transform)

BEDROCK_MODEL = "arn:aws:bedrock:us-east-1:123456789012:custom-model/imported/abcdefghijkl"

_training_definition = {
    "AlgorithmSpecification": {"TrainingImage": "img:1", "TrainingInputMode": "File"}, "RoleArn": ROLE,
    "StaticHyperParameters": {"epochs": "3"}, "OutputDataConfig": {"S3OutputPath": f"{BUCKET}/tuned"},
    "ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30},
    "StoppingCondition": {"MaxRuntimeInSeconds": 60}}


def _check(kind, output, check, **keys):
    return step(kind, "S", processing("S", (output,))["Arguments"], CheckType=check, ModelPackageGroupName="group",
                SkipCheck=False, RegisterNewBaseline=True, FailOnViolation=None, SuppliedBaselineConstraints=None, **keys)


STEPS = {
    "Training": training("S", arguments={"HyperParameters": {"k": "v"}, "Environment": {"k": "v"}}),
    "Processing": processing("S", property_files={"Report": ("out", "report.json")}, arguments={"Environment": {"k": "v"}}),
    "Transform": transform("S"),
    "Tuning": step("Tuning", "S", {
        "HyperParameterTuningJobConfig": {
            "Strategy": "Bayesian", "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 1},
            "HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "rmse"},
            "ParameterRanges": {"IntegerParameterRanges": [{"Name": "depth", "MinValue": "2", "MaxValue": "9"}]}},
        "TrainingJobDefinition": _training_definition}),
    "AutoML": step("AutoML", "S", {
        "AutoMLJobConfig": {"Mode": "ENSEMBLING"}, "AutoMLJobObjective": {"MetricName": "F1"},
        "ProblemType": "BinaryClassification", "RoleArn": ROLE,
        "InputDataConfig": [{"ChannelType": "training", "TargetAttributeName": "y", "DataSource": {
            "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"{BUCKET}/in"}}}],
        "OutputDataConfig": {"S3OutputPath": f"{BUCKET}/automl"}}),
    "Model": model("S"),
    "RegisterModel": register_model("S"),
    "Condition": condition("S"),
    "Callback": callback("S", {"o": "String"}),
    "Lambda": function("S", {"o": "String"}),
    "QualityCheck": _check("QualityCheck", "quality_check_output", "DATA_QUALITY", SuppliedBaselineStatistics=None),
    "ClarifyCheck": _check("ClarifyCheck", "analysis_result", "DATA_BIAS"),
    "EMR": step("EMR", "S", {
        "ClusterConfig": {"ReleaseLabel": "emr-7.0.0", "LogUri": f"{BUCKET}/logs", "Instances": {"InstanceCount": 1}},
        "StepConfig": {"HadoopJarStep": {"Jar": f"{BUCKET}/a.jar", "Args": ["a"], "Properties": [{"Key": "k", "Value": "v"}]}}}),
    "EMRServerless": step("EMRServerless", "S", {
        "ExecutionRoleArn": ROLE, "ApplicationId": "00abc123",
        "JobConfig": {"executionRoleArn": ROLE, "jobDriver": {"sparkSubmit": {"entryPoint": f"{BUCKET}/a.py"}},
                      "configurationOverrides": {"monitoringConfiguration": {
                          "s3MonitoringConfiguration": {"logUri": f"{BUCKET}/logs"}}}}}),
    "Fail": fail("S", "no"),
    "EndpointConfig": step("EndpointConfig", "S", {"EndpointConfigName": "config", "ProductionVariants": [
        {"VariantName": "A", "ModelName": "m", "InstanceType": "ml.m5.xlarge", "InitialInstanceCount": 1}]}),
    "Endpoint": step("Endpoint", "S", {"EndpointName": "endpoint", "EndpointConfigName": "config", "Tags": []}),
    "InferenceComponent": step("InferenceComponent", "S", {
        "InferenceComponentName": "component", "EndpointName": "endpoint", "VariantName": "A",
        "Specification": {"ModelName": "m", "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024}},
        "RuntimeConfig": {"CopyCount": 1}}),
    "BedrockCustomModel": step("BedrockCustomModel", "S", {
        "ModelName": "custom", "RoleArn": ROLE, "ModelSourceConfig": {"S3DataSource": {"S3Uri": f"{BUCKET}/m"}}}),
    "BedrockCustomModelDeployment": step("BedrockCustomModelDeployment", "S", {
        "ModelDeploymentName": "deployment", "ModelArn": BEDROCK_MODEL}),
    "BedrockModelImport": step("BedrockModelImport", "S", {
        "JobName": "import", "ImportedModelName": "imported", "RoleArn": ROLE,
        "ModelDataSource": {"S3DataSource": {"S3Uri": f"{BUCKET}/m"}}}),
    "BedrockProvisionedModelThroughput": step("BedrockProvisionedModelThroughput", "S", {
        "ProvisionedModelName": "throughput", "ModelId": BEDROCK_MODEL, "ModelUnits": 1}),
    "Lineage": step("Lineage", "S", {
        "Actions": [{"ActionName": "act", "ActionType": "t", "Source": {"SourceUri": f"{BUCKET}/a"}}],
        "Artifacts": [{"ArtifactName": "art", "ArtifactType": "t", "Source": {"SourceUri": f"{BUCKET}/b"}}],
        "Contexts": [{"ContextName": "ctx", "ContextType": "t", "Source": {"SourceUri": f"{BUCKET}/c"}}],
        "Associations": [{"Source": {"Name": "act", "Type": "Action"}, "Destination": {"Name": "art", "Type": "Artifact"},
                          "AssociationType": "Produced"}]}),
    "Job": step("Job", "S", {
        "RoleArn": ROLE, "JobCategory": "AgentRFT", "JobConfigSchemaVersion": "1.0.0",
        "JobConfigDocument": json.dumps({"given": 1})}),
    "Pass": step("Pass", "S", {}),
    "Athena": step("Athena", "S", {"QueryString": "SELECT 1", "ResultConfiguration": {"OutputLocation": f"{BUCKET}/q"}}),
    "HubContent": step("HubContent", "S", {
        "HubContentName": "content", "HubContentType": "Model", "DocumentSchemaVersion": "2.0.0", "HubName": "hub",
        "HubContentDocument": "{}"}),
    "Cleanup": step("Cleanup", "S", {"Resources": {"S3": [{"StepName": "Before"}]}}, ["Before"]),
    "ForEach": step("ForEach", "S", {
        "IterableItems": ["a", "b"], "MaxConcurrency": 2, "ForEachBody": [function("Body", {"o": "Float"})],
        "Selector": {"Pick": "MaxBy", "Field": get("IterationOutput.Body.OutputParameters['o']")}}),
}

BEFORE = {"Cleanup": [training("Before")]}  # what a step cannot stand without


def with_before(kind):
    return [*BEFORE.get(kind, []), STEPS[kind]]
