#include "pipelines/base/clock.hpp"

#include <gtest/gtest.h>

namespace pipelines {
namespace {

// Execution.StartDateTime reaches users' containers in this form: leap days, the time before 1970 and padding included.
TEST(Clock, WritesIso8601) {
    EXPECT_EQ(to_iso8601(from_millis(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_iso8601(from_millis(1'795'487'636'120)), "2026-11-24T02:33:56.120Z");
    EXPECT_EQ(to_iso8601(from_millis(1'709'251'199'999)), "2024-02-29T23:59:59.999Z");
    EXPECT_EQ(to_iso8601(from_millis(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Clock, ConvertsToWhatRowsAndAnswersHold) {
    constexpr Time kTime = from_millis(1'632'260'141'950);
    EXPECT_EQ(to_millis(kTime), 1'632'260'141'950);
    EXPECT_DOUBLE_EQ(to_epoch_seconds(kTime), 1632260141.95);
}

// A unit mixed up would put it decades off.
TEST(Clock, SystemTimeIsOfThisEra) {
    EXPECT_GT(system_now(), from_millis(1'700'000'000'000));
    EXPECT_LT(system_now(), from_millis(4'000'000'000'000));
}

}  // namespace
}  // namespace pipelines
