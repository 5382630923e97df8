// From an expression to SQL: texts are made of constants of this room alone, every value of a request is a binding.
//
// Properties that stand in columns or side tables become conditions. What does not (a member of a job's document, which
// is derived on read) leaves the text: the rows are then more than the records that match, `exact` is false, and
// evaluate.hpp has the last word.
#pragma once

#include <cstddef>
#include <optional>

#include "pipelines/base/arn.hpp"
#include "pipelines/domain/pipeline.hpp"
#include "pipelines/search/expression.hpp"
#include "pipelines/store/page.hpp"
#include "pipelines/store/query.hpp"

namespace pipelines::search {

struct Scope {
    NamespaceId id = 0;
    NamespaceKey key;  // for ARNs, which rows do not hold
};

class Search {
public:
    Search(const Resource& resource, const Expression& expression, const Property& sort, Scope scope);

    // Does SQL alone decide which rows match?
    [[nodiscard]] bool exact() const { return exact_; }
    // Does it decide their order?
    [[nodiscard]] bool ordered() const { return key_.has_value(); }

    // (id, sort key) of the rows that can match, in order, behind a position. Only where ordered().
    [[nodiscard]] store::Query in_order(store::SortOrder, const std::optional<store::Position>& after) const;
    // The same, a page and one row more.
    [[nodiscard]] store::Query page(const store::PageRequest&) const;
    // How many rows can match, at most `limit`.
    [[nodiscard]] store::Query count(std::size_t limit) const;
    // (id, NULL) of all rows that can match, in no order.
    [[nodiscard]] store::Query candidates() const;

private:
    store::Query where_;               // " FROM ... WHERE ..."
    std::optional<store::Query> key_;  // the expression that is sorted by
    bool nullable_ = false;
    bool exact_ = true;
};

}  // namespace pipelines::search
