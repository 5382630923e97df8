// Keyset pagination: a page is "the first n rows after this position", never an OFFSET, so rows added meanwhile neither
// repeat nor hide others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"

namespace pipelines::store {

enum class SortOrder : std::uint8_t { Ascending, Descending };

// Where a page ended: the sort key of its last row and the row's id. `key` is a number, a string, or
// null where the list has rows without one.
struct Position {
    Json key;
    std::int64_t id = 0;
};

struct PageRequest {
    std::size_t limit = 100;
    SortOrder order = SortOrder::Descending;
    std::optional<Position> after;  // none: the first page
};

template <class Row>
struct Page {
    std::vector<Row> rows;
    std::optional<Position> next;  // none: that was the last page
};

// An opaque NextToken that is bound to the request that made it (`request`: operation and all its members but NextToken
// and MaxResults, as text).
[[nodiscard]] std::string make_token(const Position&, std::string_view request);

// Error: garbled, or of another request.
[[nodiscard]] Result<Position> read_token(std::string_view token, std::string_view request);

}  // namespace pipelines::store
