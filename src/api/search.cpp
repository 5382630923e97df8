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

Result<SearchQuery> read_query(Context& context, const Json& input) {
    const search::Resource& resource = *search::find_resource(text(input, "Resource"));  // the model's enum
    auto expression = search::read_expression(resource, input);
    if (!expression) return expression.error();
    auto sort = search::read_sort(resource, input);
    if (!sort) return sort.error();
    auto page = page_request(context.call, store::SortOrder::Descending);
    if (!page) return page.error();
    return SearchQuery{resource, std::move(*expression), std::move(*sort), std::move(*page)};
}

SearchFound find_by_sql(Context& context, const SearchQuery& query, const search::Search& search) {
    auto& queries = context.services.store.queries;
    SearchRecords records{context, query.resource};
    SearchFound found;
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

// What was found for an earlier page of the same request.
std::optional<SearchFound> find_again(Context& context, const SearchQuery& query) {
    const store::Found* known = context.services.store.queries.kept(request_identity(context.call));
    if (known == nullptr) return std::nullopt;
    SearchRecords records{context, query.resource};
    return page_of(*known, query, records);
}

}  // namespace

Json search_output(const aws::Call& call, const search::Resource& resource, SearchFound found) {
    Json output = {{"Results", Json::array()},
                   {"TotalHits",
                    {{"Value", std::min(found.hits, kExactHits)},
                     {"Relation", found.hits <= kExactHits ? "EqualTo" : "GreaterThanOrEqualTo"}}}};
    const std::string member{resource.record};
    for (Json& record : found.records) output["Results"].emplace_back()[member] = std::move(record);
    set_next_token(output, found.next, call);
    return output;
}

Result<Answer> search_resources(Context& context, const Json& input) {
    auto query = read_query(context, input);
    if (!query) return query.error();
    const auto answer = [&context, &query](SearchFound found) {
        return Answer{search_output(context.call, query->resource, std::move(found)), {}};
    };
    // No other account shares anything with this one, and nothing is in a namespace that nobody has written to.
    const bool of_others = optional_text(input, "CrossAccountFilterOption") == "CrossAccount";
    if (of_others || !context.space || query->resource.holder == search::Holder::Nowhere) return answer({});
    search::Search search{query->resource, query->expression, query->sort, {context.space->id, context.where()}};
    if (search.pages()) return answer(find_by_sql(context, *query, search));
    if (auto known = find_again(context, *query)) return answer(std::move(*known));
    Answer later;
    later.still = std::make_unique<SearchReader>(context, std::move(*query), std::move(search));
    return later;
}

}  // namespace pipelines::api
