// ISO 8601 as Search takes it.

#include <charconv>
#include <chrono>

#include "pipelines/base/text.hpp"
#include "pipelines/search/expression.hpp"

namespace pipelines::search {
namespace {

// Takes exactly `digits` digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    const auto part = text.substr(0, digits);
    if (part.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    text.remove_prefix(digits);
    return parse_number<int>(part);
}

bool take(std::string_view& text, char expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::milliseconds> take_time_of_day(std::string_view& text) {
    const auto hour = take_number(text, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second || *second > 59) return std::nullopt;
    std::chrono::milliseconds time =
        std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second};
    if (take(text, '.')) {
        const auto length = std::min(text.find_first_not_of("0123456789"), text.size());
        auto digits = text.substr(0, std::min<std::size_t>(length, 3));
        if (digits.empty()) return std::nullopt;
        int fraction = take_number(digits, digits.size()).value_or(0);
        for (auto given = std::min<std::size_t>(length, 3); given < 3; ++given) fraction *= 10;
        time += std::chrono::milliseconds{fraction};
        text.remove_prefix(length);
    }
    return time;
}

// Nothing: UTC.
std::optional<std::chrono::minutes> take_zone(std::string_view& text) {
    if (text.empty() || take(text, 'Z')) return std::chrono::minutes{0};
    const bool east = text.front() == '+';
    if (!take(text, '+') && !take(text, '-')) return std::nullopt;
    const auto hours = take_number(text, 2);
    take(text, ':');
    const auto minutes = take_number(text, 2);
    if (!hours || *hours > 23 || !minutes || *minutes > 59) return std::nullopt;
    const auto offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return east ? offset : -offset;
}

}  // namespace

std::optional<Time> parse_moment(std::string_view text) {
    const auto year = take_number(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day || !take(text, 'T')) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    const auto time = take_time_of_day(text);
    if (!time) return std::nullopt;
    const auto zone = take_zone(text);
    if (!zone || !text.empty()) return std::nullopt;
    return std::chrono::sys_days{date} + *time - *zone;
}

}  // namespace pipelines::search
