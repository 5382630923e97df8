#include "engine/space.hpp"

namespace pipelines::engine {

Space::Space(Namespace stored, std::function<Time()> system)
    : row(std::move(stored)), clock(row.clock, std::move(system)) {}

namespace {

template <class Dropped>
void drop_where(decltype(Space::timers)& timers, const Dropped& dropped) {
    std::vector<Timer> kept;
    for (; !timers.empty(); timers.pop())
        if (!dropped(timers.top().ref)) kept.push_back(timers.top());
    timers = std::remove_reference_t<decltype(timers)>{std::greater<>{}, std::move(kept)};
}

}  // namespace

void Space::drop_timers(ExecutionKey execution) {
    drop_where(timers, [execution](const StepRef& due) { return due.execution == execution; });
}

void Space::drop_timer(const StepRef& step) {
    drop_where(timers, [&step](const StepRef& due) { return due == step; });
}

}  // namespace pipelines::engine
