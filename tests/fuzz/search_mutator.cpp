// How libFuzzer changes an input: mostly as the request that it is, so that what comes out is often accepted and
// reaches the SQL; now and then as bytes, which is what finds the reader's own faults.
#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/json.hpp"
#include "pipelines/search/resource.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace pipelines::fuzz {
namespace {

constexpr std::size_t kDeepestName = 4;  // members of members of a record
constexpr std::string_view kResources[] = {"Pipeline",    "PipelineVersion",   "PipelineExecution",
                                           "TrainingJob", "ModelPackage",      "Endpoint",
                                           "Model",       "ModelPackageGroup", "Experiment"};
// What some row of search_rows.cpp has, and what looks like it.
constexpr std::string_view kValues[] = {
    "",
    "0",
    "1",
    "10",
    "9",
    "1.0",
    "0.2",
    "-1",
    "1e22",
    "nan",
    "x",
    "a,b",
    "ml",
    "Abalone",
    "abalone",
    "a%b",
    "it's 1",
    "\"q\"",
    "%",
    "_",
    "true",
    "FALSE",
    "Failed",
    "Active",
    "first",
    "Train",
    "Train-aaaaaaaaaaaa-2",
    "P-2-x",
    "prod,1",
    "team",
    "a.b",
    "role/\xc3\xbc",
    "Executing,Failed",
    "123456789012",
    "source",
    "train",
    "InProgress",
    "Stopping",
    "2023-11-14T22:13:20",
    "2023-11-14T22:13:20.5Z",
    "2023-11-14T22:13:20.750+00:00",
    "2023-11-15T00:13:21.5+0200",
    "arn:aws:sagemaker:us-east-1:123456789012:pipeline/abalone",
    "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p-2/execution/cccccccccccc",
    "arn:aws:iam::123456789012:root",
};

void collect_names(const model::Shape& shape, const std::string& prefix, std::size_t depth,
                   std::vector<std::string>& names) {
    const model::Shape& holder = shape.type == model::Type::List ? *shape.element : shape;
    if (!prefix.empty()) names.push_back(prefix);
    if (depth == 0) return;
    for (const model::Member& member : holder.members)
        collect_names(*member.shape, (prefix.empty() ? "" : prefix + '.') + std::string(member.name), depth - 1, names);
}

const std::vector<std::string>& names_of(std::string_view resource_name) {
    static std::map<std::string_view, std::vector<std::string>> known;
    const search::Resource* resource = search::find_resource(resource_name);
    if (resource == nullptr || resource->shape() == nullptr) return names_of("Pipeline");
    auto& names = known[resource->name];
    if (names.empty()) {
        names = {"Tags.team", "Tags.a.b", "HyperParameters.eta", "HyperParameters.a.b", "Metrics.auc"};
        collect_names(*resource->shape(), "", kDeepestName, names);
    }
    return names;
}

class Mutation {
public:
    Mutation(Json& request, unsigned seed) : request_(request), random_(seed) {}

    void apply() {
        switch (below(8)) {
            case 0: request_["SortBy"] = property(); return;
            case 1: request_["SortOrder"] = below(2) == 0 ? "Ascending" : "Descending"; return;
            case 2: return change_resource();
            case 3: return add_condition();
            default: return change_expression(object(request_["SearchExpression"]));
        }
    }

private:
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>{0, end - 1}(random_); }

    static Json& object(Json& value) {
        if (!value.is_object()) value = Json::object();
        return value;
    }
    static Json& list(Json& value) {
        if (!value.is_array()) value = Json::array();
        return value;
    }

    std::string property() {
        const Json* resource = find(request_, "Resource");
        const auto& names = names_of(resource == nullptr ? "" : as_string(*resource).value_or(""));
        return names[below(names.size())];
    }

    std::string value() {
        std::string made{kValues[below(std::size(kValues))]};
        if (below(6) == 0) made = made.substr(made.size() / 2);
        return made;
    }

    void change_resource() { request_["Resource"] = kResources[below(std::size(kResources))]; }

    void add_condition() {
        if (below(3) == 0) return void(request_.erase("VisibilityConditions"));
        list(request_["VisibilityConditions"])
            .push_back({{"Key", below(2) == 0 ? "Tags.team" : "Tags.x"}, {"Value", value()}});
    }

    void change_expression(Json& expression) {
        Json& parts = list(expression["SubExpressions"]);
        if (!parts.empty() && below(2) == 0) return change_expression(object(parts[below(parts.size())]));
        switch (below(8)) {
            case 0: expression["Operator"] = below(2) == 0 ? "And" : "Or"; break;
            case 1: parts.push_back({{"Filters", Json::array({filter(property())})}}); break;
            case 2: add_nested(expression); break;
            case 3:
            case 4: list(expression["Filters"]).push_back(filter(property())); break;
            default: change_one(list(expression["Filters"]));
        }
        for (const char* member : {"Filters", "NestedFilters", "SubExpressions"})  // an empty list is refused
            if (const Json* items = find(expression, member); items != nullptr && items->empty())
                expression.erase(member);
    }

    void change_one(Json& filters) {
        if (filters.empty()) return;
        Json& one = object(filters[below(filters.size())]);
        const Json fresh = filter(property());
        switch (below(4)) {
            case 0: filters.erase(below(filters.size())); return;
            case 1: one["Name"] = fresh["Name"]; return;
            case 2: one["Operator"] = fresh["Operator"]; return;
            default: one["Value"] = fresh["Value"]; return;
        }
    }

    // A property of a property, when there is one: what stands before the last dot is often a list.
    void add_nested(Json& expression) {
        std::string name = property();
        for (int tries = 0; tries < 20 && name.find('.') == std::string::npos; ++tries) name = property();
        Json nested = {{"NestedPropertyName", name.substr(0, name.rfind('.'))},
                       {"Filters", Json::array({filter(name)})}};
        if (below(2) == 0) nested["Filters"].push_back(filter(name));
        list(expression["NestedFilters"]).push_back(std::move(nested));
    }

    Json filter(std::string name) {
        const auto& operators = model::find_shape("Operator")->values;
        return {{"Name", std::move(name)}, {"Operator", operators[below(operators.size())]}, {"Value", value()}};
    }

    Json& request_;
    std::minstd_rand random_;
};

}  // namespace
}  // namespace pipelines::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
    const auto parsed = pipelines::parse_json({reinterpret_cast<const char*>(data), size});
    if (seed % 8 == 0 || !parsed || !parsed->is_object()) return LLVMFuzzerMutate(data, size, max_size);
    pipelines::Json request = *parsed;
    pipelines::fuzz::Mutation{request, seed}.apply();
    const std::string made = pipelines::dump(request);
    if (made.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
    std::ranges::copy(made, data);
    return made.size();
}
