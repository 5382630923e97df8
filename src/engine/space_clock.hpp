// The clock of one namespace, in any of its modes. Its state is columns of the namespace, written with the rows it
// stamps.
#pragma once

#include <functional>
#include <optional>

#include "pipelines/base/clock.hpp"
#include "pipelines/domain/namespace.hpp"

namespace pipelines::engine {

class SpaceClock {
public:
    SpaceClock(ClockState state, std::function<Time()> system);

    [[nodiscard]] Time now() const;  // never goes backwards
    // Is `due` reached? An instant clock moves there and says yes, a manual one as far as it is advanced; the others
    // only look.
    [[nodiscard]] bool reach(Time due);
    // How long until `due` in real time; nothing where waiting does not bring it nearer (manual).
    [[nodiscard]] std::optional<Duration> real_until(Time due) const;

    // A settle happens at one time: from hold() to release() system time does not move the clock, only reach(), tick()
    // and arrive() do, which may be called in between only.
    void hold() { held_ = now(); }
    void release();

    // Between an end and the starts it releases: an instant clock goes 1 ms on, so that the order shows in the times.
    void tick();

    // Manual: reach() moves up to the target, until arrive(): nothing is due before it any more, and the clock stands
    // there (at the last thing that was due if it was Time::max()). Of two advances that are on their way `by` adds up,
    // and the later target counts.
    void advance(Duration by);
    void advance_to(Time target);
    void arrive();
    // Where an advance leads that is not over, since its settle was cut. Kept in a row of its own (store/advances.hpp).
    [[nodiscard]] const std::optional<Time>& target() const { return target_; }

    // Goes on from now() in another mode; an advance that is on its way ends here.
    void switch_to(ClockMode mode, double rate);

    [[nodiscard]] const ClockState& state() const { return state_; }

private:
    ClockState state_;
    std::function<Time()> system_;
    std::optional<Time> target_;
    std::optional<Time> held_;
    mutable Time last_{};  // what now() answered: system time may step back, this clock never does
};

}  // namespace pipelines::engine
