// Made by tools/generate_model.py from botocore 1.44.5: do not edit.
// clang-format off
#include "model/tables.hpp"

namespace pipelines::model::tables {

namespace bedrock {

namespace Id {
enum : unsigned {
    BaseModelIdentifier,
    CommitmentDuration,
    CreateCustomModelDeploymentRequest,
    CreateCustomModelRequest,
    CreateModelCustomizationJobRequest,
    CreateModelImportJobRequest,
    CreateProvisionedModelThroughputRequest,
    CustomModelArn,
    CustomModelDataSource,
    CustomModelDeploymentArn,
    CustomModelDeploymentDescription,
    CustomModelDeploymentStatus,
    CustomModelDeploymentUpdateDetails,
    CustomModelDeploymentUpdateStatus,
    CustomModelName,
    CustomizationConfig,
    CustomizationType,
    DataProcessingDetails,
    DistillationConfig,
    EpochCount,
    ErrorMessage,
    FoundationModelArn,
    GetCustomModelDeploymentResponse,
    GetCustomModelResponse,
    GetModelCustomizationJobResponse,
    GetModelImportJobResponse,
    GetProvisionedModelThroughputResponse,
    GraderConfig,
    IdempotencyToken,
    ImportedModelArn,
    ImportedModelName,
    Integer,
    InvocationLogSource,
    InvocationLogsConfig,
    JobName,
    JobStatusDetails,
    KmsKeyArn,
    KmsKeyId,
    LambdaArn,
    LambdaGraderConfig,
    MetricFloat,
    ModelArn,
    ModelCustomizationHyperParameters,
    ModelCustomizationJobArn,
    ModelCustomizationJobStatus,
    ModelDataSource,
    ModelDeploymentName,
    ModelIdentifier,
    ModelImportJobArn,
    ModelImportJobStatus,
    ModelPackageArn,
    ModelPackageArnDataSource,
    ModelStatus,
    OutputDataConfig,
    PositiveInteger,
    ProvisionedModelArn,
    ProvisionedModelName,
    ProvisionedModelStatus,
    RFTBatchSize,
    RFTConfig,
    RFTEvalInterval,
    RFTHyperParameters,
    RFTInferenceMaxTokens,
    RFTLearningRate,
    RFTMaxPromptLength,
    RFTTrainingSamplePerPrompt,
    ReasoningEffort,
    RequestMetadataBaseFilters,
    RequestMetadataFilters,
    RequestMetadataFiltersList,
    RequestMetadataMap,
    RequestMetadataMapKeyString,
    RequestMetadataMapValueString,
    RoleArn,
    S3DataSource,
    S3Uri,
    SecurityGroupId,
    SecurityGroupIds,
    StatusDetails,
    String,
    SubnetId,
    SubnetIds,
    Tag,
    TagKey,
    TagList,
    TagValue,
    TeacherModelConfig,
    TeacherModelIdentifier,
    Timestamp,
    TrainingDataConfig,
    TrainingDetails,
    TrainingMetrics,
    UsePromptResponse,
    ValidationDataConfig,
    ValidationDetails,
    ValidationMetrics,
    Validator,
    ValidatorMetric,
    Validators,
    VpcConfig,
};
}  // namespace Id

extern const Shape kShapes[100];

constexpr std::string_view kCommitmentDurationValues[] = {
    "OneMonth",
    "SixMonths",
};
constexpr std::string_view kCustomModelDeploymentStatusValues[] = {
    "Creating",
    "Active",
    "Failed",
};
constexpr std::string_view kCustomModelDeploymentUpdateStatusValues[] = {
    "Updating",
    "UpdateCompleted",
    "UpdateFailed",
};
constexpr std::string_view kCustomizationTypeValues[] = {
    "FINE_TUNING",
    "CONTINUED_PRE_TRAINING",
    "DISTILLATION",
    "REINFORCEMENT_FINE_TUNING",
    "IMPORTED",
};
constexpr std::string_view kJobStatusDetailsValues[] = {
    "InProgress",
    "Completed",
    "Stopping",
    "Stopped",
    "Failed",
    "NotStarted",
};
constexpr std::string_view kModelCustomizationJobStatusValues[] = {
    "InProgress",
    "Completed",
    "Failed",
    "Stopping",
    "Stopped",
};
constexpr std::string_view kModelImportJobStatusValues[] = {
    "InProgress",
    "Completed",
    "Failed",
};
constexpr std::string_view kModelStatusValues[] = {
    "Active",
    "Creating",
    "Failed",
};
constexpr std::string_view kProvisionedModelStatusValues[] = {
    "Creating",
    "InService",
    "Updating",
    "Failed",
};
constexpr std::string_view kReasoningEffortValues[] = {
    "low",
    "medium",
    "high",
};
constexpr Member kCreateCustomModelDeploymentRequestMembers[] = {
    {"modelDeploymentName", &kShapes[Id::ModelDeploymentName], true},
    {"modelArn", &kShapes[Id::CustomModelArn], true},
    {"description", &kShapes[Id::CustomModelDeploymentDescription], false},
    {"tags", &kShapes[Id::TagList], false},
    {"clientRequestToken", &kShapes[Id::IdempotencyToken], false},
};
constexpr Member kCreateCustomModelRequestMembers[] = {
    {"modelName", &kShapes[Id::CustomModelName], true},
    {"modelSourceConfig", &kShapes[Id::ModelDataSource], false},
    {"customModelDataSource", &kShapes[Id::CustomModelDataSource], false},
    {"modelKmsKeyArn", &kShapes[Id::KmsKeyArn], false},
    {"roleArn", &kShapes[Id::RoleArn], false},
    {"modelTags", &kShapes[Id::TagList], false},
    {"clientRequestToken", &kShapes[Id::IdempotencyToken], false},
};
constexpr Member kCreateModelCustomizationJobRequestMembers[] = {
    {"jobName", &kShapes[Id::JobName], true},
    {"customModelName", &kShapes[Id::CustomModelName], true},
    {"roleArn", &kShapes[Id::RoleArn], true},
    {"clientRequestToken", &kShapes[Id::IdempotencyToken], false},
    {"baseModelIdentifier", &kShapes[Id::BaseModelIdentifier], true},
    {"customizationType", &kShapes[Id::CustomizationType], false},
    {"customModelKmsKeyId", &kShapes[Id::KmsKeyId], false},
    {"jobTags", &kShapes[Id::TagList], false},
    {"customModelTags", &kShapes[Id::TagList], false},
    {"trainingDataConfig", &kShapes[Id::TrainingDataConfig], true},
    {"validationDataConfig", &kShapes[Id::ValidationDataConfig], false},
    {"outputDataConfig", &kShapes[Id::OutputDataConfig], true},
    {"hyperParameters", &kShapes[Id::ModelCustomizationHyperParameters], false},
    {"vpcConfig", &kShapes[Id::VpcConfig], false},
    {"customizationConfig", &kShapes[Id::CustomizationConfig], false},
};
constexpr Member kCreateModelImportJobRequestMembers[] = {
    {"jobName", &kShapes[Id::JobName], true},
    {"importedModelName", &kShapes[Id::ImportedModelName], true},
    {"roleArn", &kShapes[Id::RoleArn], true},
    {"modelDataSource", &kShapes[Id::ModelDataSource], true},
    {"jobTags", &kShapes[Id::TagList], false},
    {"importedModelTags", &kShapes[Id::TagList], false},
    {"clientRequestToken", &kShapes[Id::IdempotencyToken], false},
    {"vpcConfig", &kShapes[Id::VpcConfig], false},
    {"importedModelKmsKeyId", &kShapes[Id::KmsKeyId], false},
};
constexpr Member kCreateProvisionedModelThroughputRequestMembers[] = {
    {"clientRequestToken", &kShapes[Id::IdempotencyToken], false},
    {"modelUnits", &kShapes[Id::PositiveInteger], true},
    {"provisionedModelName", &kShapes[Id::ProvisionedModelName], true},
    {"modelId", &kShapes[Id::ModelIdentifier], true},
    {"commitmentDuration", &kShapes[Id::CommitmentDuration], false},
    {"tags", &kShapes[Id::TagList], false},
};
constexpr Member kCustomModelDataSourceMembers[] = {
    {"modelPackageArnDataSource", &kShapes[Id::ModelPackageArnDataSource], false},
};
constexpr Member kCustomModelDeploymentUpdateDetailsMembers[] = {
    {"modelArn", &kShapes[Id::ModelArn], true},
    {"updateStatus", &kShapes[Id::CustomModelDeploymentUpdateStatus], true},
};
constexpr Member kCustomizationConfigMembers[] = {
    {"distillationConfig", &kShapes[Id::DistillationConfig], false},
    {"rftConfig", &kShapes[Id::RFTConfig], false},
};
constexpr Member kDataProcessingDetailsMembers[] = {
    {"status", &kShapes[Id::JobStatusDetails], false},
    {"creationTime", &kShapes[Id::Timestamp], false},
    {"lastModifiedTime", &kShapes[Id::Timestamp], false},
};
constexpr Member kDistillationConfigMembers[] = {
    {"teacherModelConfig", &kShapes[Id::TeacherModelConfig], true},
};
constexpr Member kGetCustomModelDeploymentResponseMembers[] = {
    {"customModelDeploymentArn", &kShapes[Id::CustomModelDeploymentArn], true},
    {"modelDeploymentName", &kShapes[Id::ModelDeploymentName], true},
    {"modelArn", &kShapes[Id::CustomModelArn], true},
    {"createdAt", &kShapes[Id::Timestamp], true},
    {"status", &kShapes[Id::CustomModelDeploymentStatus], true},
    {"description", &kShapes[Id::CustomModelDeploymentDescription], false},
    {"updateDetails", &kShapes[Id::CustomModelDeploymentUpdateDetails], false},
    {"failureMessage", &kShapes[Id::ErrorMessage], false},
    {"lastUpdatedAt", &kShapes[Id::Timestamp], false},
};
constexpr Member kGetCustomModelResponseMembers[] = {
    {"modelArn", &kShapes[Id::ModelArn], true},
    {"modelName", &kShapes[Id::CustomModelName], true},
    {"jobName", &kShapes[Id::JobName], false},
    {"jobArn", &kShapes[Id::ModelCustomizationJobArn], false},
    {"baseModelArn", &kShapes[Id::ModelArn], false},
    {"customizationType", &kShapes[Id::CustomizationType], false},
    {"modelKmsKeyArn", &kShapes[Id::KmsKeyArn], false},
    {"hyperParameters", &kShapes[Id::ModelCustomizationHyperParameters], false},
    {"trainingDataConfig", &kShapes[Id::TrainingDataConfig], false},
    {"validationDataConfig", &kShapes[Id::ValidationDataConfig], false},
    {"outputDataConfig", &kShapes[Id::OutputDataConfig], false},
    {"trainingMetrics", &kShapes[Id::TrainingMetrics], false},
    {"validationMetrics", &kShapes[Id::ValidationMetrics], false},
    {"creationTime", &kShapes[Id::Timestamp], true},
    {"customizationConfig", &kShapes[Id::CustomizationConfig], false},
    {"modelStatus", &kShapes[Id::ModelStatus], false},
    {"failureMessage", &kShapes[Id::ErrorMessage], false},
};
constexpr Member kGetModelCustomizationJobResponseMembers[] = {
    {"jobArn", &kShapes[Id::ModelCustomizationJobArn], true},
    {"jobName", &kShapes[Id::JobName], true},
    {"outputModelName", &kShapes[Id::CustomModelName], true},
    {"outputModelArn", &kShapes[Id::CustomModelArn], false},
    {"clientRequestToken", &kShapes[Id::IdempotencyToken], false},
    {"roleArn", &kShapes[Id::RoleArn], true},
    {"status", &kShapes[Id::ModelCustomizationJobStatus], false},
    {"statusDetails", &kShapes[Id::StatusDetails], false},
    {"failureMessage", &kShapes[Id::ErrorMessage], false},
    {"creationTime", &kShapes[Id::Timestamp], true},
    {"lastModifiedTime", &kShapes[Id::Timestamp], false},
    {"endTime", &kShapes[Id::Timestamp], false},
    {"baseModelArn", &kShapes[Id::FoundationModelArn], true},
    {"hyperParameters", &kShapes[Id::ModelCustomizationHyperParameters], false},
    {"trainingDataConfig", &kShapes[Id::TrainingDataConfig], true},
    {"validationDataConfig", &kShapes[Id::ValidationDataConfig], true},
    {"outputDataConfig", &kShapes[Id::OutputDataConfig], true},
    {"customizationType", &kShapes[Id::CustomizationType], false},
    {"outputModelKmsKeyArn", &kShapes[Id::KmsKeyArn], false},
    {"trainingMetrics", &kShapes[Id::TrainingMetrics], false},
    {"validationMetrics", &kShapes[Id::ValidationMetrics], false},
    {"vpcConfig", &kShapes[Id::VpcConfig], false},
    {"customizationConfig", &kShapes[Id::CustomizationConfig], false},
};
constexpr Member kGetModelImportJobResponseMembers[] = {
    {"jobArn", &kShapes[Id::ModelImportJobArn], false},
    {"jobName", &kShapes[Id::JobName], false},
    {"importedModelName", &kShapes[Id::ImportedModelName], false},
    {"importedModelArn", &kShapes[Id::ImportedModelArn], false},
    {"roleArn", &kShapes[Id::RoleArn], false},
    {"modelDataSource", &kShapes[Id::ModelDataSource], false},
    {"status", &kShapes[Id::ModelImportJobStatus], false},
    {"failureMessage", &kShapes[Id::ErrorMessage], false},
    {"creationTime", &kShapes[Id::Timestamp], false},
    {"lastModifiedTime", &kShapes[Id::Timestamp], false},
    {"endTime", &kShapes[Id::Timestamp], false},
    {"vpcConfig", &kShapes[Id::VpcConfig], false},
    {"importedModelKmsKeyArn", &kShapes[Id::KmsKeyArn], false},
};
constexpr Member kGetProvisionedModelThroughputResponseMembers[] = {
    {"modelUnits", &kShapes[Id::PositiveInteger], true},
    {"desiredModelUnits", &kShapes[Id::PositiveInteger], true},
    {"provisionedModelName", &kShapes[Id::ProvisionedModelName], true},
    {"provisionedModelArn", &kShapes[Id::ProvisionedModelArn], true},
    {"modelArn", &kShapes[Id::ModelArn], true},
    {"desiredModelArn", &kShapes[Id::ModelArn], true},
    {"foundationModelArn", &kShapes[Id::FoundationModelArn], true},
    {"status", &kShapes[Id::ProvisionedModelStatus], true},
    {"creationTime", &kShapes[Id::Timestamp], true},
    {"lastModifiedTime", &kShapes[Id::Timestamp], true},
    {"failureMessage", &kShapes[Id::ErrorMessage], false},
    {"commitmentDuration", &kShapes[Id::CommitmentDuration], false},
    {"commitmentExpirationTime", &kShapes[Id::Timestamp], false},
};
constexpr Member kGraderConfigMembers[] = {
    {"lambdaGrader", &kShapes[Id::LambdaGraderConfig], false},
};
constexpr Member kInvocationLogSourceMembers[] = {
    {"s3Uri", &kShapes[Id::S3Uri], false},
};
constexpr Member kInvocationLogsConfigMembers[] = {
    {"usePromptResponse", &kShapes[Id::UsePromptResponse], false},
    {"invocationLogSource", &kShapes[Id::InvocationLogSource], true},
    {"requestMetadataFilters", &kShapes[Id::RequestMetadataFilters], false},
};
constexpr Member kLambdaGraderConfigMembers[] = {
    {"lambdaArn", &kShapes[Id::LambdaArn], true},
};
constexpr Member kModelDataSourceMembers[] = {
    {"s3DataSource", &kShapes[Id::S3DataSource], false},
};
constexpr Member kModelPackageArnDataSourceMembers[] = {
    {"modelPackageArn", &kShapes[Id::ModelPackageArn], true},
};
constexpr Member kOutputDataConfigMembers[] = {
    {"s3Uri", &kShapes[Id::S3Uri], true},
};
constexpr Member kRFTConfigMembers[] = {
    {"graderConfig", &kShapes[Id::GraderConfig], false},
    {"hyperParameters", &kShapes[Id::RFTHyperParameters], false},
};
constexpr Member kRFTHyperParametersMembers[] = {
    {"epochCount", &kShapes[Id::EpochCount], false},
    {"batchSize", &kShapes[Id::RFTBatchSize], false},
    {"learningRate", &kShapes[Id::RFTLearningRate], false},
    {"maxPromptLength", &kShapes[Id::RFTMaxPromptLength], false},
    {"trainingSamplePerPrompt", &kShapes[Id::RFTTrainingSamplePerPrompt], false},
    {"inferenceMaxTokens", &kShapes[Id::RFTInferenceMaxTokens], false},
    {"reasoningEffort", &kShapes[Id::ReasoningEffort], false},
    {"evalInterval", &kShapes[Id::RFTEvalInterval], false},
};
constexpr Member kRequestMetadataBaseFiltersMembers[] = {
    {"equals", &kShapes[Id::RequestMetadataMap], false},
    {"notEquals", &kShapes[Id::RequestMetadataMap], false},
};
constexpr Member kRequestMetadataFiltersMembers[] = {
    {"equals", &kShapes[Id::RequestMetadataMap], false},
    {"notEquals", &kShapes[Id::RequestMetadataMap], false},
    {"andAll", &kShapes[Id::RequestMetadataFiltersList], false},
    {"orAll", &kShapes[Id::RequestMetadataFiltersList], false},
};
constexpr Member kS3DataSourceMembers[] = {
    {"s3Uri", &kShapes[Id::S3Uri], true},
};
constexpr Member kStatusDetailsMembers[] = {
    {"validationDetails", &kShapes[Id::ValidationDetails], false},
    {"dataProcessingDetails", &kShapes[Id::DataProcessingDetails], false},
    {"trainingDetails", &kShapes[Id::TrainingDetails], false},
};
constexpr Member kTagMembers[] = {
    {"key", &kShapes[Id::TagKey], true},
    {"value", &kShapes[Id::TagValue], true},
};
constexpr Member kTeacherModelConfigMembers[] = {
    {"teacherModelIdentifier", &kShapes[Id::TeacherModelIdentifier], true},
    {"maxResponseLengthForInference", &kShapes[Id::Integer], false},
};
constexpr Member kTrainingDataConfigMembers[] = {
    {"s3Uri", &kShapes[Id::S3Uri], false},
    {"invocationLogsConfig", &kShapes[Id::InvocationLogsConfig], false},
};
constexpr Member kTrainingDetailsMembers[] = {
    {"status", &kShapes[Id::JobStatusDetails], false},
    {"creationTime", &kShapes[Id::Timestamp], false},
    {"lastModifiedTime", &kShapes[Id::Timestamp], false},
};
constexpr Member kTrainingMetricsMembers[] = {
    {"trainingLoss", &kShapes[Id::MetricFloat], false},
};
constexpr Member kValidationDataConfigMembers[] = {
    {"validators", &kShapes[Id::Validators], true},
};
constexpr Member kValidationDetailsMembers[] = {
    {"status", &kShapes[Id::JobStatusDetails], false},
    {"creationTime", &kShapes[Id::Timestamp], false},
    {"lastModifiedTime", &kShapes[Id::Timestamp], false},
};
constexpr Member kValidatorMembers[] = {
    {"s3Uri", &kShapes[Id::S3Uri], true},
};
constexpr Member kValidatorMetricMembers[] = {
    {"validationLoss", &kShapes[Id::MetricFloat], false},
};
constexpr Member kVpcConfigMembers[] = {
    {"subnetIds", &kShapes[Id::SubnetIds], true},
    {"securityGroupIds", &kShapes[Id::SecurityGroupIds], true},
};

constinit const Shape kShapes[100] = {
    {.name = "bedrock.BaseModelIdentifier", .type = Type::String, .min = 1, .max = 2048, .pattern = "(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2})/[a-z0-9]{12})|(:foundation-model/[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2})))|([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2})|(([0-9a-zA-Z][_-]?)+)"},
    {.name = "bedrock.CommitmentDuration", .type = Type::String, .values = kCommitmentDurationValues},
    {.name = "bedrock.CreateCustomModelDeploymentRequest", .type = Type::Structure, .members = kCreateCustomModelDeploymentRequestMembers},
    {.name = "bedrock.CreateCustomModelRequest", .type = Type::Structure, .members = kCreateCustomModelRequestMembers},
    {.name = "bedrock.CreateModelCustomizationJobRequest", .type = Type::Structure, .members = kCreateModelCustomizationJobRequestMembers},
    {.name = "bedrock.CreateModelImportJobRequest", .type = Type::Structure, .members = kCreateModelImportJobRequestMembers},
    {.name = "bedrock.CreateProvisionedModelThroughputRequest", .type = Type::Structure, .members = kCreateProvisionedModelThroughputRequestMembers},
    {.name = "bedrock.CustomModelArn", .type = Type::String, .min = 20, .max = 1011, .pattern = "arn:aws(|-us-gov|-cn|-iso|-iso-b):bedrock:[a-z0-9-]{1,20}:[0-9]{12}:custom-model/(imported|[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([a-z0-9-]{1,63}[.]){0,2}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2})/[a-z0-9]{12}"},
    {.name = "bedrock.CustomModelDataSource", .type = Type::Structure, .members = kCustomModelDataSourceMembers},
    {.name = "bedrock.CustomModelDeploymentArn", .type = Type::String, .min = 0, .max = 1011, .pattern = "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:custom-model-deployment/[a-z0-9]{12}"},
    {.name = "bedrock.CustomModelDeploymentDescription", .type = Type::String, .min = 1, .max = 2048, .pattern = ".*"},
    {.name = "bedrock.CustomModelDeploymentStatus", .type = Type::String, .values = kCustomModelDeploymentStatusValues},
    {.name = "bedrock.CustomModelDeploymentUpdateDetails", .type = Type::Structure, .members = kCustomModelDeploymentUpdateDetailsMembers},
    {.name = "bedrock.CustomModelDeploymentUpdateStatus", .type = Type::String, .values = kCustomModelDeploymentUpdateStatusValues},
    {.name = "bedrock.CustomModelName", .type = Type::String, .min = 1, .max = 63, .pattern = "([0-9a-zA-Z][_-]?){1,63}"},
    {.name = "bedrock.CustomizationConfig", .type = Type::Structure, .members = kCustomizationConfigMembers},
    {.name = "bedrock.CustomizationType", .type = Type::String, .values = kCustomizationTypeValues},
    {.name = "bedrock.DataProcessingDetails", .type = Type::Structure, .members = kDataProcessingDetailsMembers},
    {.name = "bedrock.DistillationConfig", .type = Type::Structure, .members = kDistillationConfigMembers},
    {.name = "bedrock.EpochCount", .type = Type::Integer, .min = 1, .max = 50},
    {.name = "bedrock.ErrorMessage", .type = Type::String, .min = 0, .max = 2048},
    {.name = "bedrock.FoundationModelArn", .type = Type::String, .pattern = "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}::foundation-model/[a-z0-9-]{1,63}[.]{1}([a-z0-9-]{1,63}[.]){0,2}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2}"},
    {.name = "bedrock.GetCustomModelDeploymentResponse", .type = Type::Structure, .members = kGetCustomModelDeploymentResponseMembers},
    {.name = "bedrock.GetCustomModelResponse", .type = Type::Structure, .members = kGetCustomModelResponseMembers},
    {.name = "bedrock.GetModelCustomizationJobResponse", .type = Type::Structure, .members = kGetModelCustomizationJobResponseMembers},
    {.name = "bedrock.GetModelImportJobResponse", .type = Type::Structure, .members = kGetModelImportJobResponseMembers},
    {.name = "bedrock.GetProvisionedModelThroughputResponse", .type = Type::Structure, .members = kGetProvisionedModelThroughputResponseMembers},
    {.name = "bedrock.GraderConfig", .type = Type::Structure, .members = kGraderConfigMembers},
    {.name = "bedrock.IdempotencyToken", .type = Type::String, .min = 1, .max = 256, .pattern = "[a-zA-Z0-9]([-a-zA-Z0-9]{0,254}[a-zA-Z0-9])?"},
    {.name = "bedrock.ImportedModelArn", .type = Type::String, .min = 20, .max = 1011, .pattern = "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:imported-model/[a-z0-9]{12}"},
    {.name = "bedrock.ImportedModelName", .type = Type::String, .min = 1, .max = 63, .pattern = "([0-9a-zA-Z][_-]?)+"},
    {.name = "bedrock.Integer", .type = Type::Integer},
    {.name = "bedrock.InvocationLogSource", .type = Type::Structure, .members = kInvocationLogSourceMembers},
    {.name = "bedrock.InvocationLogsConfig", .type = Type::Structure, .members = kInvocationLogsConfigMembers},
    {.name = "bedrock.JobName", .type = Type::String, .min = 1, .max = 63, .pattern = R"re([a-zA-Z0-9](-*[a-zA-Z0-9\+\-\.])*)re"},
    {.name = "bedrock.JobStatusDetails", .type = Type::String, .values = kJobStatusDetailsValues},
    {.name = "bedrock.KmsKeyArn", .type = Type::String, .min = 1, .max = 2048, .pattern = "arn:aws(-[^:]+)?:kms:[a-zA-Z0-9-]*:[0-9]{12}:key/[a-zA-Z0-9-]{36}"},
    {.name = "bedrock.KmsKeyId", .type = Type::String, .min = 1, .max = 2048, .pattern = "(arn:aws(-[^:]+)?:kms:[a-zA-Z0-9-]*:[0-9]{12}:((key/[a-zA-Z0-9-]{36})|(alias/[a-zA-Z0-9-_/]+)))|([a-zA-Z0-9-]{36})|(alias/[a-zA-Z0-9-_/]+)"},
    {.name = "bedrock.LambdaArn", .type = Type::String, .min = 1, .max = 512, .pattern = R"re(arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}(-gov)?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_\.]+(:(\$LATEST|[a-zA-Z0-9-_]+))?)re"},
    {.name = "bedrock.LambdaGraderConfig", .type = Type::Structure, .members = kLambdaGraderConfigMembers},
    {.name = "bedrock.MetricFloat", .type = Type::Float},
    {.name = "bedrock.ModelArn", .type = Type::String, .min = 20, .max = 1011, .pattern = "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/((imported)|([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}))(([:][a-z0-9-]{1,63}){0,2})?/[a-z0-9]{12})|(:foundation-model/[a-z0-9-]{1,63}[.]{1}([a-z0-9-]{1,63}[.]){0,2}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2}))"},
    {.name = "bedrock.ModelCustomizationHyperParameters", .type = Type::Map, .element = &kShapes[Id::String], .key = &kShapes[Id::String]},
    {.name = "bedrock.ModelCustomizationJobArn", .type = Type::String, .min = 0, .max = 1011, .pattern = "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:model-customization-job/[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([a-z0-9-]{1,63}[.]){0,2}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2}/[a-z0-9]{12}"},
    {.name = "bedrock.ModelCustomizationJobStatus", .type = Type::String, .values = kModelCustomizationJobStatusValues},
    {.name = "bedrock.ModelDataSource", .type = Type::Structure, .members = kModelDataSourceMembers},
    {.name = "bedrock.ModelDeploymentName", .type = Type::String, .min = 1, .max = 63, .pattern = "([0-9a-zA-Z][_-]?){1,63}"},
    {.name = "bedrock.ModelIdentifier", .type = Type::String, .min = 1, .max = 2048, .pattern = "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/((imported)|([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}))(([:][a-z0-9-]{1,63}){0,2})?/[a-z0-9]{12})|(:foundation-model/([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2})))|(([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2}))|(([0-9a-zA-Z][_-]?)+)"},
    {.name = "bedrock.ModelImportJobArn", .type = Type::String, .min = 0, .max = 1011, .pattern = "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:model-import-job/[a-z0-9]{12}"},
    {.name = "bedrock.ModelImportJobStatus", .type = Type::String, .values = kModelImportJobStatusValues},
    {.name = "bedrock.ModelPackageArn", .type = Type::String, .pattern = R"re(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]{9,16}:[0-9]{12}:model-package/[\S]{1,2048})re", .re2_pattern = R"re(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]{9,16}:[0-9]{12}:model-package/[\S]{1,1000}[\S]{0,1000}[\S]{0,48})re"},
    {.name = "bedrock.ModelPackageArnDataSource", .type = Type::Structure, .members = kModelPackageArnDataSourceMembers},
    {.name = "bedrock.ModelStatus", .type = Type::String, .values = kModelStatusValues},
    {.name = "bedrock.OutputDataConfig", .type = Type::Structure, .members = kOutputDataConfigMembers},
    {.name = "bedrock.PositiveInteger", .type = Type::Integer, .min = 1},
    {.name = "bedrock.ProvisionedModelArn", .type = Type::String, .pattern = "arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:provisioned-model/[a-z0-9]{12}"},
    {.name = "bedrock.ProvisionedModelName", .type = Type::String, .min = 1, .max = 63, .pattern = "([0-9a-zA-Z][_-]?)+"},
    {.name = "bedrock.ProvisionedModelStatus", .type = Type::String, .values = kProvisionedModelStatusValues},
    {.name = "bedrock.RFTBatchSize", .type = Type::Integer, .min = 16, .max = 512},
    {.name = "bedrock.RFTConfig", .type = Type::Structure, .members = kRFTConfigMembers},
    {.name = "bedrock.RFTEvalInterval", .type = Type::Integer, .min = 1, .max = 100},
    {.name = "bedrock.RFTHyperParameters", .type = Type::Structure, .members = kRFTHyperParametersMembers},
    {.name = "bedrock.RFTInferenceMaxTokens", .type = Type::Integer},
    {.name = "bedrock.RFTLearningRate", .type = Type::Float, .min = 1e-07, .max = 0.001},
    {.name = "bedrock.RFTMaxPromptLength", .type = Type::Integer},
    {.name = "bedrock.RFTTrainingSamplePerPrompt", .type = Type::Integer, .min = 2, .max = 16},
    {.name = "bedrock.ReasoningEffort", .type = Type::String, .values = kReasoningEffortValues},
    {.name = "bedrock.RequestMetadataBaseFilters", .type = Type::Structure, .members = kRequestMetadataBaseFiltersMembers},
    {.name = "bedrock.RequestMetadataFilters", .type = Type::Structure, .members = kRequestMetadataFiltersMembers},
    {.name = "bedrock.RequestMetadataFiltersList", .type = Type::List, .element = &kShapes[Id::RequestMetadataBaseFilters], .min = 1, .max = 16},
    {.name = "bedrock.RequestMetadataMap", .type = Type::Map, .element = &kShapes[Id::RequestMetadataMapValueString], .key = &kShapes[Id::RequestMetadataMapKeyString], .min = 1, .max = 1, .sensitive = true},
    {.name = "bedrock.RequestMetadataMapKeyString", .type = Type::String, .min = 1, .max = 256, .pattern = R"re([a-zA-Z0-9\s._:/=+$@-]{1,256})re"},
    {.name = "bedrock.RequestMetadataMapValueString", .type = Type::String, .min = 0, .max = 256, .pattern = R"re([a-zA-Z0-9\s._:/=+$@-]{0,256})re"},
    {.name = "bedrock.RoleArn", .type = Type::String, .min = 0, .max = 2048, .pattern = "arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+"},
    {.name = "bedrock.S3DataSource", .type = Type::Structure, .members = kS3DataSourceMembers},
    {.name = "bedrock.S3Uri", .type = Type::String, .min = 1, .max = 1024, .pattern = "s3://[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](?:/[-!_*'().a-z0-9A-Z]+(?:/[-!_*'().a-z0-9A-Z]+)*)?/?"},
    {.name = "bedrock.SecurityGroupId", .type = Type::String, .min = 0, .max = 32, .pattern = "[-0-9a-zA-Z]+"},
    {.name = "bedrock.SecurityGroupIds", .type = Type::List, .element = &kShapes[Id::SecurityGroupId], .min = 1, .max = 5},
    {.name = "bedrock.StatusDetails", .type = Type::Structure, .members = kStatusDetailsMembers},
    {.name = "bedrock.String", .type = Type::String},
    {.name = "bedrock.SubnetId", .type = Type::String, .min = 0, .max = 32, .pattern = "[-0-9a-zA-Z]+"},
    {.name = "bedrock.SubnetIds", .type = Type::List, .element = &kShapes[Id::SubnetId], .min = 1, .max = 16},
    {.name = "bedrock.Tag", .type = Type::Structure, .members = kTagMembers},
    {.name = "bedrock.TagKey", .type = Type::String, .min = 1, .max = 128, .pattern = R"re([a-zA-Z0-9\s._:/=+@-]*)re"},
    {.name = "bedrock.TagList", .type = Type::List, .element = &kShapes[Id::Tag], .min = 0, .max = 200},
    {.name = "bedrock.TagValue", .type = Type::String, .min = 0, .max = 256, .pattern = R"re([a-zA-Z0-9\s._:/=+@-]*)re"},
    {.name = "bedrock.TeacherModelConfig", .type = Type::Structure, .members = kTeacherModelConfigMembers},
    {.name = "bedrock.TeacherModelIdentifier", .type = Type::String, .pattern = "(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:((:foundation-model/([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2})|(([0-9a-zA-Z][_-]?)+)$)|([0-9]{12}:inference-profile/[a-zA-Z0-9-:.]+$)))|([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2})"},
    {.name = "bedrock.Timestamp", .type = Type::Timestamp},
    {.name = "bedrock.TrainingDataConfig", .type = Type::Structure, .members = kTrainingDataConfigMembers},
    {.name = "bedrock.TrainingDetails", .type = Type::Structure, .members = kTrainingDetailsMembers},
    {.name = "bedrock.TrainingMetrics", .type = Type::Structure, .members = kTrainingMetricsMembers},
    {.name = "bedrock.UsePromptResponse", .type = Type::Boolean},
    {.name = "bedrock.ValidationDataConfig", .type = Type::Structure, .members = kValidationDataConfigMembers},
    {.name = "bedrock.ValidationDetails", .type = Type::Structure, .members = kValidationDetailsMembers},
    {.name = "bedrock.ValidationMetrics", .type = Type::List, .element = &kShapes[Id::ValidatorMetric]},
    {.name = "bedrock.Validator", .type = Type::Structure, .members = kValidatorMembers},
    {.name = "bedrock.ValidatorMetric", .type = Type::Structure, .members = kValidatorMetricMembers},
    {.name = "bedrock.Validators", .type = Type::List, .element = &kShapes[Id::Validator], .min = 0, .max = 10},
    {.name = "bedrock.VpcConfig", .type = Type::Structure, .members = kVpcConfigMembers},
};

}  // namespace bedrock

constinit const std::span<const Shape> bedrock_shapes{bedrock::kShapes};

}  // namespace pipelines::model::tables
