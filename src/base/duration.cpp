#include "pipelines/base/duration.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "pipelines/base/text.hpp"

namespace pipelines {
namespace {

constexpr double kLongestMs = 10.0 * 365 * 24 * 3600 * 1000;

constexpr std::array<std::pair<std::string_view, double>, 5> kUnits{
    {{"d", 86'400'000.0}, {"h", 3'600'000.0}, {"m", 60'000.0}, {"s", 1000.0}, {"ms", 1.0}}};

std::optional<Duration> whole(double milliseconds) {
    if (!(milliseconds >= 0.0) || milliseconds > kLongestMs) return std::nullopt;
    return Duration{std::llround(milliseconds)};
}

// "1h30m" in milliseconds.
std::optional<double> parse_units(std::string_view text) {
    double sum = 0.0;
    std::size_t next_unit = 0;
    while (!text.empty()) {
        const std::size_t digits = text.find_first_not_of("0123456789.");
        if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
        const auto number = parse_number<double>(text.substr(0, digits));
        if (!number) return std::nullopt;
        text.remove_prefix(digits);
        const std::string_view name = text.substr(0, text.find_first_of("0123456789."));
        while (next_unit < kUnits.size() && kUnits[next_unit].first != name) ++next_unit;
        if (next_unit == kUnits.size()) return std::nullopt;
        sum += *number * kUnits[next_unit++].second;
        text.remove_prefix(name.size());
    }
    return sum;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    // from_chars reads "inf", "nan" and "1e3" too; a duration is digits.
    if (text.find_first_not_of("0123456789.") == std::string_view::npos) {
        const auto seconds = parse_number<double>(text);
        return seconds ? duration_of_seconds(*seconds) : std::nullopt;
    }
    const auto milliseconds = parse_units(text);
    return milliseconds ? whole(*milliseconds) : std::nullopt;
}

std::optional<Duration> duration_of_seconds(double seconds) { return whole(seconds * 1000.0); }

}  // namespace pipelines
