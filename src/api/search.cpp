// Search: an expression to rows, rows to records.

#include <algorithm>
#include <utility>

#include "api/input.hpp"
#include "api/operation.hpp"
#include "api/search_records.hpp"
#include "pipelines/search/evaluate.hpp"
#include "pipelines/search/expression.hpp"
#include "pipelines/search/sql.hpp"

namespace pipelines::api {
namespace {

constexpr std::size_t kExactHits = 10'000;  // beyond, TotalHits is a lower bound

struct Query {
    const search::Resource& resource;
    search::Expression expression;
    search::Property sort;
    store::PageRequest page;
};

struct Found {
    std::vector<store::Position> rows;
    std::optional<store::Position> next;
    std::size_t hits = 0;
};

Result<Query> read_query(Context& context, const Json& input) {
    const search::Resource& resource = *search::find_resource(text(input, "Resource"));  // the model's enum
    auto expression = search::read_expression(resource, input);
    if (!expression) return expression.error();
    auto sort = search::read_sort(resource, input);
    if (!sort) return sort.error();
    auto page = page_request(context.call, store::SortOrder::Descending);
    if (!page) return page.error();
    return Query{resource, std::move(*expression), std::move(*sort), std::move(*page)};
}

void cut_to_page(Found& found, std::size_t limit) {
    if (found.rows.size() <= limit) return;
    found.rows.resize(limit);
    found.next = found.rows.back();
}

Found find_by_sql(Context& context, const Query& query, const search::Search& search) {
    auto& queries = context.services.store.queries;
    Found found;
    found.rows = queries.positions(search.page(query.page));
    cut_to_page(found, query.page.limit);
    const bool all = !query.page.after && !found.next;
    found.hits = all ? found.rows.size() : static_cast<std::size_t>(queries.count(search.count(kExactHits + 1)));
    return found;
}

// Record by record, where SQL knows too little of them. Of what matches, only the page is kept: a heap whose front is
// the last of it.
Found find_by_records(Context& context, const Query& query, const search::Search& search, SearchRecords& records) {
    const auto before =
        query.page.order == store::SortOrder::Descending ? search::precedes_descending : search::precedes;
    std::vector<search::Place> places;
    Found found;
    for (const store::Position& row : context.services.store.queries.positions(search.candidates())) {
        const auto record = records.of(row.id);
        if (!record || !search::matches(query.expression, *record)) continue;
        ++found.hits;
        search::Place place{search::sort_key(query.sort, *record), row.id};
        if (query.page.after && !before({query.page.after->key, query.page.after->id}, place)) continue;
        places.push_back(std::move(place));
        std::ranges::push_heap(places, before);
        if (places.size() <= query.page.limit + 1) continue;
        std::ranges::pop_heap(places, before);
        places.pop_back();
    }
    std::ranges::sort_heap(places, before);
    for (search::Place& place : places) found.rows.push_back({std::move(place.key), place.id});
    cut_to_page(found, query.page.limit);
    return found;
}

Json total_hits(std::size_t hits) {
    return {{"Value", std::min(hits, kExactHits)},
            {"Relation", hits > kExactHits ? "GreaterThanOrEqualTo" : "EqualTo"}};
}

}  // namespace

Result<Answer> search_resources(Context& context, const Json& input) {
    const auto query = read_query(context, input);
    if (!query) return query.error();
    Json output = {{"Results", Json::array()}, {"TotalHits", total_hits(0)}};
    // No other account shares anything with this one, and nothing is in a namespace that nobody has written to.
    const bool of_others = optional_text(input, "CrossAccountFilterOption") == "CrossAccount";
    if (of_others || !context.space || query->resource.holder == search::Holder::Nowhere)
        return Answer{std::move(output), {}};

    const search::Search search{query->resource, query->expression, query->sort, {context.space->id, context.where()}};
    SearchRecords records{context, query->resource};
    const Found found =
        search.exact() ? find_by_sql(context, *query, search) : find_by_records(context, *query, search, records);
    const std::string member{query->resource.record};
    for (const store::Position& row : found.rows)
        if (auto record = records.of(row.id)) output["Results"].emplace_back()[member] = std::move(*record);
    output["TotalHits"] = total_hits(found.hits);
    set_next_token(output, found.next, context.call);
    return Answer{std::move(output), {}};
}

}  // namespace pipelines::api
