// What a simulated attempt ends with: defaults, scripted outcomes by attempt, the texts of failures, the check steps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "pipelines/runners/simulated.hpp"

namespace pipelines::runners {
namespace {

using definition::ParameterType;
using std::chrono::seconds;
using ::testing::HasSubstr;

definition::Step step(std::string_view type) {
    definition::Step made;
    made.name = "S";
    made.type = definition::find_step_type(type);
    return made;
}

definition::Step with_outputs(std::string_view type) {
    definition::Step made = step(type);
    made.outputs = {{"text", ParameterType::String},
                    {"count", ParameterType::Integer},
                    {"score", ParameterType::Float},
                    {"ok", ParameterType::Boolean}};
    return made;
}

Json script(const Json& response) { return {{"Case", "C"}, {"Steps", {{"S", response}}}}; }

Simulation run(const definition::Step& made, const Json& scripted, std::uint32_t attempt = 1,
               const Json& extra = Json::object(), const Json& arguments = Json::object()) {
    return simulate({made, arguments, extra, attempt}, scripted, seconds(5));
}

TEST(Simulated, EveryStepButACallbackSucceedsWithoutAScenario) {
    for (const definition::StepType& type : definition::step_types()) {
        if (type.kind != definition::NodeKind::Work) continue;
        const Simulation simulation = run(step(type.name), nullptr);
        if (type.name == "Callback") {
            EXPECT_FALSE(simulation.after) << "a callback waits for its answer";
            continue;
        }
        EXPECT_EQ(simulation.after, seconds(5)) << type.name;
        EXPECT_EQ(simulation.result.verdict.status, StepStatus::Succeeded) << type.name;
        EXPECT_TRUE(simulation.result.job_result.is_null()) << type.name;
    }
}

// One iteration of a ForEach by its own name, all by the step's.
TEST(Simulated, AnIterationIsScriptedByItsNameOrItsSteps) {
    const auto failure = [](std::string_view cause) {
        return Json{{"0-", {{"Throw", {{"Error", "ClientError"}, {"Cause", cause}}}}}};
    };
    const Json scripted{{"Steps", {{"S", failure("all")}, {"S-1", failure("one")}}}};
    const definition::Step made = step("Training");
    const auto end_of = [&](std::string_view name) {
        return simulate({.step = made, .arguments = nullptr, .extra = nullptr, .name = name}, scripted, seconds(5))
            .result.failure;
    };
    EXPECT_EQ(end_of("S-0"), "ClientError: all");
    EXPECT_EQ(end_of("S-1"), "ClientError: one");
    EXPECT_EQ(end_of({}), "ClientError: all");
}

TEST(Simulated, AThrowWithoutACauseReadsAsTheServiceDoes) {
    struct Case {
        std::string_view type, error, text;
    };
    const std::vector<Case> cases{
        {"Training", "SageMaker.RESOURCE_LIMIT",
         "ClientError: Failed to invoke sagemaker:CreateTrainingJob. Error Details: The account-level service limit "
         "was exceeded."},
        {"ClarifyCheck", "Step.THROTTLING",
         "ClientError: Failed to invoke sagemaker:CreateProcessingJob. Error Details: Rate exceeded"},
        {"Athena", "Step.THROTTLING",
         "ClientError: Failed to invoke athena:StartQueryExecution. Error Details: Rate exceeded"},
        {"EMR", "Step.SERVICE_FAULT", "ClientError: The service failed to process the request."},
        {"Training", "SageMaker.JOB_INTERNAL_ERROR",
         "InternalServerError: We encountered an internal error. Please try again."},
        {"Training", "ClientError", "ClientError: The scenario made the step fail."},
    };
    for (const Case& each : cases) {
        const Json throwing{{"0-", {{"Throw", {{"Error", each.error}}}}}};
        EXPECT_EQ(run(step(each.type), script(throwing)).result.failure, each.text);
    }
}

// A request that was refused has made nothing; what is made by the request alone is not there after any failure.
TEST(Simulated, WhichEndsLeaveNoJob) {
    struct Case {
        std::string_view type;
        Verdict end;
        bool none;
    };
    const std::vector<Case> cases{
        {"Training", {StepStatus::Failed, StepError::Throttling}, true},
        {"Training", {StepStatus::Failed, StepError::ServiceFault}, true},
        {"Tuning", {StepStatus::Failed, StepError::ResourceLimit}, true},
        {"Training", {StepStatus::Failed, StepError::CapacityError}, false},
        {"Training", {StepStatus::Failed, StepError::ClientError}, false},
        {"Training", {StepStatus::Stopped}, false},
        {"Training", {}, false},
        {"Model", {StepStatus::Failed, StepError::ClientError}, true},
        {"EndpointConfig", {StepStatus::Failed, StepError::ClientError}, true},
        {"Model", {}, false},
        {"Callback", {StepStatus::Failed, StepError::Throttling}, false},
        {"Lambda", {StepStatus::Failed, StepError::Throttling}, false},
        {"Pass", {StepStatus::Failed, StepError::Throttling}, false},
    };
    for (const Case& each : cases)
        EXPECT_EQ(leaves_no_job(*definition::find_step_type(each.type), each.end), each.none) << each.type;
}

TEST(Simulated, WhatTheEngineDecidesIsNotSimulated) {
    EXPECT_THROW((void)run(step("Condition"), nullptr), std::logic_error);
    EXPECT_THROW((void)run(step("Fail"), nullptr), std::logic_error);
    EXPECT_THROW((void)run(step("ForEach"), nullptr), std::logic_error);
}

TEST(Simulated, ALambdaMakesUpWhatItDeclares) {
    const Simulation simulation = run(with_outputs("Lambda"), nullptr);
    EXPECT_EQ(simulation.result.outputs, (Json{{"text", "simulated"}, {"count", 0}, {"score", 0.0}, {"ok", true}}));
    EXPECT_TRUE(simulation.result.outputs.at("score").is_number_float());
}

TEST(Simulated, OutcomesGoByAttempt) {
    const Json scripted =
        script({{"0-1", {{"Throw", {{"Error", "SageMaker.CAPACITY_ERROR"}, {"Cause", "none left"}}}, {"Duration", 90}}},
                {"3-", {{"Return", {{"ExitMessage", "ok"}}}, {"PropertyFiles", {{"F", {{"a", 1}}}}}}}});
    const definition::Step made = step("Processing");
    for (const std::uint32_t attempt : {1U, 2U}) {
        const Simulation failing = run(made, scripted, attempt);
        EXPECT_EQ(failing.after, seconds(90));
        EXPECT_EQ(failing.result.verdict.status, StepStatus::Failed);
        EXPECT_EQ(failing.result.verdict.error, StepError::CapacityError);
        EXPECT_EQ(failing.result.failure, "none left");
    }
    const Simulation good = run(made, scripted, 9);
    EXPECT_EQ(good.after, seconds(5)) << "no Duration: the usual one";
    EXPECT_EQ(good.result.verdict.status, StepStatus::Succeeded);
    EXPECT_EQ(good.result.job_result, (Json{{"ExitMessage", "ok"}}));
    EXPECT_EQ(good.result.property_files, (Json{{"F", {{"a", 1}}}}));
}

TEST(Simulated, AnUncoveredAttemptFailsAndSaysWhatIsCovered) {
    const Json outcome{{"Return", Json::object()}};
    const Simulation simulation =
        run(step("Training"), script({{"10", outcome}, {"0-1", outcome}, {"3-4", outcome}}), 3);
    EXPECT_EQ(simulation.result.verdict.status, StepStatus::Failed);
    EXPECT_EQ(simulation.result.verdict.error, StepError::ClientError);
    EXPECT_THAT(simulation.result.failure, HasSubstr("test case 'C'"));
    EXPECT_THAT(simulation.result.failure, HasSubstr("attempt 2 of step 'S'"));
    EXPECT_THAT(simulation.result.failure, HasSubstr("It covers: 0-1, 3-4, 10."));
}

TEST(Simulated, HoldHasNoEndAndStopEndsStopped) {
    const Simulation held = run(step("Training"), script({{"0-", {{"Hold", true}}}}));
    EXPECT_FALSE(held.after);
    EXPECT_EQ(held.result.verdict.status, StepStatus::Succeeded) << "what its release ends with";
    const Simulation stopped = run(step("Training"), script({{"0-", {{"Stop", true}, {"Duration", "2s"}}}}));
    EXPECT_EQ(stopped.after, seconds(2));
    EXPECT_EQ(stopped.result.verdict.status, StepStatus::Stopped);
}

TEST(Simulated, FailuresReadAsAwsWritesThem) {
    const auto failure = [](const Json& thrown) {
        return run(step("Training"), script({{"0", {{"Throw", thrown}}}})).result.failure;
    };
    EXPECT_EQ(failure({{"Error", "ClientError"}, {"Cause", "AlgorithmError: x"}}), "ClientError: AlgorithmError: x");
    EXPECT_EQ(failure({{"Error", "ClientError"}, {"Cause", "ClientError: x"}}), "ClientError: x");
    EXPECT_EQ(failure({{"Error", "Step.THROTTLING"}, {"Cause", "slow down"}}), "slow down");
    for (const char* error : {"Step.SERVICE_FAULT", "Step.THROTTLING", "SageMaker.JOB_INTERNAL_ERROR",
                              "SageMaker.CAPACITY_ERROR", "SageMaker.RESOURCE_LIMIT", "ClientError"})
        EXPECT_FALSE(failure({{"Error", error}}).empty()) << error;
}

struct Conversion {
    Json returned;
    Json outputs;  // null: fails
    std::string_view failure{};
};

TEST(Simulated, ReturnedValuesTakeTheDeclaredTypes) {
    const std::vector<Conversion> cases{
        {{{"text", 200}, {"count", "7"}, {"score", 3}, {"ok", "True"}, {"extra", 1}},
         {{"text", "200"}, {"count", 7}, {"score", 3.0}, {"ok", true}}},
        {{{"text", {{"a", 1}}}, {"count", 2.0}, {"score", "0.5"}, {"ok", false}},
         {{"text", "{\"a\":1}"}, {"count", 2}, {"score", 0.5}, {"ok", false}}},
        {{{"text", "a"}, {"count", "many"}, {"score", 1}, {"ok", true}},
         nullptr,
         "'count' of step 'S' is declared Integer, but the value is \"many\""},
        {{{"text", "a"}, {"count", 1}, {"score", "inf"}, {"ok", true}}, nullptr, "'score'"},
        {{{"text", "a"}, {"count", 1}, {"score", 1}, {"ok", 1}}, nullptr, "'ok'"},
        {{{"text", nullptr}, {"count", 1}, {"score", 1}, {"ok", true}}, nullptr, "'text'"},
        {{{"text", "a"}, {"score", 1}, {"ok", true}},
         nullptr,
         "'count' of step 'S' is declared, but the response of the function does not have it"}};
    for (const Conversion& conversion : cases) {
        const StepResult result =
            run(with_outputs("Lambda"), script({{"0", {{"Return", conversion.returned}}}})).result;
        if (conversion.outputs.is_null()) {
            EXPECT_EQ(result.verdict.error, StepError::ClientError);
            EXPECT_THAT(result.failure, HasSubstr("ClientError: "));
            EXPECT_THAT(result.failure, HasSubstr(conversion.failure));
        } else {
            EXPECT_EQ(result.outputs, conversion.outputs) << result.failure;
        }
    }
}

TEST(Simulated, AScriptedCallbackAnswersItself) {
    const Simulation simulation =
        run(with_outputs("Callback"), script({{"0", {{"Return", {{"count", "3"}}}, {"Duration", 1}}}}));
    EXPECT_EQ(simulation.after, seconds(1));
    EXPECT_EQ(simulation.result.outputs, (Json{{"count", 3}}));
}

TEST(Simulated, AScenarioForcesTheBranchOfACondition) {
    const definition::Step condition = step("Condition");
    EXPECT_EQ(*forced_outcome(condition, script({{"0-", {{"Return", {{"Outcome", "True"}}}}}}), 1), true);
    EXPECT_EQ(*forced_outcome(condition, script({{"0-", {{"Return", {{"Outcome", "False"}}}}}}), 4), false);
    EXPECT_EQ(*forced_outcome(condition, nullptr, 1), std::nullopt);
    const auto uncovered = forced_outcome(condition, script({{"1-", {{"Return", {{"Outcome", "False"}}}}}}), 1);
    ASSERT_FALSE(uncovered) << "as for every other step";
    EXPECT_THAT(uncovered.error().message, HasSubstr("says nothing of attempt 0"));
}

// Facts of AWS's own tests (docs/compatibility.md, "Jobs behind the steps").
class CheckSteps : public ::testing::Test {
protected:
    static Json arguments() {
        return {{"ProcessingOutputConfig",
                 {{"Outputs", Json::array({{{"OutputName", "o"}, {"S3Output", {{"S3Uri", "s3://b/dq/"}}}}})}}}};
    }
    static StepResult check(std::string_view type, const Json& extra, const Json& response = nullptr) {
        const definition::Step made = step(type);
        return run(made, response.is_null() ? Json() : script({{"0", {{"Return", response}}}}), 1, extra, arguments())
            .result;
    }
};

TEST_F(CheckSteps, ShowTheSuppliedBaselineAndTheCalculatedOne) {
    const StepResult result = check("QualityCheck", {{"CheckType", "DATA_QUALITY"},
                                                     {"ModelPackageGroupName", "g"},
                                                     {"SkipCheck", false},
                                                     {"RegisterNewBaseline", false},
                                                     {"SuppliedBaselineStatistics", "s3://b/stats"},
                                                     {"SuppliedBaselineConstraints", ""}});
    EXPECT_EQ(result.verdict.status, StepStatus::Succeeded);
    EXPECT_EQ(result.outputs, (Json{{"CheckType", "DATA_QUALITY"},
                                    {"ModelPackageGroupName", "g"},
                                    {"SkipCheck", false},
                                    {"RegisterNewBaseline", false},
                                    {"BaselineUsedForDriftCheckStatistics", "s3://b/stats"},
                                    {"BaselineUsedForDriftCheckConstraints", "s3://b/dq/constraints.json"},
                                    {"CalculatedBaselineStatistics", "s3://b/dq/statistics.json"},
                                    {"CalculatedBaselineConstraints", "s3://b/dq/constraints.json"}}));
}

TEST_F(CheckSteps, AClarifyCheckHasNoStatistics) {
    const StepResult result = check(
        "ClarifyCheck",
        {{"CheckType", "DATA_BIAS"}, {"RegisterNewBaseline", "true"}, {"SuppliedBaselineConstraints", "s3://b/x"}});
    EXPECT_EQ(result.outputs.at("CalculatedBaselineConstraints"), "s3://b/dq/analysis.json");
    EXPECT_EQ(result.outputs.at("BaselineUsedForDriftCheckConstraints"), "s3://b/dq/analysis.json")
        << "a new one is registered";
    EXPECT_FALSE(result.outputs.contains("CalculatedBaselineStatistics"));
}

TEST_F(CheckSteps, TakeTheBaselineOfTheirTypeFromTheLatestVersion) {
    const auto uri = [](std::string_view name) { return Json{{"S3Uri", name}}; };
    const Json baselines{{"ModelDataQuality", {{"Statistics", uri("ds")}, {"Constraints", uri("dc")}}},
                         {"ModelQuality", {{"Constraints", uri("mc")}}},
                         {"Bias", {{"PreTrainingConstraints", uri("pre")}, {"PostTrainingConstraints", uri("post")}}},
                         {"Explainability", {{"Constraints", uri("ex")}}}};
    struct Case {
        std::string_view step, check, supplied, constraints, statistics;
    };
    for (const auto& [type, check_type, supplied, constraints, statistics] :
         {Case{"QualityCheck", "DATA_QUALITY", "", "dc", "ds"},
          Case{"QualityCheck", "DATA_QUALITY", "own", "own", "ds"},
          Case{"QualityCheck", "MODEL_QUALITY", "", "mc", "s3://b/dq/statistics.json"},
          Case{"ClarifyCheck", "DATA_BIAS", "", "pre", ""}, Case{"ClarifyCheck", "MODEL_BIAS", "", "post", ""},
          Case{"ClarifyCheck", "MODEL_EXPLAINABILITY", "", "ex", ""},
          Case{"ClarifyCheck", "UNKNOWN", "", "s3://b/dq/analysis.json", ""}}) {
        const definition::Step made = step(type);
        const Json extra{{"CheckType", check_type}, {"SuppliedBaselineConstraints", supplied}};
        const StepResult result =
            simulate({.step = made, .arguments = arguments(), .extra = extra, .attempt = 1, .baselines = &baselines},
                     Json(), Duration{1})
                .result;
        EXPECT_EQ(result.outputs.at("BaselineUsedForDriftCheckConstraints"), constraints) << check_type;
        EXPECT_EQ(result.outputs.value("BaselineUsedForDriftCheckStatistics", ""), statistics) << check_type;
    }
}

TEST_F(CheckSteps, AskForABaselineOfTheirGroupOnlyWhenOneCanBeUsed) {
    const definition::Step check_step = step("ClarifyCheck");
    EXPECT_EQ(baseline_group(check_step, {{"ModelPackageGroupName", "g"}}), "g");
    EXPECT_EQ(baseline_group(check_step, {{"ModelPackageGroupName",
                                           "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/g"}}),
              "g");
    EXPECT_FALSE(baseline_group(check_step, {{"ModelPackageGroupName", nullptr}}));
    EXPECT_FALSE(baseline_group(check_step, {{"ModelPackageGroupName", "g"}, {"RegisterNewBaseline", "True"}}));
    EXPECT_FALSE(baseline_group(step("Processing"), {{"ModelPackageGroupName", "g"}}));
}

TEST_F(CheckSteps, AViolationFailsUnlessItMayNot) {
    const Json report{{"ViolationReport", "s3://b/v.json"}};
    for (const Json& extra : {Json{{"FailOnViolation", nullptr}}, Json{{"FailOnViolation", true}}, Json::object()}) {
        const StepResult failed = check("QualityCheck", extra, report);
        EXPECT_EQ(failed.verdict.status, StepStatus::Failed);
        EXPECT_EQ(failed.verdict.error, StepError::ClientError);
        EXPECT_EQ(failed.failure, "ClientError: Quality check failed. See violation report s3://b/v.json");
        EXPECT_EQ(failed.outputs.at("ViolationReport"), "s3://b/v.json");
    }
    const StepResult let_pass = check("ClarifyCheck", {{"FailOnViolation", false}}, report);
    EXPECT_EQ(let_pass.verdict.status, StepStatus::Succeeded);
    EXPECT_TRUE(let_pass.failure.empty());
    const StepResult skipped = check("QualityCheck", {{"SkipCheck", true}}, report);
    EXPECT_EQ(skipped.verdict.status, StepStatus::Succeeded);
    EXPECT_FALSE(skipped.outputs.contains("ViolationReport"));
    const StepResult inlined =
        check("ClarifyCheck", Json::object(), {{"ViolationReport", {{"violations", Json::array()}}}});
    EXPECT_EQ(inlined.failure,
              "ClientError: Clarify check failed. See violation report s3://b/dq/constraint_violations.json");
}

TEST(Simulated, AResultOutlivesItsRow) {
    StepResult result;
    result.verdict = {StepStatus::Failed, StepError::Throttling, true};
    result.outputs = {{"a", 1}};
    result.job_result = {{"b", 2}};
    result.property_files = {{"F", Json::array()}};
    result.failure = "why";
    const StepResult again = step_result(*parse_json(dump(to_json(result))));
    EXPECT_EQ(again.verdict.status, result.verdict.status);
    EXPECT_EQ(again.verdict.error, result.verdict.error);
    EXPECT_EQ(again.verdict.outcome, result.verdict.outcome);
    EXPECT_EQ(again.outputs, result.outputs);
    EXPECT_EQ(again.job_result, result.job_result);
    EXPECT_EQ(again.property_files, result.property_files);
    EXPECT_EQ(again.failure, result.failure);
    EXPECT_TRUE(step_result(to_json(StepResult{})).outputs.is_null());
}

}  // namespace
}  // namespace pipelines::runners
