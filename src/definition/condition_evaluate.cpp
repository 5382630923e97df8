// Conditions against the values of a run. What AWS does with values of different types is not known:
// docs/compatibility.md, "Running".
#include <fmt/format.h>

#include <compare>
#include <optional>
#include <utility>

#include "pipelines/definition/evaluate.hpp"

namespace pipelines::definition {
namespace {

Decided decide_one(const Json& condition, const Scope& scope);

const Json& member(const Json& condition, std::string_view key) {
    static const Json kNull;
    const Json* found = find(condition, key);
    return found == nullptr ? kNull : *found;
}

bool is_integer(const Json& value) { return value.is_number_integer(); }

std::partial_ordering compare_numbers(const Json& left, const Json& right) {
    const auto left_integer = as_integer(left);
    const auto right_integer = as_integer(right);
    if (is_integer(left) && is_integer(right) && left_integer && right_integer) return *left_integer <=> *right_integer;
    return left.get<double>() <=> right.get<double>();
}

// Nothing where the two cannot be ordered: different types, or a type without an order.
std::optional<std::partial_ordering> compare(const Json& left, const Json& right) {
    if (left.is_number() && right.is_number()) return compare_numbers(left, right);
    if (left.is_string() && right.is_string())
        return left.get_ref<const std::string&>() <=> right.get_ref<const std::string&>();
    return std::nullopt;
}

bool equal(const Json& left, const Json& right) {
    if (const auto order = compare(left, right)) return *order == 0;
    return left.type() == right.type() && left == right;
}

template <class Continue>
Decided with_value(const Json& operand, const Scope& scope, Continue&& go_on) {
    Resolved value = resolve(operand, scope);
    if (auto* fetch = std::get_if<Fetch>(&value)) return std::move(*fetch);
    if (auto* error = std::get_if<Error>(&value)) return std::move(*error);
    return go_on(std::get<Json>(value));
}

Decided decide_order(std::string_view type, const Json& left, const Json& right) {
    const auto order = compare(left, right);
    if (!order)
        return validation_error(
            fmt::format("Condition {} cannot compare {} with {}.", type, kind_name(left), kind_name(right)));
    if (type == "GreaterThan") return *order > 0;
    if (type == "GreaterThanOrEqualTo") return *order >= 0;
    if (type == "LessThan") return *order < 0;
    return *order <= 0;
}

Decided decide_comparison(std::string_view type, const Json& condition, const Scope& scope) {
    return with_value(member(condition, "LeftValue"), scope, [type, &condition, &scope](const Json& left) {
        return with_value(member(condition, "RightValue"), scope, [type, &left](const Json& right) -> Decided {
            if (type == "Equals") return equal(left, right);
            return decide_order(type, left, right);
        });
    });
}

Decided decide_in(const Json& condition, const Scope& scope) {
    return with_value(member(condition, "QueryValue"), scope, [&condition, &scope](const Json& query) -> Decided {
        for (const Json& candidate : member(condition, "Values")) {
            const Decided hit =
                with_value(candidate, scope, [&query](const Json& value) -> Decided { return equal(query, value); });
            if (!std::holds_alternative<bool>(hit) || std::get<bool>(hit)) return hit;
        }
        return false;
    });
}

Decided decide_not(const Json& condition, const Scope& scope) {
    const Decided inner = decide_one(member(condition, "Condition"), scope);
    if (const bool* outcome = std::get_if<bool>(&inner)) return !*outcome;
    return inner;
}

Decided decide_or(const Json& condition, const Scope& scope) {
    for (const Json& each : member(condition, "Conditions")) {
        const Decided outcome = decide_one(each, scope);
        if (!std::holds_alternative<bool>(outcome) || std::get<bool>(outcome)) return outcome;
    }
    return false;
}

Decided decide_one(const Json& condition, const Scope& scope) {
    const std::string_view type = as_string(member(condition, "Type")).value_or("");
    if (type == "In") return decide_in(condition, scope);
    if (type == "Not") return decide_not(condition, scope);
    if (type == "Or") return decide_or(condition, scope);
    return decide_comparison(type, condition, scope);
}

}  // namespace

Decided decide(const Json& conditions, const Scope& scope) {
    for (const Json& condition : conditions) {
        const Decided outcome = decide_one(condition, scope);
        if (!std::holds_alternative<bool>(outcome) || !std::get<bool>(outcome)) return outcome;
    }
    return true;
}

}  // namespace pipelines::definition
