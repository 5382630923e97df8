#include "pipelines/search/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "pipelines/base/names.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::search {
namespace {

constexpr std::size_t kMostElements = 50;  // filters, nested filters and subexpressions in all (model)

constexpr Names<Comparison, 10> kComparisons{{
    {Comparison::Equals, "Equals"},
    {Comparison::NotEquals, "NotEquals"},
    {Comparison::GreaterThan, "GreaterThan"},
    {Comparison::GreaterThanOrEqualTo, "GreaterThanOrEqualTo"},
    {Comparison::LessThan, "LessThan"},
    {Comparison::LessThanOrEqualTo, "LessThanOrEqualTo"},
    {Comparison::Contains, "Contains"},
    {Comparison::Exists, "Exists"},
    {Comparison::NotExists, "NotExists"},
    {Comparison::In, "In"},
}};

// Whose Contains is not counted (the model's documentation of Filter).
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kOftenContained{{
    {"Experiment", "DisplayName"},
    {"Experiment", "ExperimentName"},
    {"Experiment", "Tags"},
    {"ExperimentTrial", "DisplayName"},
    {"ExperimentTrial", "TrialName"},
    {"ExperimentTrial", "Tags"},
    {"ExperimentTrialComponent", "DisplayName"},
    {"ExperimentTrialComponent", "TrialComponentName"},
    {"ExperimentTrialComponent", "Tags"},
    {"ExperimentTrialComponent", "InputArtifacts"},
    {"ExperimentTrialComponent", "OutputArtifacts"},
}};

// The items of a member that may be absent or null.
const Json& items_of(const Json& object, std::string_view member) {
    static const Json kNone = Json::array();
    const Json* value = find(object, member);
    return value == nullptr || value->is_null() ? kNone : *value;
}

std::string_view kind_text(Kind kind) {
    switch (kind) {
        case Kind::Text: return "a text";
        case Kind::Number: return "a number";
        case Kind::Flag: return "a Boolean";
        case Kind::Moment: return "a timestamp";
        default: return "a structure or list";
    }
}

bool knows(const Property& property, Comparison comparison) {
    const bool presence = comparison == Comparison::Exists || comparison == Comparison::NotExists;
    const bool equality = comparison == Comparison::Equals || comparison == Comparison::NotEquals;
    switch (property.kind) {
        case Kind::Any: return true;
        case Kind::Text: return property.decimal_text || !orders(comparison);
        case Kind::Number:
        case Kind::Moment: return presence || equality || orders(comparison);
        case Kind::Flag: return presence || equality;
        case Kind::Group: return presence;
    }
    return false;
}

Error refuse_operator(const Property& property, Comparison comparison) {
    std::string known;
    for (const auto& [candidate, name] : kComparisons)
        if (knows(property, candidate)) known += (known.empty() ? "" : ", ") + std::string(name);
    std::string hint;
    if (property.kind == Kind::Group && property.shape->type == model::Type::Map)
        hint = fmt::format(" Name one of its values: {}.<key>.", property.name);
    if (property.name == "Tags") {
        hint = " Name a tag by its key: Tags.<key>.";
    } else if (property.kind == Kind::Group && property.shape->type != model::Type::Map) {
        const model::Shape& part =
            property.shape->type == model::Type::List ? *property.shape->element : *property.shape;
        if (!part.members.empty())
            hint = fmt::format(" Name one of its members, such as {}.{}.", property.name, part.members.front().name);
    }
    return validation_error(
        fmt::format("The operator '{}' is not supported for '{}', which is {}. Supported are: {}.{}",
                    name_of(kComparisons, comparison), property.name, kind_text(property.kind), known, hint));
}

Error refuse_value(const Filter& filter, std::string_view expected) {
    return validation_error(fmt::format("The Value '{}' of the filter on '{}' is not valid: {}.", filter.text,
                                        filter.property.name, expected));
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

Result<void> read_number(Filter& filter) {
    filter.number = parse_decimal(filter.text);
    filter.whole = parse_number<std::int64_t>(filter.text).has_value();
    const bool needed = filter.property.kind == Kind::Number || orders(filter.comparison);
    if (needed && !filter.number) return refuse_value(filter, "it must be an integer or a floating-point decimal");
    return {};
}

// The Value as what the property compares with.
Result<void> read_value(Filter& filter) {
    switch (filter.property.kind) {
        case Kind::Text:
            if (filter.comparison == Comparison::In)
                for (const std::string_view part : split(filter.text, ',')) filter.texts.emplace_back(trimmed(part));
            return filter.property.decimal_text ? read_number(filter) : Result<void>{};
        case Kind::Number: return read_number(filter);
        case Kind::Flag:
            filter.flag = equal_ignoring_case(filter.text, "true");
            if (!filter.flag && !equal_ignoring_case(filter.text, "false"))
                return refuse_value(filter, "it must be true or false");
            return {};
        case Kind::Moment:
            if (const auto moment = parse_moment(filter.text)) {
                filter.moment = *moment;
                return {};
            }
            return refuse_value(filter, "it must be a date and time in the form YYYY-mm-dd'T'HH:MM:SS");
        default: return {};
    }
}

class Reader {
public:
    explicit Reader(const Resource& resource) : resource_(resource) {}

    Result<Expression> expression(const Json& input) {
        Expression made;
        made.junction = text_of(input, "Operator") == "Or" ? Junction::Or : Junction::And;
        for (const Json& item : items_of(input, "Filters")) {
            if (const auto checked = count_element(); !checked) return checked.error();
            auto filter = read_filter(item, find_property(resource_, text_of(item, "Name")));
            if (!filter) return filter.error();
            made.filters.push_back(std::move(*filter));
        }
        for (const Json& item : items_of(input, "NestedFilters")) {
            auto nested = nested_filter(item);
            if (!nested) return nested.error();
            made.nested.push_back(std::move(*nested));
        }
        for (const Json& item : items_of(input, "SubExpressions")) {
            if (const auto checked = count_element(); !checked) return checked.error();
            auto part = expression(item);
            if (!part) return part.error();
            made.parts.push_back(std::move(*part));
        }
        if (made.filters.empty() && made.nested.empty() && made.parts.empty())
            return validation_error(
                "A SearchExpression must have at least one Filter, NestedFilter or SubExpression; one has none.");
        return made;
    }

private:
    // Counted on the way down, so that what is beyond the limit is not read.
    Result<void> count_element() {
        if (++elements_ > kMostElements)
            return validation_error(
                fmt::format("A SearchExpression can have at most {} Filters, NestedFilters and SubExpressions in all.",
                            kMostElements));
        return {};
    }

    Result<NestedFilter> nested_filter(const Json& item) {
        if (const auto checked = count_element(); !checked) return checked.error();
        auto list = find_property(resource_, text_of(item, "NestedPropertyName"));
        if (!list) return list.error();
        NestedFilter made{std::move(*list), {}};
        for (const Json& one : items_of(item, "Filters")) {
            if (const auto checked = count_element(); !checked) return checked.error();
            auto filter = read_filter(one, find_item_property(made.list, text_of(one, "Name")));
            if (!filter) return filter.error();
            made.filters.push_back(std::move(*filter));
        }
        return made;
    }

    Result<Filter> read_filter(const Json& item, Result<Property> property) {
        if (!property) return property.error();
        const std::string_view operation = text_of(item, "Operator");
        const Json* const value = find(item, "Value");
        const bool has_value = value != nullptr && !value->is_null();
        Filter filter{std::move(*property)};
        filter.text = text_of(item, "Value");
        if (operation.empty() && !has_value)
            return validation_error(
                fmt::format("The filter on '{}' has neither an Operator nor a Value.", filter.property.name));
        if (!operation.empty()) filter.comparison = value_of(kComparisons, operation).value();  // the model's enum
        if (!knows(filter.property, filter.comparison)) return refuse_operator(filter.property, filter.comparison);
        if (filter.comparison == Comparison::Exists || filter.comparison == Comparison::NotExists) return filter;
        if (!has_value)
            return validation_error(fmt::format("The filter on '{}' with the operator '{}' needs a Value.",
                                                filter.property.name, name_of(kComparisons, filter.comparison)));
        if (const auto checked = count_contains(filter); !checked) return checked.error();
        if (const auto checked = read_value(filter); !checked) return checked.error();
        return filter;
    }

    Result<void> count_contains(const Filter& filter) {
        if (filter.comparison != Comparison::Contains) return {};
        for (const auto& [resource, property] : kOftenContained)
            if (resource == resource_.name &&
                filter.property.name.substr(0, filter.property.name.find('.')) == property)
                return {};
        if (++contains_ > 1) return validation_error("'CONTAINS' operator usage limit of 1 exceeded.");
        return {};
    }

    const Resource& resource_;
    std::size_t elements_ = 0;
    int contains_ = 0;
};

// Records that carry the tag with another value are left out, those without it stay.
Result<Expression> visibility(const Resource& resource, const Json& condition) {
    constexpr std::string_view kPrefix = "Tags.";
    const std::string_view key = text_of(condition, "Key");
    if (!key.starts_with(kPrefix) || key.size() == kPrefix.size())
        return validation_error(
            fmt::format("The Key '{}' of VisibilityConditions is not valid: it must have the form Tags.<key>.", key));
    auto tag = find_property(resource, key);
    if (!tag) return Expression{};  // no record of this resource has tags, so none is left out
    Expression either{.junction = Junction::Or};
    either.filters.push_back({*tag, Comparison::NotExists});
    Filter equal{std::move(*tag), Comparison::Equals};
    equal.text = text_of(condition, "Value");
    either.filters.push_back(std::move(equal));
    return either;
}

}  // namespace

Result<Expression> read_expression(const Resource& resource, const Json& input) {
    Expression all;
    if (const Json* given = find_given(input, "SearchExpression")) {
        auto expression = Reader{resource}.expression(*given);
        if (!expression) return expression;
        all = std::move(*expression);
    }
    const Json& conditions = items_of(input, "VisibilityConditions");
    if (conditions.empty()) return all;
    Expression visible;
    const bool any = !all.filters.empty() || !all.nested.empty() || !all.parts.empty();
    if (any) visible.parts.push_back(std::move(all));
    for (const Json& condition : conditions) {
        auto one = visibility(resource, condition);
        if (!one) return one;
        if (!one->filters.empty()) visible.parts.push_back(std::move(*one));
    }
    return visible;
}

Result<Property> read_sort(const Resource& resource, const Json& input) {
    const std::string_view given = text_of(input, "SortBy");
    auto property = find_property(resource, given.empty() ? resource.default_sort() : std::string(given));
    if (!property) return property;
    const bool many =
        std::ranges::any_of(property->path, [](const PathStep& step) { return step.way == PathStep::Way::Each; });
    if (property->kind == Kind::Group || many)
        return validation_error(fmt::format("Results cannot be sorted by '{}': it is no single value of a {}.",
                                            property->name, resource.name));
    return property;
}

}  // namespace pipelines::search
