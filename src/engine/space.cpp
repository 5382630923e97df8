#include "engine/space.hpp"

namespace pipelines::engine {

Space::Space(Namespace stored, std::function<Time()> system)
    : row(std::move(stored)), clock(row.clock, std::move(system)) {}

void Space::drop_timers(ExecutionKey execution) {
    std::vector<Timer> kept;
    for (; !timers.empty(); timers.pop())
        if (timers.top().ref.execution != execution) kept.push_back(timers.top());
    timers = decltype(timers){std::greater<>{}, std::move(kept)};
}

}  // namespace pipelines::engine
