// Smithy's own tests of the protocol, as far as they speak of what is the same for every operation: which bytes are a
// call, and how an answer and an error look.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "pipelines/aws/protocol.hpp"

namespace pipelines::aws {
namespace {

Json read_cases() {
    const char* set = std::getenv("SHARED_DIR");
    const std::string shared = set != nullptr ? set : std::string(PIPELINES_SOURCE_DIR) + "/../shared";
    std::ifstream file(shared + "/corpora/aws-protocol-tests/smithy-awsJson1_1-server.json", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    auto parsed = parse_json(text.str());
    return parsed ? std::move(*parsed) : Json();
}

// A member of a case, empty where it is absent or null.
std::string text_of(const Json& object, std::string_view name) {
    const Json* member = find(object, name);
    return member != nullptr && member->is_string() ? member->get<std::string>() : std::string();
}

TEST(Smithy, EveryRequestIsACall) {
    const Json cases = read_cases();
    if (cases.is_null()) GTEST_SKIP() << "no shared corpora";
    std::size_t count = 0;
    for (const Json& each : cases) {
        const Json* headers = find(each, "headers");
        if (each["_kind"] != "request" || headers == nullptr) continue;
        const std::string target = text_of(*headers, "X-Amz-Target");
        if (target.empty()) continue;  // compression and endpoints: what clients do
        http::HttpRequest request;
        request.method = each["method"];
        request.path = each["uri"];
        request.body = text_of(each, "body");
        // The same call, of the one service there is here.
        request.headers = {{"Content-Type", text_of(*headers, "Content-Type")},
                           {"X-Amz-Target", "SageMaker" + target.substr(target.find('.'))}};
        const auto call = read_call(request, {});
        ASSERT_TRUE(call) << each["id"] << call.error().message;
        EXPECT_EQ(call->operation, target.substr(target.find('.') + 1));
        EXPECT_EQ(call->input, request.body.empty() ? Json::object() : Json::parse(request.body)) << each["id"];
        ++count;
    }
    EXPECT_GE(count, 50U);
}

TEST(Smithy, EveryAnswerIsWrittenAsItIsMeant) {
    const Json cases = read_cases();
    if (cases.is_null()) GTEST_SKIP() << "no shared corpora";
    std::size_t count = 0;
    for (const Json& each : cases) {
        const std::string body = text_of(each, "body");
        if (each["_kind"] != "response" || body.empty()) continue;
        const http::HttpResponse response = respond(Json::parse(body), "id");
        EXPECT_EQ(Json::parse(response.body), Json::parse(body)) << each["id"];
        EXPECT_EQ(response.content_type, text_of(each["headers"], "Content-Type"));
        EXPECT_EQ(response.status, 200);  // the body of an error is written like any other; its status: below
        ++count;
    }
    EXPECT_GE(count, 40U);
}

TEST(Smithy, AnErrorHasTypeMessageAndStatus) {
    const Json cases = read_cases();
    if (cases.is_null()) GTEST_SKIP() << "no shared corpora";
    bool is_met = false;
    for (const Json& each : cases) {
        if (each["id"] != "AwsJson11InvalidGreetingError") continue;
        is_met = true;
        const Json meant = Json::parse(text_of(each, "body"));
        const http::HttpResponse response = respond(Error{ErrorKind::Validation, "Hi"}, "id");
        EXPECT_EQ(response.status, each["code"]);
        EXPECT_EQ(response.content_type, text_of(each["headers"], "Content-Type"));
        const Json written = Json::parse(response.body);
        for (const auto& [name, value] : meant.items()) ASSERT_TRUE(written.contains(name)) << name;
        EXPECT_EQ(written["Message"], meant["Message"]);
    }
    EXPECT_TRUE(is_met);
}

}  // namespace
}  // namespace pipelines::aws
