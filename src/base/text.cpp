#include "pipelines/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/nowide/utf/utf.hpp>
#include <cmath>
#include <numeric>

namespace pipelines {
namespace {

constexpr char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

// Every byte of UTF-8 but a continuation byte (10xxxxxx) begins a code point.
constexpr bool begins_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

// Moves behind the code point that stands there; false: none does.
bool pass_code_point(const char*& position, const char* end) {
    namespace utf = boost::nowide::utf;
    if (static_cast<unsigned char>(*position) < 0x80U) {
        ++position;
        return true;
    }
    const utf::code_point point = utf::utf_traits<char>::decode(position, end);
    return point != utf::illegal && point != utf::incomplete;
}

// Levenshtein's distance, ASCII case ignored.
std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(left[i]) == lower(right[j]) ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<double> parse_decimal(std::string_view text) {
    const auto number = parse_number<double>(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    return fmt::format("{}", fmt::join(parts.begin(), parts.end(), separator));
}

std::string to_lower(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
    return lowered;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), begins_code_point));
}

bool is_valid_utf8(std::string_view text) {
    const char* position = text.data();
    const char* const end = position + text.size();
    while (position != end)
        if (!pass_code_point(position, end)) return false;
    return true;
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
    const char* position = text.data();
    const char* const end = position + text.size();
    for (; count > 0 && position != end; --count) {
        const char* const from = position;
        if (!pass_code_point(position, end)) position = from + 1;
    }
    return text.substr(0, static_cast<std::size_t>(position - text.data()));
}

std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> known) {
    std::optional<std::string_view> best;
    std::size_t best_distance = 0;
    for (const std::string_view candidate : known) {
        const auto [shorter, longer] = std::minmax({name.size(), candidate.size()});
        const std::size_t allowed = longer / 3;
        // Also keeps the table small: a name much longer than every known one is never compared.
        if (longer - shorter > allowed) continue;
        const std::size_t distance = edit_distance(name, candidate);
        if (distance > allowed || (best && distance >= best_distance)) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

}  // namespace pipelines
