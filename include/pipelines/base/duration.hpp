// Durations as people write them, in options and scenarios. Nothing where one cannot be read, is negative, or is longer
// than ten years: more than anything a pipeline can wait for, and sums of times stay far from overflow.
#pragma once

#include <optional>
#include <string_view>

#include "pipelines/base/clock.hpp"

namespace pipelines {

// "90" and "1.5" are seconds; "1h30m", "250ms": each unit once, the larger first.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);

[[nodiscard]] std::optional<Duration> duration_of_seconds(double seconds);

}  // namespace pipelines
