#include "pipelines/domain/clock_mode.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace pipelines {
namespace {

// One spelling for --clock, the control route and what both show: what is shown is understood again.
TEST(ClockModes, AreReadAsTheyAreShown) {
    for (const std::string_view text : {"instant", "real", "manual", "scaled:60", "scaled:0.001", "scaled:1e+06"}) {
        const auto clock = parse_clock_mode(text);
        ASSERT_TRUE(clock) << text;
        EXPECT_EQ(parse_clock_mode(clock_mode_text(*clock)), clock) << text;
    }
    EXPECT_EQ(clock_mode_text(*parse_clock_mode("scaled:60")), "scaled:60");
}

TEST(ClockModes, AreRefusedWhereTimeWouldStandStillOrOverflow) {
    for (const std::string_view text :
         {"", "Instant", "scaled", "scaled:", "scaled:0", "scaled:-1", "scaled:0.0009", "scaled:1000001", "scaled:nan",
          "scaled:inf", "scaled:60x", "scaled: 60", "manual:1"})
        EXPECT_FALSE(parse_clock_mode(text)) << text;
}

}  // namespace
}  // namespace pipelines
