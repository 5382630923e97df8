// A definition while it is being compiled: the steps as read, and what is still needed of the document.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/names.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::definition {

constexpr Names<Trigger, 4> kTriggers{{
    {Trigger::Completed, "Completed"},
    {Trigger::Failed, "Failed"},
    {Trigger::Stopped, "Stopped"},
    {Trigger::Any, "Any"},
}};

// An entry of DependsOn.
struct WrittenDependency {
    std::string step;
    Trigger trigger = Trigger::Completed;
};

// Where a step stands in the document. Parallel to Definition::steps.
struct StepSource {
    Json* json = nullptr;  // the step's object; the document outlives the compilation
    std::string pointer;   // "/Steps/3/Arguments/IfSteps/0"
    std::vector<WrittenDependency> depends_on;
    std::optional<Dependency> branch;  // the Condition around it, and on which outcome it runs
};

struct Compilation {
    Definition definition;
    std::vector<StepSource> sources;
};

// " Did you mean 'train'?" where a step's name is near, else nothing.
[[nodiscard]] inline std::string near_step(const Definition& definition, std::string_view name) {
    std::vector<std::string_view> known;
    for (const Step& step : definition.steps) known.push_back(step.name);
    const auto near = nearest(name, known);
    return near ? fmt::format(" Did you mean '{}'?", *near) : std::string{};
}

}  // namespace pipelines::definition
