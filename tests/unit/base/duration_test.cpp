#include "pipelines/base/duration.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string_view>
#include <utility>

namespace pipelines {
namespace {

using namespace std::chrono_literals;

// What is read otherwise than it was meant makes a test wait for hours, or not at all.
TEST(Durations, AreSecondsOrUnits) {
    const std::pair<std::string_view, Duration> cases[] = {
        {"90", 90s}, {"1.5", 1500ms}, {"0", 0s},      {"1h30m", 90min},        {"250ms", 250ms},
        {"1d", 24h}, {"1.5h", 90min}, {"2m5s", 125s}, {"10m500ms", 600'500ms}, {"3650d", 24h * 3650}};
    for (const auto& [text, expected] : cases) EXPECT_EQ(parse_duration(text), expected) << text;
}

TEST(Durations, AreNothingElse) {
    for (const std::string_view text : {"", "-1", "1x", "m", "30m1h", "1m1m", "1h30", "1 h", "inf", "nan", "1e3",
                                        "1..5", ".", "infs", "99999d", "3650d1ms"})
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
}

// Of JSON, whose numbers may be anything that a double is.
TEST(Durations, OfSecondsAreBounded) {
    EXPECT_EQ(duration_of_seconds(1.5), 1500ms);
    EXPECT_EQ(duration_of_seconds(0), 0ms);
    for (const double seconds :
         {-1.0, 1e300, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        EXPECT_EQ(duration_of_seconds(seconds), std::nullopt) << seconds;
}

}  // namespace
}  // namespace pipelines
