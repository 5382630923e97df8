// How the mode of a clock is written, in options, in control requests and in their answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/domain/namespace.hpp"

namespace pipelines {

// What parse_clock_mode() takes, for a sentence that says what is allowed.
inline constexpr std::string_view kClockModes = "instant, real, scaled:N with N from 0.001 to 1000000, or manual";

// Mode and rate of a clock that starts now; nothing if it is none.
[[nodiscard]] std::optional<ClockState> parse_clock_mode(std::string_view);

// As it is parsed: "scaled:60".
[[nodiscard]] std::string clock_mode_text(const ClockState&);

}  // namespace pipelines
