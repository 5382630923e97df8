// A definition while it is being compiled: the steps as read, and what is still needed of the document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipelines/base/names.hpp"
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

}  // namespace pipelines::definition
