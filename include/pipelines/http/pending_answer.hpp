// An answer that is given when it is there. What it is if the server stops before is left to whoever waits.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "pipelines/http/message.hpp"

namespace pipelines::http {

class PendingAnswer : public LateAnswer {
public:
    void listen(std::function<void()> woken) override { woken_ = std::move(woken); }
    std::optional<HttpResponse> take() override { return std::exchange(answer_, std::nullopt); }

    // Once; also before anybody listens, and when nobody does any more.
    void give(HttpResponse answer) {
        answer_ = std::move(answer);
        if (woken_) woken_();
    }
    [[nodiscard]] bool is_given() const { return answer_.has_value(); }

private:
    std::optional<HttpResponse> answer_;
    std::function<void()> woken_;
};

}  // namespace pipelines::http
