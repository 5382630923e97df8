// A global AWS_ENDPOINT_URL sends every service here; a client that cannot read our error shows its user nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipelines/aws/protocol.hpp"

namespace pipelines::aws {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

http::HttpRequest request_of(std::string method, std::vector<http::Header> headers, std::string_view service = "") {
    http::HttpRequest request;
    request.method = std::move(method);
    request.path = "/";
    request.id = "request-id";
    request.headers = std::move(headers);
    if (!service.empty()) {
        request.headers.emplace_back("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20261124/us-east-1/" +
                                                          std::string(service) +
                                                          "/aws4_request, SignedHeaders=host, Signature=0");
    }
    return request;
}

const http::Header kForm{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"};
const http::Header kJson{"Content-Type", "application/x-amz-json-1.1"};

TEST(Foreign, IsToldApart) {
    struct Case {
        http::HttpRequest request;
        bool is_ours;
    };
    const std::vector<Case> cases{
        {request_of("POST", {kJson, {"X-Amz-Target", "SageMaker.ListPipelines"}}, "sagemaker"), true},
        {request_of("POST", {kJson, {"X-Amz-Target", "SageMaker.ListPipelines"}}), true},
        {request_of("POST", {kForm, {"X-Amz-Target", "SageMaker.ListPipelines"}}),
         true},  // curl without a Content-Type
        {request_of("POST", {kJson}, "sagemaker"), true},
        {request_of("POST", {}), true},
        {request_of("POST", {kJson, {"X-Amz-Target", "AWSEvents.PutRule"}}, "events"), false},
        {request_of("POST", {kForm}, "iam"), false},
        {request_of("POST", {kForm}), false},
        {request_of("GET", {}, "s3"), false},
        {request_of("GET", {}, "lambda"), false},
    };
    for (const Case& each : cases) EXPECT_EQ(is_for_sagemaker(each.request), each.is_ours) << each.request.method;
}

// Endpoints are invoked with SageMaker's own name in the signature: what is missing is not X-Amz-Target.
TEST(Foreign, SiblingsAreToldApartByTheirPaths) {
    for (const std::string_view path : {"/endpoints/churn/invocations", "/BatchPutMetrics", "/FeatureGroup/f"}) {
        http::HttpRequest request = request_of("POST", {kJson}, "sagemaker");
        request.path = path;
        EXPECT_FALSE(is_for_sagemaker(request)) << path;
        const http::HttpResponse response = foreign_service_response(request);
        EXPECT_EQ(response.status, 403);
        EXPECT_EQ(Json::parse(response.body)["__type"], "AccessDeniedException");
        EXPECT_THAT(response.body, HasSubstr("AWS_ENDPOINT_URL_SAGEMAKER"));
        EXPECT_THAT(response.body, HasSubstr("What SageMaker is not itself (runtime"));
    }
}

TEST(Foreign, QueryServicesGetTheirXml) {
    for (const std::string_view service : {"iam", "sts", "sns", ""}) {
        const http::HttpResponse response = foreign_service_response(request_of("POST", {kForm}, service));
        EXPECT_EQ(response.status, 403);
        EXPECT_EQ(response.content_type, "text/xml");
        EXPECT_THAT(response.body, StartsWith("<ErrorResponse><Error>"));
        EXPECT_THAT(response.body, HasSubstr("<Code>AccessDenied</Code>"));
        EXPECT_THAT(response.body, HasSubstr("AWS_ENDPOINT_URL_SAGEMAKER"));
        EXPECT_THAT(response.body, HasSubstr("<RequestId>request-id</RequestId>"));
    }
    EXPECT_THAT(foreign_service_response(request_of("POST", {kForm}, "iam")).body,
                HasSubstr("SAGEMAKER_VALIDATE_ROLE=false"));
}

TEST(Foreign, S3GetsItsXml) {
    http::HttpRequest presigned = request_of("GET", {});
    presigned.query = "X-Amz-Credential=AKID%2F20261124%2Fus-east-1%2Fs3%2Faws4_request";
    for (const http::HttpRequest& request : {request_of("PUT", {}, "s3"), presigned}) {
        EXPECT_FALSE(is_for_sagemaker(request));
        const http::HttpResponse response = foreign_service_response(request);
        EXPECT_EQ(response.status, 403);
        EXPECT_EQ(response.content_type, "application/xml");
        EXPECT_THAT(response.body, HasSubstr("<Error><Code>AccessDenied</Code><Message>S3 is not emulated"));
    }
}

TEST(Foreign, JsonServicesGetJson) {
    const http::HttpResponse response = foreign_service_response(request_of(
        "POST", {{"Content-Type", "application/x-amz-json-1.0"}, {"X-Amz-Target", "DynamoDB_20120810.ListTables"}},
        "dynamodb"));
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(response.content_type, "application/x-amz-json-1.0");
    const Json body = Json::parse(response.body);
    EXPECT_EQ(body["__type"], "AccessDeniedException");
    EXPECT_THAT(body["message"].get<std::string>(), HasSubstr("dynamodb is not emulated"));
    EXPECT_EQ(foreign_service_response(request_of("GET", {}, "lambda")).content_type, "application/json");
}

// The scope is the client's to choose.
TEST(Foreign, EchoesNothingButNames) {
    const http::HttpResponse response = foreign_service_response(request_of("POST", {kForm}, "<script>alert(1)<"));
    EXPECT_THAT(response.body, Not(HasSubstr("script")));
    EXPECT_THAT(response.body, HasSubstr("is not emulated here"));
}

}  // namespace
}  // namespace pipelines::aws
