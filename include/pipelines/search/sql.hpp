// From an expression to SQL: texts are made of constants of this room alone, every value of a request is a binding.
//
// Properties that stand in columns or side tables become conditions. What does not (a member of a job's document, which
// is derived on read) leaves the text: the rows are then more than the records that match, and evaluate.hpp has the
// last word. Such rows are walked in the order of their creation, which can be cut anywhere and gone on with later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
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

// How far a walk has come.
struct Walked {
    std::int64_t created = std::numeric_limits<std::int64_t>::min();
    std::int64_t id = std::numeric_limits<std::int64_t>::min();
};

class Search {
public:
    Search(const Resource& resource, const Expression& expression, const Property& sort, Scope scope);

    // Does SQL alone decide which rows match, and by what they are sorted? Otherwise it takes their records.
    [[nodiscard]] bool decides() const { return exact_ && key_.has_value(); }
    // Does it decide, and is there an index of their order? Otherwise all of them are to be walked.
    [[nodiscard]] bool pages() const { return decides() && !sorts_; }

    // (id, sort key) of a page of the rows and one more, in order. Only where SQL decides.
    [[nodiscard]] store::Query page(const store::PageRequest&) const;
    // How many rows match, at most `limit`. Only where SQL decides.
    [[nodiscard]] store::Query count(std::size_t limit) const;
    // The rows behind a place, up to the one of key `newest`: (id, creation, can it match, sort key or NULL).
    [[nodiscard]] store::Query walk(const Walked& behind, std::int64_t newest) const;

private:
    store::Query rows_;                // " FROM ... WHERE ...": what the index is entered by
    store::Query condition_;           // of a row that can match
    std::optional<store::Query> key_;  // the expression that is sorted by
    bool nullable_ = false;
    bool exact_ = true;
    bool sorts_ = false;
    bool remade_ = false;  // rows of one name stand for one thing: the newest
};

}  // namespace pipelines::search
