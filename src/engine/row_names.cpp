#include "pipelines/engine/row_names.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "pipelines/base/text.hpp"

namespace pipelines::engine {
namespace {

std::optional<int> iteration_of(std::string_view name, std::string_view step) {
    const auto index = parse_number<int>(name.substr(name.rfind('-') + 1));
    return index && *index >= 0 && name == definition::row_name(step, *index) ? index : std::nullopt;
}

}  // namespace

Result<RowPlace> place_of_row(const definition::Definition& definition, std::string_view pipeline,
                              std::string_view name) {
    for (definition::NodeIndex node = 0; node < definition.steps.size(); ++node) {
        const std::string& step = definition.steps[node].name;
        const bool in_loop = definition.graph.nodes[node].parent.has_value();
        const auto iteration = in_loop ? iteration_of(name, step) : name == step ? std::optional{-1} : std::nullopt;
        if (iteration) return RowPlace{node, *iteration};
    }
    std::vector<std::string> names;
    for (definition::NodeIndex node = 0; node < definition.steps.size(); ++node)
        names.push_back(definition.steps[node].name + (definition.graph.nodes[node].parent ? "-<index>" : ""));
    return Error{ErrorKind::NotFound,
                 fmt::format("Pipeline '{}' has no step '{}'. Its steps: {}.", pipeline, name, join(names, ", "))};
}

}  // namespace pipelines::engine
