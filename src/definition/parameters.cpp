#include "definition/parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "pipelines/base/names.hpp"

namespace pipelines::definition {
namespace {

constexpr std::array<std::string_view, 5> kMembers{"Name", "Type", "DefaultValue", "EnumValues", "Description"};
constexpr Names<ParameterType, 4> kTypes{{
    {ParameterType::String, "String"},
    {ParameterType::Integer, "Integer"},
    {ParameterType::Float, "Float"},
    {ParameterType::Boolean, "Boolean"},
}};
constexpr std::size_t kMostParameters = 200;      // AWS: ListPipelineParametersForExecution, StartPipelineExecution
constexpr std::size_t kMostNameCharacters = 256;  // AWS: PipelineParameterName

bool has_kind(const Json& value, ParameterType type) {
    switch (type) {
        case ParameterType::String: return value.is_string();
        case ParameterType::Integer: return as_integer(value).has_value();
        case ParameterType::Float: return value.is_number();
        case ParameterType::Boolean: break;
    }
    return value.is_boolean();
}

Fault parse_enum(const Json& parameter, const Place& place, Parameter& parsed) {
    const Json* values = find_given(parameter, "EnumValues");
    if (values == nullptr) return std::nullopt;
    const Place here(place, "EnumValues");
    if (auto fault = expect_array(*values, here)) return fault;
    if (parsed.type != ParameterType::String)
        return unparsable(fmt::format("Parameter '{}' is of type {}: only a String can have EnumValues.", parsed.name,
                                      to_string(parsed.type)),
                          here);
    for (std::size_t index = 0; index < values->size(); ++index) {
        if (auto fault = expect_string((*values)[index], Place(here, index))) return fault;
        parsed.enum_values.push_back((*values)[index].get<std::string>());
    }
    return std::nullopt;
}

Fault parse_default(const Json& parameter, const Place& place, Parameter& parsed) {
    const Json* value = find_given(parameter, "DefaultValue");
    if (value == nullptr) return std::nullopt;
    const Place here(place, "DefaultValue");
    if (!has_kind(*value, parsed.type))
        return unparsable(fmt::format("Unexpected type for parameter '{}'. Expected {} but found {}.", parsed.name,
                                      to_string(parsed.type), kind_name(*value)),
                          here);
    parsed.default_value = parsed.type == ParameterType::Float ? Json(value->get<double>()) : *value;
    if (parsed.enum_values.empty()) return std::nullopt;
    const auto& text = value->get_ref<const std::string&>();
    if (std::find(parsed.enum_values.begin(), parsed.enum_values.end(), text) != parsed.enum_values.end())
        return std::nullopt;
    return unparsable(fmt::format("DefaultValue '{}' of parameter '{}' is not one of its EnumValues: [{}].", text,
                                  parsed.name, fmt::join(parsed.enum_values, ", ")),
                      here);
}

Result<Parameter> parse_parameter(const Json& parameter, const Place& place) {
    if (auto fault = expect_object(parameter, place)) return *std::move(fault);
    if (auto fault = expect_members(parameter, kMembers, "Parameter", place)) return *std::move(fault);
    Parameter parsed;
    auto name = required_string(parameter, "Name", place);
    if (!name) return name.error();
    parsed.name = *std::move(name);
    if (!is_name(parsed.name, kMostNameCharacters))
        return unparsable(fmt::format("Parameter name '{}' must match [A-Za-z0-9\\-_]{{1,256}}.", parsed.name),
                          Place(place, "Name"));
    if (const Json* type = find_given(parameter, "Type")) {
        const auto known = parse_parameter_type(*type, Place(place, "Type"));
        if (!known) return known.error();
        parsed.type = *known;
    }
    if (const auto description = optional_string(parameter, "Description", place); !description)
        return description.error();
    if (auto fault = parse_enum(parameter, place, parsed)) return *std::move(fault);
    if (auto fault = parse_default(parameter, place, parsed)) return *std::move(fault);
    return parsed;
}

}  // namespace

Result<std::vector<Parameter>> parse_parameters(const Json& parameters, const Place& place) {
    if (auto fault = expect_array(parameters, place)) return *std::move(fault);
    if (parameters.size() > kMostParameters)
        return unparsable(
            fmt::format("Parameters has {} items, at most {} are allowed.", parameters.size(), kMostParameters), place);
    std::vector<Parameter> parsed;
    for (std::size_t index = 0; index < parameters.size(); ++index) {
        const Place here(place, index);
        Result<Parameter> parameter = parse_parameter(parameters[index], here);
        if (!parameter) return parameter.error();
        if (find_parameter(parsed, parameter->name) != nullptr)
            return unparsable(fmt::format("Pipeline parameters cannot have duplicate names: '{}'.", parameter->name),
                              here);
        parsed.push_back(*std::move(parameter));
    }
    return parsed;
}

std::string_view to_string(ParameterType type) { return name_of(kTypes, type); }

Result<ParameterType> parse_parameter_type(const Json& name, const Place& place) {
    if (auto fault = expect_string(name, place)) return *std::move(fault);
    if (const auto type = value_of(kTypes, name.get_ref<const std::string&>())) return *type;
    return unparsable(
        fmt::format("Unknown type '{}'. Known: String, Integer, Float, Boolean.", name.get_ref<const std::string&>()),
        place);
}

const Parameter* find_parameter(const std::vector<Parameter>& parameters, std::string_view name) {
    for (const Parameter& parameter : parameters)
        if (parameter.name == name) return &parameter;
    return nullptr;
}

bool is_name(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > most) return false;
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
           std::string_view::npos;
}

}  // namespace pipelines::definition
