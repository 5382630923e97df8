// What performs a step outside the process: a function at a Lambda endpoint, a message to a queue, later a container.
//
// The engine calls a runner after a COMMIT only, so everything it is asked for stands in rows under a name made before
// (job name, callback token): whatever happens in between, it can be asked again under that name. At least once, always
// under the same name. Faults of the outside are results, never exceptions.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::runners {

// One attempt of a step, by what has to be kept of it for as long as it is outside.
struct OutsideTask {
    StepRef ref;
    NamespaceKey where;
    std::string name;                          // identity outside
    StepStatus status = StepStatus::Starting;  // Executing: an earlier process had it confirmed; Stopping: and stopped
};

// All that is needed to perform it: its run may be gone by the time it is used.
struct OutsideStep {
    StepRef ref;
    NamespaceKey where;
    std::string execution_arn, execution_id;
    std::string step;  // as shown: "<body step>-<index>" in a ForEach
    std::string name;  // identity outside
    std::shared_ptr<const definition::Step> definition;
    Json arguments;      // Arguments, resolved
    std::string target;  // FunctionArn, SqsQueueUrl
};

// Where runners report, on the loop's thread. Reports about attempts that are over are ignored.
struct Answers {
    std::function<void(const StepRef&)> confirm;           // the outside has it: Starting -> Executing
    std::function<void(const StepRef&, StepResult)> post;  // its end
    // The attempt, read when its turn to be performed has come; nothing: it is over.
    std::function<std::optional<OutsideStep>(const StepRef&)> read;
};

class StepRunner {
public:
    virtual ~StepRunner() = default;

    // Starts it, or finds again what an earlier process started. A name that is known already: nothing.
    virtual void ensure(const OutsideTask&) = 0;
    // The execution is being stopped. Its end is still to be reported: Stopped, if nothing of it had begun.
    virtual void stop(const std::string& name) = 0;
    // Its end is committed: nothing about it is needed any more.
    virtual void release(const std::string& name) = 0;
};

}  // namespace pipelines::runners
