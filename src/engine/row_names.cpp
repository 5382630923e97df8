#include "pipelines/engine/row_names.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "pipelines/base/text.hpp"

namespace pipelines::engine {
namespace {

bool is_iteration(std::string_view name, const std::string& step) {
    return name.starts_with(step + "-") && parse_number<std::uint32_t>(name.substr(step.size() + 1));
}

}  // namespace

Result<void> check_row_name(const definition::Definition& definition, std::string_view pipeline,
                            std::string_view name) {
    std::vector<std::string> names;
    for (definition::NodeIndex node = 0; node < definition.steps.size(); ++node) {
        const std::string& step = definition.steps[node].name;
        const bool in_loop = definition.graph.nodes[node].parent.has_value();
        if (in_loop ? is_iteration(name, step) : name == step) return {};
        names.push_back(in_loop ? step + "-<index>" : step);
    }
    return Error{ErrorKind::NotFound,
                 fmt::format("Pipeline '{}' has no step '{}'. Its steps: {}.", pipeline, name, join(names, ", "))};
}

}  // namespace pipelines::engine
