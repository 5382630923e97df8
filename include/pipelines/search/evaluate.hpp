// What an expression means, over a record as Search shows it. Where records are derived on read (jobs), this decides;
// for rows it is what their SQL is tested against. A record without a property satisfies NotEquals and NotExists, which
// are the opposites of Equals and Exists, and nothing else; of a list, any item may satisfy a filter.
#pragma once

#include "pipelines/base/json.hpp"
#include "pipelines/search/expression.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::search {

[[nodiscard]] bool matches(const Expression&, const Json& record);

// The value that a record is sorted by: a number (moments in milliseconds), a text, or null.
[[nodiscard]] Json sort_key(const Property&, const Json& record);

// Is the record with that key and id further up in an ascending order? Records without a value come last in either.
[[nodiscard]] bool precedes(const store::Position& left, const store::Position& right);  // ascending
[[nodiscard]] bool precedes_descending(const store::Position& left, const store::Position& right);

}  // namespace pipelines::search
