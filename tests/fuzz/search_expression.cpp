// A Search request, from bytes to rows: what the model, the expression and its SQL make of any JSON. A request that is
// accepted must be one that SQLite can prepare, and SQL and evaluation must find the same rows in the same order, by
// pages or by a walk that is cut anywhere; where SQL says that it knows too little (decides() is false), it may find
// more, never fewer.
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

constexpr std::int64_t kNewest = 1'000;  // no row's key is higher

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
std::vector<store::Position> places(const search::Expression& expression, const search::Property& sort,
                                    store::SortOrder order, const SearchRows::Records& records) {
    std::vector<store::Position> found;
    for (const auto& [id, record] : records)
        if (search::matches(expression, record)) found.push_back({search::sort_key(sort, record), id});
    std::ranges::sort(found, order == store::SortOrder::Descending ? search::precedes_descending : search::precedes);
    return found;
}

void compare_pages(const search::Search& search, const std::vector<store::Position>& expected, store::SortOrder order,
                   store::Queries& queries, const Json& request) {
    Ids ids;
    for (const store::Position& place : expected) ids.push_back(place.id);
    const auto found = queries.positions(search.page({.limit = 100, .order = order, .after = {}}));
    if (ids_of(found) != ids) fail("SQL and evaluation differ", request);
    if (static_cast<std::size_t>(queries.count(search.count(100))) != ids.size()) fail("the count differs", request);
    if (found.empty()) return;
    const Ids rest = ids_of(queries.positions(search.page({.limit = 100, .order = order, .after = found.front()})));
    if (!std::equal(rest.begin(), rest.end(), ids.begin() + 1, ids.end())) fail("the next page differs", request);
}

// Of other kinds of jobs there are no rows here: their SQL runs all the same.
void compare_walk(const search::Search& search, const std::vector<store::Position>& expected, store::SortOrder order,
                  store::Queries& queries, const Json& request) {
    std::vector<store::Position> candidates;
    search::Walked walked;
    for (bool more = true; more;) {  // cut behind each row
        more = false;
        queries.walk(search.walk(walked, kNewest), [&candidates, &walked, &more](const store::WalkedRow& row) {
            more = true;
            walked = {row.created, row.id};
            if (row.may_match) candidates.push_back({row.key, row.id});
            return false;
        });
    }
    if (search.decides()) {
        std::ranges::sort(candidates,
                          order == store::SortOrder::Descending ? search::precedes_descending : search::precedes);
        const auto same = [](const store::Position& left, const store::Position& right) { return left.id == right.id; };
        if (!std::ranges::equal(candidates, expected, same)) fail("a walk and evaluation differ", request);
    }
    for (const store::Position& place : expected)
        if (std::ranges::find(candidates, place.id, &store::Position::id) == candidates.end())
            fail("a walk leaves out a row that matches", request);
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
    if (search.pages()) return compare_pages(search, expected, order, rows.queries(), request);
    compare_walk(search, expected, order, rows.queries(), request);
}

}  // namespace
}  // namespace pipelines::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto request = pipelines::parse_json({reinterpret_cast<const char*>(data), size});
    if (request && request->is_object()) pipelines::fuzz::search_for(*request);
    return 0;
}
