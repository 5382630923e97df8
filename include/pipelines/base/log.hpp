// Logging: one line an event, to stderr, as text or as JSON. Never a credential, token or value of an environment.
#pragma once

#include <fmt/core.h>

#include <optional>
#include <string_view>
#include <utility>

namespace pipelines::log {

enum class Level { Trace, Debug, Info, Warn, Error, Off };
enum class Format { Text, Json };

// What parse_level() takes, for a sentence that says what is allowed.
inline constexpr std::string_view kLevels = "trace, debug, info, warn, error or off";
[[nodiscard]] std::optional<Level> parse_level(std::string_view);

// Once, at start. Before it, warnings and errors go to stderr as text.
void configure(Level level, Format format);

[[nodiscard]] bool enabled(Level level);
void write(Level level, std::string_view message);

template <class... Args>
void trace(fmt::format_string<Args...> format, Args&&... args) {
    if (enabled(Level::Trace)) write(Level::Trace, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
    if (enabled(Level::Debug)) write(Level::Debug, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
    if (enabled(Level::Info)) write(Level::Info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
    if (enabled(Level::Warn)) write(Level::Warn, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
    if (enabled(Level::Error)) write(Level::Error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace pipelines::log
