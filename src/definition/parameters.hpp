// The Parameters of a definition.
#pragma once

#include <string_view>
#include <vector>

#include "definition/fault.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::definition {

[[nodiscard]] Result<std::vector<Parameter>> parse_parameters(const Json& parameters, const Place& place);

[[nodiscard]] std::string_view to_string(ParameterType type);  // "String"
[[nodiscard]] Result<ParameterType> parse_parameter_type(const Json& name, const Place& place);

[[nodiscard]] const Parameter* find_parameter(const std::vector<Parameter>& parameters, std::string_view name);

// "[A-Za-z0-9\-_]{1,<most>}": what names of steps and parameters are made of.
[[nodiscard]] bool is_name(std::string_view text, std::size_t most);

}  // namespace pipelines::definition
