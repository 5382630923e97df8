// Lambda steps at a Lambda endpoint (moto, LocalStack, a SAM CLI, ...): Invoke, RequestResponse.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "pipelines/aws/service.hpp"
#include "pipelines/runners/runner.hpp"

namespace pipelines::runners {

// The call that invokes the function of a step: its Arguments are the event; {executionArn, step, attempt} stand in the
// client context, whose member `custom` is what a function sees of it.
[[nodiscard]] http::ClientCall invocation(const OutsideStep&);

// What the answer to it means for the step.
[[nodiscard]] StepResult invocation_result(const OutsideStep&, const http::Endpoint&, const http::ClientOutcome&);

class LambdaRunner final : public StepRunner {
public:
    // `patience`: how long a function may take, in real time.
    LambdaRunner(aws::Service service, Answers answers, std::chrono::milliseconds patience);

    void ensure(const OutsideTask&) override;
    void stop(const std::string& name) override;  // a function that was invoked is waited for, as AWS does
    void release(const std::string& name) override;

private:
    aws::Service service_;
    Answers answers_;
    struct Known {
        StepRef ref;
        http::CallId call = 0;
        std::optional<OutsideStep> step;  // once its turn has come
    };
    [[nodiscard]] std::optional<http::ClientCall> next_call(const std::string& name);
    void answered(const std::string& name, const http::ClientOutcome&);

    std::chrono::milliseconds patience_;
    std::map<std::string, Known> known_;  // by job name
};

}  // namespace pipelines::runners
