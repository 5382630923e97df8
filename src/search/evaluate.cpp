#include "pipelines/search/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "pipelines/base/text.hpp"

namespace pipelines::search {
namespace {

using Values = std::vector<const Json*>;

void collect(std::span<const PathStep> path, const Json& value, Values& found) {
    if (value.is_null()) return;
    if (path.empty()) {
        found.push_back(&value);
        return;
    }
    const PathStep& step = path.front();
    const auto rest = path.subspan(1);
    switch (step.way) {
        case PathStep::Way::Member:
            if (const Json* part = pipelines::find(value, step.name)) collect(rest, *part, found);
            return;
        case PathStep::Way::Each:
            if (value.is_array())
                for (const Json& item : value) collect(rest, item, found);
            return;
        case PathStep::Way::Named:
            if (!value.is_array()) return;
            for (const Json& item : value) {
                const Json* key = pipelines::find(item, step.key);
                if (key == nullptr || *key != step.name) continue;
                if (const Json* part = pipelines::find(item, step.value)) collect(rest, *part, found);
            }
            return;
    }
}

// A scenario that does not check what it returns may state anything.
bool fits(Kind kind, const Json& value) {
    switch (kind) {
        case Kind::Text: return value.is_string();
        case Kind::Number:
        case Kind::Moment: return value.is_number();
        case Kind::Flag: return value.is_boolean();
        default: return !value.is_array() || !value.empty();
    }
}

Values values_of(const Property& property, const Json& record) {
    Values found;
    collect(property.path, record, found);
    std::erase_if(found, [&property](const Json* value) { return !fits(property.kind, *value); });
    return found;
}

std::int64_t to_millis(const Json& epoch_seconds) { return std::llround(epoch_seconds.get<double>() * 1000.0); }

template <class Value>
bool holds(Comparison comparison, const Value& left, const Value& right) {
    switch (comparison) {
        case Comparison::Equals: return left == right;
        case Comparison::GreaterThan: return left > right;
        case Comparison::GreaterThanOrEqualTo: return left >= right;
        case Comparison::LessThan: return left < right;
        case Comparison::LessThanOrEqualTo: return left <= right;
        default: return false;
    }
}

// A hyperparameter against a Value that is a number: as integers if the Value is one, else as decimals.
bool decimal_holds(const Filter& filter, Comparison comparison, std::string_view text) {
    const auto number = parse_decimal(text);
    if (!number || !filter.number) return false;
    return holds(comparison, filter.whole ? std::trunc(*number) : *number, *filter.number);
}

bool text_holds(const Filter& filter, Comparison comparison, const std::string& text) {
    switch (comparison) {
        case Comparison::Contains: return text.find(filter.text) != std::string::npos;
        case Comparison::In: return std::ranges::find(filter.texts, text) != filter.texts.end();
        case Comparison::Equals:
            return text == filter.text || (filter.property.decimal_text && decimal_holds(filter, comparison, text));
        default: return filter.property.decimal_text && decimal_holds(filter, comparison, text);
    }
}

bool value_holds(const Filter& filter, Comparison comparison, const Json& value) {
    switch (filter.property.kind) {
        case Kind::Text: return text_holds(filter, comparison, value.get_ref<const std::string&>());
        case Kind::Number: return holds(comparison, value.get<double>(), filter.number.value_or(0));
        case Kind::Flag: return holds(comparison, value.get<bool>(), filter.flag);
        case Kind::Moment: return holds(comparison, to_millis(value), pipelines::to_millis(filter.moment));
        default: return false;
    }
}

bool matches(const Filter& filter, const Json& record) {
    const Values values = values_of(filter.property, record);
    const auto any = [&filter, &values](Comparison comparison) {
        return std::ranges::any_of(
            values, [&filter, comparison](const Json* value) { return value_holds(filter, comparison, *value); });
    };
    switch (filter.comparison) {
        case Comparison::Exists: return !values.empty();
        case Comparison::NotExists: return values.empty();
        case Comparison::NotEquals: return !any(Comparison::Equals);
        default: return any(filter.comparison);
    }
}

bool matches(const NestedFilter& nested, const Json& record) {
    for (const Json* list : values_of(nested.list, record))
        for (const Json& item : *list)
            if (std::ranges::all_of(nested.filters, [&item](const Filter& filter) { return matches(filter, item); }))
                return true;
    return false;
}

// -1, 0, 1 of two keys that are not null; a number precedes a text, as it does in SQLite.
int compare(const Json& left, const Json& right) {
    if (left.is_number() != right.is_number()) return left.is_number() ? -1 : 1;
    if (left == right) return 0;
    return left < right ? -1 : 1;
}

}  // namespace

bool matches(const Expression& expression, const Json& record) {
    const auto holds_for = [&record](const auto& part) { return matches(part, record); };
    if (expression.filters.empty() && expression.nested.empty() && expression.parts.empty()) return true;
    if (expression.junction == Junction::Or)
        return std::ranges::any_of(expression.filters, holds_for) ||
               std::ranges::any_of(expression.nested, holds_for) || std::ranges::any_of(expression.parts, holds_for);
    return std::ranges::all_of(expression.filters, holds_for) && std::ranges::all_of(expression.nested, holds_for) &&
           std::ranges::all_of(expression.parts, holds_for);
}

Json sort_key(const Property& property, const Json& record) {
    const Values values = values_of(property, record);
    if (values.empty()) return nullptr;
    const Json& value = *values.front();
    if (property.kind == Kind::Moment) return to_millis(value);
    if (property.kind == Kind::Flag) return value.get<bool>() ? 1 : 0;
    if (property.decimal_text)
        if (const auto number = parse_decimal(value.get_ref<const std::string&>())) return *number;
    return value;
}

bool precedes(const store::Position& left, const store::Position& right) {
    if (left.key.is_null() || right.key.is_null()) {
        if (left.key.is_null() != right.key.is_null()) return right.key.is_null();
        return left.id < right.id;
    }
    const int order = compare(left.key, right.key);
    return order != 0 ? order < 0 : left.id < right.id;
}

bool precedes_descending(const store::Position& left, const store::Position& right) {
    if (left.key.is_null() != right.key.is_null()) return right.key.is_null();
    return precedes(right, left);
}

}  // namespace pipelines::search
