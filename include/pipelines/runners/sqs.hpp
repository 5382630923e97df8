// Callback steps at an SQS endpoint: the message that asks somebody to answer a token, and the one that says the
// execution is being stopped.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "pipelines/aws/service.hpp"
#include "pipelines/runners/runner.hpp"

namespace pipelines::runners {

// The call that sends the message of a step; `status` is "Executing" or "Stopping".
[[nodiscard]] http::ClientCall callback_message(const OutsideStep&, std::string_view status);

class SqsRunner final : public StepRunner {
public:
    SqsRunner(aws::Service service, Answers answers);

    // Confirms when the queue has the message. The end comes through the API; only a message that cannot be sent ends
    // the step here, as failed.
    void ensure(const OutsideTask&) override;
    void stop(const std::string& name) override;
    void release(const std::string& name) override;

private:
    // A step may wait for days, and there may be thousands: what a message says of it is read when it is sent.
    struct Known {
        StepRef ref;
        NamespaceKey where;
        http::CallId call = 0;
        std::string queue;     // of the message that is on its way
        bool sending = false;  // the first message is on its way: the one of a stop has to follow it
        bool is_stopping = false;
    };
    void send(const std::string& token, Known&, std::string_view status);
    [[nodiscard]] std::optional<http::ClientCall> next_call(const std::string& token, std::string_view status);
    void sent(const std::string& token, std::string_view status, const http::ClientOutcome&);

    aws::Service service_;
    Answers answers_;
    std::map<std::string, Known> known_;  // by token
};

}  // namespace pipelines::runners
