// Status changes as Amazon EventBridge carries them, member for member as the service's guide shows them
// (docs/compatibility.md, "Status events"). Derived from rows as they are now; what a step had not yet when the change
// happened (an end, a reason, outputs) is left out again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/base/json.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/domain/namespace.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/domain/transition.hpp"

namespace pipelines::documents {

// What every event of an execution carries.
struct EventContext {
    const NamespaceKey& space;
    std::string_view pipeline;  // name
    const Execution& execution;
};

// `id`: of the event, a UUID.
[[nodiscard]] Json execution_event(std::string_view id, Time at, const EventContext&, const ExecutionTransition&);

// `job`: that of the attempt; null if it had none. `cache_source`: ARN of the execution whose cached result was taken.
[[nodiscard]] Json step_event(std::string_view id, Time at, const EventContext&, const StepTransition&,
                              const definition::Step&, const StepRow&, const Job* job,
                              const std::optional<std::string>& cache_source);

}  // namespace pipelines::documents
