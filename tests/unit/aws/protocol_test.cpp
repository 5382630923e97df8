// Every SDK depends on these few bytes around a call; a request that is no call must say why.
#include "pipelines/aws/protocol.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace pipelines::aws {
namespace {

using testing::HasSubstr;

http::HttpRequest call(std::string_view target, std::string body) {
    http::HttpRequest request;
    request.method = "POST";
    request.path = "/";
    request.id = "request-id";
    request.headers = {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", std::string(target)}};
    request.body = std::move(body);
    return request;
}

std::string header(const http::HttpResponse& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

TEST(Protocol, ReadsACall) {
    http::HttpRequest request = call("SageMaker.ListPipelines", R"({"MaxResults":7})");
    request.headers.emplace_back(
        "Authorization", "AWS4-HMAC-SHA256 Credential=111122223333/20261124/eu-west-1/sagemaker/aws4_request, x");
    const auto read = read_call(request, {});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->operation, "ListPipelines");
    EXPECT_EQ(read->input, Json::parse(R"({"MaxResults":7})"));
    EXPECT_EQ(read->where, (NamespaceKey{"111122223333", "eu-west-1"}));
    EXPECT_EQ(read->request_id, "request-id");
}

TEST(Protocol, TakesAnEmptyBodyForAnEmptyObject) {
    const auto read = read_call(call("SageMaker.ListPipelines", ""), {});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->input, Json::object());
}

TEST(Protocol, ContentTypes) {
    struct Case {
        std::string content_type;
        bool is_taken;
    };
    for (const Case& each : std::vector<Case>{
             {"application/x-amz-json-1.1", true},
             {"Application/X-Amz-Json-1.1;charset=utf-8", true},
             {"application/x-amz-json-1.1 ; charset=utf-8", true},
             {"application/x-amz-json-1.0", false},
             {"application/x-amz-json-1.11", false},
             {"application/json", false},
             {"text/plain;charset=UTF-8", false},
             {"text/plain; application/x-amz-json-1.1", false},
             {"", false},
         }) {
        http::HttpRequest request = call("SageMaker.ListPipelines", "{}");
        request.headers[0].second = each.content_type;
        const auto read = read_call(request, {});
        EXPECT_EQ(read.has_value(), each.is_taken) << each.content_type;
        if (read) continue;
        EXPECT_EQ(read.error().kind, ErrorKind::Serialization);
        EXPECT_THAT(read.error().message, HasSubstr("application/x-amz-json-1.1"));
    }
    http::HttpRequest compressed = call("SageMaker.ListPipelines", "\x1f\x8b");
    compressed.headers.emplace_back("Content-Encoding", "gzip");
    const auto read = read_call(compressed, {});
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, HasSubstr("'gzip'")) << "rather than what is wrong with it as JSON";
}

TEST(Protocol, Targets) {
    for (const std::string target :
         {"", "SageMaker", "SageMaker.", "Sagemaker.ListPipelines", "DynamoDB_20120810.ListTables",
          "SageMaker.List Pipelines", "SageMaker.List.Pipelines", "SageMaker.\xff"}) {
        const auto read = read_call(call(target, "{}"), {});
        ASSERT_FALSE(read) << target;
        EXPECT_EQ(read.error().kind, ErrorKind::UnknownOperation);
    }
    EXPECT_FALSE(read_call(call("SageMaker." + std::string(129, 'a'), "{}"), {}));
    http::HttpRequest got = call("SageMaker.ListPipelines", "");
    got.method = "GET";
    const auto read = read_call(got, {});
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::UnknownOperation);
    EXPECT_THAT(read.error().message, HasSubstr("GET"));
}

TEST(Protocol, MalformedBodies) {
    using namespace std::string_literals;
    struct Case {
        std::string body, says;
    };
    for (const Case& each : std::vector<Case>{
             {"{\"a\": 1,\n  }", "line 2, column 3"},
             {"{\"a\": \"\0\"}"s, "line 1, column 8"},
             {"{} {}", "line 1, column 4"},
             {" ", "line 1"},
             {"{\"a\":\"\xff\"}", "line 1"},
             {"[]", "not an array"},
             {"null", "not null"},
             {"\"x\"", "not a string"},
             {std::string(100'000, '['), "column 513"},
             {"{\"a\": 18446744073709551616}", "line 1, column"},
         }) {
        const auto read = read_call(call("SageMaker.ListPipelines", each.body), {});
        ASSERT_FALSE(read) << each.body.substr(0, 40);
        EXPECT_EQ(read.error().kind, ErrorKind::Serialization);
        EXPECT_THAT(read.error().message, HasSubstr(each.says)) << each.body.substr(0, 40);
    }
}

TEST(Protocol, RespondsAsAwsDoes) {
    const http::HttpResponse response = respond(Json{{"PipelineArn", "arn"}}, "id");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "application/x-amz-json-1.1");
    EXPECT_EQ(response.body, R"({"PipelineArn":"arn"})");
    EXPECT_EQ(header(response, "x-amzn-RequestId"), "id");
    EXPECT_EQ(respond(Json(), "id").body, "{}");
    EXPECT_EQ(respond_text("[1]", "id").body, "[1]");
}

TEST(Protocol, RespondsWithErrors) {
    struct Case {
        ErrorKind kind;
        std::string type;
        int status;
    };
    for (const Case& each : std::vector<Case>{
             {ErrorKind::Validation, "ValidationException", 400},
             {ErrorKind::Serialization, "SerializationException", 400},
             {ErrorKind::NotFound, "ResourceNotFound", 400},
             {ErrorKind::Conflict, "ConflictException", 400},
             {ErrorKind::LimitExceeded, "ResourceLimitExceeded", 400},
             {ErrorKind::UnknownOperation, "UnknownOperationException", 400},
             {ErrorKind::AccessDenied, "AccessDeniedException", 400},
             {ErrorKind::Internal, "InternalFailure", 500},
         }) {
        const http::HttpResponse response = respond(Error{each.kind, "Pipeline \"x\"\n\xff does not exist."}, "id");
        EXPECT_EQ(response.status, each.status) << each.type;
        EXPECT_EQ(response.content_type, "application/x-amz-json-1.1");
        EXPECT_EQ(header(response, "x-amzn-RequestId"), "id");
        const Json body = Json::parse(response.body);
        EXPECT_EQ(body["__type"], each.type);
        EXPECT_EQ(response.error, each.type);
        EXPECT_EQ(body["message"], body["Message"]);
        EXPECT_THAT(body["message"].get<std::string>(), HasSubstr("Pipeline \"x\"\n"));
    }
}

TEST(Protocol, SaysWhatIsKnownOfAnUnknownOperation) {
    constexpr std::array<std::string_view, 2> kServed{"CreatePipeline", "ListPipelines"};
    const Error real = unknown_operation("CreateTrainingJob", kServed);
    EXPECT_EQ(real.kind, ErrorKind::UnknownOperation);
    EXPECT_EQ(real.message, "SageMaker has the operation CreateTrainingJob, but it is not emulated here.");
    EXPECT_EQ(unknown_operation("CreatePipelin", kServed).message,
              "SageMaker has no operation CreatePipelin. Did you mean CreatePipeline?");
    EXPECT_EQ(unknown_operation("FlyToTheMoon", kServed).message, "SageMaker has no operation FlyToTheMoon.");
}

}  // namespace
}  // namespace pipelines::aws
