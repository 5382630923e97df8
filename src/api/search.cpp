// Search: an expression to rows, rows to records.

#include <algorithm>
#include <utility>

#include "api/input.hpp"
#include "api/operation.hpp"
#include "api/search_reader.hpp"
#include "api/search_records.hpp"
#include "pipelines/search/expression.hpp"
#include "pipelines/search/sql.hpp"

namespace pipelines::api {
namespace {

constexpr std::size_t kExactHits = 10'000;  // beyond, TotalHits is a lower bound

using Query = SearchQuery;
using Found = SearchFound;

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

Found find_by_sql(Context& context, const Query& query, const search::Search& search, SearchRecords& records) {
    auto& queries = context.services.store.queries;
    Found found;
    auto rows = queries.positions(search.page(query.page));
    if (rows.size() > query.page.limit) {
        rows.resize(query.page.limit);
        found.next = rows.back();
    }
    const bool all = !query.page.after && !found.next;
    found.hits = all ? rows.size() : static_cast<std::size_t>(queries.count(search.count(kExactHits + 1)));
    for (const store::Position& row : rows)
        if (auto record = records.of(row.id)) found.records.push_back(std::move(*record));
    return found;
}

Result<Found> find(Context& context, const Query& query) {
    const search::Search search{query.resource, query.expression, query.sort, {context.space->id, context.where()}};
    SearchRecords records{context, query.resource};
    if (search.exact() && search.ordered()) return find_by_sql(context, query, search, records);
    return RecordReader{context.services, query, search, records}.find();
}

Json total_hits(const Found& found) {
    const bool exact = found.all_read && found.hits <= kExactHits;
    return {{"Value", std::min(found.hits, kExactHits)}, {"Relation", exact ? "EqualTo" : "GreaterThanOrEqualTo"}};
}

}  // namespace

Result<Answer> search_resources(Context& context, const Json& input) {
    const auto query = read_query(context, input);
    if (!query) return query.error();
    // No other account shares anything with this one, and nothing is in a namespace that nobody has written to.
    const bool of_others = optional_text(input, "CrossAccountFilterOption") == "CrossAccount";
    const bool any = !of_others && context.space && query->resource.holder != search::Holder::Nowhere;
    auto found = any ? find(context, *query) : Found{};
    if (!found) return found.error();
    Json output = {{"Results", Json::array()}, {"TotalHits", total_hits(*found)}};
    const std::string member{query->resource.record};
    for (Json& record : found->records) output["Results"].emplace_back()[member] = std::move(record);
    set_next_token(output, found->next, context.call);
    return Answer{std::move(output), {}};
}

}  // namespace pipelines::api
