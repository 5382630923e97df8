// GetSearchSuggestions: names of hyperparameters, tags and metrics that a search can ask for, as the records have them.

#include <fmt/format.h>

#include <set>
#include <string>

#include "api/input.hpp"
#include "api/operation.hpp"
#include "api/search_records.hpp"
#include "pipelines/search/expression.hpp"
#include "pipelines/search/sql.hpp"

namespace pipelines::api {
namespace {

constexpr std::size_t kRecords = 100;  // that were made last: what a user is likely to look for

void add_names(const Json& record, std::set<std::string>& names) {
    if (const Json* parameters = find(record, "HyperParameters"))
        for (const auto& [key, value] : parameters->items()) names.insert("HyperParameters." + key);
    if (const Json* tags = find(record, "Tags"))
        for (const Json& tag : *tags) names.insert(fmt::format("Tags.{}", text_of(tag, "Key")));
    if (const Json* metrics = find(record, "FinalMetricDataList"))
        for (const Json& metric : *metrics) names.insert(fmt::format("Metrics.{}", text_of(metric, "MetricName")));
}

}  // namespace

Result<Answer> get_search_suggestions(Context& context, const Json& input) {
    const search::Resource& resource = *search::find_resource(text(input, "Resource"));  // the model's enum
    std::string hint;
    if (const Json* query = find_given(input, "SuggestionQuery"))
        if (const Json* name_query = find_given(*query, "PropertyNameQuery"))
            hint = text(*name_query, "PropertyNameHint");
    Json output = {{"PropertyNameSuggestions", Json::array()}};
    if (!context.space || resource.holder == search::Holder::Nowhere) return Answer{std::move(output), {}};

    const auto newest = search::read_sort(resource, {{"SortBy", "CreationTime"}});
    if (!newest) return newest.error();
    const search::Search all{resource, {}, *newest, {context.space->id, context.where()}};
    SearchRecords records{context, resource};
    std::set<std::string> names;
    for (const store::Position& row :
         context.services.store.queries.positions(all.page({.limit = kRecords, .after = {}})))
        if (const auto record = records.of(row.id))
            add_names(resource.own_member.empty() ? *record : record->at(std::string(resource.own_member)), names);
    for (const std::string& name : names)
        if (name.starts_with(hint)) output["PropertyNameSuggestions"].push_back({{"PropertyName", name}});
    return Answer{std::move(output), {}};
}

}  // namespace pipelines::api
