// The message of a Callback step, as consumers of AWS's own read it.
#include "pipelines/runners/sqs.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>

#include "support/fake_peer.hpp"

namespace pipelines::runners {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
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

// It says so by itself, out of what it has at hand, and keeps nothing of the step: it would keep it for ever.
TEST(SqsRunner, ForgetsAStepWhoseMessageWasRefused) {
    boost::asio::io_context io{1};
    http::FakePeer queue([](http::Connection& connection) {
        connection.receive_request();
        connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno");
    });
    int reads = 0;
    std::vector<std::string> reasons;
    SqsRunner runner{{io, {"127.0.0.1", queue.port(), ""}, "sqs", std::nullopt},
                     {.confirm = [](const StepRef&) { ADD_FAILURE() << "nobody took it"; },
                      .post = [&reasons](const StepRef&, const StepResult& end) { reasons.push_back(end.failure); },
                      .read =
                          [&reads](const StepRef&) {
                              ++reads;
                              return std::optional{waiting_in("http://m/q")};
                          }}};
    const OutsideTask task{{1, 0, 1}, {"123456789012", "us-east-1"}, "26vcYbeWsZ", StepStatus::Starting};
    for (int time = 1; time <= 2; ++time) {
        runner.ensure(task);
        io.restart();
        io.run();
    }
    EXPECT_THAT(reasons, Each(AllOf(HasSubstr("HTTP 400"), HasSubstr("(queue http://m/q)"))));
    EXPECT_EQ(reasons.size(), 2U);
    EXPECT_EQ(reads, 2) << "once for each message";
}

}  // namespace
}  // namespace pipelines::runners
