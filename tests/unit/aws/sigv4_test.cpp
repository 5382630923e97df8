// Signatures against AWS's own test vectors (shared corpora, skipped where they are absent), and a few of our own kinds
// of call whose signatures botocore 1.44.5 computed.
#include "pipelines/aws/sigv4.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "pipelines/base/json.hpp"
#include "pipelines/base/text.hpp"
#include "unit/http/corpus.hpp"

namespace pipelines::aws {
namespace {

const Credentials kExample{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", {}};
const SigningScope kScope{"us-east-1", "service"};

std::string decoded(const Json& vector, const char* member) {
    return http::from_base64(vector.at(member).get_ref<const std::string&>());
}

// A request of the vectors: "GET /path HTTP/1.1", fields (one may go on in the next line), a blank line, the body.
http::ClientCall read_request(const std::string& text) {
    http::ClientCall call;
    const auto end_of_head = std::min(text.find("\n\n"), text.size());
    call.body = text.substr(std::min(end_of_head + 2, text.size()));
    const std::string head = text.substr(0, end_of_head);
    std::vector<std::string> lines;
    for (const std::string_view line : split(head, '\n')) {
        const std::string_view plain = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
        if (plain.starts_with(' ') && !lines.empty()) {
            lines.back().append("\n").append(plain);
        } else if (!plain.empty()) {
            lines.emplace_back(plain);
        }
    }
    const auto space = lines.front().find(' ');
    call.method = lines.front().substr(0, space);
    call.target = lines.front().substr(space + 1, lines.front().rfind(" HTTP/") - space - 1);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto colon = lines[i].find(':');
        const std::string name = lines[i].substr(0, colon), value = lines[i].substr(colon + 1);
        if (equal_ignoring_case(name, "host")) {
            call.endpoint.host = value;
        } else {
            call.headers.emplace_back(name, value);
        }
    }
    return call;
}

// Paths that a client would have to shorten first ("/a/../b", "//"): we never send such.
bool is_plain(const http::ClientCall& call) {
    return call.target.find("//") == std::string::npos && call.target.find("/.") == std::string::npos;
}

TEST(Sigv4Corpus, OfAwsItself) {
    const auto corpus = http::read_corpus("sigv4/aws4_testsuite.json");
    if (!corpus) GTEST_SKIP() << "no shared corpora (set SHARED_DIR)";
    int checked = 0;
    for (const Json& vector : *corpus) {
        const auto call = read_request(decoded(vector, "req_b64"));
        const bool token = vector.at("name") == "get-vanilla-with-session-token";  // which only its credentials hold
        if (!is_plain(call) || token) continue;
        SCOPED_TRACE(vector.at("name").get<std::string>());
        const Signature signature = signature_of(call, kExample, kScope);
        EXPECT_EQ(signature.canonical_request, decoded(vector, "creq_b64"));
        EXPECT_EQ(signature.string_to_sign, decoded(vector, "sts_b64"));
        EXPECT_EQ(signature.authorization, decoded(vector, "authz_b64"));
        ++checked;
    }
    EXPECT_GE(checked, 27);
}

TEST(Sigv4Corpus, OfTheCommonRuntime) {
    const auto corpus = http::read_corpus("sigv4/aws-c-auth-v4.json");
    if (!corpus) GTEST_SKIP() << "no shared corpora (set SHARED_DIR)";
    int checked = 0;
    for (const Json& vector : *corpus) {
        SCOPED_TRACE(vector.at("name").get<std::string>());
        const Json& context = vector.at("context");
        auto call = read_request(decoded(vector, "request_b64"));
        const Json& given = context.at("credentials");
        const bool plain_body = !context.at("sign_body").get<bool>();  // its own header, which only S3 needs of us
        const bool late_token = context.value("omit_session_token", false);
        if (!is_plain(call) || !plain_body || late_token) continue;
        const Credentials credentials{given.at("access_key_id"), given.at("secret_access_key"),
                                      given.value("token", std::string())};
        std::erase_if(call.headers,
                      [](const auto& header) { return equal_ignoring_case(header.first, "Content-Length"); });
        const Time time{std::chrono::sys_days{std::chrono::August / 30 / 2015} + std::chrono::hours(12) +
                        std::chrono::minutes(36)};
        ASSERT_EQ(to_iso8601(time), "2015-08-30T12:36:00.000Z");
        ASSERT_EQ(context.at("timestamp"), "2015-08-30T12:36:00Z");
        sign(call, credentials, {context.at("region"), context.at("service")}, time);
        const std::string& authorization = call.headers.back().second;
        EXPECT_TRUE(authorization.ends_with("Signature=" + decoded(vector, "header_signature_b64"))) << authorization;
        ++checked;
    }
    EXPECT_GE(checked, 20);
}

// botocore 1.44.5 signed the same requests at the same time (S3SigV4Auth, SigV4Auth).
constexpr Time kNow{std::chrono::sys_days{std::chrono::November / 25 / 2026} + std::chrono::hours(20) +
                    std::chrono::minutes(11) + std::chrono::seconds(29)};
const Credentials kAccount{"123456789012", "test", {}};

http::ClientCall to_moto(std::string method, std::string target) {
    http::ClientCall call;
    call.endpoint = {"moto", 5000, ""};
    call.method = std::move(method);
    call.target = std::move(target);
    return call;
}

TEST(Sigv4, SignsThePathOfAnObjectAsItIs) {
    auto call = to_moto("GET", "/bucket/a%20b/%C3%BC%2Bc.json?versionId=null");
    sign(call, kAccount, {"us-east-1", "s3"}, kNow);
    EXPECT_THAT(
        call.headers,
        testing::ElementsAre(
            testing::Pair("X-Amz-Date", "20261125T201129Z"),
            testing::Pair("X-Amz-Content-Sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            testing::Pair("Authorization",
                          "AWS4-HMAC-SHA256 Credential=123456789012/20261125/us-east-1/s3/aws4_request, "
                          "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
                          "Signature=bfbe7aab795fc93db9ed912301fb0024d4d8db20a053f247b3ceb19420ce8e9b")));
}

TEST(Sigv4, EncodesOtherPathsOnceMoreAndSignsTheSessionToken) {
    auto call = to_moto("POST",
                        "/2015-03-31/functions/"
                        "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/invocations");
    call.headers = {{"X-Amz-Invocation-Type", "RequestResponse"}};
    call.body = "{}";
    sign(call, {"123456789012", "test", "TOKEN"}, {"us-east-1", "lambda"}, kNow);
    EXPECT_THAT(call.headers, testing::Contains(testing::Pair("X-Amz-Security-Token", "TOKEN")));
    EXPECT_EQ(call.headers.back().second,
              "AWS4-HMAC-SHA256 Credential=123456789012/20261125/us-east-1/lambda/aws4_request, "
              "SignedHeaders=host;x-amz-date;x-amz-invocation-type;x-amz-security-token, "
              "Signature=537d71fb98cc17ea4183c9be5da7dd926ad733e669dbed6a2980d0e09b6fa69a");
}

}  // namespace
}  // namespace pipelines::aws
