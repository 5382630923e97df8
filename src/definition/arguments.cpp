#include "definition/arguments.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cctype>

#include "definition/expression.hpp"
#include "definition/parameters.hpp"
#include "pipelines/base/number.hpp"

namespace pipelines::definition {
namespace {

using model::Shape;
using model::Type;

class ShapeCheck {
public:
    explicit ShapeCheck(const std::vector<Parameter>& parameters) : parameters_(parameters) {}

    // `member`: the name of the nearest structure member, which AWS's sentences about sizes carry.
    Fault check(const Json& value, const Shape& shape, std::string_view member, const Place& place) const;

private:
    Fault check_structure(const Json& value, const Shape& shape, const Place& place) const;
    Fault check_list(const Json& value, const Shape& shape, std::string_view member, const Place& place) const;
    Fault check_map(const Json& value, const Shape& shape, std::string_view member, const Place& place) const;
    Fault check_expression(const Expression& expression, const Shape& shape, const Place& place) const;
    std::optional<ParameterType> static_type(const Expression& expression) const;

    const std::vector<Parameter>& parameters_;
};

std::string lower_camel(std::string_view name) {
    std::string text(name);
    if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

Fault check_text(const Json& value, const Shape& shape, const Place& place) {
    if (auto fault = expect_string(value, place)) return fault;
    const std::string_view text = value.get_ref<const std::string&>();
    if (model::is_value(shape, text)) return std::nullopt;
    return unparsable(fmt::format("Model Validation failed: Value '{}' for '{}' failed to satisfy enum value set: [{}]",
                                  text, shape.name, fmt::join(shape.values, ", ")),
                      place);
}

Fault check_integer(const Json& value, const Place& place) {
    if (whole_number(value)) return std::nullopt;
    const std::string_view found = value.is_number_integer() ? "an integer beyond 64 bits" : kind_name(value);
    return unparsable(fmt::format("Expecting Json Integer but found {}.", found), place);
}

Fault check_number(const Json& value, const Place& place) {
    if (value.is_number()) return std::nullopt;
    return unparsable(fmt::format("Expecting Json Number but found {}.", kind_name(value)), place);
}

Fault check_timestamp(const Json& value, const Place& place) {
    if (value.is_number() || value.is_string()) return std::nullopt;
    return unparsable(fmt::format("Expecting a timestamp but found {}.", kind_name(value)), place);
}

Fault check_size(const Json& list, const Shape& shape, std::string_view member, const Place& place) {
    const auto size = static_cast<double>(list.size());
    const auto fault = [member, &place](std::string_view bound, double limit) {
        return unparsable(
            fmt::format("Model Validation failed: '{}' failed to satisfy constraint: Member must have length "
                        "{} than or equal to {:.0f}",
                        lower_camel(member), bound, limit),
            place);
    };
    if (shape.max && size > *shape.max) return fault("less", *shape.max);
    if (shape.min && size < *shape.min) return fault("greater", *shape.min);
    return std::nullopt;
}

Fault ShapeCheck::check_structure(const Json& value, const Shape& shape, const Place& place) const {
    if (auto fault = expect_object(value, place)) return fault;
    for (const auto& [key, each] : value.items()) {
        const model::Member* member = find_member(shape, key);
        if (member == nullptr) {
            std::vector<std::string_view> known;
            for (const model::Member& candidate : shape.members) known.push_back(candidate.name);
            return unparsable(fmt::format("Unknown Argument member '{}'.{}", key, suggestion(key, known)),
                              Place(place, key));
        }
        if (each.is_null()) continue;
        if (auto fault = check(each, *member->shape, member->name, Place(place, key))) return fault;
    }
    return std::nullopt;
}

Fault ShapeCheck::check_list(const Json& value, const Shape& shape, std::string_view member, const Place& place) const {
    if (auto fault = expect_array(value, place)) return fault;
    if (auto fault = check_size(value, shape, member, place)) return fault;
    for (std::size_t index = 0; index < value.size(); ++index)
        if (auto fault = check(value[index], *shape.element, member, Place(place, index))) return fault;
    return std::nullopt;
}

Fault ShapeCheck::check_map(const Json& value, const Shape& shape, std::string_view member, const Place& place) const {
    if (auto fault = expect_object(value, place)) return fault;
    for (const auto& [key, each] : value.items())
        if (auto fault = check(each, *shape.element, member, Place(place, key))) return fault;
    return std::nullopt;
}

// What an expression is known to give before it is resolved.
std::optional<ParameterType> ShapeCheck::static_type(const Expression& expression) const {
    if (expression.function == kJoin) return ParameterType::String;
    const auto text = expression.function == kGet ? as_string(*expression.argument) : std::nullopt;
    const auto reference = text ? parse_reference(*text) : std::nullopt;
    if (!reference) return std::nullopt;
    if (reference->kind == ReferenceKind::Execution || reference->kind == ReferenceKind::Experiment)
        return ParameterType::String;
    if (reference->kind != ReferenceKind::Parameter) return std::nullopt;
    const Parameter* parameter = find_parameter(parameters_, reference->name);
    if (parameter == nullptr) return std::nullopt;
    return parameter->type;
}

Fault ShapeCheck::check_expression(const Expression& expression, const Shape& shape, const Place& place) const {
    const auto type = static_type(expression);
    if (!type) return std::nullopt;
    switch (shape.type) {
        // Recorded for a parameter where a list of subnets belongs.
        case Type::List: return unparsable("Expecting start of Json Array.", place);
        case Type::Structure:
        case Type::Map: return unparsable("Expecting start of Json Object.", place);
        case Type::String:
            if (*type == ParameterType::String) return std::nullopt;
            return located(fmt::format("Cannot assign property reference [{}] to argument of type String",
                                       expression.argument->get_ref<const std::string&>()),
                           place);
        case Type::Integer:
        case Type::Long:
        case Type::Float:
        case Type::Double:
        case Type::Boolean:
        case Type::Timestamp:
        case Type::Blob: break;  // whether AWS refuses a String there is not known
    }
    return std::nullopt;
}

Fault ShapeCheck::check(const Json& value, const Shape& shape, std::string_view member, const Place& place) const {
    if (const auto expression = as_expression(value)) return check_expression(*expression, shape, place);
    switch (shape.type) {
        case Type::Structure: return check_structure(value, shape, place);
        case Type::List: return check_list(value, shape, member, place);
        case Type::Map: return check_map(value, shape, member, place);
        case Type::String: return check_text(value, shape, place);
        case Type::Integer:
        case Type::Long: return check_integer(value, place);
        case Type::Float:
        case Type::Double: return check_number(value, place);
        case Type::Boolean: return expect_boolean(value, place);
        case Type::Timestamp: return check_timestamp(value, place);
        case Type::Blob: break;
    }
    return expect_string(value, place);
}

}  // namespace

Fault check_shape(const Json& value, const model::Shape& shape, const std::vector<Parameter>& parameters,
                  const Place& place) {
    return ShapeCheck(parameters).check(value, shape, shape.name, place);
}

}  // namespace pipelines::definition
