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

// A page of whoever else listens there is no queue: the step would wait for ever for somebody to have its token.
http::ClientOutcome checked(const http::Endpoint& endpoint, const http::ClientOutcome& outcome) {
    if (!outcome || outcome->status != 200) return outcome;
    const auto body = parse_json(outcome->body);
    if (body && body->is_object() && body->contains("MessageId")) return outcome;
    return http::ClientFault{http::ClientFault::Kind::Nonsense,
                             fmt::format("{} answered HTTP 200, but not as SendMessage does: '{}'", endpoint.url(),
                                         shortened(outcome->body))};
}

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

void SqsRunner::ensure(const OutsideTask& task) {
    const auto [place, is_new] = known_.try_emplace(task.name);
    if (!is_new) return;
    Known& known = place->second;
    known.ref = task.ref;
    known.where = task.where;
    if (task.status == StepStatus::Starting) {
        known.sending = true;
        send(task.name, known, kExecuting);
    } else if (task.status == StepStatus::Stopping) {
        stop(task.name);  // whether the earlier process has sent it is not known
    }
}

void SqsRunner::stop(const std::string& name) {
    const auto known = known_.find(name);
    if (known == known_.end()) return;
    known->second.is_stopping = true;
    if (!known->second.sending) return send(name, known->second, kStopping);
    if (service_.withdraw(known->second.call)) answers_.post(known->second.ref, stopped());  // nobody knows the token
}

void SqsRunner::release(const std::string& name) {
    const auto known = known_.find(name);
    if (known == known_.end()) return;
    service_.withdraw(known->second.call);
    known_.erase(known);
}

void SqsRunner::send(const std::string& token, Known& known, std::string_view status) {
    known.call = service_.send(
        known.where, [this, token, status] { return next_call(token, status); },
        [this, token, status](const http::ClientOutcome& outcome) { sent(token, status, outcome); });
}

std::optional<http::ClientCall> SqsRunner::next_call(const std::string& token, std::string_view status) {
    const auto known = known_.find(token);
    if (known == known_.end()) return std::nullopt;
    const auto step = answers_.read(known->second.ref);
    if (!step) {
        known_.erase(known);
        return std::nullopt;
    }
    known->second.queue = step->target;
    return callback_message(*step, status);
}

void SqsRunner::sent(const std::string& token, std::string_view status, const http::ClientOutcome& answered) {
    const auto place = known_.find(token);
    if (place == known_.end()) return;  // answered already
    Known& known = place->second;
    known.sending = false;
    const std::string queue = std::exchange(known.queue, {});
    const http::ClientOutcome outcome = checked(service_.endpoint(), answered);
    if (!outcome || outcome->status != 200) {
        StepResult result = refused_call("sqs:SendMessage", service_.endpoint(), outcome);
        if (!queue.empty()) result.failure += fmt::format(" (queue {})", queue);
        const StepRef ref = known.ref;
        known_.erase(place);  // an attempt that is over would not be released again
        return answers_.post(ref, std::move(result));
    }
    if (status != kExecuting) return;
    if (known.is_stopping) {
        send(token, known, kStopping);
    } else {
        answers_.confirm(known.ref);
    }
}

}  // namespace pipelines::runners
