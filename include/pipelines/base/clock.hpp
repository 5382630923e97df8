// Time is an argument: what decides is told it. The machine's clock is read by the engine, which makes those of its
// namespaces out of it (engine::Options::system_time), and for what has to do with the world outside.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace pipelines {

using Duration = std::chrono::milliseconds;
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

// Milliseconds since 1970-01-01T00:00:00Z, as rows hold them.
[[nodiscard]] constexpr std::int64_t to_millis(Time time) { return time.time_since_epoch().count(); }
[[nodiscard]] constexpr Time from_millis(std::int64_t millis) { return Time{Duration{millis}}; }

// Epoch seconds with milliseconds as fraction, as AWS JSON carries them: 1632260141.95.
[[nodiscard]] constexpr double to_epoch_seconds(Time time) { return static_cast<double>(to_millis(time)) / 1000.0; }

// "2026-11-24T02:33:56.120Z": what Execution.StartDateTime resolves to.
[[nodiscard]] std::string to_iso8601(Time time);

// The machine's own time: signatures, logs, and what the engine's clocks start from.
[[nodiscard]] Time system_now();

enum class ClockMode { Instant, Real, Scaled, Manual };

}  // namespace pipelines
