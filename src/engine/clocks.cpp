// The clocks of the namespaces, as the control routes ask for them.

#include "engine/impl.hpp"

namespace pipelines::engine {

Time Engine::now(NamespaceId id) { return impl_->driver.now(id); }

namespace {

Result<void> check_manual(const Space& space) {
    if (space.clock.state().mode == ClockMode::Manual) return {};
    return validation_error(
        "The clock of this namespace is not manual: start the server with --clock manual, or PUT /_local/clock "
        "{\"Mode\": \"manual\"}.");
}

}  // namespace

Result<void> Engine::advance(NamespaceId id, Duration by) {
    Space& space = impl_->driver.space(id);
    if (const auto manual = check_manual(space); !manual) return manual.error();
    if (by < Duration{0}) return validation_error("A clock never goes backwards: Seconds must not be negative.");
    space.clock.advance(by);
    impl_->driver.settle(space);
    return {};
}

Result<void> Engine::advance(NamespaceId id, AdvanceTo to) {
    Space& space = impl_->driver.space(id);
    if (const auto manual = check_manual(space); !manual) return manual.error();
    if (to == AdvanceTo::Idle) {
        space.clock.advance_to(Time::max());
    } else if (!space.timers.empty()) {
        space.clock.advance_to(space.timers.begin()->due);
    }
    impl_->driver.settle(space);
    return {};
}

void Engine::set_clock(NamespaceId id, ClockMode mode, double rate) {
    Space& space = impl_->driver.space(id);
    space.clock.switch_to(mode, rate);
    impl_->driver.settle(space);
}

}  // namespace pipelines::engine
