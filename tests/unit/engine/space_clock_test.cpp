// Every time the API shows comes from this clock: each mode moves as documented, none goes backwards, and a settle
// happens at one time.

#include "engine/space_clock.hpp"

#include <gtest/gtest.h>

#include "pipelines/engine/engine.hpp"

namespace pipelines::engine {
namespace {

using namespace std::chrono_literals;

class SpaceClockTest : public ::testing::Test {
protected:
    [[nodiscard]] SpaceClock clock(ClockMode mode, double rate = 1.0) {
        return SpaceClock{{.mode = mode, .rate = rate}, [this] { return system_; }};
    }

    Time system_ = from_millis(1'000'000);
};

TEST_F(SpaceClockTest, InstantMovesToWhatIsDueAndStaysAhead) {
    SpaceClock instant = clock(ClockMode::Instant);
    instant.hold();
    system_ += 5ms;
    EXPECT_EQ(instant.now(), from_millis(1'000'000)) << "a settle happens at one time";
    EXPECT_TRUE(instant.reach(from_millis(1'090'000)));
    instant.tick();
    instant.release();
    EXPECT_EQ(instant.now(), from_millis(1'090'001));
    system_ += 10ms;
    EXPECT_EQ(instant.now(), from_millis(1'090'011)) << "real time goes on from there";
    EXPECT_EQ((SpaceClock{instant.state(), [this] { return system_; }}.now()), from_millis(1'090'011))
        << "also after a restart";
}

// boto3 reads no year 10000, not even one that a list holds beside others.
TEST_F(SpaceClockTest, NoneGoesFurtherThanClientsCanRead) {
    SpaceClock instant = clock(ClockMode::Instant);
    instant.hold();
    EXPECT_TRUE(instant.reach(kLatestTime - 1ms));
    instant.tick();
    EXPECT_TRUE(instant.reach(kLatestTime + 24h)) << "what is due later happens all the same";
    instant.tick();
    EXPECT_EQ(instant.now(), kLatestTime);
    instant.release();
    system_ += 48h;
    EXPECT_EQ(instant.now(), kLatestTime);
    SpaceClock manual = clock(ClockMode::Manual);
    manual.advance_to(kLatestTime + 24h);
    manual.hold();
    manual.arrive();
    manual.release();
    EXPECT_EQ(manual.now(), kLatestTime);
}

TEST_F(SpaceClockTest, RealWaits) {
    SpaceClock real = clock(ClockMode::Real);
    real.hold();
    EXPECT_FALSE(real.reach(system_ + 1ms));
    EXPECT_TRUE(real.reach(system_));
    real.tick();
    real.release();
    EXPECT_EQ(real.now(), system_);
    EXPECT_EQ(real.real_until(system_ + 5s), 5s);
}

TEST_F(SpaceClockTest, ScaledWaitsAPart) {
    SpaceClock scaled = clock(ClockMode::Scaled, 60);
    const Time start = scaled.now();
    EXPECT_EQ(scaled.real_until(start + 60s), 1001ms) << "rounded up, so that the alarm never comes early";
    system_ += 1s;
    EXPECT_EQ(scaled.now(), start + 60s);
}

TEST_F(SpaceClockTest, ManualMovesOnlyAsFarAsAllowed) {
    SpaceClock manual = clock(ClockMode::Manual);
    const Time start = manual.now();
    system_ += 1h;
    EXPECT_EQ(manual.now(), start);
    EXPECT_EQ(manual.real_until(start + 1s), std::nullopt);
    manual.advance(10s);
    manual.hold();
    EXPECT_FALSE(manual.reach(start + 11s));
    EXPECT_TRUE(manual.reach(start + 9s));
    manual.release();  // a settle that was cut: the limit holds on
    EXPECT_EQ(manual.now(), start + 9s);
    manual.hold();
    manual.arrive();
    manual.release();
    EXPECT_EQ(manual.now(), start + 10s);
    manual.hold();
    EXPECT_FALSE(manual.reach(start + 11s));
    manual.arrive();
    manual.release();
    EXPECT_EQ(manual.now(), start + 10s) << "a limit holds for one advance, and the clock never goes backwards";
}

// An advance may be cut, and another one asked for before it goes on; so may a restart come in between.
TEST_F(SpaceClockTest, ManualAdvancesAddUpAlsoAfterARestart) {
    SpaceClock manual = clock(ClockMode::Manual);
    const Time start = manual.now();
    manual.advance(10s);
    manual.hold();
    EXPECT_TRUE(manual.reach(start + 4s));
    manual.release();
    SpaceClock again{manual.state(), [this] { return system_; }};
    again.advance_to(manual.target().value());  // as the row has it
    again.advance(1s);
    again.advance_to(start + 5s);
    again.hold();
    again.arrive();
    again.release();
    EXPECT_EQ(again.now(), start + 11s);
    again.advance_to(Time::max());
    again.advance(1s);
    EXPECT_EQ(again.target(), Time::max());
    again.switch_to(ClockMode::Manual, 1.0);
    EXPECT_EQ(again.target(), std::nullopt);
}

TEST_F(SpaceClockTest, ManualUntilIdleStandsAtTheLastThingDue) {
    SpaceClock manual = clock(ClockMode::Manual);
    const Time start = manual.now();
    manual.advance_to(Time::max());
    manual.hold();
    EXPECT_TRUE(manual.reach(start + 9s));
    manual.arrive();
    manual.release();
    EXPECT_EQ(manual.now(), start + 9s);
}

TEST_F(SpaceClockTest, NeverGoesBackwardsWithSystemTime) {
    for (const ClockMode mode : {ClockMode::Instant, ClockMode::Real, ClockMode::Scaled}) {
        SpaceClock one = clock(mode);
        const Time before = one.now();
        system_ -= 1h;
        EXPECT_EQ(one.now(), before);
        system_ += 1h;
    }
}

TEST_F(SpaceClockTest, SwitchingGoesOnFromNow) {
    SpaceClock one = clock(ClockMode::Instant);
    one.hold();
    EXPECT_TRUE(one.reach(system_ + 1h));
    one.release();
    const Time moved = one.now();
    for (const ClockMode mode : {ClockMode::Manual, ClockMode::Real, ClockMode::Scaled, ClockMode::Instant}) {
        one.switch_to(mode, 2.0);
        EXPECT_EQ(one.now(), moved);
    }
}

}  // namespace
}  // namespace pipelines::engine
