#include <gtest/gtest.h>

#include <tuple>

#include "support.hpp"

namespace pipelines::definition::test {
namespace {

using Case = std::tuple<std::string, std::string_view>;

void expect_faults(std::initializer_list<Case> cases) {
    for (const auto& [text, sentence] : cases) {
        const std::string expected =
            sentence == "compiles" ? "compiles" : "Unable to parse pipeline definition. " + std::string(sentence);
        EXPECT_EQ(fault_of(text), expected) << text.substr(0, 400);
    }
}

// The sentences are what a user has to find the fault with: AWS's own first, then the place.
TEST(Parse, NamesFaultsOfTheDocument) {
    expect_faults({
        {"", "It is empty."},
        {"[]", "Expecting start of Json Object."},
        {"{", "line 1, column 2: unexpected end of the text"},
        {R"({"Steps": [], "Steps": []})", "line 1, column 15: the key \"Steps\" stands twice: /Steps"},
        {"{}", "Missing member 'Steps'."},
        {R"({"Stages": []})",
         "Unknown member 'Stages'. Known: Version, Metadata, Parameters, PipelineExperimentConfig, MlflowConfig, "
         "Steps. (at "
         "/Stages)"},
        {R"({"Parameter": [], "Steps": []})", "Unknown member 'Parameter'. Did you mean 'Parameters'? (at /Parameter)"},
        {R"({"Version": "2021-01-01", "Steps": []})", "Unknown Version '2021-01-01'. Known: 2020-12-01. (at /Version)"},
        {R"({"Version": 2020, "Steps": []})", "Expecting Json String but found an integer. (at /Version)"},
        {R"({"Metadata": [], "Steps": []})", "Expecting start of Json Object. (at /Metadata)"},
        {R"({"Steps": {}})", "Expecting start of Json Array. (at /Steps)"},
        {R"({"Steps": null})", "Missing member 'Steps'."},
        {R"({"Steps": [1]})", "Expecting start of Json Object. (at /Steps/0)"},
        {R"({"Version": "2020-12-01", "Metadata": {}, "Parameters": null, "PipelineExperimentConfig": null,
             "MlflowConfig": null, "Steps": []})",
         "compiles"},
    });
}

TEST(Parse, NamesFaultsOfTheConfigs) {
    expect_faults({
        {R"({"PipelineExperimentConfig": {"Experiment": "x"}, "Steps": []})",
         "Unknown PipelineExperimentConfig member 'Experiment'. Did you mean 'ExperimentName'? (at "
         "/PipelineExperimentConfig/Experiment)"},
        {R"({"PipelineExperimentConfig": {"TrialName": 5}, "Steps": []})",
         "Expecting Json String but found an integer. (at /PipelineExperimentConfig/TrialName)"},
        {R"({"PipelineExperimentConfig": {"TrialName": {"Get": "Steps.A.B"}}, "Steps": []})",
         "Reference 'Steps.A.B' cannot be used here: no step has run yet. (at "
         "/PipelineExperimentConfig/TrialName/Get)"},
        {R"({"PipelineExperimentConfig": {"TrialName": {"Get": "Execution.Id"}}, "Steps": []})",
         "Unknown reference 'Execution.Id'. Known: StartDateTime, CurrentDateTime, PipelineName, PipelineArn, "
         "PipelineExecutionId, PipelineExecutionArn, TrainingJobName, ProcessingJobName. (at "
         "/PipelineExperimentConfig/TrialName/Get)"},
        {R"({"MlflowConfig": {"MlflowExperimentName": {"Std:Join": {"On": "-", "Values": ["a", {"Get": "Execution.PipelineName"}]}}},
             "Steps": []})",
         "compiles"},
    });
}

std::string parameters(std::string_view list) {
    return R"({"Parameters": [)" + std::string(list) + R"(], "Steps": []})";
}

TEST(Parse, NamesFaultsOfParameters) {
    expect_faults({
        {R"({"Parameters": {}, "Steps": []})", "Expecting start of Json Array. (at /Parameters)"},
        {parameters(R"({"Type": "String"})"), "Missing member 'Name'. (at /Parameters/0)"},
        {parameters(R"({"Name": "a b"})"),
         "Parameter name 'a b' must match [A-Za-z0-9\\-_]{1,256}. (at /Parameters/0/Name)"},
        {parameters(R"({"Name": "A", "Type": "Double"})"),
         "Unknown type 'Double'. Known: String, Integer, Float, Boolean. (at /Parameters/0/Type)"},
        {parameters(R"({"Name": "A", "Default": "x"})"),
         "Unknown Parameter member 'Default'. Known: Name, Type, DefaultValue, EnumValues, Description. (at "
         "/Parameters/0/Default)"},
        {parameters(R"({"Name": "A", "Type": "Integer", "DefaultValue": "3"})"),
         "Unexpected type for parameter 'A'. Expected Integer but found a string. (at /Parameters/0/DefaultValue)"},
        {parameters(R"({"Name": "A", "Type": "Integer", "DefaultValue": 3.5})"),
         "Unexpected type for parameter 'A'. Expected Integer but found a number. (at /Parameters/0/DefaultValue)"},
        {parameters(R"({"Name": "A", "Type": "Boolean", "DefaultValue": "true"})"),
         "Unexpected type for parameter 'A'. Expected Boolean but found a string. (at /Parameters/0/DefaultValue)"},
        {parameters(R"({"Name": "A", "Type": "Integer", "EnumValues": ["1"]})"),
         "Parameter 'A' is of type Integer: only a String can have EnumValues. (at /Parameters/0/EnumValues)"},
        {parameters(R"({"Name": "A", "DefaultValue": "c", "EnumValues": ["a", "b"]})"),
         "DefaultValue 'c' of parameter 'A' is not one of its EnumValues: [a, b]. (at /Parameters/0/DefaultValue)"},
        {parameters(R"({"Name": "A"}, {"Name": "A"})"),
         "Pipeline parameters cannot have duplicate names: 'A'. (at /Parameters/1)"},
        {parameters(R"({"Name": "A", "Type": "Float", "DefaultValue": 3, "Description": "x"})"), "compiles"},
    });
}

TEST(Parse, NamesFaultsOfSteps) {
    const std::string long_name(65, 'a');
    expect_faults({
        {with_steps(R"({"Type": "Pass", "Arguments": {}})"), "Missing member 'Name'. (at /Steps/0)"},
        {with_steps(R"({"Name": "A", "Arguments": {}})"), "Missing member 'Type'. (at /Steps/0)"},
        {with_steps(R"({"Name": "A", "Type": "Pass"})"), "Missing member 'Arguments'. (at /Steps/0)"},
        {with_steps(step("A", "Pass", "[]")), "Expecting start of Json Object. (at /Steps/0/Arguments)"},
        {with_steps(pass("a b")), "Step name 'a b' must match [A-Za-z0-9\\-_]{1,64}. (at /Steps/0/Name)"},
        {with_steps(pass("")), "Step name '' must match [A-Za-z0-9\\-_]{1,64}. (at /Steps/0/Name)"},
        {with_steps(pass(long_name)),
         std::string_view("Step name 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' must match "
                          "[A-Za-z0-9\\-_]{1,64}. (at /Steps/0/Name)")},
        {with_steps(step("A", "Trainig", "{}")),
         "Unknown Step type 'Trainig'. Did you mean 'Training'? (at /Steps/0/Type)"},
        {with_steps(step("A", "InferenceRecommender", "{}")),
         "Unknown Step type 'InferenceRecommender'. Known: Training, Processing, Transform, Tuning, AutoML, Model, "
         "RegisterModel, Condition, Callback, Lambda, QualityCheck, ClarifyCheck, EMR, EMRServerless, Fail, "
         "EndpointConfig, "
         "Endpoint, InferenceComponent, BedrockCustomModel, BedrockCustomModelDeployment, BedrockModelImport, "
         "BedrockProvisionedModelThroughput, Lineage, Job, Pass, Athena, HubContent, Cleanup, ForEach. (at "
         "/Steps/0/Type)"},
        {with_steps(step("A", "Pass", "{}", R"(, "Depends": [])")),
         "Unknown Step member 'Depends'. Did you mean 'DependsOn'? (at /Steps/0/Depends)"},
        {with_steps(step("A", "Training", "{}", R"(, "PropertyFiles": [])")),
         "Unknown Step member 'PropertyFiles'. Known: Name, Type, Arguments, DependsOn, DisplayName, Description, "
         "RetryPolicies, CacheConfig. (at /Steps/0/PropertyFiles)"},
        {with_steps(step("A", "Pass", "{}", R"(, "DisplayName": 5)")),
         "Expecting Json String but found an integer. (at /Steps/0/DisplayName)"},
        {with_steps(
             step("A", "Pass", "{}", R"(, "DisplayName": "With blanks", "Description": null, "DependsOn": null)")),
         "compiles"},
        {with_steps(pass("A") + "," + pass("A")),
         "Pipeline steps cannot have duplicate names: 'A' is also the step at /Steps/0. (at /Steps/1)"},
    });
}

TEST(Parse, NamesFaultsOfCacheConfigs) {
    const auto cache = [](std::string_view config) {
        return with_steps(step("A", "Training", "{}", fmt::format(R"(, "CacheConfig": {})", config)));
    };
    expect_faults({
        {cache("true"), "Expecting start of Json Object. (at /Steps/0/CacheConfig)"},
        {cache(R"({"Enabled": "true"})"),
         "Expecting Json Boolean but found a string. (at /Steps/0/CacheConfig/Enabled)"},
        {cache(R"({"Enable": true})"),
         "Unknown CacheConfig member 'Enable'. Did you mean 'Enabled'? (at /Steps/0/CacheConfig/Enable)"},
        {cache(R"({"Enabled": true, "ExpireAfter": "soon"})"),
         "ExpireAfter 'soon' is not a duration like P30D, PT1H or 30dT5h. (at /Steps/0/CacheConfig/ExpireAfter)"},
        {cache(R"({"Enabled": true, "ExpireAfter": "30d"})"), "compiles"},
        // What the sentence recommends is taken.
        {cache(R"({"Enabled": true, "ExpireAfter": "P30D"})"), "compiles"},
        {cache(R"({"Enabled": true, "ExpireAfter": "PT1H"})"), "compiles"},
        {cache(R"({"Enabled": true, "ExpireAfter": "30dT5h"})"), "compiles"},
    });
}

TEST(Parse, NamesFaultsOfRetryPolicies) {
    const auto policy = [](std::string_view members) {
        return with_steps(
            step("A", "Training", "{}",
                 fmt::format(R"(, "RetryPolicies": [{{"ExceptionType": ["Step.THROTTLING"]{}}}])", members)));
    };
    const auto types = [](std::string_view list) {
        return with_steps(
            step("A", "Training", "{}", fmt::format(R"(, "RetryPolicies": [{{"ExceptionType": {}}}])", list)));
    };
    expect_faults({
        {with_steps(step("A", "Training", "{}", R"(, "RetryPolicies": {})")),
         "Expecting start of Json Array. (at /Steps/0/RetryPolicies)"},
        {with_steps(step("A", "Training", "{}", R"(, "RetryPolicies": [{}])")),
         "Missing member 'ExceptionType'. (at /Steps/0/RetryPolicies/0)"},
        {types("[]"), "ExceptionType must name at least one type. (at /Steps/0/RetryPolicies/0/ExceptionType)"},
        {types(R"("ClientError")"),
         "Unknown ExceptionType 'ClientError'. Known: Step.SERVICE_FAULT, Step.THROTTLING, "
         "SageMaker.JOB_INTERNAL_ERROR, "
         "SageMaker.CAPACITY_ERROR, SageMaker.RESOURCE_LIMIT, Emr.RESOURCE_LIMIT. (at "
         "/Steps/0/RetryPolicies/0/ExceptionType)"},
        {types(R"(["Step.THROTTLED"])"),
         "Unknown ExceptionType 'Step.THROTTLED'. Did you mean 'Step.THROTTLING'? (at "
         "/Steps/0/RetryPolicies/0/ExceptionType/0)"},
        {policy(R"(, "MaxAttempts": 5, "ExpireAfterMin": 5)"),
         "Only one of MaxAttempts and ExpireAfterMin can be given. (at /Steps/0/RetryPolicies/0)"},
        {policy(R"(, "MaxAttempts": 21)"),
         "MaxAttempts must be an integer in the range [0, 20]. (at /Steps/0/RetryPolicies/0/MaxAttempts)"},
        {policy(R"(, "MaxAttempts": -1)"),
         "MaxAttempts must be an integer in the range [0, 20]. (at /Steps/0/RetryPolicies/0/MaxAttempts)"},
        {policy(R"(, "ExpireAfterMin": 14401)"),
         "ExpireAfterMin must be an integer in the range [0, 14400]. (at /Steps/0/RetryPolicies/0/ExpireAfterMin)"},
        {policy(R"(, "IntervalSeconds": 0)"),
         "IntervalSeconds must be an integer in the range [1, 43200]. (at /Steps/0/RetryPolicies/0/IntervalSeconds)"},
        {policy(R"(, "BackoffRate": 0.5)"),
         "BackoffRate must be a number of at least 1. (at /Steps/0/RetryPolicies/0/BackoffRate)"},
        {policy(R"(, "Attempts": 1)"),
         "Unknown RetryPolicy member 'Attempts'. Did you mean 'MaxAttempts'? (at /Steps/0/RetryPolicies/0/Attempts)"},
        {policy(R"(, "MaxAttempts": 0, "IntervalSeconds": 43200, "BackoffRate": 1)"), "compiles"},
    });
}

TEST(Parse, ReadsRetryPolicies) {
    const auto compiled = compile(with_steps(
        step("A", "Tuning", "{}", R"(, "RetryPolicies": [{"ExceptionType": "Step.THROTTLING", "ExpireAfterMin": 2},
            {"ExceptionType": ["SageMaker.CAPACITY_ERROR", "SageMaker.RESOURCE_LIMIT"], "IntervalSeconds": 30}])")));
    ASSERT_TRUE(compiled);
    const Node& node = (*compiled)->graph.nodes[0];
    EXPECT_FALSE(node.retries_job_errors);
    ASSERT_EQ(node.retries.size(), 2u);
    EXPECT_EQ(node.retries[0].limit, RetryLimit{Duration{120'000}});
    EXPECT_EQ(node.retries[1].errors, (std::vector{StepError::CapacityError, StepError::ResourceLimit}));
    EXPECT_EQ(node.retries[1].interval, Duration{30'000});
    EXPECT_EQ(node.retries[1].limit, RetryLimit{5u}) << "the default";
}

TEST(Parse, NamesFaultsOfDeclaredOutputs) {
    const auto lambda = [](std::string_view outputs) {
        return with_steps(
            step("L", "Lambda", "{}", fmt::format(R"(, "FunctionArn": "f", "OutputParameters": {})", outputs)));
    };
    std::string many = "[";
    for (int index = 0; index <= 50; ++index)
        many += fmt::format(R"({}{{"OutputName": "o{}", "OutputType": "String"}})", index == 0 ? "" : ",", index);
    expect_faults({
        {with_steps(step("L", "Lambda", "{}")), "Missing member 'FunctionArn'. (at /Steps/0)"},
        {with_steps(step("C", "Callback", "{}")), "Missing member 'SqsQueueUrl'. (at /Steps/0)"},
        {with_steps(step("C", "Callback", "{}", R"(, "SqsQueueUrl": 5)")),
         "Expecting Json String but found an integer. (at /Steps/0/SqsQueueUrl)"},
        {lambda(R"([{"OutputName": "a"}])"), "Missing member 'OutputType'. (at /Steps/0/OutputParameters/0)"},
        {lambda(R"([{"OutputName": "a", "OutputType": "List"}])"),
         "Unknown type 'List'. Known: String, Integer, Float, Boolean. (at /Steps/0/OutputParameters/0/OutputType)"},
        {lambda(R"([{"OutputName": "a", "OutputType": "String"}, {"OutputName": "a", "OutputType": "Float"}])"),
         "OutputParameters cannot have duplicate names: 'a'. (at /Steps/0/OutputParameters/1)"},
        {lambda(many + "]"), "OutputParameters has 51 items, at most 50 are allowed. (at /Steps/0/OutputParameters)"},
        {lambda("[]"), "compiles"},
        {with_steps(
             step("P", "Processing", "{}", R"(, "PropertyFiles": [{"PropertyFileName": "R", "OutputName": "o"}])")),
         "Missing member 'FilePath'. (at /Steps/0/PropertyFiles/0)"},
        {with_steps(step("Q", "QualityCheck", "{}", R"(, "CheckType": "DATA_BIAS")")),
         "Unknown CheckType 'DATA_BIAS'. Known: DATA_QUALITY, MODEL_QUALITY. (at /Steps/0/CheckType)"},
    });
}

}  // namespace
}  // namespace pipelines::definition::test
