#include "definition/conditions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "definition/expression.hpp"

namespace pipelines::definition {
namespace {

constexpr std::array<std::string_view, 8> kTypes{
    "Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo", "In", "Not", "Or"};
constexpr std::array<std::string_view, 3> kComparison{"Type", "LeftValue", "RightValue"};
constexpr std::array<std::string_view, 3> kIn{"Type", "QueryValue", "Values"};
constexpr std::array<std::string_view, 2> kNot{"Type", "Condition"};
constexpr std::array<std::string_view, 2> kOr{"Type", "Conditions"};

Fault check_operand_value(const Json& value, const Place& place) {
    if (!value.is_null() && (value.is_primitive() || as_expression(value))) return std::nullopt;
    return unparsable(fmt::format("A condition compares values and expressions, not {}.", kind_name(value)), place);
}

Fault check_operand(const Json& condition, std::string_view key, const Place& place) {
    const Json* value = find(condition, key);
    if (value == nullptr) return missing_member(key, place);
    return check_operand_value(*value, Place(place, key));
}

Fault check_condition(const Json& condition, const Place& place);

Fault check_comparison(const Json& condition, const Place& place) {
    if (auto fault = expect_members(condition, kComparison, "Condition", place)) return fault;
    if (auto fault = check_operand(condition, "LeftValue", place)) return fault;
    return check_operand(condition, "RightValue", place);
}

Fault check_in(const Json& condition, const Place& place) {
    if (auto fault = expect_members(condition, kIn, "Condition", place)) return fault;
    if (auto fault = check_operand(condition, "QueryValue", place)) return fault;
    const Result<const Json*> values = required(condition, "Values", place);
    if (!values) return values.error();
    const Place here(place, "Values");
    if (auto fault = expect_array(**values, here)) return fault;
    for (std::size_t index = 0; index < (*values)->size(); ++index)
        if (auto fault = check_operand_value((**values)[index], Place(here, index))) return fault;
    return std::nullopt;
}

Fault check_not(const Json& condition, const Place& place) {
    if (auto fault = expect_members(condition, kNot, "Condition", place)) return fault;
    const Result<const Json*> inner = required(condition, "Condition", place);
    if (!inner) return inner.error();
    return check_condition(**inner, Place(place, "Condition"));
}

Fault check_or(const Json& condition, const Place& place) {
    if (auto fault = expect_members(condition, kOr, "Condition", place)) return fault;
    const Result<const Json*> inner = required(condition, "Conditions", place);
    if (!inner) return inner.error();
    return check_conditions(**inner, Place(place, "Conditions"));
}

Fault check_condition(const Json& condition, const Place& place) {
    if (auto fault = expect_object(condition, place)) return fault;
    const Result<std::string> type = required_string(condition, "Type", place);
    if (!type) return type.error();
    if (std::find(kTypes.begin(), kTypes.end(), *type) == kTypes.end())
        return unparsable(fmt::format("Unknown Condition type '{}'.{}", *type, suggestion(*type, kTypes)),
                          Place(place, "Type"));
    if (*type == "In") return check_in(condition, place);
    if (*type == "Not") return check_not(condition, place);
    if (*type == "Or") return check_or(condition, place);
    return check_comparison(condition, place);
}

}  // namespace

Fault check_conditions(const Json& conditions, const Place& place) {
    if (auto fault = expect_array(conditions, place)) return fault;
    for (std::size_t index = 0; index < conditions.size(); ++index)
        if (auto fault = check_condition(conditions[index], Place(place, index))) return fault;
    return std::nullopt;
}

}  // namespace pipelines::definition
