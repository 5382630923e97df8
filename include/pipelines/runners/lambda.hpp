// Lambda steps at a Lambda endpoint (moto, LocalStack, a SAM CLI, ...): Invoke, RequestResponse.
#pragma once

#include <chrono>
#include <set>
#include <string>

#include "pipelines/aws/service.hpp"
#include "pipelines/runners/runner.hpp"

namespace pipelines::runners {

// The call that invokes the function of a step: its Arguments are the event; {executionArn, step, attempt} stand in the
// client context, whose member `custom` is what a function sees of it.
[[nodiscard]] http::ClientCall invocation(const OutsideStep&);

// What the answer to it means for the step.
[[nodiscard]] StepResult invocation_result(const OutsideStep&, const http::ClientOutcome&,
                                           std::chrono::milliseconds patience);

class LambdaRunner final : public StepRunner {
public:
    // `patience`: how long a function may take, in real time.
    LambdaRunner(aws::Service service, Answers answers, std::chrono::milliseconds patience);

    void ensure(OutsideStep step) override;
    void stop(const std::string& name) override;  // the function is waited for, as AWS does
    void release(const std::string& name) override;

private:
    aws::Service service_;
    Answers answers_;
    std::chrono::milliseconds patience_;
    std::set<std::string> known_;
};

}  // namespace pipelines::runners
