// Account and region come from what clients sign with: a wrong reading would show one project another's pipelines.
#include <gtest/gtest.h>

#include "pipelines/aws/protocol.hpp"

namespace pipelines::aws {
namespace {

constexpr std::string_view kSigned =
    "AWS4-HMAC-SHA256 Credential=111122223333/20261124/eu-central-1/sagemaker/aws4_request, "
    "SignedHeaders=content-type;host;x-amz-date, Signature=0123";

TEST(Scope, IsReadFromTheAuthorization) {
    const CredentialScope scope = parse_credential_scope(kSigned);
    EXPECT_EQ(scope.access_key, "111122223333");
    EXPECT_EQ(scope.region, "eu-central-1");
    EXPECT_EQ(scope.service, "sagemaker");
    // Without the blank that SDKs put behind the comma.
    EXPECT_EQ(parse_credential_scope("AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request,SignedHeaders=x").service, "d");
    // SigV4A signs for a set of regions and names none.
    const CredentialScope asymmetric =
        parse_credential_scope("AWS4-ECDSA-P256-SHA256 Credential=a/b/s3/aws4_request, x");
    EXPECT_EQ(asymmetric.service, "s3");
    EXPECT_EQ(asymmetric.region, "");
}

TEST(Scope, IsEmptyWhereThereIsNone) {
    for (const std::string_view text :
         {"", "garbage", "Bearer x", "Basic Credential=a/b/c/d/aws4_request", "AWS4-HMAC-SHA256",
          "AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 Credential=a", "AWS4-HMAC-SHA256 Credential=a/b/c/d",
          "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws3_request", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/aws4_request",
          "AWS4-HMAC-SHA256 Credential=aws4_request"}) {
        const CredentialScope scope = parse_credential_scope(text);
        EXPECT_EQ(scope.access_key + scope.region + scope.service, "") << text;
    }
}

TEST(Scope, IsReadFromAPresignedUrl) {
    http::HttpRequest request;
    request.query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20261124%2Fus-west-2%2Fs3%2Faws4_request";
    EXPECT_EQ(scope_of(request).service, "s3");
    request.headers.emplace_back("Authorization", kSigned);
    EXPECT_EQ(scope_of(request).service, "sagemaker");
}

TEST(Scope, MakesANamespace) {
    const Defaults defaults{{"999999999999", "us-test-1"}};
    struct Case {
        std::string access_key, region, account_is, region_is;
    };
    for (const Case& each : std::vector<Case>{
             {"111122223333", "eu-central-1", "111122223333", "eu-central-1"},
             {"AKIAIOSFODNN7EXAMPLE", "eu-central-1", "999999999999", "eu-central-1"},
             {"testing", "", "999999999999", "us-test-1"},
             {"11112222333", "EU", "999999999999", "us-test-1"},
             {"1111222233334", "eu central", "999999999999", "us-test-1"},
             {"11112222333x", "../etc", "999999999999", "us-test-1"},
             {"", std::string(33, 'a'), "999999999999", "us-test-1"},
         }) {
        const NamespaceKey where = namespace_of({each.access_key, each.region, ""}, defaults);
        EXPECT_EQ(where.account, each.account_is) << each.access_key;
        EXPECT_EQ(where.region, each.region_is) << each.region;
    }
    EXPECT_EQ(namespace_of({}, Defaults{}), (NamespaceKey{"123456789012", "us-east-1"}));
}

}  // namespace
}  // namespace pipelines::aws
