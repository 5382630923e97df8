// A Search request, from bytes to rows: what the model, the expression and its SQL make of any JSON. A request that is
// accepted must be one that SQLite can prepare, and SQL and evaluation must find the same rows in the same order; where
// SQL says that it knows too little (exact() is false), it may find more, never fewer, and in that order where it says
// that it knows the order (ordered()).
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

#include "fuzz/search_rows.hpp"
#include "pipelines/model/validate.hpp"
#include "pipelines/search/evaluate.hpp"
#include "pipelines/search/sql.hpp"

namespace pipelines::fuzz {
namespace {

using Ids = std::vector<std::int64_t>;

[[noreturn]] void fail(const char* what, const Json& request) {
    std::fprintf(stderr, "%s: %s\n", what, dump(request).c_str());
    std::abort();
}

Ids ids_of(const std::vector<store::Position>& rows) {
    Ids ids;
    for (const store::Position& row : rows) ids.push_back(row.id);
    return ids;
}

// The rows that match, in order, as evaluation has it.
std::vector<search::Place> places(const search::Expression& expression, const search::Property& sort,
                                  store::SortOrder order, const SearchRows::Records& records) {
    std::vector<search::Place> found;
    for (const auto& [id, record] : records)
        if (search::matches(expression, record)) found.push_back({search::sort_key(sort, record), id});
    std::ranges::sort(found, order == store::SortOrder::Descending ? search::precedes_descending : search::precedes);
    return found;
}

void compare_exact(const search::Search& search, const std::vector<search::Place>& expected, store::SortOrder order,
                   store::Queries& queries, const Json& request) {
    Ids ids;
    for (const search::Place& place : expected) ids.push_back(place.id);
    const auto found = queries.positions(search.page({.limit = 100, .order = order, .after = {}}));
    if (ids_of(found) != ids) fail("SQL and evaluation differ", request);
    if (static_cast<std::size_t>(queries.count(search.count(100))) != ids.size()) fail("the count differs", request);
    if (found.empty()) return;
    const Ids rest = ids_of(queries.positions(search.page({.limit = 100, .order = order, .after = found.front()})));
    if (!std::equal(rest.begin(), rest.end(), ids.begin() + 1, ids.end())) fail("the next page differs", request);
}

void search_for(const Json& request) {
    static SearchRows rows;
    static const model::Shape& shape = *model::find_operation("Search")->input;
    if (!model::check_kinds(shape, request) || !model::check_constraints(shape, request)) return;
    const search::Resource& resource = *search::find_resource(request.at("Resource").get<std::string>());
    const auto expression = search::read_expression(resource, request);
    const auto sort = search::read_sort(resource, request);
    if (!expression || !sort || resource.holder == search::Holder::Nowhere) return;

    const Json* given = find(request, "SortOrder");
    const bool ascending = given != nullptr && *given == "Ascending";
    const auto order = ascending ? store::SortOrder::Ascending : store::SortOrder::Descending;
    const search::Search search{resource, *expression, *sort, {rows.space(), rows.where()}};
    const auto expected = places(*expression, *sort, order, rows.records(resource.name));
    // Of other kinds of jobs there are no rows here: their SQL runs all the same.
    if (search.exact() && search.ordered()) return compare_exact(search, expected, order, rows.queries(), request);
    const Ids candidates =
        ids_of(rows.queries().positions(search.ordered() ? search.in_order(order, std::nullopt) : search.candidates()));
    auto next = candidates.begin();  // of what SQL has in order, more rows may stand between those that match
    for (const search::Place& place : expected) {
        next = std::find(search.ordered() ? next : candidates.begin(), candidates.end(), place.id);
        if (next == candidates.end()) fail("SQL leaves out a row that matches, or has another order", request);
    }
}

}  // namespace
}  // namespace pipelines::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto request = pipelines::parse_json({reinterpret_cast<const char*>(data), size});
    if (request && request->is_object()) pipelines::fuzz::search_for(*request);
    return 0;
}
