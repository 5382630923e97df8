// Small functions on text that every layer needs.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pipelines {

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);
[[nodiscard]] std::string to_lower(std::string_view text);                              // ASCII only
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);  // ASCII only

[[nodiscard]] constexpr bool is_letter_or_digit(char c) {  // ASCII only
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Unicode code points of valid UTF-8: what AWS's length constraints count.
[[nodiscard]] std::size_t code_points(std::string_view utf8);
[[nodiscard]] bool is_valid_utf8(std::string_view text);

// At most `count` code points from the front; a byte that is no UTF-8 counts as one.
[[nodiscard]] std::string_view first_code_points(std::string_view text, std::size_t count);

// The whole text as a number, or nothing: no blanks, no rest, no overflow.
template <class Number>
    requires std::integral<Number> || std::floating_point<Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// The same for a number that can be compared and written as JSON: "nan" and "inf", which are read too, are none.
[[nodiscard]] std::optional<double> parse_decimal(std::string_view text);

// Of a map whose keys are looked up as views, without a copy: std::unordered_map<std::string, T, TextHash,
// std::equal_to<>>.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

// The known name nearest to a mistyped one ("did you mean"), if any is near enough.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace pipelines
