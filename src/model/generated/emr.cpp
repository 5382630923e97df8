// Made by tools/generate_model.py from botocore 1.44.5: do not edit.
// clang-format off
#include "model/tables.hpp"

namespace pipelines::model::tables {

namespace emr {

namespace Id {
enum : unsigned {
    ActionOnFailure,
    AdjustmentType,
    Application,
    ApplicationList,
    ArnType,
    AutoScalingPolicy,
    AutoTerminationPolicy,
    Boolean,
    BooleanObject,
    BootstrapActionConfig,
    BootstrapActionConfigList,
    CloudWatchAlarmDefinition,
    CloudWatchLogConfiguration,
    ComparisonOperator,
    ComputeLimits,
    ComputeLimitsUnitType,
    Configuration,
    ConfigurationList,
    Date,
    EbsBlockDeviceConfig,
    EbsBlockDeviceConfigList,
    EbsConfiguration,
    FailureDetails,
    HadoopJarStepConfig,
    HadoopStepConfig,
    InstanceFleetConfig,
    InstanceFleetConfigList,
    InstanceFleetProvisioningSpecifications,
    InstanceFleetResizingSpecifications,
    InstanceFleetType,
    InstanceGroupConfig,
    InstanceGroupConfigList,
    InstanceRoleType,
    InstanceType,
    InstanceTypeConfig,
    InstanceTypeConfigList,
    Integer,
    JobFlowInstancesConfig,
    KerberosAttributes,
    KeyValue,
    KeyValueList,
    LogType,
    LogTypeMap,
    LogTypesMap,
    LogUploadPolicyValue,
    Long,
    ManagedScalingPolicy,
    MarketType,
    MetricDimension,
    MetricDimensionList,
    MonitoringConfiguration,
    NewSupportedProductsList,
    NonNegativeDouble,
    OnDemandCapacityReservationOptions,
    OnDemandCapacityReservationPreference,
    OnDemandCapacityReservationUsageStrategy,
    OnDemandProvisioningAllocationStrategy,
    OnDemandProvisioningSpecification,
    OnDemandResizingSpecification,
    OptionalArnType,
    PlacementGroupConfig,
    PlacementGroupConfigList,
    PlacementGroupStrategy,
    PlacementType,
    RepoUpgradeOnBoot,
    RunJobFlowInput,
    S3LoggingConfiguration,
    S3MonitoringConfiguration,
    ScaleDownBehavior,
    ScalingAction,
    ScalingConstraints,
    ScalingRule,
    ScalingRuleList,
    ScalingStrategy,
    ScalingTrigger,
    ScriptBootstrapActionConfig,
    SecurityGroupsList,
    SimpleScalingPolicyConfiguration,
    SpotProvisioningAllocationStrategy,
    SpotProvisioningSpecification,
    SpotProvisioningTimeoutAction,
    SpotResizingSpecification,
    Statistic,
    Step,
    StepAdditionalInfo,
    StepConfig,
    StepConfigList,
    StepId,
    StepMonitoringConfiguration,
    StepState,
    StepStateChangeReason,
    StepStateChangeReasonCode,
    StepStatus,
    StepTimeline,
    String,
    StringList,
    StringMap,
    SupportedProductConfig,
    SupportedProductsList,
    Tag,
    TagList,
    ThroughputVal,
    Unit,
    UtilizationPerformanceIndexInteger,
    VolumeSpecification,
    WholeNumber,
    XmlString,
    XmlStringList,
    XmlStringMaxLen256,
    XmlStringMaxLen256List,
};
}  // namespace Id

extern const Shape kShapes[110];

constexpr std::string_view kActionOnFailureValues[] = {
    "TERMINATE_JOB_FLOW",
    "TERMINATE_CLUSTER",
    "CANCEL_AND_WAIT",
    "CONTINUE",
};
constexpr std::string_view kAdjustmentTypeValues[] = {
    "CHANGE_IN_CAPACITY",
    "PERCENT_CHANGE_IN_CAPACITY",
    "EXACT_CAPACITY",
};
constexpr std::string_view kComparisonOperatorValues[] = {
    "GREATER_THAN_OR_EQUAL",
    "GREATER_THAN",
    "LESS_THAN",
    "LESS_THAN_OR_EQUAL",
};
constexpr std::string_view kComputeLimitsUnitTypeValues[] = {
    "InstanceFleetUnits",
    "Instances",
    "VCPU",
};
constexpr std::string_view kInstanceFleetTypeValues[] = {
    "MASTER",
    "CORE",
    "TASK",
};
constexpr std::string_view kInstanceRoleTypeValues[] = {
    "MASTER",
    "CORE",
    "TASK",
};
constexpr std::string_view kLogTypeValues[] = {
    "system-logs",
    "application-logs",
    "persistent-ui-logs",
};
constexpr std::string_view kLogUploadPolicyValueValues[] = {
    "emr-managed",
    "on-customer-s3only",
    "disabled",
};
constexpr std::string_view kMarketTypeValues[] = {
    "ON_DEMAND",
    "SPOT",
};
constexpr std::string_view kOnDemandCapacityReservationPreferenceValues[] = {
    "open",
    "none",
};
constexpr std::string_view kOnDemandCapacityReservationUsageStrategyValues[] = {
    "use-capacity-reservations-first",
};
constexpr std::string_view kOnDemandProvisioningAllocationStrategyValues[] = {
    "lowest-price",
    "prioritized",
};
constexpr std::string_view kPlacementGroupStrategyValues[] = {
    "SPREAD",
    "PARTITION",
    "CLUSTER",
    "NONE",
};
constexpr std::string_view kRepoUpgradeOnBootValues[] = {
    "SECURITY",
    "NONE",
};
constexpr std::string_view kScaleDownBehaviorValues[] = {
    "TERMINATE_AT_INSTANCE_HOUR",
    "TERMINATE_AT_TASK_COMPLETION",
};
constexpr std::string_view kScalingStrategyValues[] = {
    "DEFAULT",
    "ADVANCED",
};
constexpr std::string_view kSpotProvisioningAllocationStrategyValues[] = {
    "capacity-optimized",
    "price-capacity-optimized",
    "lowest-price",
    "diversified",
    "capacity-optimized-prioritized",
};
constexpr std::string_view kSpotProvisioningTimeoutActionValues[] = {
    "SWITCH_TO_ON_DEMAND",
    "TERMINATE_CLUSTER",
};
constexpr std::string_view kStatisticValues[] = {
    "SAMPLE_COUNT",
    "AVERAGE",
    "SUM",
    "MINIMUM",
    "MAXIMUM",
};
constexpr std::string_view kStepStateValues[] = {
    "PENDING",
    "CANCEL_PENDING",
    "RUNNING",
    "COMPLETED",
    "CANCELLED",
    "FAILED",
    "INTERRUPTED",
};
constexpr std::string_view kStepStateChangeReasonCodeValues[] = {
    "NONE",
};
constexpr std::string_view kUnitValues[] = {
    "NONE",
    "SECONDS",
    "MICRO_SECONDS",
    "MILLI_SECONDS",
    "BYTES",
    "KILO_BYTES",
    "MEGA_BYTES",
    "GIGA_BYTES",
    "TERA_BYTES",
    "BITS",
    "KILO_BITS",
    "MEGA_BITS",
    "GIGA_BITS",
    "TERA_BITS",
    "PERCENT",
    "COUNT",
    "BYTES_PER_SECOND",
    "KILO_BYTES_PER_SECOND",
    "MEGA_BYTES_PER_SECOND",
    "GIGA_BYTES_PER_SECOND",
    "TERA_BYTES_PER_SECOND",
    "BITS_PER_SECOND",
    "KILO_BITS_PER_SECOND",
    "MEGA_BITS_PER_SECOND",
    "GIGA_BITS_PER_SECOND",
    "TERA_BITS_PER_SECOND",
    "COUNT_PER_SECOND",
};
constexpr Member kApplicationMembers[] = {
    {"Name", &kShapes[Id::String], false},
    {"Version", &kShapes[Id::String], false},
    {"Args", &kShapes[Id::StringList], false},
    {"AdditionalInfo", &kShapes[Id::StringMap], false},
};
constexpr Member kAutoScalingPolicyMembers[] = {
    {"Constraints", &kShapes[Id::ScalingConstraints], true},
    {"Rules", &kShapes[Id::ScalingRuleList], true},
};
constexpr Member kAutoTerminationPolicyMembers[] = {
    {"IdleTimeout", &kShapes[Id::Long], false},
};
constexpr Member kBootstrapActionConfigMembers[] = {
    {"Name", &kShapes[Id::XmlStringMaxLen256], true},
    {"ScriptBootstrapAction", &kShapes[Id::ScriptBootstrapActionConfig], true},
};
constexpr Member kCloudWatchAlarmDefinitionMembers[] = {
    {"ComparisonOperator", &kShapes[Id::ComparisonOperator], true},
    {"EvaluationPeriods", &kShapes[Id::Integer], false},
    {"MetricName", &kShapes[Id::String], true},
    {"Namespace", &kShapes[Id::String], false},
    {"Period", &kShapes[Id::Integer], true},
    {"Statistic", &kShapes[Id::Statistic], false},
    {"Threshold", &kShapes[Id::NonNegativeDouble], true},
    {"Unit", &kShapes[Id::Unit], false},
    {"Dimensions", &kShapes[Id::MetricDimensionList], false},
};
constexpr Member kCloudWatchLogConfigurationMembers[] = {
    {"Enabled", &kShapes[Id::Boolean], true},
    {"LogGroupName", &kShapes[Id::XmlString], false},
    {"LogStreamNamePrefix", &kShapes[Id::XmlString], false},
    {"EncryptionKeyArn", &kShapes[Id::XmlString], false},
    {"LogTypes", &kShapes[Id::LogTypesMap], false},
};
constexpr Member kComputeLimitsMembers[] = {
    {"UnitType", &kShapes[Id::ComputeLimitsUnitType], true},
    {"MinimumCapacityUnits", &kShapes[Id::Integer], true},
    {"MaximumCapacityUnits", &kShapes[Id::Integer], true},
    {"MaximumOnDemandCapacityUnits", &kShapes[Id::Integer], false},
    {"MaximumCoreCapacityUnits", &kShapes[Id::Integer], false},
};
constexpr Member kConfigurationMembers[] = {
    {"Classification", &kShapes[Id::String], false},
    {"Configurations", &kShapes[Id::ConfigurationList], false},
    {"Properties", &kShapes[Id::StringMap], false},
};
constexpr Member kEbsBlockDeviceConfigMembers[] = {
    {"VolumeSpecification", &kShapes[Id::VolumeSpecification], true},
    {"VolumesPerInstance", &kShapes[Id::Integer], false},
};
constexpr Member kEbsConfigurationMembers[] = {
    {"EbsBlockDeviceConfigs", &kShapes[Id::EbsBlockDeviceConfigList], false},
    {"EbsOptimized", &kShapes[Id::BooleanObject], false},
};
constexpr Member kFailureDetailsMembers[] = {
    {"Reason", &kShapes[Id::String], false},
    {"Message", &kShapes[Id::String], false},
    {"LogFile", &kShapes[Id::String], false},
};
constexpr Member kHadoopJarStepConfigMembers[] = {
    {"Properties", &kShapes[Id::KeyValueList], false},
    {"Jar", &kShapes[Id::XmlString], true},
    {"MainClass", &kShapes[Id::XmlString], false},
    {"Args", &kShapes[Id::XmlStringList], false},
};
constexpr Member kHadoopStepConfigMembers[] = {
    {"Jar", &kShapes[Id::String], false},
    {"Properties", &kShapes[Id::StringMap], false},
    {"MainClass", &kShapes[Id::String], false},
    {"Args", &kShapes[Id::StringList], false},
};
constexpr Member kInstanceFleetConfigMembers[] = {
    {"Name", &kShapes[Id::XmlStringMaxLen256], false},
    {"InstanceFleetType", &kShapes[Id::InstanceFleetType], true},
    {"TargetOnDemandCapacity", &kShapes[Id::WholeNumber], false},
    {"TargetSpotCapacity", &kShapes[Id::WholeNumber], false},
    {"InstanceTypeConfigs", &kShapes[Id::InstanceTypeConfigList], false},
    {"LaunchSpecifications", &kShapes[Id::InstanceFleetProvisioningSpecifications], false},
    {"ResizeSpecifications", &kShapes[Id::InstanceFleetResizingSpecifications], false},
    {"Context", &kShapes[Id::XmlStringMaxLen256], false},
};
constexpr Member kInstanceFleetProvisioningSpecificationsMembers[] = {
    {"SpotSpecification", &kShapes[Id::SpotProvisioningSpecification], false},
    {"OnDemandSpecification", &kShapes[Id::OnDemandProvisioningSpecification], false},
};
constexpr Member kInstanceFleetResizingSpecificationsMembers[] = {
    {"SpotResizeSpecification", &kShapes[Id::SpotResizingSpecification], false},
    {"OnDemandResizeSpecification", &kShapes[Id::OnDemandResizingSpecification], false},
};
constexpr Member kInstanceGroupConfigMembers[] = {
    {"Name", &kShapes[Id::XmlStringMaxLen256], false},
    {"Market", &kShapes[Id::MarketType], false},
    {"InstanceRole", &kShapes[Id::InstanceRoleType], true},
    {"BidPrice", &kShapes[Id::XmlStringMaxLen256], false},
    {"InstanceType", &kShapes[Id::InstanceType], true},
    {"InstanceCount", &kShapes[Id::Integer], true},
    {"Configurations", &kShapes[Id::ConfigurationList], false},
    {"EbsConfiguration", &kShapes[Id::EbsConfiguration], false},
    {"AutoScalingPolicy", &kShapes[Id::AutoScalingPolicy], false},
    {"CustomAmiId", &kShapes[Id::XmlStringMaxLen256], false},
};
constexpr Member kInstanceTypeConfigMembers[] = {
    {"InstanceType", &kShapes[Id::InstanceType], true},
    {"WeightedCapacity", &kShapes[Id::WholeNumber], false},
    {"BidPrice", &kShapes[Id::XmlStringMaxLen256], false},
    {"BidPriceAsPercentageOfOnDemandPrice", &kShapes[Id::NonNegativeDouble], false},
    {"EbsConfiguration", &kShapes[Id::EbsConfiguration], false},
    {"Configurations", &kShapes[Id::ConfigurationList], false},
    {"CustomAmiId", &kShapes[Id::XmlStringMaxLen256], false},
    {"Priority", &kShapes[Id::NonNegativeDouble], false},
};
constexpr Member kJobFlowInstancesConfigMembers[] = {
    {"MasterInstanceType", &kShapes[Id::InstanceType], false},
    {"SlaveInstanceType", &kShapes[Id::InstanceType], false},
    {"InstanceCount", &kShapes[Id::Integer], false},
    {"InstanceGroups", &kShapes[Id::InstanceGroupConfigList], false},
    {"InstanceFleets", &kShapes[Id::InstanceFleetConfigList], false},
    {"Ec2KeyName", &kShapes[Id::XmlStringMaxLen256], false},
    {"Placement", &kShapes[Id::PlacementType], false},
    {"KeepJobFlowAliveWhenNoSteps", &kShapes[Id::Boolean], false},
    {"TerminationProtected", &kShapes[Id::Boolean], false},
    {"UnhealthyNodeReplacement", &kShapes[Id::BooleanObject], false},
    {"HadoopVersion", &kShapes[Id::XmlStringMaxLen256], false},
    {"Ec2SubnetId", &kShapes[Id::XmlStringMaxLen256], false},
    {"Ec2SubnetIds", &kShapes[Id::XmlStringMaxLen256List], false},
    {"EmrManagedMasterSecurityGroup", &kShapes[Id::XmlStringMaxLen256], false},
    {"EmrManagedSlaveSecurityGroup", &kShapes[Id::XmlStringMaxLen256], false},
    {"ServiceAccessSecurityGroup", &kShapes[Id::XmlStringMaxLen256], false},
    {"AdditionalMasterSecurityGroups", &kShapes[Id::SecurityGroupsList], false},
    {"AdditionalSlaveSecurityGroups", &kShapes[Id::SecurityGroupsList], false},
};
constexpr Member kKerberosAttributesMembers[] = {
    {"Realm", &kShapes[Id::XmlStringMaxLen256], true},
    {"KdcAdminPassword", &kShapes[Id::XmlStringMaxLen256], true},
    {"CrossRealmTrustPrincipalPassword", &kShapes[Id::XmlStringMaxLen256], false},
    {"ADDomainJoinUser", &kShapes[Id::XmlStringMaxLen256], false},
    {"ADDomainJoinPassword", &kShapes[Id::XmlStringMaxLen256], false},
};
constexpr Member kKeyValueMembers[] = {
    {"Key", &kShapes[Id::XmlString], false},
    {"Value", &kShapes[Id::XmlString], false},
};
constexpr Member kManagedScalingPolicyMembers[] = {
    {"ComputeLimits", &kShapes[Id::ComputeLimits], false},
    {"UtilizationPerformanceIndex", &kShapes[Id::UtilizationPerformanceIndexInteger], false},
    {"ScalingStrategy", &kShapes[Id::ScalingStrategy], false},
};
constexpr Member kMetricDimensionMembers[] = {
    {"Key", &kShapes[Id::String], false},
    {"Value", &kShapes[Id::String], false},
};
constexpr Member kMonitoringConfigurationMembers[] = {
    {"CloudWatchLogConfiguration", &kShapes[Id::CloudWatchLogConfiguration], false},
    {"S3LoggingConfiguration", &kShapes[Id::S3LoggingConfiguration], false},
};
constexpr Member kOnDemandCapacityReservationOptionsMembers[] = {
    {"UsageStrategy", &kShapes[Id::OnDemandCapacityReservationUsageStrategy], false},
    {"CapacityReservationPreference", &kShapes[Id::OnDemandCapacityReservationPreference], false},
    {"CapacityReservationResourceGroupArn", &kShapes[Id::XmlStringMaxLen256], false},
};
constexpr Member kOnDemandProvisioningSpecificationMembers[] = {
    {"AllocationStrategy", &kShapes[Id::OnDemandProvisioningAllocationStrategy], true},
    {"CapacityReservationOptions", &kShapes[Id::OnDemandCapacityReservationOptions], false},
};
constexpr Member kOnDemandResizingSpecificationMembers[] = {
    {"TimeoutDurationMinutes", &kShapes[Id::WholeNumber], false},
    {"AllocationStrategy", &kShapes[Id::OnDemandProvisioningAllocationStrategy], false},
    {"CapacityReservationOptions", &kShapes[Id::OnDemandCapacityReservationOptions], false},
};
constexpr Member kPlacementGroupConfigMembers[] = {
    {"InstanceRole", &kShapes[Id::InstanceRoleType], true},
    {"PlacementStrategy", &kShapes[Id::PlacementGroupStrategy], false},
};
constexpr Member kPlacementTypeMembers[] = {
    {"AvailabilityZone", &kShapes[Id::XmlString], false},
    {"AvailabilityZones", &kShapes[Id::XmlStringMaxLen256List], false},
};
constexpr Member kRunJobFlowInputMembers[] = {
    {"Name", &kShapes[Id::XmlStringMaxLen256], true},
    {"LogUri", &kShapes[Id::XmlString], false},
    {"LogEncryptionKmsKeyId", &kShapes[Id::XmlString], false},
    {"AdditionalInfo", &kShapes[Id::XmlString], false},
    {"AmiVersion", &kShapes[Id::XmlStringMaxLen256], false},
    {"ReleaseLabel", &kShapes[Id::XmlStringMaxLen256], false},
    {"Instances", &kShapes[Id::JobFlowInstancesConfig], true},
    {"Steps", &kShapes[Id::StepConfigList], false},
    {"StepExecutionRoleArn", &kShapes[Id::ArnType], false},
    {"BootstrapActions", &kShapes[Id::BootstrapActionConfigList], false},
    {"SupportedProducts", &kShapes[Id::SupportedProductsList], false},
    {"NewSupportedProducts", &kShapes[Id::NewSupportedProductsList], false},
    {"Applications", &kShapes[Id::ApplicationList], false},
    {"Configurations", &kShapes[Id::ConfigurationList], false},
    {"VisibleToAllUsers", &kShapes[Id::Boolean], false},
    {"JobFlowRole", &kShapes[Id::XmlString], false},
    {"ServiceRole", &kShapes[Id::XmlString], false},
    {"Tags", &kShapes[Id::TagList], false},
    {"SecurityConfiguration", &kShapes[Id::XmlString], false},
    {"AutoScalingRole", &kShapes[Id::XmlString], false},
    {"ScaleDownBehavior", &kShapes[Id::ScaleDownBehavior], false},
    {"CustomAmiId", &kShapes[Id::XmlStringMaxLen256], false},
    {"EbsRootVolumeSize", &kShapes[Id::Integer], false},
    {"RepoUpgradeOnBoot", &kShapes[Id::RepoUpgradeOnBoot], false},
    {"KerberosAttributes", &kShapes[Id::KerberosAttributes], false},
    {"StepConcurrencyLevel", &kShapes[Id::Integer], false},
    {"ManagedScalingPolicy", &kShapes[Id::ManagedScalingPolicy], false},
    {"PlacementGroupConfigs", &kShapes[Id::PlacementGroupConfigList], false},
    {"AutoTerminationPolicy", &kShapes[Id::AutoTerminationPolicy], false},
    {"OSReleaseLabel", &kShapes[Id::XmlStringMaxLen256], false},
    {"EbsRootVolumeIops", &kShapes[Id::Integer], false},
    {"EbsRootVolumeThroughput", &kShapes[Id::Integer], false},
    {"ExtendedSupport", &kShapes[Id::BooleanObject], false},
    {"MonitoringConfiguration", &kShapes[Id::MonitoringConfiguration], false},
    {"SessionEnabled", &kShapes[Id::BooleanObject], false},
};
constexpr Member kS3LoggingConfigurationMembers[] = {
    {"LogTypeUploadPolicy", &kShapes[Id::LogTypeMap], false},
};
constexpr Member kS3MonitoringConfigurationMembers[] = {
    {"LogUri", &kShapes[Id::XmlString], false},
    {"EncryptionKeyArn", &kShapes[Id::XmlString], false},
};
constexpr Member kScalingActionMembers[] = {
    {"Market", &kShapes[Id::MarketType], false},
    {"SimpleScalingPolicyConfiguration", &kShapes[Id::SimpleScalingPolicyConfiguration], true},
};
constexpr Member kScalingConstraintsMembers[] = {
    {"MinCapacity", &kShapes[Id::Integer], true},
    {"MaxCapacity", &kShapes[Id::Integer], true},
};
constexpr Member kScalingRuleMembers[] = {
    {"Name", &kShapes[Id::String], true},
    {"Description", &kShapes[Id::String], false},
    {"Action", &kShapes[Id::ScalingAction], true},
    {"Trigger", &kShapes[Id::ScalingTrigger], true},
};
constexpr Member kScalingTriggerMembers[] = {
    {"CloudWatchAlarmDefinition", &kShapes[Id::CloudWatchAlarmDefinition], true},
};
constexpr Member kScriptBootstrapActionConfigMembers[] = {
    {"Path", &kShapes[Id::XmlString], true},
    {"Args", &kShapes[Id::XmlStringList], false},
};
constexpr Member kSimpleScalingPolicyConfigurationMembers[] = {
    {"AdjustmentType", &kShapes[Id::AdjustmentType], false},
    {"ScalingAdjustment", &kShapes[Id::Integer], true},
    {"CoolDown", &kShapes[Id::Integer], false},
};
constexpr Member kSpotProvisioningSpecificationMembers[] = {
    {"TimeoutDurationMinutes", &kShapes[Id::WholeNumber], true},
    {"TimeoutAction", &kShapes[Id::SpotProvisioningTimeoutAction], true},
    {"BlockDurationMinutes", &kShapes[Id::WholeNumber], false},
    {"AllocationStrategy", &kShapes[Id::SpotProvisioningAllocationStrategy], false},
};
constexpr Member kSpotResizingSpecificationMembers[] = {
    {"TimeoutDurationMinutes", &kShapes[Id::WholeNumber], false},
    {"AllocationStrategy", &kShapes[Id::SpotProvisioningAllocationStrategy], false},
};
constexpr Member kStepMembers[] = {
    {"Id", &kShapes[Id::StepId], false},
    {"Name", &kShapes[Id::String], false},
    {"Config", &kShapes[Id::HadoopStepConfig], false},
    {"ActionOnFailure", &kShapes[Id::ActionOnFailure], false},
    {"Status", &kShapes[Id::StepStatus], false},
    {"ExecutionRoleArn", &kShapes[Id::OptionalArnType], false},
    {"LogUri", &kShapes[Id::String], false},
    {"EncryptionKeyArn", &kShapes[Id::String], false},
    {"AdditionalInfo", &kShapes[Id::StepAdditionalInfo], false},
};
constexpr Member kStepAdditionalInfoMembers[] = {
    {"ResourceManagerApplicationIds", &kShapes[Id::StringList], false},
    {"ResourceManager", &kShapes[Id::String], false},
};
constexpr Member kStepConfigMembers[] = {
    {"Name", &kShapes[Id::XmlStringMaxLen256], true},
    {"ActionOnFailure", &kShapes[Id::ActionOnFailure], false},
    {"HadoopJarStep", &kShapes[Id::HadoopJarStepConfig], true},
    {"StepMonitoringConfiguration", &kShapes[Id::StepMonitoringConfiguration], false},
};
constexpr Member kStepMonitoringConfigurationMembers[] = {
    {"S3MonitoringConfiguration", &kShapes[Id::S3MonitoringConfiguration], false},
};
constexpr Member kStepStateChangeReasonMembers[] = {
    {"Code", &kShapes[Id::StepStateChangeReasonCode], false},
    {"Message", &kShapes[Id::String], false},
};
constexpr Member kStepStatusMembers[] = {
    {"State", &kShapes[Id::StepState], false},
    {"StateChangeReason", &kShapes[Id::StepStateChangeReason], false},
    {"FailureDetails", &kShapes[Id::FailureDetails], false},
    {"Timeline", &kShapes[Id::StepTimeline], false},
};
constexpr Member kStepTimelineMembers[] = {
    {"CreationDateTime", &kShapes[Id::Date], false},
    {"StartDateTime", &kShapes[Id::Date], false},
    {"EndDateTime", &kShapes[Id::Date], false},
};
constexpr Member kSupportedProductConfigMembers[] = {
    {"Name", &kShapes[Id::XmlStringMaxLen256], false},
    {"Args", &kShapes[Id::XmlStringList], false},
};
constexpr Member kTagMembers[] = {
    {"Key", &kShapes[Id::String], false},
    {"Value", &kShapes[Id::String], false},
};
constexpr Member kVolumeSpecificationMembers[] = {
    {"VolumeType", &kShapes[Id::String], true},
    {"Iops", &kShapes[Id::Integer], false},
    {"SizeInGB", &kShapes[Id::Integer], true},
    {"Throughput", &kShapes[Id::ThroughputVal], false},
};

constinit const Shape kShapes[110] = {
    {.name = "emr.ActionOnFailure", .type = Type::String, .values = kActionOnFailureValues},
    {.name = "emr.AdjustmentType", .type = Type::String, .values = kAdjustmentTypeValues},
    {.name = "emr.Application", .type = Type::Structure, .members = kApplicationMembers},
    {.name = "emr.ApplicationList", .type = Type::List, .element = &kShapes[Id::Application]},
    {.name = "emr.ArnType", .type = Type::String, .min = 20, .max = 2048},
    {.name = "emr.AutoScalingPolicy", .type = Type::Structure, .members = kAutoScalingPolicyMembers},
    {.name = "emr.AutoTerminationPolicy", .type = Type::Structure, .members = kAutoTerminationPolicyMembers},
    {.name = "emr.Boolean", .type = Type::Boolean},
    {.name = "emr.BooleanObject", .type = Type::Boolean},
    {.name = "emr.BootstrapActionConfig", .type = Type::Structure, .members = kBootstrapActionConfigMembers},
    {.name = "emr.BootstrapActionConfigList", .type = Type::List, .element = &kShapes[Id::BootstrapActionConfig]},
    {.name = "emr.CloudWatchAlarmDefinition", .type = Type::Structure, .members = kCloudWatchAlarmDefinitionMembers},
    {.name = "emr.CloudWatchLogConfiguration", .type = Type::Structure, .members = kCloudWatchLogConfigurationMembers},
    {.name = "emr.ComparisonOperator", .type = Type::String, .values = kComparisonOperatorValues},
    {.name = "emr.ComputeLimits", .type = Type::Structure, .members = kComputeLimitsMembers},
    {.name = "emr.ComputeLimitsUnitType", .type = Type::String, .values = kComputeLimitsUnitTypeValues},
    {.name = "emr.Configuration", .type = Type::Structure, .members = kConfigurationMembers},
    {.name = "emr.ConfigurationList", .type = Type::List, .element = &kShapes[Id::Configuration]},
    {.name = "emr.Date", .type = Type::Timestamp},
    {.name = "emr.EbsBlockDeviceConfig", .type = Type::Structure, .members = kEbsBlockDeviceConfigMembers},
    {.name = "emr.EbsBlockDeviceConfigList", .type = Type::List, .element = &kShapes[Id::EbsBlockDeviceConfig]},
    {.name = "emr.EbsConfiguration", .type = Type::Structure, .members = kEbsConfigurationMembers},
    {.name = "emr.FailureDetails", .type = Type::Structure, .members = kFailureDetailsMembers},
    {.name = "emr.HadoopJarStepConfig", .type = Type::Structure, .members = kHadoopJarStepConfigMembers},
    {.name = "emr.HadoopStepConfig", .type = Type::Structure, .members = kHadoopStepConfigMembers},
    {.name = "emr.InstanceFleetConfig", .type = Type::Structure, .members = kInstanceFleetConfigMembers},
    {.name = "emr.InstanceFleetConfigList", .type = Type::List, .element = &kShapes[Id::InstanceFleetConfig]},
    {.name = "emr.InstanceFleetProvisioningSpecifications", .type = Type::Structure, .members = kInstanceFleetProvisioningSpecificationsMembers},
    {.name = "emr.InstanceFleetResizingSpecifications", .type = Type::Structure, .members = kInstanceFleetResizingSpecificationsMembers},
    {.name = "emr.InstanceFleetType", .type = Type::String, .values = kInstanceFleetTypeValues},
    {.name = "emr.InstanceGroupConfig", .type = Type::Structure, .members = kInstanceGroupConfigMembers},
    {.name = "emr.InstanceGroupConfigList", .type = Type::List, .element = &kShapes[Id::InstanceGroupConfig]},
    {.name = "emr.InstanceRoleType", .type = Type::String, .values = kInstanceRoleTypeValues},
    {.name = "emr.InstanceType", .type = Type::String, .min = 1, .max = 256, .pattern = R"re([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)re", .re2_pattern = R"re([\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}\r\n\t]*)re"},
    {.name = "emr.InstanceTypeConfig", .type = Type::Structure, .members = kInstanceTypeConfigMembers},
    {.name = "emr.InstanceTypeConfigList", .type = Type::List, .element = &kShapes[Id::InstanceTypeConfig]},
    {.name = "emr.Integer", .type = Type::Integer},
    {.name = "emr.JobFlowInstancesConfig", .type = Type::Structure, .members = kJobFlowInstancesConfigMembers},
    {.name = "emr.KerberosAttributes", .type = Type::Structure, .members = kKerberosAttributesMembers},
    {.name = "emr.KeyValue", .type = Type::Structure, .members = kKeyValueMembers},
    {.name = "emr.KeyValueList", .type = Type::List, .element = &kShapes[Id::KeyValue]},
    {.name = "emr.LogType", .type = Type::String, .values = kLogTypeValues},
    {.name = "emr.LogTypeMap", .type = Type::Map, .element = &kShapes[Id::LogUploadPolicyValue], .key = &kShapes[Id::LogType]},
    {.name = "emr.LogTypesMap", .type = Type::Map, .element = &kShapes[Id::XmlStringList], .key = &kShapes[Id::XmlString]},
    {.name = "emr.LogUploadPolicyValue", .type = Type::String, .values = kLogUploadPolicyValueValues},
    {.name = "emr.Long", .type = Type::Long},
    {.name = "emr.ManagedScalingPolicy", .type = Type::Structure, .members = kManagedScalingPolicyMembers},
    {.name = "emr.MarketType", .type = Type::String, .values = kMarketTypeValues},
    {.name = "emr.MetricDimension", .type = Type::Structure, .members = kMetricDimensionMembers},
    {.name = "emr.MetricDimensionList", .type = Type::List, .element = &kShapes[Id::MetricDimension]},
    {.name = "emr.MonitoringConfiguration", .type = Type::Structure, .members = kMonitoringConfigurationMembers},
    {.name = "emr.NewSupportedProductsList", .type = Type::List, .element = &kShapes[Id::SupportedProductConfig]},
    {.name = "emr.NonNegativeDouble", .type = Type::Double, .min = 0.0},
    {.name = "emr.OnDemandCapacityReservationOptions", .type = Type::Structure, .members = kOnDemandCapacityReservationOptionsMembers},
    {.name = "emr.OnDemandCapacityReservationPreference", .type = Type::String, .values = kOnDemandCapacityReservationPreferenceValues},
    {.name = "emr.OnDemandCapacityReservationUsageStrategy", .type = Type::String, .values = kOnDemandCapacityReservationUsageStrategyValues},
    {.name = "emr.OnDemandProvisioningAllocationStrategy", .type = Type::String, .values = kOnDemandProvisioningAllocationStrategyValues},
    {.name = "emr.OnDemandProvisioningSpecification", .type = Type::Structure, .members = kOnDemandProvisioningSpecificationMembers},
    {.name = "emr.OnDemandResizingSpecification", .type = Type::Structure, .members = kOnDemandResizingSpecificationMembers},
    {.name = "emr.OptionalArnType", .type = Type::String, .min = 0, .max = 2048},
    {.name = "emr.PlacementGroupConfig", .type = Type::Structure, .members = kPlacementGroupConfigMembers},
    {.name = "emr.PlacementGroupConfigList", .type = Type::List, .element = &kShapes[Id::PlacementGroupConfig]},
    {.name = "emr.PlacementGroupStrategy", .type = Type::String, .values = kPlacementGroupStrategyValues},
    {.name = "emr.PlacementType", .type = Type::Structure, .members = kPlacementTypeMembers},
    {.name = "emr.RepoUpgradeOnBoot", .type = Type::String, .values = kRepoUpgradeOnBootValues},
    {.name = "emr.RunJobFlowInput", .type = Type::Structure, .members = kRunJobFlowInputMembers},
    {.name = "emr.S3LoggingConfiguration", .type = Type::Structure, .members = kS3LoggingConfigurationMembers},
    {.name = "emr.S3MonitoringConfiguration", .type = Type::Structure, .members = kS3MonitoringConfigurationMembers},
    {.name = "emr.ScaleDownBehavior", .type = Type::String, .values = kScaleDownBehaviorValues},
    {.name = "emr.ScalingAction", .type = Type::Structure, .members = kScalingActionMembers},
    {.name = "emr.ScalingConstraints", .type = Type::Structure, .members = kScalingConstraintsMembers},
    {.name = "emr.ScalingRule", .type = Type::Structure, .members = kScalingRuleMembers},
    {.name = "emr.ScalingRuleList", .type = Type::List, .element = &kShapes[Id::ScalingRule]},
    {.name = "emr.ScalingStrategy", .type = Type::String, .values = kScalingStrategyValues},
    {.name = "emr.ScalingTrigger", .type = Type::Structure, .members = kScalingTriggerMembers},
    {.name = "emr.ScriptBootstrapActionConfig", .type = Type::Structure, .members = kScriptBootstrapActionConfigMembers},
    {.name = "emr.SecurityGroupsList", .type = Type::List, .element = &kShapes[Id::XmlStringMaxLen256]},
    {.name = "emr.SimpleScalingPolicyConfiguration", .type = Type::Structure, .members = kSimpleScalingPolicyConfigurationMembers},
    {.name = "emr.SpotProvisioningAllocationStrategy", .type = Type::String, .values = kSpotProvisioningAllocationStrategyValues},
    {.name = "emr.SpotProvisioningSpecification", .type = Type::Structure, .members = kSpotProvisioningSpecificationMembers},
    {.name = "emr.SpotProvisioningTimeoutAction", .type = Type::String, .values = kSpotProvisioningTimeoutActionValues},
    {.name = "emr.SpotResizingSpecification", .type = Type::Structure, .members = kSpotResizingSpecificationMembers},
    {.name = "emr.Statistic", .type = Type::String, .values = kStatisticValues},
    {.name = "emr.Step", .type = Type::Structure, .members = kStepMembers},
    {.name = "emr.StepAdditionalInfo", .type = Type::Structure, .members = kStepAdditionalInfoMembers},
    {.name = "emr.StepConfig", .type = Type::Structure, .members = kStepConfigMembers},
    {.name = "emr.StepConfigList", .type = Type::List, .element = &kShapes[Id::StepConfig]},
    {.name = "emr.StepId", .type = Type::String},
    {.name = "emr.StepMonitoringConfiguration", .type = Type::Structure, .members = kStepMonitoringConfigurationMembers},
    {.name = "emr.StepState", .type = Type::String, .values = kStepStateValues},
    {.name = "emr.StepStateChangeReason", .type = Type::Structure, .members = kStepStateChangeReasonMembers},
    {.name = "emr.StepStateChangeReasonCode", .type = Type::String, .values = kStepStateChangeReasonCodeValues},
    {.name = "emr.StepStatus", .type = Type::Structure, .members = kStepStatusMembers},
    {.name = "emr.StepTimeline", .type = Type::Structure, .members = kStepTimelineMembers},
    {.name = "emr.String", .type = Type::String},
    {.name = "emr.StringList", .type = Type::List, .element = &kShapes[Id::String]},
    {.name = "emr.StringMap", .type = Type::Map, .element = &kShapes[Id::String], .key = &kShapes[Id::String]},
    {.name = "emr.SupportedProductConfig", .type = Type::Structure, .members = kSupportedProductConfigMembers},
    {.name = "emr.SupportedProductsList", .type = Type::List, .element = &kShapes[Id::XmlStringMaxLen256]},
    {.name = "emr.Tag", .type = Type::Structure, .members = kTagMembers},
    {.name = "emr.TagList", .type = Type::List, .element = &kShapes[Id::Tag]},
    {.name = "emr.ThroughputVal", .type = Type::Integer, .min = 0},
    {.name = "emr.Unit", .type = Type::String, .values = kUnitValues},
    {.name = "emr.UtilizationPerformanceIndexInteger", .type = Type::Integer, .min = 1, .max = 100},
    {.name = "emr.VolumeSpecification", .type = Type::Structure, .members = kVolumeSpecificationMembers},
    {.name = "emr.WholeNumber", .type = Type::Integer, .min = 0},
    {.name = "emr.XmlString", .type = Type::String, .min = 0, .max = 10280, .pattern = R"re([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)re", .re2_pattern = R"re([\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}\r\n\t]*)re"},
    {.name = "emr.XmlStringList", .type = Type::List, .element = &kShapes[Id::XmlString]},
    {.name = "emr.XmlStringMaxLen256", .type = Type::String, .min = 0, .max = 256, .pattern = R"re([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)re", .re2_pattern = R"re([\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}\r\n\t]*)re"},
    {.name = "emr.XmlStringMaxLen256List", .type = Type::List, .element = &kShapes[Id::XmlStringMaxLen256]},
};

}  // namespace emr

constinit const std::span<const Shape> emr_shapes{emr::kShapes};

}  // namespace pipelines::model::tables
