// Made by tools/generate_model.py from botocore 1.44.5: do not edit.
// clang-format off
#include "model/tables.hpp"

namespace pipelines::model::tables {

namespace athena {

namespace Id {
enum : unsigned {
    AclConfiguration,
    Age,
    AthenaError,
    AuthenticationType,
    AwsAccountId,
    Boolean,
    BoxedBoolean,
    CatalogNameString,
    Classification,
    ClassificationList,
    CoordinatorDpuSize,
    DatabaseString,
    Date,
    DefaultExecutorDpuSize,
    DpuCount,
    EncryptionConfiguration,
    EncryptionOption,
    EngineConfiguration,
    EngineVersion,
    ErrorCategory,
    ErrorType,
    ExecutionParameter,
    ExecutionParameters,
    IdempotencyToken,
    KeyString,
    KmsKey,
    Long,
    ManagedQueryResultsConfiguration,
    ManagedQueryResultsEncryptionConfiguration,
    MaxConcurrentDpus,
    NameString,
    ParametersMap,
    ParametersMapValue,
    QueryExecution,
    QueryExecutionContext,
    QueryExecutionId,
    QueryExecutionState,
    QueryExecutionStatistics,
    QueryExecutionStatus,
    QueryResultsS3AccessGrantsConfiguration,
    QueryString,
    ResultConfiguration,
    ResultOutputLocation,
    ResultReuseByAgeConfiguration,
    ResultReuseConfiguration,
    ResultReuseInformation,
    S3AclOption,
    StartQueryExecutionInput,
    StatementType,
    String,
    WorkGroupName,
};
}  // namespace Id

extern const Shape kShapes[51];

constexpr std::string_view kAuthenticationTypeValues[] = {
    "DIRECTORY_IDENTITY",
};
constexpr std::string_view kEncryptionOptionValues[] = {
    "SSE_S3",
    "SSE_KMS",
    "CSE_KMS",
};
constexpr std::string_view kQueryExecutionStateValues[] = {
    "QUEUED",
    "RUNNING",
    "SUCCEEDED",
    "FAILED",
    "CANCELLED",
};
constexpr std::string_view kS3AclOptionValues[] = {
    "BUCKET_OWNER_FULL_CONTROL",
};
constexpr std::string_view kStatementTypeValues[] = {
    "DDL",
    "DML",
    "UTILITY",
};
constexpr Member kAclConfigurationMembers[] = {
    {"S3AclOption", &kShapes[Id::S3AclOption], true},
};
constexpr Member kAthenaErrorMembers[] = {
    {"ErrorCategory", &kShapes[Id::ErrorCategory], false},
    {"ErrorType", &kShapes[Id::ErrorType], false},
    {"Retryable", &kShapes[Id::Boolean], false},
    {"ErrorMessage", &kShapes[Id::String], false},
};
constexpr Member kClassificationMembers[] = {
    {"Name", &kShapes[Id::NameString], false},
    {"Properties", &kShapes[Id::ParametersMap], false},
};
constexpr Member kEncryptionConfigurationMembers[] = {
    {"EncryptionOption", &kShapes[Id::EncryptionOption], true},
    {"KmsKey", &kShapes[Id::String], false},
};
constexpr Member kEngineConfigurationMembers[] = {
    {"CoordinatorDpuSize", &kShapes[Id::CoordinatorDpuSize], false},
    {"MaxConcurrentDpus", &kShapes[Id::MaxConcurrentDpus], false},
    {"DefaultExecutorDpuSize", &kShapes[Id::DefaultExecutorDpuSize], false},
    {"AdditionalConfigs", &kShapes[Id::ParametersMap], false},
    {"SparkProperties", &kShapes[Id::ParametersMap], false},
    {"Classifications", &kShapes[Id::ClassificationList], false},
};
constexpr Member kEngineVersionMembers[] = {
    {"SelectedEngineVersion", &kShapes[Id::NameString], false},
    {"EffectiveEngineVersion", &kShapes[Id::NameString], false},
};
constexpr Member kManagedQueryResultsConfigurationMembers[] = {
    {"Enabled", &kShapes[Id::Boolean], true},
    {"EncryptionConfiguration", &kShapes[Id::ManagedQueryResultsEncryptionConfiguration], false},
};
constexpr Member kManagedQueryResultsEncryptionConfigurationMembers[] = {
    {"KmsKey", &kShapes[Id::KmsKey], true},
};
constexpr Member kQueryExecutionMembers[] = {
    {"QueryExecutionId", &kShapes[Id::QueryExecutionId], false},
    {"Query", &kShapes[Id::QueryString], false},
    {"StatementType", &kShapes[Id::StatementType], false},
    {"ManagedQueryResultsConfiguration", &kShapes[Id::ManagedQueryResultsConfiguration], false},
    {"ResultConfiguration", &kShapes[Id::ResultConfiguration], false},
    {"ResultReuseConfiguration", &kShapes[Id::ResultReuseConfiguration], false},
    {"QueryExecutionContext", &kShapes[Id::QueryExecutionContext], false},
    {"Status", &kShapes[Id::QueryExecutionStatus], false},
    {"Statistics", &kShapes[Id::QueryExecutionStatistics], false},
    {"WorkGroup", &kShapes[Id::WorkGroupName], false},
    {"EngineVersion", &kShapes[Id::EngineVersion], false},
    {"ExecutionParameters", &kShapes[Id::ExecutionParameters], false},
    {"SubstatementType", &kShapes[Id::String], false},
    {"QueryResultsS3AccessGrantsConfiguration", &kShapes[Id::QueryResultsS3AccessGrantsConfiguration], false},
};
constexpr Member kQueryExecutionContextMembers[] = {
    {"Database", &kShapes[Id::DatabaseString], false},
    {"Catalog", &kShapes[Id::CatalogNameString], false},
};
constexpr Member kQueryExecutionStatisticsMembers[] = {
    {"EngineExecutionTimeInMillis", &kShapes[Id::Long], false},
    {"DataScannedInBytes", &kShapes[Id::Long], false},
    {"DataManifestLocation", &kShapes[Id::String], false},
    {"TotalExecutionTimeInMillis", &kShapes[Id::Long], false},
    {"QueryQueueTimeInMillis", &kShapes[Id::Long], false},
    {"ServicePreProcessingTimeInMillis", &kShapes[Id::Long], false},
    {"QueryPlanningTimeInMillis", &kShapes[Id::Long], false},
    {"ServiceProcessingTimeInMillis", &kShapes[Id::Long], false},
    {"ResultReuseInformation", &kShapes[Id::ResultReuseInformation], false},
    {"DpuCount", &kShapes[Id::DpuCount], false},
};
constexpr Member kQueryExecutionStatusMembers[] = {
    {"State", &kShapes[Id::QueryExecutionState], false},
    {"StateChangeReason", &kShapes[Id::String], false},
    {"SubmissionDateTime", &kShapes[Id::Date], false},
    {"CompletionDateTime", &kShapes[Id::Date], false},
    {"AthenaError", &kShapes[Id::AthenaError], false},
};
constexpr Member kQueryResultsS3AccessGrantsConfigurationMembers[] = {
    {"EnableS3AccessGrants", &kShapes[Id::BoxedBoolean], true},
    {"CreateUserLevelPrefix", &kShapes[Id::BoxedBoolean], false},
    {"AuthenticationType", &kShapes[Id::AuthenticationType], true},
};
constexpr Member kResultConfigurationMembers[] = {
    {"OutputLocation", &kShapes[Id::ResultOutputLocation], false},
    {"EncryptionConfiguration", &kShapes[Id::EncryptionConfiguration], false},
    {"ExpectedBucketOwner", &kShapes[Id::AwsAccountId], false},
    {"AclConfiguration", &kShapes[Id::AclConfiguration], false},
};
constexpr Member kResultReuseByAgeConfigurationMembers[] = {
    {"Enabled", &kShapes[Id::Boolean], true},
    {"MaxAgeInMinutes", &kShapes[Id::Age], false},
};
constexpr Member kResultReuseConfigurationMembers[] = {
    {"ResultReuseByAgeConfiguration", &kShapes[Id::ResultReuseByAgeConfiguration], false},
};
constexpr Member kResultReuseInformationMembers[] = {
    {"ReusedPreviousResult", &kShapes[Id::Boolean], true},
};
constexpr Member kStartQueryExecutionInputMembers[] = {
    {"QueryString", &kShapes[Id::QueryString], true},
    {"ClientRequestToken", &kShapes[Id::IdempotencyToken], false},
    {"QueryExecutionContext", &kShapes[Id::QueryExecutionContext], false},
    {"ResultConfiguration", &kShapes[Id::ResultConfiguration], false},
    {"WorkGroup", &kShapes[Id::WorkGroupName], false},
    {"ExecutionParameters", &kShapes[Id::ExecutionParameters], false},
    {"ResultReuseConfiguration", &kShapes[Id::ResultReuseConfiguration], false},
    {"EngineConfiguration", &kShapes[Id::EngineConfiguration], false},
};

constinit const Shape kShapes[51] = {
    {.name = "athena.AclConfiguration", .type = Type::Structure, .members = kAclConfigurationMembers},
    {.name = "athena.Age", .type = Type::Integer, .min = 0, .max = 10080},
    {.name = "athena.AthenaError", .type = Type::Structure, .members = kAthenaErrorMembers},
    {.name = "athena.AuthenticationType", .type = Type::String, .values = kAuthenticationTypeValues},
    {.name = "athena.AwsAccountId", .type = Type::String, .min = 12, .max = 12, .pattern = "^[0-9]+$"},
    {.name = "athena.Boolean", .type = Type::Boolean},
    {.name = "athena.BoxedBoolean", .type = Type::Boolean},
    {.name = "athena.CatalogNameString", .type = Type::String, .min = 1, .max = 256, .pattern = R"re([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*)re", .re2_pattern = R"re([\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}\t]*)re"},
    {.name = "athena.Classification", .type = Type::Structure, .members = kClassificationMembers},
    {.name = "athena.ClassificationList", .type = Type::List, .element = &kShapes[Id::Classification]},
    {.name = "athena.CoordinatorDpuSize", .type = Type::Integer, .min = 1, .max = 1},
    {.name = "athena.DatabaseString", .type = Type::String, .min = 1, .max = 255},
    {.name = "athena.Date", .type = Type::Timestamp},
    {.name = "athena.DefaultExecutorDpuSize", .type = Type::Integer, .min = 1, .max = 1},
    {.name = "athena.DpuCount", .type = Type::Double},
    {.name = "athena.EncryptionConfiguration", .type = Type::Structure, .members = kEncryptionConfigurationMembers},
    {.name = "athena.EncryptionOption", .type = Type::String, .values = kEncryptionOptionValues},
    {.name = "athena.EngineConfiguration", .type = Type::Structure, .members = kEngineConfigurationMembers},
    {.name = "athena.EngineVersion", .type = Type::Structure, .members = kEngineVersionMembers},
    {.name = "athena.ErrorCategory", .type = Type::Integer, .min = 1, .max = 3},
    {.name = "athena.ErrorType", .type = Type::Integer, .min = 0, .max = 9999},
    {.name = "athena.ExecutionParameter", .type = Type::String, .min = 1, .max = 1024},
    {.name = "athena.ExecutionParameters", .type = Type::List, .element = &kShapes[Id::ExecutionParameter], .min = 1},
    {.name = "athena.IdempotencyToken", .type = Type::String, .min = 32, .max = 128},
    {.name = "athena.KeyString", .type = Type::String, .min = 1, .max = 255, .pattern = R"re([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*)re", .re2_pattern = R"re([\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}\t]*)re"},
    {.name = "athena.KmsKey", .type = Type::String, .min = 1, .max = 2048, .pattern = R"re(^(arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:key/?[a-zA-Z_0-9+=,.@\-_/]+|arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:alias/?[a-zA-Z_0-9+=,.@\-_/]+|alias/[a-zA-Z0-9/_-]+|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})$)re"},
    {.name = "athena.Long", .type = Type::Long},
    {.name = "athena.ManagedQueryResultsConfiguration", .type = Type::Structure, .members = kManagedQueryResultsConfigurationMembers},
    {.name = "athena.ManagedQueryResultsEncryptionConfiguration", .type = Type::Structure, .members = kManagedQueryResultsEncryptionConfigurationMembers},
    {.name = "athena.MaxConcurrentDpus", .type = Type::Integer, .min = 2, .max = 5000},
    {.name = "athena.NameString", .type = Type::String, .min = 1, .max = 128},
    {.name = "athena.ParametersMap", .type = Type::Map, .element = &kShapes[Id::ParametersMapValue], .key = &kShapes[Id::KeyString]},
    {.name = "athena.ParametersMapValue", .type = Type::String, .max = 51200},
    {.name = "athena.QueryExecution", .type = Type::Structure, .members = kQueryExecutionMembers},
    {.name = "athena.QueryExecutionContext", .type = Type::Structure, .members = kQueryExecutionContextMembers},
    {.name = "athena.QueryExecutionId", .type = Type::String, .min = 1, .max = 128, .pattern = R"re(\S+)re"},
    {.name = "athena.QueryExecutionState", .type = Type::String, .values = kQueryExecutionStateValues},
    {.name = "athena.QueryExecutionStatistics", .type = Type::Structure, .members = kQueryExecutionStatisticsMembers},
    {.name = "athena.QueryExecutionStatus", .type = Type::Structure, .members = kQueryExecutionStatusMembers},
    {.name = "athena.QueryResultsS3AccessGrantsConfiguration", .type = Type::Structure, .members = kQueryResultsS3AccessGrantsConfigurationMembers},
    {.name = "athena.QueryString", .type = Type::String, .min = 1, .max = 262144},
    {.name = "athena.ResultConfiguration", .type = Type::Structure, .members = kResultConfigurationMembers},
    {.name = "athena.ResultOutputLocation", .type = Type::String},
    {.name = "athena.ResultReuseByAgeConfiguration", .type = Type::Structure, .members = kResultReuseByAgeConfigurationMembers},
    {.name = "athena.ResultReuseConfiguration", .type = Type::Structure, .members = kResultReuseConfigurationMembers},
    {.name = "athena.ResultReuseInformation", .type = Type::Structure, .members = kResultReuseInformationMembers},
    {.name = "athena.S3AclOption", .type = Type::String, .values = kS3AclOptionValues},
    {.name = "athena.StartQueryExecutionInput", .type = Type::Structure, .members = kStartQueryExecutionInputMembers},
    {.name = "athena.StatementType", .type = Type::String, .values = kStatementTypeValues},
    {.name = "athena.String", .type = Type::String},
    {.name = "athena.WorkGroupName", .type = Type::String, .pattern = "[a-zA-Z0-9._-]{1,128}"},
};

}  // namespace athena

constinit const std::span<const Shape> athena_shapes{athena::kShapes};

}  // namespace pipelines::model::tables
