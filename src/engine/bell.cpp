#include "pipelines/engine/bell.hpp"

#include <exception>
#include <utility>

#include "pipelines/base/log.hpp"

namespace pipelines::engine {

Bell::Listener Bell::listen(std::function<void()> woken) {
    auto listener = std::make_shared<const std::function<void()>>(std::move(woken));
    listeners_.emplace_back(listener);
    return listener;
}

void Bell::ring() {
    std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
    const auto now = listeners_;  // who is called may listen anew
    for (const auto& one : now) {
        const auto listener = one.lock();
        if (!listener) continue;
        try {
            (*listener)();
        } catch (const std::exception& fault) {  // nothing else is thrown here
            log::error("one who waits for news could not take them: {}", fault.what());
        }
    }
}

}  // namespace pipelines::engine
