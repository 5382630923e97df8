#include <string>

#include "pipelines/base/number.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::runners {
namespace {

using definition::ParameterType;

std::string_view type_name(ParameterType type) {
    switch (type) {
        case ParameterType::Integer: return "Integer";
        case ParameterType::Float: return "Float";
        case ParameterType::Boolean: return "Boolean";
        case ParameterType::String: break;
    }
    return "String";
}

std::optional<Json> to_integer(const Json& value) {
    if (const auto number = whole_number(value)) return *number;
    if (const auto text = as_string(value))
        if (const auto number = parse_number<std::int64_t>(*text)) return *number;
    return std::nullopt;
}

std::optional<Json> to_float(const Json& value) {
    if (value.is_number()) return value.get<double>();
    if (const auto text = as_string(value))
        if (const auto number = parse_decimal(*text)) return *number;
    return std::nullopt;
}

std::optional<Json> to_boolean(const Json& value) {
    if (value.is_boolean()) return value;
    const auto text = as_string(value);
    if (text && equal_ignoring_case(*text, "true")) return true;
    if (text && equal_ignoring_case(*text, "false")) return false;
    return std::nullopt;
}

// Known: 200 returned for a String is "200", nested values become one JSON string (docs/compatibility.md, "Running").
std::optional<Json> to_text(const Json& value) {
    if (value.is_null()) return std::nullopt;
    if (value.is_structured()) return dump(value);
    return definition::join_text(value);
}

std::optional<Json> convert(const Json& value, ParameterType type) {
    switch (type) {
        case ParameterType::Integer: return to_integer(value);
        case ParameterType::Float: return to_float(value);
        case ParameterType::Boolean: return to_boolean(value);
        case ParameterType::String: break;
    }
    return to_text(value);
}

}  // namespace

Result<Json> typed_outputs(const definition::Step& step, const Json& values) {
    Json outputs = Json::object();
    for (const definition::OutputParameter& declared : step.outputs) {
        const Json* value = find(values, declared.name);
        if (value == nullptr) continue;
        auto converted = convert(*value, declared.type);
        if (!converted)
            return validation_error("The output parameter '" + declared.name + "' of step '" + step.name +
                                    "' is declared " + std::string(type_name(declared.type)) + ", but the value is " +
                                    dump(*value) + ".");
        outputs[declared.name] = std::move(*converted);
    }
    return outputs;
}

}  // namespace pipelines::runners
