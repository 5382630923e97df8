// Names and ARNs as AWS has been seen to give them, and the forms we chose where it was not seen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "samples.hpp"

namespace pipelines::documents {
namespace {

using ::testing::MatchesRegex;

struct NameCase {
    std::string_view type, step, arguments, pattern;
};

TEST(JobNames, HaveTheFormOfTheirType) {
    const std::vector<NameCase> cases{
        // recorded
        {"Training", "create-provisioned-throughput-step", "{}",
         "pipelines-d84ewltjmxhe-create-provisioned-t-[a-zA-Z0-9]{10}"},
        {"Model", "abalone-createmodel-step", "{}", "pipelines-d84ewltjmxhe-abalone-createmodel--[a-zA-Z0-9]{10}"},
        {"Processing", "Abalone-Train", "{}", "pipelines-d84ewltjmxhe-Abalone-Train-[a-zA-Z0-9]{10}"},
        {"QualityCheck", "DQ", "{}", "pipelines-d84ewltjmxhe-DQ-[a-zA-Z0-9]{10}"},
        {"RegisterModel", "pytorch-register", "{}", "pipelines-d84ewltjmxhe-pytorch-register-[a-zA-Z0-9]{10}"},
        {"Callback", "Ask", "{}", "[a-zA-Z0-9]{10}"},
        // AWS's own test: an execution-unique suffix
        {"EndpointConfig", "E", R"({"EndpointConfigName": "MyCfg"})", "MyCfg-d84ewltjmxhe"},
        {"Endpoint", "E", R"({"EndpointName": "12345678901234567890123456789012345678901234567890123"})",
         "12345678901234567890123456789012345678901234567890-d84ewltjmxhe"},
        {"InferenceComponent", "E", R"({"InferenceComponentName": "ic"})", "ic-d84ewltjmxhe"},
        {"Endpoint", "E", "{}", "pipelines-d84ewltjmxhe-E-[a-zA-Z0-9]{10}"},
        // decisions
        {"Tuning", "Tune-The-Model", "{}", "d84ewltjmxhe-Tune-Th-[a-zA-Z0-9]{10}"},
        {"AutoML", "AM", "{}", "d84ewltjmxhe-AM-[a-zA-Z0-9]{10}"},
        {"Training", "T", R"({"TrainingJobName": "my-prefix"})", "my-prefix-d84ewltjmxhe-[a-zA-Z0-9]{10}"},
        {"Processing", "T", R"({"ProcessingJobName": "a2345678901234567890123456789012345678901234567890"})",
         "a23456789012345678901234567890123456789-d84ewltjmxhe-[a-zA-Z0-9]{10}"},
        {"Tuning", "T", R"({"HyperParameterTuningJobName": "my-long-prefix"})",
         "my-long--d84ewltjmxhe-[a-zA-Z0-9]{10}"},
        {"Training", "Under_score", "{}", "pipelines-d84ewltjmxhe-Under-score-[a-zA-Z0-9]{10}"},
        // 39 characters of two bytes each
        {"Training", "T", R"({"TrainingJobName": "ééééééééééééééééééééééééééééééééééééééééé"})",
         "----------------------------------------d84ewltjmxhe-[a-zA-Z0-9]{10}"},
        {"HubContent", "H", R"({"HubContentName": "given"})", "pipelines-d84ewltjmxhe-H-[a-zA-Z0-9]{10}"},
        {"Lambda", "L", "{}", "pipelines-d84ewltjmxhe-L-[a-zA-Z0-9]{10}"}};
    for (const NameCase& each : cases) {
        const std::string name =
            job_name(step_of(each.type), each.step, kExecution, 42, 1, *parse_json(each.arguments));
        EXPECT_THAT(name, MatchesRegex(std::string(each.pattern))) << each.type << ' ' << each.step;
        EXPECT_LE(name.size(), each.type == "Tuning" || each.type == "AutoML" ? 32U : 63U);
    }
}

TEST(JobNames, DifferByAttemptAndNeverByTheTimeOfAsking) {
    const definition::Step step = step_of("Training");
    const auto name = [&](std::uint32_t attempt) {
        return job_name(step, "S", kExecution, 42, attempt, Json::object());
    };
    EXPECT_EQ(name(1), name(1));
    EXPECT_NE(name(1), name(2));
}

TEST(JobArns, AreThoseOfTheService) {
    const auto arn = [](std::string_view type) {
        return job_arn(job_of(type), *definition::find_step_type(type), kKey);
    };
    EXPECT_THAT(
        arn("Training"),
        MatchesRegex(
            "arn:aws:sagemaker:eu-west-1:123456789012:training-job/pipelines-d84ewltjmxhe-My-Step-[a-zA-Z0-9]{10}"));
    EXPECT_THAT(arn("ClarifyCheck"), MatchesRegex(".*:processing-job/pipelines-d84ewltjmxhe-My-Step-.*"));
    EXPECT_THAT(arn("Model"), MatchesRegex(".*:model/pipelines-d84ewltjmxhe-my-step-[a-z0-9]{10}"))
        << "recorded in lower case";
    EXPECT_EQ(arn("RegisterModel"), "arn:aws:sagemaker:eu-west-1:123456789012:model-package/group/3");
    EXPECT_EQ(arn("Endpoint"), "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/ep-d84ewltjmxhe");
    EXPECT_THAT(arn("Job"), MatchesRegex(".*:job/AgentRFT/pipelines-d84ewltjmxhe-My-Step-[a-zA-Z0-9]{10}"))
        << "API model: the category stands before the name";
    EXPECT_THAT(arn("BedrockCustomModel"),
                MatchesRegex("arn:aws:bedrock:eu-west-1:123456789012:custom-model/imported/[a-z0-9]{12}"));
    EXPECT_THAT(arn("BedrockProvisionedModelThroughput"),
                MatchesRegex("arn:aws:bedrock:.*:provisioned-model/[a-z0-9]{12}"));
    EXPECT_THAT(arn("EMRServerless"),
                MatchesRegex("arn:aws:emr-serverless:eu-west-1:123456789012:/applications/app123/jobruns/[0-9a-z]+"));
    EXPECT_EQ(arn("HubContent"), "arn:aws:sagemaker:eu-west-1:123456789012:hub-content/hub/Model/content/1.0.0");
    EXPECT_EQ(arn("Lambda"), "arn:aws:lambda:eu-west-1:123456789012:function:f");
    EXPECT_EQ(arn("Callback"), "");
}

// A default stands for what is null, as for what is missing, and a cache tells the two not apart.
TEST(Requests, HaveNoMemberThatIsNull) {
    const Json given = *parse_json(
        R"({"a": null, "b": {"c": null, "d": {"e": null}}, "f": [null, {"g": null, "h": [{"i": null, "j": 1}]}], "k": ""})");
    const Json request = *parse_json(R"({"b": {"d": {}}, "f": [null, {"h": [{"j": 1}]}], "k": ""})");
    for (const definition::StepType& type : definition::step_types()) {
        const bool own = type.job == JobKind::Callback || type.job == JobKind::Lambda;
        EXPECT_EQ(request_of(type, given), own ? given : request) << type.name;
    }
    EXPECT_EQ(request_of(*definition::find_step_type("Training"), request), request);
}

TEST(JobArguments, KeepTheExtraKeyOfCallbackAndLambda) {
    const Json arguments{{"a", 1}};
    EXPECT_EQ(job_arguments(step_of("Callback"), arguments, {{"SqsQueueUrl", "u"}}),
              (Json{{"Arguments", arguments}, {"SqsQueueUrl", "u"}}));
    EXPECT_EQ(job_arguments(step_of("Lambda"), arguments, {{"FunctionArn", "f"}}),
              (Json{{"Arguments", arguments}, {"FunctionArn", "f"}}));
    EXPECT_EQ(job_arguments(step_of("Training"), arguments, {{"Other", 1}}), arguments);
}

}  // namespace
}  // namespace pipelines::documents
