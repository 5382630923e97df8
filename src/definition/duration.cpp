#include "definition/duration.hpp"

#include <array>
#include <span>

#include "pipelines/base/text.hpp"

namespace pipelines::definition {
namespace {

using namespace std::chrono_literals;

struct Unit {
    char letter;
    std::chrono::seconds length;
};

constexpr std::array<Unit, 4> kDateUnits{{{'y', 24h * 365}, {'m', 24h * 30}, {'w', 24h * 7}, {'d', 24h}}};
constexpr std::array<Unit, 3> kTimeUnits{{{'h', 1h}, {'m', 1min}, {'s', 1s}}};
constexpr std::int64_t kMost = 100'000;

// The sum of "<number><unit>" parts: each unit once at most, in order, at least one.
std::optional<Duration> parse_parts(std::string_view text, std::span<const Unit> units) {
    Duration sum{0};
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
        const std::size_t digits = text.find_first_not_of("0123456789");
        if (digits == std::string_view::npos) return std::nullopt;
        const auto count = parse_number<std::int64_t>(text.substr(0, digits));
        if (!count || *count > kMost) return std::nullopt;
        while (!units.empty() && units.front().letter != text[digits]) units = units.subspan(1);
        if (units.empty()) return std::nullopt;
        sum += *count * units.front().length;
        units = units.subspan(1);
        text.remove_prefix(digits + 1);
    }
    return sum;
}

}  // namespace

std::optional<Duration> parse_expire_after(std::string_view text) {
    const std::string lower = to_lower(text);
    std::string_view rest = lower;
    if (rest.starts_with('p')) rest.remove_prefix(1);
    const std::size_t t = rest.find('t');
    if (t == std::string_view::npos) return parse_parts(rest, kDateUnits);
    const auto time = parse_parts(rest.substr(t + 1), kTimeUnits);
    if (!time || t == 0) return time;
    const auto date = parse_parts(rest.substr(0, t), kDateUnits);
    if (!date) return std::nullopt;
    return *date + *time;
}

}  // namespace pipelines::definition
