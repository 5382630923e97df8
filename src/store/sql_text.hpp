// Statements put together at compile time, so that a list of columns stands once and the result is still a literal with
// an address of its own: sql<"SELECT ", kColumns, " FROM jobs WHERE id = ?">.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace pipelines::store {

template <std::size_t N>
struct SqlPart {
    consteval SqlPart(const char (&literal)[N]) {
        std::copy_n(literal, N, text.begin());
    }  // not explicit: template arguments
    [[nodiscard]] static constexpr std::size_t size() { return N - 1; }
    std::array<char, N> text{};
};

template <SqlPart... Parts>
struct JoinedSql {
    static constexpr auto kText = [] {
        std::array<char, (Parts.size() + ... + 1)> joined{};
        auto end = joined.begin();
        ((end = std::copy_n(Parts.text.begin(), Parts.size(), end)), ...);
        return joined;
    }();
};

template <SqlPart... Parts>
inline constexpr const char* sql = JoinedSql<Parts...>::kText.data();

}  // namespace pipelines::store
