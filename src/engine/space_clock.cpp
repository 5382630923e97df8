#include "engine/space_clock.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "pipelines/engine/engine.hpp"

namespace pipelines::engine {
namespace {

Duration scaled(Duration duration, double factor) {
    return Duration{static_cast<std::int64_t>(std::floor(static_cast<double>(duration.count()) * factor))};
}

}  // namespace

SpaceClock::SpaceClock(ClockState state, std::function<Time()> system) : state_(state), system_(std::move(system)) {
    if (state_.mode == ClockMode::Manual && state_.stand == Time{}) state_.stand = system_();
    if (state_.mode == ClockMode::Scaled && state_.since == Time{}) state_.stand = state_.since = system_();
}

Time SpaceClock::now() const {
    if (held_) return *held_;
    Time time{};
    switch (state_.mode) {
        case ClockMode::Instant:
        case ClockMode::Real: time = system_() + state_.offset; break;
        case ClockMode::Scaled: time = state_.stand + scaled(system_() - state_.since, state_.rate); break;
        case ClockMode::Manual: time = state_.stand; break;
    }
    last_ = std::max(last_, std::min(time, kLatestTime));
    return last_;
}

bool SpaceClock::reach(Time due) {
    if (due <= *held_) return true;
    const bool moves =
        state_.mode == ClockMode::Instant || (state_.mode == ClockMode::Manual && target_ && due <= *target_);
    if (moves) held_ = std::min(due, kLatestTime);  // what is due later happens then
    return moves;
}

void SpaceClock::release() {
    last_ = *held_;
    // What it has stamped stands in its state, so that it does not go back behind that after a restart either.
    switch (state_.mode) {
        case ClockMode::Instant:
        case ClockMode::Real: state_.offset = std::max(state_.offset, *held_ - system_()); break;
        case ClockMode::Scaled:
            if (*held_ > state_.stand + scaled(system_() - state_.since, state_.rate)) {
                state_.stand = *held_;
                state_.since = system_();
            }
            break;
        case ClockMode::Manual: state_.stand = *held_; break;
    }
    held_.reset();
}

std::optional<Duration> SpaceClock::real_until(Time due) const {
    const Duration left = std::max(due - now(), Duration{0});
    switch (state_.mode) {
        case ClockMode::Instant: return Duration{0};
        case ClockMode::Real: return left;
        case ClockMode::Scaled: return scaled(left, 1.0 / state_.rate) + Duration{1};
        case ClockMode::Manual: break;
    }
    return std::nullopt;
}

void SpaceClock::tick() {
    if (state_.mode == ClockMode::Instant && *held_ < kLatestTime) *held_ += Duration{1};
}

void SpaceClock::advance(Duration by) {
    const Time from = target_.value_or(now());
    advance_to(from < Time::max() - by ? from + by : Time::max());
}

void SpaceClock::advance_to(Time target) { target_ = std::max(target, target_.value_or(target)); }

void SpaceClock::arrive() {
    if (target_ && *target_ != Time::max()) held_ = std::max(*held_, std::min(*target_, kLatestTime));
    target_.reset();
}

void SpaceClock::switch_to(ClockMode mode, double rate) {
    const Time current = now();
    const Time system = system_();
    target_.reset();
    state_ = ClockState{.mode = mode, .rate = rate, .offset = current - system, .stand = current, .since = system};
}

}  // namespace pipelines::engine
