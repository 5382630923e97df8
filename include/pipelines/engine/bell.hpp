// Wakes those who wait for news: event streams, waits, deliveries. They look for themselves what is new. One thread.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "pipelines/domain/execution.hpp"

namespace pipelines::engine {

class Bell {
public:
    using Changed = std::set<ExecutionKey>;  // executions of which a status, or one of their steps, may have changed
    using Woken = std::function<void(const Changed&)>;
    // Who listens, for as long as it is held. It may outlive the bell.
    using Listener = std::shared_ptr<const Woken>;
    [[nodiscard]] Listener listen(Woken);

    [[nodiscard]] bool is_heard();  // somebody listens

    // Calls everybody who listens now. One that throws is reported, and keeps no other from being called.
    void ring(const Changed&);

private:
    std::vector<std::weak_ptr<const Woken>> listeners_;
};

}  // namespace pipelines::engine
