// SearchExpression as a tree. What comes in has passed the model's validation; errors say which filter breaks which
// rule of the Search API (its documentation of Filter, NestedFilters and SearchExpression).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/search/property.hpp"

namespace pipelines::search {

enum class Comparison : std::uint8_t {
    Equals,
    NotEquals,
    GreaterThan,
    GreaterThanOrEqualTo,
    LessThan,
    LessThanOrEqualTo,
    Contains,
    Exists,
    NotExists,
    In,
};

[[nodiscard]] constexpr bool orders(Comparison comparison) {
    return comparison >= Comparison::GreaterThan && comparison <= Comparison::LessThanOrEqualTo;
}

struct Filter {
    Property property;
    Comparison comparison = Comparison::Equals;
    std::string text{};                // the Value as given
    std::vector<std::string> texts{};  // In: its parts
    std::optional<double> number{};    // of a Number, and of a hyperparameter where the text is one
    bool whole = false;                // the number is written as an integer
    bool flag = false;                 // of a Flag
    Time moment{};                     // of a Moment
};

// Satisfied by a record one of whose items satisfies all filters.
struct NestedFilter {
    Property list;
    std::vector<Filter> filters;
};

enum class Junction : std::uint8_t { And, Or };

struct Expression {
    Junction junction = Junction::And;
    std::vector<Filter> filters{};
    std::vector<NestedFilter> nested{};
    std::vector<Expression> parts{};
};

// SearchExpression and VisibilityConditions of the input of a Search.
[[nodiscard]] Result<Expression> read_expression(const Resource&, const Json& input);

// SortBy, or the resource's own default. Error: the property does not exist, or is no single value.
[[nodiscard]] Result<Property> read_sort(const Resource&, const Json& input);

// "2026-11-25T20:15:00", with a fraction of up to three digits and a zone where given; UTC without one.
[[nodiscard]] std::optional<Time> parse_moment(std::string_view text);

}  // namespace pipelines::search
