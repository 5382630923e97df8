// When a dependency is met by the row it names: live ones and those of the source of a selective execution alike.
#pragma once

#include "pipelines/definition/graph.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines::plan {

[[nodiscard]] inline bool matches(const definition::Dependency& dependency, const StepState& row) {
    switch (dependency.trigger) {
        case definition::Trigger::Completed:
            if (row.status != StepStatus::Succeeded) return false;
            return !dependency.outcome || row.outcome == dependency.outcome;
        case definition::Trigger::Failed: return row.status == StepStatus::Failed;
        case definition::Trigger::Stopped: return row.status == StepStatus::Stopped;
        case definition::Trigger::Any: return true;
    }
    return false;
}

}  // namespace pipelines::plan
