// The message of a Callback step, as consumers of AWS's own read it.
#include "pipelines/runners/sqs.hpp"

#include <gmock/gmock.h>

namespace pipelines::runners {
namespace {

using testing::Contains;
using testing::Pair;

OutsideStep waiting_in(std::string queue) {
    OutsideStep step;
    step.execution_arn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/abcdefghijkl";
    step.execution_id = "abcdefghijkl";
    step.name = "26vcYbeWsZ";
    step.arguments = {{"number", 1}, {"text", "x"}};
    step.target = std::move(queue);
    return step;
}

TEST(CallbackMessage, IsWhatConsumersExpect) {
    const auto call = callback_message(waiting_in("http://moto:5000/123456789012/q"), "Executing");
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.target, "/");
    EXPECT_THAT(call.headers, Contains(Pair("X-Amz-Target", "AmazonSQS.SendMessage")));
    EXPECT_THAT(call.headers, Contains(Pair("Content-Type", "application/x-amz-json-1.0")));
    const Json input = parse_json(call.body).value();
    EXPECT_EQ(input.at("QueueUrl"), "http://moto:5000/123456789012/q");
    EXPECT_FALSE(input.contains("MessageGroupId"));
    EXPECT_EQ(input.at("MessageBody"),
              R"({"arguments":{"number":1,"text":"x"},"pipelineExecutionArn":)"
              R"("arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/abcdefghijkl",)"
              R"("status":"Executing","token":"26vcYbeWsZ"})");
}

TEST(CallbackMessage, IsOneMessageOfAFifoQueueHoweverOftenItIsSent) {
    const Json first = parse_json(callback_message(waiting_in("http://m/q.fifo"), "Executing").body).value();
    const Json second = parse_json(callback_message(waiting_in("http://m/q.fifo"), "Stopping").body).value();
    EXPECT_EQ(first.at("MessageGroupId"), "abcdefghijkl");
    EXPECT_EQ(first.at("MessageDeduplicationId"), "26vcYbeWsZ-Executing");
    EXPECT_EQ(second.at("MessageDeduplicationId"), "26vcYbeWsZ-Stopping");
}

}  // namespace
}  // namespace pipelines::runners
