// Wakes those who wait for news: event streams, waits, deliveries. They look for themselves what is new. One thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

namespace pipelines::engine {

class Bell {
public:
    // Who listens, for as long as it is held. It may outlive the bell.
    using Listener = std::shared_ptr<const std::function<void()>>;
    [[nodiscard]] Listener listen(std::function<void()> woken);

    // Calls everybody who listens now. One that throws is reported, and keeps no other from being called.
    void ring();

private:
    std::vector<std::weak_ptr<const std::function<void()>>> listeners_;
};

}  // namespace pipelines::engine
