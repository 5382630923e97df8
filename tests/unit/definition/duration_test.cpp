#include "definition/duration.hpp"

#include <gtest/gtest.h>

#include <tuple>

namespace pipelines::definition {
namespace {

using namespace std::chrono_literals;

// AWS reads ExpireAfter far more loosely than ISO 8601; these forms are in its documents and in its own tests.
TEST(ExpireAfter, ReadsTheFormsInUse) {
    const std::tuple<std::string_view, Duration> cases[] = {{"P30D", 24h * 30},
                                                            {"p30d", 24h * 30},
                                                            {"30d", 24h * 30},
                                                            {"10d", 24h * 10},
                                                            {"P4DT12H", 24h * 4 + 12h},
                                                            {"T12H", 12h},
                                                            {"PT1H", 1h},
                                                            {"T30m", 30min},
                                                            {"T16m", 16min},
                                                            {"30dT5h", 24h * 30 + 5h},
                                                            {"5y", 24h * 1825},
                                                            {"P1M", 24h * 30},
                                                            {"P1MT1M", 24h * 30 + 1min},
                                                            {"P2W", 24h * 14},
                                                            {"PT0S", 0s},
                                                            {"P1Y2M3DT4H5M6S", 24h * (365 + 60 + 3) + 4h + 5min + 6s}};
    for (const auto& [text, expected] : cases) EXPECT_EQ(parse_expire_after(text), expected) << text;
}

TEST(ExpireAfter, RefusesTheRest) {
    for (const std::string_view text : {"", "P", "T", "PT", "P1", "1h", "30", "P30DT", "P-1D", "P1D1Y", "P1D1D", "1.5d",
                                        "P99999999999999999999D", "P200000D", "30 d", "forever"})
        EXPECT_EQ(parse_expire_after(text), std::nullopt) << text;
}

}  // namespace
}  // namespace pipelines::definition
