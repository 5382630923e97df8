// Parameters at Start. The sentences are those of the SDK's local mode, which imitates the service, except the one for
// an empty value, which is recorded.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_map>

#include "definition/parameters.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/evaluate.hpp"

namespace pipelines::definition {
namespace {

std::optional<Json> parse_boolean(std::string_view text) {
    if (text == "true" || text == "True") return Json(true);  // the SDK sends str(True)
    if (text == "false" || text == "False") return Json(false);
    return std::nullopt;
}

std::optional<Json> parse_value(ParameterType type, std::string_view text) {
    switch (type) {
        case ParameterType::String: return Json(text);
        case ParameterType::Integer:
            if (const auto number = parse_number<std::int64_t>(text)) return Json(*number);
            return std::nullopt;
        case ParameterType::Float:
            if (const auto number = parse_decimal(text)) return Json(*number);
            return std::nullopt;
        case ParameterType::Boolean: break;
    }
    return parse_boolean(text);
}

Result<Json> bind_one(const Parameter& parameter, std::string_view text) {
    if (text.empty()) return validation_error("[string \"\" is too short (length: 0, required minimum: 1)]");
    std::optional<Json> value = parse_value(parameter.type, text);
    if (!value)
        return validation_error(fmt::format("Unexpected type for parameter '{}'. Expected {} but found '{}'.",
                                            parameter.name, to_string(parameter.type), text));
    const auto& allowed = parameter.enum_values;
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), text) == allowed.end())
        return validation_error(fmt::format("Value '{}' for parameter '{}' failed to satisfy enum value set: [{}]",
                                            text, parameter.name, fmt::join(allowed, ", ")));
    return *std::move(value);
}

}  // namespace

Result<std::vector<ParameterValue>> bind_parameters(const Definition& definition,
                                                    std::span<const std::pair<std::string, std::string>> given) {
    std::unordered_map<std::string_view, std::string_view> values;
    for (const auto& [name, value] : given) {
        if (find_parameter(definition.parameters, name) == nullptr)
            return validation_error(fmt::format("Unknown parameter '{}'", name));
        if (!values.emplace(name, value).second)
            return validation_error(fmt::format("Parameter '{}' is given more than once.", name));
    }
    std::vector<ParameterValue> bound;
    std::string undefined;  // all of them are named at once
    for (const Parameter& parameter : definition.parameters) {
        if (const auto found = values.find(parameter.name); found != values.end()) {
            Result<Json> value = bind_one(parameter, found->second);
            if (!value) return value.error();
            bound.push_back({parameter.name, *std::move(value)});
        } else if (parameter.default_value) {
            bound.push_back({parameter.name, *parameter.default_value});
        } else {
            undefined += fmt::format("{}Parameter '{}' is undefined.", undefined.empty() ? "" : " ", parameter.name);
        }
    }
    if (!undefined.empty()) return validation_error(std::move(undefined));
    return bound;
}

std::string parameter_text(const Json& value) { return join_text(value); }

}  // namespace pipelines::definition
