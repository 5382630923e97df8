#include "pipelines/runners/lambda.hpp"

#include <fmt/format.h>

#include <utility>

#include "pipelines/base/base64.hpp"
#include "pipelines/base/percent.hpp"
#include "runners/outside_errors.hpp"
#include "runners/returned.hpp"

namespace pipelines::runners {
namespace {

constexpr std::size_t kLargestResponse = 6 * 1024 * 1024;  // Lambda's own limit for RequestResponse

// The function raised, or its runtime ended: {"errorType", "errorMessage"} in every runtime AWS has.
StepResult function_error(const OutsideStep& step, std::string_view kind, std::string_view body) {
    const auto document = parse_json(body);
    const std::string_view type = document ? text_of(*document, "errorType") : std::string_view{};
    const std::string_view message = document ? text_of(*document, "errorMessage") : std::string_view{};
    std::string what;
    if (!type.empty()) what.append(type).append(message.empty() ? "" : ": ");
    what.append(message);
    if (what.empty()) what = body;
    return client_error(fmt::format("The Lambda function '{}' failed ({}): {}", step.target, kind, shortened(what)));
}

StepResult response_result(const OutsideStep& step, std::string_view body) {
    const auto response = parse_json(body);
    const bool usable = response && (response->is_object() || step.definition->outputs.empty());
    if (usable) return returned_outputs(*step.definition, response->is_object() ? *response : Json::object());
    return client_error(fmt::format("The response of the Lambda function '{}' is not a JSON {}: {}", step.target,
                                    response ? "object" : "text", shortened(body)));
}

}  // namespace

http::ClientCall invocation(const OutsideStep& step) {
    const Json context{
        {"custom", {{"executionArn", step.execution_arn}, {"step", step.step}, {"attempt", step.ref.attempt}}}};
    http::ClientCall call;
    call.method = "POST";
    call.target = fmt::format("/2015-03-31/functions/{}/invocations", percent_encoded(step.target));
    call.headers = {{"Content-Type", "application/json"},
                    {"X-Amz-Invocation-Type", "RequestResponse"},
                    {"X-Amz-Client-Context", base64_encoded(dump(context))}};
    call.body = dump(step.arguments);
    call.most_bytes = kLargestResponse;
    return call;
}

StepResult invocation_result(const OutsideStep& step, const http::Endpoint& endpoint,
                             const http::ClientOutcome& outcome) {
    if (!outcome && outcome.error().kind == http::ClientFault::Kind::TimedOut)
        return client_error(
            fmt::format("The Lambda function '{}' did not finish: {}.", step.target, outcome.error().message));
    if (!outcome || outcome->status != 200) return refused_call("lambda:Invoke", endpoint, outcome);
    if (const auto kind = outcome->header("X-Amz-Function-Error"); !kind.empty())
        return function_error(step, kind, outcome->body);
    return response_result(step, outcome->body);
}

LambdaRunner::LambdaRunner(aws::Service service, Answers answers, std::chrono::milliseconds patience)
    : service_(std::move(service)), answers_(std::move(answers)), patience_(patience) {}

// Nothing of an invocation is found again by a name: after a restart a function that was running is invoked again.
void LambdaRunner::ensure(const OutsideTask& task) {
    const auto [place, is_new] = known_.try_emplace(task.name);
    if (!is_new) return;
    place->second.ref = task.ref;
    place->second.call = service_.send(
        task.where, [this, name = task.name] { return next_call(name); },
        [this, name = task.name](const http::ClientOutcome& outcome) { answered(name, outcome); });
}

std::optional<http::ClientCall> LambdaRunner::next_call(const std::string& name) {
    const auto known = known_.find(name);
    if (known == known_.end()) return std::nullopt;
    auto step = answers_.read(known->second.ref);
    if (!step) {
        known_.erase(known);
        return std::nullopt;
    }
    http::ClientCall call = invocation(*step);
    call.patience = patience_;
    call.sent = [this, ref = known->second.ref] { answers_.confirm(ref); };
    known->second.step = std::move(step);
    return call;
}

void LambdaRunner::answered(const std::string& name, const http::ClientOutcome& outcome) {
    const auto known = known_.find(name);
    if (known == known_.end()) return;
    const auto& [ref, call, step] = known->second;
    const http::Endpoint& endpoint = service_.endpoint();
    answers_.post(
        ref, step ? invocation_result(*step, endpoint, outcome) : refused_call("lambda:Invoke", endpoint, outcome));
}

void LambdaRunner::stop(const std::string& name) {
    const auto known = known_.find(name);
    if (known != known_.end() && service_.withdraw(known->second.call)) answers_.post(known->second.ref, stopped());
}

void LambdaRunner::release(const std::string& name) {
    const auto known = known_.find(name);
    if (known == known_.end()) return;
    service_.withdraw(known->second.call);
    known_.erase(known);
}

}  // namespace pipelines::runners
