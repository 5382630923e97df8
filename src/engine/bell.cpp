#include "pipelines/engine/bell.hpp"

#include <exception>
#include <utility>

#include "pipelines/base/log.hpp"

namespace pipelines::engine {

Bell::Listener Bell::listen(Woken woken) {
    auto listener = std::make_shared<const Woken>(std::move(woken));
    listeners_.emplace_back(listener);
    return listener;
}

bool Bell::is_heard() {
    std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
    return !listeners_.empty();
}

void Bell::ring(const Changed& changed) {
    if (!is_heard()) return;
    const auto now = listeners_;  // who is called may listen anew
    for (const auto& one : now) {
        const auto listener = one.lock();
        if (!listener) continue;
        try {
            (*listener)(changed);
        } catch (const std::exception& fault) {  // nothing else is thrown here
            log::error("one who waits for news could not take them: {}", fault.what());
        }
    }
}

}  // namespace pipelines::engine
