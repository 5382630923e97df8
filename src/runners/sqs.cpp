#include "pipelines/runners/sqs.hpp"

#include <fmt/format.h>

#include <utility>

#include "runners/outside_errors.hpp"
#include "runners/returned.hpp"

namespace pipelines::runners {
namespace {

constexpr std::chrono::seconds kPatience{30};
constexpr std::size_t kLargestAnswer = 256 * 1024;
constexpr std::string_view kExecuting = "Executing", kStopping = "Stopping";

}  // namespace

http::ClientCall callback_message(const OutsideStep& step, std::string_view status) {
    const Json message{{"token", step.name},
                       {"pipelineExecutionArn", step.execution_arn},
                       {"arguments", step.arguments},
                       {"status", status}};
    Json input{{"QueueUrl", step.target}, {"MessageBody", dump(message)}};
    if (step.target.ends_with(".fifo")) {
        // Sent again after a crash, it is one message still.
        input["MessageGroupId"] = step.execution_id;
        input["MessageDeduplicationId"] = fmt::format("{}-{}", step.name, status);
    }
    http::ClientCall call;
    call.method = "POST";
    call.headers = {{"Content-Type", "application/x-amz-json-1.0"}, {"X-Amz-Target", "AmazonSQS.SendMessage"}};
    call.body = dump(input);
    call.patience = kPatience;
    call.most_bytes = kLargestAnswer;
    return call;
}

SqsRunner::SqsRunner(aws::Service service, Answers answers)
    : service_(std::move(service)), answers_(std::move(answers)) {}

void SqsRunner::ensure(OutsideStep step) {
    const auto [place, is_new] = known_.try_emplace(step.name);
    if (!is_new) return;
    Known& known = place->second;
    known.step = std::move(step);
    if (known.step.status == StepStatus::Starting) {
        known.sending = true;
        send(known, kExecuting);
    } else if (known.step.status == StepStatus::Stopping) {
        stop(known.step.name);  // whether the earlier process has sent it is not known
    }
}

void SqsRunner::stop(const std::string& name) {
    const auto known = known_.find(name);
    if (known == known_.end()) return;
    known->second.is_stopping = true;
    if (!known->second.sending) send(known->second, kStopping);
}

void SqsRunner::release(const std::string& name) { known_.erase(name); }

void SqsRunner::send(const Known& known, std::string_view status) {
    const OutsideStep& step = known.step;
    service_.send(step.where, callback_message(step, status),
                  [this, name = step.name, ref = step.ref, status](const http::ClientOutcome& outcome) {
                      sent(name, ref, status, outcome);
                  });
}

void SqsRunner::sent(const std::string& name, const StepRef& ref, std::string_view status,
                     const http::ClientOutcome& outcome) {
    const auto known = known_.find(name);
    if (known == known_.end()) return;  // answered already
    const std::string queue = known->second.step.target;
    known->second.sending = false;
    if (!outcome || outcome->status != 200) {
        StepResult result = refused_call("sqs:SendMessage", outcome);
        result.failure += fmt::format(" (endpoint {}, queue {})", service_.endpoint().url(), queue);
        return answers_.post(ref, std::move(result));
    }
    if (status != kExecuting) return;
    if (known->second.is_stopping) {
        send(known->second, kStopping);
    } else {
        answers_.confirm(ref);
    }
}

}  // namespace pipelines::runners
