// What the lists share: bounds of a page, and its rows with the position behind the last one. A list reads one row more
// than it shows, which tells whether there is a next page.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "pipelines/base/clock.hpp"
#include "pipelines/store/database.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::store {

inline constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

// Behind every valid UTF-8 text in SQLite's order of bytes.
inline constexpr const char* kBehindAllTexts = "\xff";

// Keys of a position; a forged token with a key of another kind reads as the list's beginning.
[[nodiscard]] inline std::int64_t number_of(const Position& position) { return as_integer(position.key).value_or(0); }
[[nodiscard]] inline std::string text_of(const Position& position) {
    return std::string{as_string(position.key).value_or(std::string_view{})};
}

[[nodiscard]] inline std::int64_t rows_to_read(const PageRequest& request) {
    return static_cast<std::int64_t>(std::max<std::size_t>(request.limit, 1)) + 1;
}

// The bounds, both exclusive, of a list by (time, id): `from` is the one that it starts at, as a pair.
struct TimeBounds {
    std::int64_t from_time, from_id, to;
};
[[nodiscard]] inline TimeBounds time_bounds(const PageRequest& request, std::optional<Time> after,
                                            std::optional<Time> before) {
    const std::int64_t low = after ? to_millis(*after) : kLowest;
    const std::int64_t high = before ? to_millis(*before) : kHighest;
    if (request.order == SortOrder::Descending) {
        if (request.after) return {number_of(*request.after), request.after->id, low};
        return {high, before ? kLowest : kHighest, low};
    }
    if (request.after) return {number_of(*request.after), request.after->id, high};
    return {low, after ? kHighest : kLowest, high};
}

// `read` makes a row of the statement's current one, `position_of` says where a row stands in the list.
template <class Row, class Read, class PositionOf>
[[nodiscard]] Page<Row> read_page(Statement& statement, const PageRequest& request, Read read, PositionOf position_of) {
    const std::size_t limit = std::max<std::size_t>(request.limit, 1);
    Page<Row> page;
    while (statement.step()) {
        if (page.rows.size() == limit) {
            page.next = position_of(page.rows.back());
            break;
        }
        page.rows.push_back(read(statement));
    }
    return page;
}

}  // namespace pipelines::store
