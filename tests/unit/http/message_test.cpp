// What the layers above read out of a request must not depend on how a client spelt it.
#include "pipelines/http/message.hpp"

#include <gtest/gtest.h>

namespace pipelines::http {
namespace {

TEST(Message, FindsHeadersWithoutRegardToCase) {
    HttpRequest request;
    request.headers = {{"X-Amz-Target", "SageMaker.A"}, {"x-amz-target", "SageMaker.B"}};
    EXPECT_EQ(request.header("x-AMZ-target"), "SageMaker.A");
    EXPECT_EQ(request.header("host"), "");
}

TEST(Message, DecodesQueryParameters) {
    HttpRequest request;
    request.query = "a=1&b=%41%2fB%&c&d==&%65=x%2&a=2&f=1+2";
    EXPECT_EQ(request.query_parameter("a"), "1");
    EXPECT_EQ(request.query_parameter("b"), "A/B%");
    EXPECT_EQ(request.query_parameter("c"), "");
    EXPECT_EQ(request.query_parameter("d"), "=");
    EXPECT_EQ(request.query_parameter("e"), "x%2");
    EXPECT_EQ(request.query_parameter("f"), "1+2");
    EXPECT_EQ(request.query_parameter("g"), "");
}

}  // namespace
}  // namespace pipelines::http
