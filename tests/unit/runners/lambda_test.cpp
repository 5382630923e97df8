// What a Lambda step asks of the endpoint, and what every kind of answer means for it.
#include "pipelines/runners/lambda.hpp"

#include <gmock/gmock.h>

#include "pipelines/base/base64.hpp"

namespace pipelines::runners {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

const http::Endpoint kMoto{"moto", 5000, ""};

OutsideStep step_with(std::vector<definition::OutputParameter> outputs) {
    auto declared = std::make_shared<definition::Step>();
    declared->name = "Ask";
    declared->type = definition::find_step_type("Lambda");
    declared->outputs = std::move(outputs);
    OutsideStep step;
    step.ref = {1, 2, 3};
    step.execution_arn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/abcdefghijkl";
    step.step = "Ask";
    step.name = "pipelines-abcdefghijkl-Ask-0123456789";
    step.definition = std::move(declared);
    step.arguments = {{"model", "m"}};
    step.target = "arn:aws:lambda:us-east-1:123456789012:function:f";
    return step;
}

http::ClientOutcome answer(int status, std::string body, std::vector<http::Header> headers = {}) {
    return http::ClientAnswer{status, std::move(headers), std::move(body)};
}

TEST(LambdaInvocation, CarriesArgumentsAndIdentity) {
    const auto call = invocation(step_with({}));
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.target,
              "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/invocations");
    EXPECT_EQ(call.body, R"({"model":"m"})");
    EXPECT_THAT(call.headers, Contains(Pair("X-Amz-Invocation-Type", "RequestResponse")));
    EXPECT_THAT(
        call.headers,
        Contains(Pair("X-Amz-Client-Context",
                      base64_encoded(R"({"custom":{"attempt":3,"executionArn":)"
                                     R"("arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/abcdefghijkl",)"
                                     R"("step":"Ask"}})"))));
}

TEST(LambdaResult, HasTheDeclaredTypes) {
    using definition::ParameterType;
    const auto step = step_with({{"text", ParameterType::String}, {"whole", ParameterType::Integer}});
    const auto result = invocation_result(step, kMoto, answer(200, R"({"text": 200, "whole": "7", "extra": []})"));
    EXPECT_EQ(result.verdict.status, StepStatus::Succeeded);
    EXPECT_EQ(dump(result.outputs), R"({"text":"200","whole":7})");
}

TEST(LambdaResult, IsFreeWhereNothingIsDeclared) {
    for (const char* body : {"null", "\"done\"", "[1]", "{}", "17"})
        EXPECT_EQ(invocation_result(step_with({}), kMoto, answer(200, body)).verdict.status, StepStatus::Succeeded)
            << body;
}

struct Failure {
    const char* name;
    http::ClientOutcome outcome;
    StepError error;
    const char* text;
};

class LambdaFailure : public testing::TestWithParam<Failure> {};

TEST_P(LambdaFailure, IsTheStepsReason) {
    const auto step = step_with({{"text", definition::ParameterType::String}});
    const auto result = invocation_result(step, kMoto, GetParam().outcome);
    EXPECT_EQ(result.verdict.status, StepStatus::Failed);
    EXPECT_EQ(result.verdict.error, GetParam().error);
    EXPECT_THAT(result.failure, testing::StartsWith("ClientError: "));
    EXPECT_THAT(result.failure, HasSubstr(GetParam().text));
}

http::ClientOutcome fault(http::ClientFault::Kind kind) { return http::ClientFault{kind, "http://moto:5000 is gone"}; }

INSTANTIATE_TEST_SUITE_P(
    All, LambdaFailure,
    testing::Values(
        Failure{"Raised",
                answer(200, R"({"errorType": "ValueError", "errorMessage": "no model"})",
                       {{"X-Amz-Function-Error", "Unhandled"}}),
                StepError::ClientError, "function:f' failed (Unhandled): ValueError: no model"},
        Failure{"RaisedNoJson", answer(200, "Traceback", {{"x-amz-function-error", "Handled"}}), StepError::ClientError,
                "failed (Handled): Traceback"},
        Failure{"NoJson", answer(200, "<html>"), StepError::ClientError, "is not a JSON text: <html>"},
        Failure{"NoObject", answer(200, "[1]"), StepError::ClientError, "is not a JSON object: [1]"},
        Failure{"MissingOutput", answer(200, R"({"other": 1})"), StepError::ClientError, "'text'"},
        Failure{"NullOutput", answer(200, R"({"text": null})"), StepError::ClientError, "'text'"},
        Failure{"NoFunction",
                answer(404, R"({"Type": "User", "Message": "Function not found"})",
                       {{"X-Amzn-ErrorType", "ResourceNotFoundException:http://x"}}),
                StepError::ClientError,
                "Failed to invoke lambda:Invoke. Error Details: http://moto:5000 answered HTTP 404 "
                "ResourceNotFoundException: Function not found."},
        Failure{"Throttled", answer(429, "{}"), StepError::Throttling, "HTTP 429"},
        Failure{"Broken", answer(503, "oops"), StepError::ServiceFault, "HTTP 503."},
        Failure{"Unreachable", fault(http::ClientFault::Kind::Unreachable), StepError::ClientError, "http://moto:5000"},
        Failure{"Nonsense", fault(http::ClientFault::Kind::Nonsense), StepError::ClientError, "http://moto:5000"},
        Failure{"TooSlow", fault(http::ClientFault::Kind::TimedOut), StepError::ClientError,
                "function:f' did not finish: http://moto:5000 is gone."}),
    [](const auto& one) { return one.param.name; });

TEST(LambdaFailureText, IsShortened) {
    const auto result = invocation_result(step_with({{"text", definition::ParameterType::String}}), kMoto,
                                          answer(200, std::string(5000, 'x')));
    EXPECT_LT(result.failure.size(), 1200U);
}

}  // namespace
}  // namespace pipelines::runners
