// One template for every enum that has names on the wire or in a file: a constexpr table, looked up both ways.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace pipelines {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

// The name of a value; empty for a value that the table lacks.
template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::string_view name_of(const Names<Enum, N>& table, Enum value) {
    for (const auto& [candidate, name] : table)
        if (candidate == value) return name;
    return {};
}

// The value of a name, case-sensitive.
template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::optional<Enum> value_of(const Names<Enum, N>& table, std::string_view name) {
    for (const auto& [value, candidate] : table)
        if (candidate == name) return value;
    return std::nullopt;
}

// "One, Two, Three": for a sentence that says what is allowed.
template <class Enum, std::size_t N>
[[nodiscard]] std::string listed(const Names<Enum, N>& table) {
    std::string text;
    for (const auto& [value, name] : table) text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

}  // namespace pipelines
