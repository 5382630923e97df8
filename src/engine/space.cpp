#include "engine/space.hpp"

namespace pipelines::engine {

Space::Space(Namespace stored, std::function<Time()> system)
    : row(std::move(stored)), clock(row.clock, std::move(system)) {}

void Space::drop_timers(ExecutionKey execution, const plan::Plan& plan) {
    for (const StepState& step : plan.rows()) drop_timer(execution, step);
}

void Space::drop_timer(ExecutionKey execution, const StepState& step) {
    if (step.due) timers.erase({*step.due, {execution, step.seq, step.attempt}});
}

}  // namespace pipelines::engine
