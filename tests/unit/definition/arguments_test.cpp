#include <gtest/gtest.h>

#include <tuple>

#include "support.hpp"

namespace pipelines::definition::test {
namespace {

std::string fault_in(std::string_view type, std::string_view arguments) {
    return fault_of(with_parameters(step("A", type, arguments)));
}

// AWS refuses unknown members, wrong kinds, sizes and enum values at create; the first four sentences are recorded.
TEST(Arguments, AreCheckedAgainstTheApisShape) {
    const std::tuple<std::string_view, std::string_view, std::string_view> cases[] = {
        {"RegisterModel", R"({"ModelPackageNames": "x"})",
         "Unable to parse pipeline definition. Unknown Argument member 'ModelPackageNames'. Did you mean "
         "'ModelPackageName'? "
         "(at /Steps/0/Arguments/ModelPackageNames)"},
        {"Processing", R"({"ProcessingInputs": [{"InputName": "i", "S3Input": {"S3InputMode": "FastFile"}}]})",
         "Unable to parse pipeline definition. Model Validation failed: Value 'FastFile' for 'ProcessingS3InputMode' "
         "failed to "
         "satisfy enum value set: [Pipe, File] (at /Steps/0/Arguments/ProcessingInputs/0/S3Input/S3InputMode)"},
        {"AutoML", R"({"AutoMLJobObjective": "x"})",
         "Unable to parse pipeline definition. Expecting start of Json Object. (at "
         "/Steps/0/Arguments/AutoMLJobObjective)"},
        {"Processing", R"({"NetworkConfig": {"VpcConfig": {"Subnets": {"Get": "Parameters.Text"}}}})",
         "Unable to parse pipeline definition. Expecting start of Json Array. (at "
         "/Steps/0/Arguments/NetworkConfig/VpcConfig/Subnets)"},
        {"Processing", R"({"Environment": {"EPOCHS": {"Get": "Parameters.Count"}}})",
         "Cannot assign property reference [Parameters.Count] to argument of type String (at "
         "/Steps/0/Arguments/Environment/EPOCHS)"},
        {"Training", R"({"HyperParameters": {"lr": {"Get": "Parameters.Ratio"}}})",
         "Cannot assign property reference [Parameters.Ratio] to argument of type String (at "
         "/Steps/0/Arguments/HyperParameters/lr)"},
        {"Training", R"({"HyperParameters": {"epochs": 5}})",
         "Unable to parse pipeline definition. Expecting Json String but found an integer. (at "
         "/Steps/0/Arguments/HyperParameters/epochs)"},
        {"Training", R"({"HyperParameters": {"Std:Join": {"Values": []}}})",
         "Unable to parse pipeline definition. Expecting start of Json Object. (at "
         "/Steps/0/Arguments/HyperParameters)"},
        {"Training", R"({"ResourceConfig": {"InstanceCount": "1"}})",
         "Unable to parse pipeline definition. Expecting Json Integer but found a string. (at "
         "/Steps/0/Arguments/ResourceConfig/InstanceCount)"},
        {"Training", R"({"ResourceConfig": {"InstanceCount": 1.5}})",
         "Unable to parse pipeline definition. Expecting Json Integer but found a number. (at "
         "/Steps/0/Arguments/ResourceConfig/InstanceCount)"},
        {"Training", R"({"ResourceConfig": {"InstanceCount": 18446744073709551615}})",
         "Unable to parse pipeline definition. Expecting Json Integer but found an integer beyond 64 bits. (at "
         "/Steps/0/Arguments/ResourceConfig/InstanceCount)"},
        {"Training", R"({"EnableNetworkIsolation": "true"})",
         "Unable to parse pipeline definition. Expecting Json Boolean but found a string. (at "
         "/Steps/0/Arguments/EnableNetworkIsolation)"},
        {"Training", R"({"InputDataConfig": {}})",
         "Unable to parse pipeline definition. Expecting start of Json Array. (at /Steps/0/Arguments/InputDataConfig)"},
        {"Processing", R"({"ProcessingInputs": [{},{},{},{},{},{},{},{},{},{},{}]})",
         "Unable to parse pipeline definition. Model Validation failed: 'processingInputs' failed to satisfy "
         "constraint: "
         "Member must have length less than or equal to 10 (at /Steps/0/Arguments/ProcessingInputs)"},
        {"EMR", R"({"ClusterId": "j-1", "ClusterConfig": {}})",
         "Unable to parse pipeline definition. Only one of ClusterId and ClusterConfig can be given. (at "
         "/Steps/0/Arguments)"},
        {"EMR", R"({"ClusterConfig": {"Instances": {"TerminationProtected": true}}})",
         "Unable to parse pipeline definition. Unknown Argument member 'TerminationProtected'. (at "
         "/Steps/0/Arguments/ClusterConfig/Instances/TerminationProtected)"},
        {"EMR", R"({"StepConfig": {"HadoopJarStep": {"Jars": "x"}}})",
         "Unable to parse pipeline definition. Unknown Argument member 'Jars'. Did you mean 'Jar'? (at "
         "/Steps/0/Arguments/StepConfig/HadoopJarStep/Jars)"},
        {"EMRServerless", R"({"ApplicationId": "a", "ApplicationConfig": {}})",
         "Unable to parse pipeline definition. Only one of ApplicationId and ApplicationConfig can be given. (at "
         "/Steps/0/Arguments)"},
        {"Lineage", R"({"Actions": [{"Name": "x"}]})",
         "Unable to parse pipeline definition. Unknown Argument member 'Name'. Known: ActionName, Source, ActionType, "
         "Description, Status, Properties, MetadataProperties, Tags. (at /Steps/0/Arguments/Actions/0/Name)"},
        {"Lineage", R"({"Associations": [{"Source": {"Name": "a", "Kind": "Action"}, "Destination": {"Arn": "b"}}]})",
         "Unable to parse pipeline definition. Unknown Argument member 'Kind'. Known: Name, Type, Arn. (at "
         "/Steps/0/Arguments/Associations/0/Source/Kind)"},
        {"BedrockCustomModel", R"({"modelName": "x"})",
         "Unable to parse pipeline definition. Unknown Argument member 'modelName'. Did you mean 'ModelName'? (at "
         "/Steps/0/Arguments/modelName)"},
        {"Fail", R"({"Message": "x"})",
         "Unable to parse pipeline definition. Unknown Argument member 'Message'. Known: ErrorMessage. (at "
         "/Steps/0/Arguments/Message)"},
        {"Fail", R"({"ErrorMessage": 5})",
         "Unable to parse pipeline definition. Expecting Json String but found an integer. (at "
         "/Steps/0/Arguments/ErrorMessage)"},
        {"Condition", R"({"IfSteps": []})",
         "Unable to parse pipeline definition. Missing member 'Conditions'. (at /Steps/0/Arguments)"},
        {"Condition", R"({"Conditions": [], "ThenSteps": []})",
         "Unable to parse pipeline definition. Unknown Argument member 'ThenSteps'. Known: Conditions, IfSteps, "
         "ElseSteps. (at "
         "/Steps/0/Arguments/ThenSteps)"}};
    for (const auto& [type, arguments, expected] : cases) EXPECT_EQ(fault_in(type, arguments), expected) << arguments;
}

// Published definitions that AWS accepted break required members, lengths and patterns; expressions stand anywhere.
TEST(Arguments, AreNotCheckedFurther) {
    const std::tuple<std::string_view, std::string_view> cases[] = {
        {"Training", R"({})"},
        {"Training", R"({"TrainingJobName": "kept", "RoleArn": "", "Tags": [], "VpcConfig": null})"},
        {"Training", R"({"ResourceConfig": {"InstanceType": "ml.p99.128xlarge", "InstanceCount": 2.0}})"},
        {"Training",
         R"({"ResourceConfig": {"InstanceType": {"Get": "Parameters.Text"}, "InstanceCount": {"Get": "Parameters.Count"}}})"},
        {"Training",
         R"({"HyperParameters": {"lr": {"Std:Join": {"On": "", "Values": [{"Get": "Parameters.Ratio"}]}}}})"},
        {"Training", R"({"StoppingCondition": {"MaxRuntimeInSeconds": {"Get": "Parameters.Text"}}})"},
        {"InferenceComponent",
         R"({"Specification": {"ComputeResourceRequirements": {"NumberOfCpuCoresRequired": 1}}})"},
        {"RegisterModel", R"({"ModelPackageName": null})"},
        {"EMR", R"({"ClusterConfig": {"Name": null, "Instances": {"TerminationProtected": null}}})"},
        {"Pass", R"({"anything": [1, {"x": null}]})"},
        {"Fail", R"({})"},
        {"Fail", R"({"ErrorMessage": {"Std:Join": {"On": " ", "Values": ["a", {"Get": "Parameters.Count"}]}}})"},
        {"Job",
         R"({"JobCategory": "AgentRFTEvaluation", "JobConfigDocument": {"Std:Join": {"On": "", "Values": ["{}"]}}})"}};
    for (const auto& [type, arguments] : cases) EXPECT_EQ(fault_in(type, arguments), "compiles") << arguments;
}

TEST(Arguments, InstanceTypesThatDoNotLookLikeOneAreRefused) {
    for (const std::string_view type : {"m5.large", "ml.m5", "ml.m5.", "ml..large", "ml.M5.large", "ml.m5.large.x"})
        EXPECT_TRUE(
            fault_in("Training", fmt::format(R"({{"ResourceConfig": {{"InstanceType": "{}"}}}})", type))
                .starts_with(fmt::format("Unable to parse pipeline definition. Model Validation failed: Value '{}' for "
                                         "'TrainingInstanceType' failed to satisfy enum value set: [",
                                         type)))
            << type;
}

std::string fault_of_condition(std::string_view condition) {
    return fault_in("Condition", fmt::format(R"({{"Conditions": [{}]}})", condition));
}

// The malformed ones are public variants that the SDK never writes.
TEST(Conditions, HaveExactlyTheirMembers) {
    const std::tuple<std::string_view, std::string_view> cases[] = {
        {R"({"LeftValue": 1, "RightValue": 2})", "Missing member 'Type'. (at {})"},
        {R"({"Type": "ConditionLessThanOrEqualTo", "LeftValue": 1, "RightValue": 2})",
         "Unknown Condition type 'ConditionLessThanOrEqualTo'. Known: Equals, GreaterThan, GreaterThanOrEqualTo, "
         "LessThan, "
         "LessThanOrEqualTo, In, Not, Or. (at {}/Type)"},
        {R"({"Type": "Equals", "LeftValue": 1})", "Missing member 'RightValue'. (at {})"},
        {R"({"Type": "Equals", "Left": 1, "RightValue": 1})",
         "Unknown Condition member 'Left'. Known: Type, LeftValue, RightValue. (at {}/Left)"},
        {R"({"Type": "Equals", "LeftValue": [1], "RightValue": 1})",
         "A condition compares values and expressions, not an array. (at {}/LeftValue)"},
        {R"({"Type": "Equals", "LeftValue": null, "RightValue": 1})",
         "A condition compares values and expressions, not null. (at {}/LeftValue)"},
        {R"({"Type": "Equals", "LeftValue": {"x": 1}, "RightValue": 1})",
         "A condition compares values and expressions, not an object. (at {}/LeftValue)"},
        {R"({"Type": "In", "Value": 1, "In": [1]})",
         "Unknown Condition member 'In'. Known: Type, QueryValue, Values. (at {}/In)"},
        {R"({"Type": "In", "QueryValue": 1, "Values": 1})", "Expecting start of Json Array. (at {}/Values)"},
        {R"({"Type": "NotIn", "Value": 1, "In": [1]})",
         "Unknown Condition type 'NotIn'. Known: Equals, GreaterThan, GreaterThanOrEqualTo, LessThan, "
         "LessThanOrEqualTo, In, "
         "Not, Or. (at {}/Type)"},
        {R"({"Type": "Not", "Expression": {}})",
         "Unknown Condition member 'Expression'. Known: Type, Condition. (at {}/Expression)"},
        {R"({"Type": "Not", "Condition": {"Type": "Or", "Conditions": [5]}})",
         "Expecting start of Json Object. (at {}/Condition/Conditions/0)"},
        {R"({"Type": "Or", "Conditions": {}})", "Expecting start of Json Array. (at {}/Conditions)"}};
    for (const auto& [condition, sentence] : cases)
        EXPECT_EQ(fault_of_condition(condition),
                  "Unable to parse pipeline definition. " +
                      fmt::format(fmt::runtime(sentence), "/Steps/0/Arguments/Conditions/0"))
            << condition;
}

TEST(Conditions, OfAllEightTypesCompile) {
    for (const std::string_view type :
         {"Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo"})
        EXPECT_EQ(fault_of_condition(fmt::format(
                      R"({{"Type": "{}", "LeftValue": 3.0, "RightValue": {{"Get": "Parameters.Count"}}}})", type)),
                  "compiles");
    EXPECT_EQ(
        fault_of_condition(R"({"Type": "In", "QueryValue": true, "Values": ["a", {"Get": "Execution.PipelineName"}]})"),
        "compiles");
    EXPECT_EQ(fault_of_condition(R"({"Type": "Not", "Condition": {"Type": "Or", "Conditions": []}})"), "compiles");
}

}  // namespace
}  // namespace pipelines::definition::test
