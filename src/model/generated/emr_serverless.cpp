// Made by tools/generate_model.py from botocore 1.44.5: do not edit.
// clang-format off
#include "model/tables.hpp"

namespace pipelines::model::tables {

namespace emr_serverless {

namespace Id {
enum : unsigned {
    ApplicationId,
    ApplicationName,
    Architecture,
    Arn,
    AttemptNumber,
    AutoStartConfig,
    AutoStopConfig,
    AutoStopConfigIdleTimeoutMinutesInteger,
    Boolean,
    ClientToken,
    CloudWatchLoggingConfiguration,
    Configuration,
    ConfigurationList,
    ConfigurationOverrides,
    ConfigurationPropertyKey,
    ConfigurationPropertyValue,
    CpuSize,
    CreateApplicationRequest,
    Date,
    DiskEncryptionConfiguration,
    DiskSize,
    DiskType,
    Double,
    Duration,
    EncryptionContext,
    EncryptionContextKey,
    EncryptionContextValue,
    EncryptionKeyArn,
    EngineType,
    EntryPointArgument,
    EntryPointArguments,
    EntryPointPath,
    FlexExecution,
    GetJobRunResponse,
    Hive,
    HiveCliParameters,
    IAMRoleArn,
    IdentityCenterConfigurationInput,
    IdentityCenterInstanceArn,
    ImageConfiguration,
    ImageConfigurationInput,
    ImageDigest,
    ImageUri,
    InitScriptPath,
    InitialCapacityConfig,
    InitialCapacityConfigMap,
    Integer,
    InteractiveConfiguration,
    JobArn,
    JobDriver,
    JobLevelCostAllocationConfiguration,
    JobRun,
    JobRunExecutionIamPolicy,
    JobRunId,
    JobRunMode,
    JobRunState,
    LogGroupName,
    LogStreamNamePrefix,
    LogTypeList,
    LogTypeMap,
    LogTypeString,
    Long,
    ManagedPersistenceMonitoringConfiguration,
    MaximumAllowedResources,
    MemorySize,
    MonitoringConfiguration,
    NetworkConfiguration,
    PolicyArnList,
    PolicyDocument,
    PrometheusMonitoringConfiguration,
    PrometheusUrlString,
    Query,
    ReleaseLabel,
    RequestIdentityUserArn,
    ResourceUtilization,
    RetryPolicy,
    RetryPolicyMaxFailedAttemptsPerHourInteger,
    S3MonitoringConfiguration,
    SchedulerConfiguration,
    SecurityGroupIds,
    SecurityGroupString,
    SensitivePropertiesMap,
    SparkSubmit,
    SparkSubmitParameters,
    StartJobRunRequest,
    String1024,
    String256,
    SubnetIds,
    SubnetString,
    TagKey,
    TagMap,
    TagValue,
    TotalResourceUtilization,
    UriString,
    WorkerCounts,
    WorkerResourceConfig,
    WorkerTypeSpecification,
    WorkerTypeSpecificationInput,
    WorkerTypeSpecificationInputMap,
    WorkerTypeSpecificationMap,
    WorkerTypeString,
};
}  // namespace Id

extern const Shape kShapes[101];

constexpr std::string_view kArchitectureValues[] = {
    "ARM64",
    "X86_64",
};
constexpr std::string_view kJobRunModeValues[] = {
    "BATCH",
    "STREAMING",
};
constexpr std::string_view kJobRunStateValues[] = {
    "SUBMITTED",
    "PENDING",
    "SCHEDULED",
    "RUNNING",
    "SUCCESS",
    "FAILED",
    "CANCELLING",
    "CANCELLED",
    "QUEUED",
};
constexpr Member kAutoStartConfigMembers[] = {
    {"enabled", &kShapes[Id::Boolean], false},
};
constexpr Member kAutoStopConfigMembers[] = {
    {"enabled", &kShapes[Id::Boolean], false},
    {"idleTimeoutMinutes", &kShapes[Id::AutoStopConfigIdleTimeoutMinutesInteger], false},
};
constexpr Member kCloudWatchLoggingConfigurationMembers[] = {
    {"enabled", &kShapes[Id::Boolean], true},
    {"logGroupName", &kShapes[Id::LogGroupName], false},
    {"logStreamNamePrefix", &kShapes[Id::LogStreamNamePrefix], false},
    {"encryptionKeyArn", &kShapes[Id::EncryptionKeyArn], false},
    {"logTypes", &kShapes[Id::LogTypeMap], false},
};
constexpr Member kConfigurationMembers[] = {
    {"classification", &kShapes[Id::String1024], true},
    {"properties", &kShapes[Id::SensitivePropertiesMap], false},
    {"configurations", &kShapes[Id::ConfigurationList], false},
};
constexpr Member kConfigurationOverridesMembers[] = {
    {"applicationConfiguration", &kShapes[Id::ConfigurationList], false},
    {"monitoringConfiguration", &kShapes[Id::MonitoringConfiguration], false},
    {"diskEncryptionConfiguration", &kShapes[Id::DiskEncryptionConfiguration], false},
};
constexpr Member kCreateApplicationRequestMembers[] = {
    {"name", &kShapes[Id::ApplicationName], false},
    {"releaseLabel", &kShapes[Id::ReleaseLabel], true},
    {"type", &kShapes[Id::EngineType], true},
    {"clientToken", &kShapes[Id::ClientToken], true},
    {"initialCapacity", &kShapes[Id::InitialCapacityConfigMap], false},
    {"maximumCapacity", &kShapes[Id::MaximumAllowedResources], false},
    {"tags", &kShapes[Id::TagMap], false},
    {"autoStartConfiguration", &kShapes[Id::AutoStartConfig], false},
    {"autoStopConfiguration", &kShapes[Id::AutoStopConfig], false},
    {"networkConfiguration", &kShapes[Id::NetworkConfiguration], false},
    {"architecture", &kShapes[Id::Architecture], false},
    {"imageConfiguration", &kShapes[Id::ImageConfigurationInput], false},
    {"workerTypeSpecifications", &kShapes[Id::WorkerTypeSpecificationInputMap], false},
    {"runtimeConfiguration", &kShapes[Id::ConfigurationList], false},
    {"monitoringConfiguration", &kShapes[Id::MonitoringConfiguration], false},
    {"diskEncryptionConfiguration", &kShapes[Id::DiskEncryptionConfiguration], false},
    {"interactiveConfiguration", &kShapes[Id::InteractiveConfiguration], false},
    {"schedulerConfiguration", &kShapes[Id::SchedulerConfiguration], false},
    {"identityCenterConfiguration", &kShapes[Id::IdentityCenterConfigurationInput], false},
    {"jobLevelCostAllocationConfiguration", &kShapes[Id::JobLevelCostAllocationConfiguration], false},
};
constexpr Member kDiskEncryptionConfigurationMembers[] = {
    {"encryptionContext", &kShapes[Id::EncryptionContext], false},
    {"encryptionKeyArn", &kShapes[Id::EncryptionKeyArn], false},
};
constexpr Member kFlexExecutionMembers[] = {
    {"enabled", &kShapes[Id::Boolean], false},
};
constexpr Member kGetJobRunResponseMembers[] = {
    {"jobRun", &kShapes[Id::JobRun], true},
};
constexpr Member kHiveMembers[] = {
    {"query", &kShapes[Id::Query], true},
    {"initQueryFile", &kShapes[Id::InitScriptPath], false},
    {"parameters", &kShapes[Id::HiveCliParameters], false},
};
constexpr Member kIdentityCenterConfigurationInputMembers[] = {
    {"identityCenterInstanceArn", &kShapes[Id::IdentityCenterInstanceArn], false},
    {"userBackgroundSessionsEnabled", &kShapes[Id::Boolean], false},
};
constexpr Member kImageConfigurationMembers[] = {
    {"imageUri", &kShapes[Id::ImageUri], true},
    {"resolvedImageDigest", &kShapes[Id::ImageDigest], false},
    {"applicationLevelDigestResolution", &kShapes[Id::Boolean], false},
};
constexpr Member kImageConfigurationInputMembers[] = {
    {"imageUri", &kShapes[Id::ImageUri], false},
    {"applicationLevelDigestResolution", &kShapes[Id::Boolean], false},
};
constexpr Member kInitialCapacityConfigMembers[] = {
    {"workerCount", &kShapes[Id::WorkerCounts], true},
    {"workerConfiguration", &kShapes[Id::WorkerResourceConfig], false},
};
constexpr Member kInteractiveConfigurationMembers[] = {
    {"studioEnabled", &kShapes[Id::Boolean], false},
    {"livyEndpointEnabled", &kShapes[Id::Boolean], false},
    {"sessionEnabled", &kShapes[Id::Boolean], false},
};
constexpr Member kJobDriverMembers[] = {
    {"sparkSubmit", &kShapes[Id::SparkSubmit], false},
    {"hive", &kShapes[Id::Hive], false},
};
constexpr Member kJobLevelCostAllocationConfigurationMembers[] = {
    {"enabled", &kShapes[Id::Boolean], false},
};
constexpr Member kJobRunMembers[] = {
    {"applicationId", &kShapes[Id::ApplicationId], true},
    {"jobRunId", &kShapes[Id::JobRunId], true},
    {"name", &kShapes[Id::String256], false},
    {"arn", &kShapes[Id::JobArn], true},
    {"createdBy", &kShapes[Id::RequestIdentityUserArn], true},
    {"createdAt", &kShapes[Id::Date], true},
    {"updatedAt", &kShapes[Id::Date], true},
    {"executionRole", &kShapes[Id::IAMRoleArn], true},
    {"executionIamPolicy", &kShapes[Id::JobRunExecutionIamPolicy], false},
    {"state", &kShapes[Id::JobRunState], true},
    {"stateDetails", &kShapes[Id::String256], true},
    {"releaseLabel", &kShapes[Id::ReleaseLabel], true},
    {"configurationOverrides", &kShapes[Id::ConfigurationOverrides], false},
    {"jobDriver", &kShapes[Id::JobDriver], true},
    {"tags", &kShapes[Id::TagMap], false},
    {"totalResourceUtilization", &kShapes[Id::TotalResourceUtilization], false},
    {"networkConfiguration", &kShapes[Id::NetworkConfiguration], false},
    {"totalExecutionDurationSeconds", &kShapes[Id::Integer], false},
    {"executionTimeoutMinutes", &kShapes[Id::Duration], false},
    {"billedResourceUtilization", &kShapes[Id::ResourceUtilization], false},
    {"mode", &kShapes[Id::JobRunMode], false},
    {"retryPolicy", &kShapes[Id::RetryPolicy], false},
    {"attempt", &kShapes[Id::AttemptNumber], false},
    {"attemptCreatedAt", &kShapes[Id::Date], false},
    {"attemptUpdatedAt", &kShapes[Id::Date], false},
    {"startedAt", &kShapes[Id::Date], false},
    {"endedAt", &kShapes[Id::Date], false},
    {"queuedDurationMilliseconds", &kShapes[Id::Long], false},
    {"imageConfiguration", &kShapes[Id::ImageConfiguration], false},
    {"workerTypeSpecifications", &kShapes[Id::WorkerTypeSpecificationMap], false},
    {"flexExecution", &kShapes[Id::FlexExecution], false},
};
constexpr Member kJobRunExecutionIamPolicyMembers[] = {
    {"policy", &kShapes[Id::PolicyDocument], false},
    {"policyArns", &kShapes[Id::PolicyArnList], false},
};
constexpr Member kManagedPersistenceMonitoringConfigurationMembers[] = {
    {"enabled", &kShapes[Id::Boolean], false},
    {"encryptionKeyArn", &kShapes[Id::EncryptionKeyArn], false},
};
constexpr Member kMaximumAllowedResourcesMembers[] = {
    {"cpu", &kShapes[Id::CpuSize], true},
    {"memory", &kShapes[Id::MemorySize], true},
    {"disk", &kShapes[Id::DiskSize], false},
};
constexpr Member kMonitoringConfigurationMembers[] = {
    {"s3MonitoringConfiguration", &kShapes[Id::S3MonitoringConfiguration], false},
    {"managedPersistenceMonitoringConfiguration", &kShapes[Id::ManagedPersistenceMonitoringConfiguration], false},
    {"cloudWatchLoggingConfiguration", &kShapes[Id::CloudWatchLoggingConfiguration], false},
    {"prometheusMonitoringConfiguration", &kShapes[Id::PrometheusMonitoringConfiguration], false},
};
constexpr Member kNetworkConfigurationMembers[] = {
    {"subnetIds", &kShapes[Id::SubnetIds], false},
    {"securityGroupIds", &kShapes[Id::SecurityGroupIds], false},
};
constexpr Member kPrometheusMonitoringConfigurationMembers[] = {
    {"remoteWriteUrl", &kShapes[Id::PrometheusUrlString], false},
};
constexpr Member kResourceUtilizationMembers[] = {
    {"vCPUHour", &kShapes[Id::Double], false},
    {"memoryGBHour", &kShapes[Id::Double], false},
    {"storageGBHour", &kShapes[Id::Double], false},
};
constexpr Member kRetryPolicyMembers[] = {
    {"maxAttempts", &kShapes[Id::AttemptNumber], false},
    {"maxFailedAttemptsPerHour", &kShapes[Id::RetryPolicyMaxFailedAttemptsPerHourInteger], false},
};
constexpr Member kS3MonitoringConfigurationMembers[] = {
    {"logUri", &kShapes[Id::UriString], false},
    {"encryptionKeyArn", &kShapes[Id::EncryptionKeyArn], false},
};
constexpr Member kSchedulerConfigurationMembers[] = {
    {"queueTimeoutMinutes", &kShapes[Id::Integer], false},
    {"maxConcurrentRuns", &kShapes[Id::Integer], false},
};
constexpr Member kSparkSubmitMembers[] = {
    {"entryPoint", &kShapes[Id::EntryPointPath], true},
    {"entryPointArguments", &kShapes[Id::EntryPointArguments], false},
    {"sparkSubmitParameters", &kShapes[Id::SparkSubmitParameters], false},
};
constexpr Member kStartJobRunRequestMembers[] = {
    {"applicationId", &kShapes[Id::ApplicationId], true},
    {"clientToken", &kShapes[Id::ClientToken], true},
    {"executionRoleArn", &kShapes[Id::IAMRoleArn], true},
    {"executionIamPolicy", &kShapes[Id::JobRunExecutionIamPolicy], false},
    {"jobDriver", &kShapes[Id::JobDriver], false},
    {"configurationOverrides", &kShapes[Id::ConfigurationOverrides], false},
    {"tags", &kShapes[Id::TagMap], false},
    {"executionTimeoutMinutes", &kShapes[Id::Duration], false},
    {"name", &kShapes[Id::String256], false},
    {"mode", &kShapes[Id::JobRunMode], false},
    {"retryPolicy", &kShapes[Id::RetryPolicy], false},
    {"flexExecution", &kShapes[Id::FlexExecution], false},
};
constexpr Member kTotalResourceUtilizationMembers[] = {
    {"vCPUHour", &kShapes[Id::Double], false},
    {"memoryGBHour", &kShapes[Id::Double], false},
    {"storageGBHour", &kShapes[Id::Double], false},
};
constexpr Member kWorkerResourceConfigMembers[] = {
    {"cpu", &kShapes[Id::CpuSize], true},
    {"memory", &kShapes[Id::MemorySize], true},
    {"disk", &kShapes[Id::DiskSize], false},
    {"diskType", &kShapes[Id::DiskType], false},
};
constexpr Member kWorkerTypeSpecificationMembers[] = {
    {"imageConfiguration", &kShapes[Id::ImageConfiguration], false},
};
constexpr Member kWorkerTypeSpecificationInputMembers[] = {
    {"imageConfiguration", &kShapes[Id::ImageConfigurationInput], false},
};

constinit const Shape kShapes[101] = {
    {.name = "emr-serverless.ApplicationId", .type = Type::String, .min = 1, .max = 64, .pattern = "[0-9a-z]+"},
    {.name = "emr-serverless.ApplicationName", .type = Type::String, .min = 1, .max = 64, .pattern = "[A-Za-z0-9._/#-]+"},
    {.name = "emr-serverless.Architecture", .type = Type::String, .values = kArchitectureValues},
    {.name = "emr-serverless.Arn", .type = Type::String, .min = 20, .max = 2048, .pattern = R"re(([    -~ -퟿-�က0-ჿFF]+))re"},
    {.name = "emr-serverless.AttemptNumber", .type = Type::Integer, .min = 1},
    {.name = "emr-serverless.AutoStartConfig", .type = Type::Structure, .members = kAutoStartConfigMembers},
    {.name = "emr-serverless.AutoStopConfig", .type = Type::Structure, .members = kAutoStopConfigMembers},
    {.name = "emr-serverless.AutoStopConfigIdleTimeoutMinutesInteger", .type = Type::Integer, .min = 1, .max = 10080},
    {.name = "emr-serverless.Boolean", .type = Type::Boolean},
    {.name = "emr-serverless.ClientToken", .type = Type::String, .min = 1, .max = 64, .pattern = "[A-Za-z0-9._-]+"},
    {.name = "emr-serverless.CloudWatchLoggingConfiguration", .type = Type::Structure, .members = kCloudWatchLoggingConfigurationMembers},
    {.name = "emr-serverless.Configuration", .type = Type::Structure, .members = kConfigurationMembers},
    {.name = "emr-serverless.ConfigurationList", .type = Type::List, .element = &kShapes[Id::Configuration], .min = 0, .max = 100},
    {.name = "emr-serverless.ConfigurationOverrides", .type = Type::Structure, .members = kConfigurationOverridesMembers},
    {.name = "emr-serverless.ConfigurationPropertyKey", .type = Type::String, .min = 1, .max = 1024, .pattern = R"re(.*\S.*)re"},
    {.name = "emr-serverless.ConfigurationPropertyValue", .type = Type::String, .min = 0, .max = 1024, .pattern = R"re(.*\S.*)re"},
    {.name = "emr-serverless.CpuSize", .type = Type::String, .min = 1, .max = 15, .pattern = R"re([1-9][0-9]*(\s)?(vCPU|vcpu|VCPU)?)re"},
    {.name = "emr-serverless.CreateApplicationRequest", .type = Type::Structure, .members = kCreateApplicationRequestMembers},
    {.name = "emr-serverless.Date", .type = Type::Timestamp},
    {.name = "emr-serverless.DiskEncryptionConfiguration", .type = Type::Structure, .members = kDiskEncryptionConfigurationMembers},
    {.name = "emr-serverless.DiskSize", .type = Type::String, .min = 1, .max = 15, .pattern = R"re([1-9][0-9]*(\s)?(GB|gb|gB|Gb))re"},
    {.name = "emr-serverless.DiskType", .type = Type::String, .pattern = "(SHUFFLE_OPTIMIZED|[Ss]huffle_[Oo]ptimized|STANDARD|[Ss]tandard)"},
    {.name = "emr-serverless.Double", .type = Type::Double},
    {.name = "emr-serverless.Duration", .type = Type::Long, .min = 0, .max = 1000000},
    {.name = "emr-serverless.EncryptionContext", .type = Type::Map, .element = &kShapes[Id::EncryptionContextValue], .key = &kShapes[Id::EncryptionContextKey], .min = 0, .max = 8},
    {.name = "emr-serverless.EncryptionContextKey", .type = Type::String, .min = 1, .max = 128},
    {.name = "emr-serverless.EncryptionContextValue", .type = Type::String, .min = 1, .max = 384},
    {.name = "emr-serverless.EncryptionKeyArn", .type = Type::String, .min = 20, .max = 2048, .pattern = R"re(arn:(aws[a-zA-Z0-9-]*):kms:[a-zA-Z0-9\-]*:([0-9]{12}):key\/[a-zA-Z0-9-]+)re"},
    {.name = "emr-serverless.EngineType", .type = Type::String, .min = 1, .max = 64},
    {.name = "emr-serverless.EntryPointArgument", .type = Type::String, .min = 0, .sensitive = true},
    {.name = "emr-serverless.EntryPointArguments", .type = Type::List, .element = &kShapes[Id::EntryPointArgument], .min = 0, .max = 1024},
    {.name = "emr-serverless.EntryPointPath", .type = Type::String, .min = 1, .max = 4096, .pattern = R"re(.*\S.*)re", .sensitive = true},
    {.name = "emr-serverless.FlexExecution", .type = Type::Structure, .members = kFlexExecutionMembers},
    {.name = "emr-serverless.GetJobRunResponse", .type = Type::Structure, .members = kGetJobRunResponseMembers},
    {.name = "emr-serverless.Hive", .type = Type::Structure, .members = kHiveMembers},
    {.name = "emr-serverless.HiveCliParameters", .type = Type::String, .min = 1, .max = 102400, .pattern = R"re(.*\S.*)re", .sensitive = true},
    {.name = "emr-serverless.IAMRoleArn", .type = Type::String, .min = 20, .max = 2048, .pattern = R"re(arn:(aws[a-zA-Z0-9-]*):iam::([0-9]{12}):(role((\u002F)|(\u002F[\u0021-\u007F]+\u002F))[\w+=,.@-]+))re", .re2_pattern = R"re(arn:(aws[a-zA-Z0-9-]*):iam::([0-9]{12}):(role(/|(/[\x21-\x7F]+/))[\w+=,.@-]+))re"},
    {.name = "emr-serverless.IdentityCenterConfigurationInput", .type = Type::Structure, .members = kIdentityCenterConfigurationInputMembers},
    {.name = "emr-serverless.IdentityCenterInstanceArn", .type = Type::String, .min = 10, .max = 1024, .pattern = "arn:(aws[a-zA-Z0-9-]*):sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}"},
    {.name = "emr-serverless.ImageConfiguration", .type = Type::Structure, .members = kImageConfigurationMembers},
    {.name = "emr-serverless.ImageConfigurationInput", .type = Type::Structure, .members = kImageConfigurationInputMembers},
    {.name = "emr-serverless.ImageDigest", .type = Type::String, .pattern = "sha256:[0-9a-f]{64}"},
    {.name = "emr-serverless.ImageUri", .type = Type::String, .min = 1, .max = 1024, .pattern = R"re(([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+).([a-z0-9._-]+)\/((?:[a-z0-9]+(?:[-._][a-z0-9]+)*/)*[a-z0-9]+(?:[-._][a-z0-9]+)*)(?::([a-zA-Z0-9_]+[a-zA-Z0-9-._]*)|@(sha256:[0-9a-f]{64})))re"},
    {.name = "emr-serverless.InitScriptPath", .type = Type::String, .min = 1, .max = 256, .pattern = R"re(.*\S.*)re", .sensitive = true},
    {.name = "emr-serverless.InitialCapacityConfig", .type = Type::Structure, .members = kInitialCapacityConfigMembers},
    {.name = "emr-serverless.InitialCapacityConfigMap", .type = Type::Map, .element = &kShapes[Id::InitialCapacityConfig], .key = &kShapes[Id::WorkerTypeString], .min = 0, .max = 10},
    {.name = "emr-serverless.Integer", .type = Type::Integer},
    {.name = "emr-serverless.InteractiveConfiguration", .type = Type::Structure, .members = kInteractiveConfigurationMembers},
    {.name = "emr-serverless.JobArn", .type = Type::String, .min = 60, .max = 1024, .pattern = R"re(arn:(aws[a-zA-Z0-9-]*):emr-serverless:.+:(\d{12}):\/applications\/[0-9a-zA-Z]+\/jobruns\/[0-9a-zA-Z]+)re"},
    {.name = "emr-serverless.JobDriver", .type = Type::Structure, .members = kJobDriverMembers},
    {.name = "emr-serverless.JobLevelCostAllocationConfiguration", .type = Type::Structure, .members = kJobLevelCostAllocationConfigurationMembers},
    {.name = "emr-serverless.JobRun", .type = Type::Structure, .members = kJobRunMembers},
    {.name = "emr-serverless.JobRunExecutionIamPolicy", .type = Type::Structure, .members = kJobRunExecutionIamPolicyMembers},
    {.name = "emr-serverless.JobRunId", .type = Type::String, .min = 1, .max = 64, .pattern = "[0-9a-z]+"},
    {.name = "emr-serverless.JobRunMode", .type = Type::String, .values = kJobRunModeValues},
    {.name = "emr-serverless.JobRunState", .type = Type::String, .values = kJobRunStateValues},
    {.name = "emr-serverless.LogGroupName", .type = Type::String, .min = 1, .max = 512, .pattern = R"re([\.\-_/#A-Za-z0-9]+)re"},
    {.name = "emr-serverless.LogStreamNamePrefix", .type = Type::String, .min = 1, .max = 512, .pattern = "[^:*]*"},
    {.name = "emr-serverless.LogTypeList", .type = Type::List, .element = &kShapes[Id::LogTypeString], .min = 1, .max = 5},
    {.name = "emr-serverless.LogTypeMap", .type = Type::Map, .element = &kShapes[Id::LogTypeList], .key = &kShapes[Id::WorkerTypeString], .min = 1, .max = 4},
    {.name = "emr-serverless.LogTypeString", .type = Type::String, .min = 1, .max = 50, .pattern = "[a-zA-Z]+[-_]*[a-zA-Z]+"},
    {.name = "emr-serverless.Long", .type = Type::Long},
    {.name = "emr-serverless.ManagedPersistenceMonitoringConfiguration", .type = Type::Structure, .members = kManagedPersistenceMonitoringConfigurationMembers},
    {.name = "emr-serverless.MaximumAllowedResources", .type = Type::Structure, .members = kMaximumAllowedResourcesMembers},
    {.name = "emr-serverless.MemorySize", .type = Type::String, .min = 1, .max = 15, .pattern = R"re([1-9][0-9]*(\s)?(GB|gb|gB|Gb)?)re"},
    {.name = "emr-serverless.MonitoringConfiguration", .type = Type::Structure, .members = kMonitoringConfigurationMembers},
    {.name = "emr-serverless.NetworkConfiguration", .type = Type::Structure, .members = kNetworkConfigurationMembers},
    {.name = "emr-serverless.PolicyArnList", .type = Type::List, .element = &kShapes[Id::Arn], .min = 0, .max = 10},
    {.name = "emr-serverless.PolicyDocument", .type = Type::String, .min = 1, .max = 2048, .pattern = R"re(([    -ÿ]+))re"},
    {.name = "emr-serverless.PrometheusMonitoringConfiguration", .type = Type::Structure, .members = kPrometheusMonitoringConfigurationMembers},
    {.name = "emr-serverless.PrometheusUrlString", .type = Type::String, .min = 1, .max = 10280, .pattern = "https://aps-workspaces.([a-z]{2}-[a-z-]{1,20}-[1-9]).amazonaws(.[0-9A-Za-z]{2,4})+/workspaces/[-_.0-9A-Za-z]{1,100}/api/v1/remote_write"},
    {.name = "emr-serverless.Query", .type = Type::String, .min = 1, .max = 10280, .pattern = R"re(.*\S.*)re", .sensitive = true},
    {.name = "emr-serverless.ReleaseLabel", .type = Type::String, .min = 1, .max = 64, .pattern = "[A-Za-z0-9._/-]+"},
    {.name = "emr-serverless.RequestIdentityUserArn", .type = Type::String, .min = 20, .max = 2048, .pattern = R"re(arn:(aws[a-zA-Z0-9-]*):(iam|sts)::(\d{12})?:[\w/+=,.@-]+)re"},
    {.name = "emr-serverless.ResourceUtilization", .type = Type::Structure, .members = kResourceUtilizationMembers},
    {.name = "emr-serverless.RetryPolicy", .type = Type::Structure, .members = kRetryPolicyMembers},
    {.name = "emr-serverless.RetryPolicyMaxFailedAttemptsPerHourInteger", .type = Type::Integer, .min = 1},
    {.name = "emr-serverless.S3MonitoringConfiguration", .type = Type::Structure, .members = kS3MonitoringConfigurationMembers},
    {.name = "emr-serverless.SchedulerConfiguration", .type = Type::Structure, .members = kSchedulerConfigurationMembers},
    {.name = "emr-serverless.SecurityGroupIds", .type = Type::List, .element = &kShapes[Id::SecurityGroupString], .min = 0, .max = 5},
    {.name = "emr-serverless.SecurityGroupString", .type = Type::String, .min = 1, .max = 32, .pattern = "[-0-9a-zA-Z]+.*"},
    {.name = "emr-serverless.SensitivePropertiesMap", .type = Type::Map, .element = &kShapes[Id::ConfigurationPropertyValue], .key = &kShapes[Id::ConfigurationPropertyKey], .min = 0, .max = 100, .sensitive = true},
    {.name = "emr-serverless.SparkSubmit", .type = Type::Structure, .members = kSparkSubmitMembers},
    {.name = "emr-serverless.SparkSubmitParameters", .type = Type::String, .min = 1, .max = 102400, .pattern = R"re(.*\S.*)re", .sensitive = true},
    {.name = "emr-serverless.StartJobRunRequest", .type = Type::Structure, .members = kStartJobRunRequestMembers},
    {.name = "emr-serverless.String1024", .type = Type::String, .min = 1, .max = 1024, .pattern = R"re(.*\S.*)re"},
    {.name = "emr-serverless.String256", .type = Type::String, .min = 1, .max = 256, .pattern = R"re(.*\S.*)re"},
    {.name = "emr-serverless.SubnetIds", .type = Type::List, .element = &kShapes[Id::SubnetString], .min = 0, .max = 16},
    {.name = "emr-serverless.SubnetString", .type = Type::String, .min = 1, .max = 32, .pattern = "[-0-9a-zA-Z]+.*"},
    {.name = "emr-serverless.TagKey", .type = Type::String, .min = 1, .max = 128, .pattern = "[A-Za-z0-9 /_.:=+@-]+"},
    {.name = "emr-serverless.TagMap", .type = Type::Map, .element = &kShapes[Id::TagValue], .key = &kShapes[Id::TagKey], .min = 0, .max = 200},
    {.name = "emr-serverless.TagValue", .type = Type::String, .min = 0, .max = 256, .pattern = "[A-Za-z0-9 /_.:=+@-]*"},
    {.name = "emr-serverless.TotalResourceUtilization", .type = Type::Structure, .members = kTotalResourceUtilizationMembers},
    {.name = "emr-serverless.UriString", .type = Type::String, .min = 1, .max = 10280, .pattern = R"re(.*[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDBFF-\uDC00\uDFFF\r\n\t]*.*)re", .re2_pattern = R"re(.*[\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\r\n\t]*.*)re"},
    {.name = "emr-serverless.WorkerCounts", .type = Type::Long, .min = 1, .max = 1000000},
    {.name = "emr-serverless.WorkerResourceConfig", .type = Type::Structure, .members = kWorkerResourceConfigMembers},
    {.name = "emr-serverless.WorkerTypeSpecification", .type = Type::Structure, .members = kWorkerTypeSpecificationMembers},
    {.name = "emr-serverless.WorkerTypeSpecificationInput", .type = Type::Structure, .members = kWorkerTypeSpecificationInputMembers},
    {.name = "emr-serverless.WorkerTypeSpecificationInputMap", .type = Type::Map, .element = &kShapes[Id::WorkerTypeSpecificationInput], .key = &kShapes[Id::WorkerTypeString]},
    {.name = "emr-serverless.WorkerTypeSpecificationMap", .type = Type::Map, .element = &kShapes[Id::WorkerTypeSpecification], .key = &kShapes[Id::WorkerTypeString]},
    {.name = "emr-serverless.WorkerTypeString", .type = Type::String, .min = 1, .max = 50, .pattern = "[a-zA-Z]+[-_]*[a-zA-Z]+"},
};

}  // namespace emr_serverless

constinit const std::span<const Shape> emr_serverless_shapes{emr_serverless::kShapes};

}  // namespace pipelines::model::tables
