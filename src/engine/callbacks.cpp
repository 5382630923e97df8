// SendPipelineExecutionStepSuccess and ...Failure: who waits for a token, and what its answer means.

#include <fmt/format.h>

#include <utility>

#include "engine/impl.hpp"

namespace pipelines::engine {

Result<Engine::Impl::Waiting> Engine::Impl::waiting(NamespaceId id, std::string_view token) {
    const auto job = rows.jobs.find_callback(id, token);
    if (!job) return validation_error(fmt::format("Callback token '{}' does not exist.", token));
    const auto used = validation_error(fmt::format("Callback token '{}' was already used: its step is over.", token));
    const auto execution = rows.executions.find(job->execution);
    if (!execution || is_terminal(execution->status)) return used;
    Space& space = driver.space(id);
    Run& run = driver.load(job->execution);
    const StepState& row = run.plan.row(job->step);
    const bool waits = row.phase == Phase::Outside || row.phase == Phase::Simulated;
    if (row.attempt != job->attempt || row.superseded || !waits) return used;
    return Waiting{space, run, job->step};
}

Result<ExecutionKey> Engine::succeed(NamespaceId id, std::string_view token,
                                     std::span<const std::pair<std::string, std::string>> outputs) {
    auto found = impl_->waiting(id, token);
    if (!found) return found.error();
    auto& [space, run, step] = *found;
    const definition::Step& answered = run.step_of(step);
    Json values = Json::object();
    for (const auto& [name, value] : outputs) values[name] = value;
    const auto typed = runners::typed_outputs(answered, values);
    if (!typed) return typed.error();
    for (const auto& declared : answered.outputs)
        if (!typed->contains(declared.name))
            return validation_error(fmt::format("Output parameter '{}', which step '{}' declares, is missing.",
                                                declared.name, answered.name));
    values.update(*typed);  // what is not declared stays, as text
    runners::StepResult result;
    result.outputs = std::move(values);
    const ExecutionKey execution = run.execution.id;  // the run may be over, and gone, after the settle
    impl_->driver.end_early(space, run, step, std::move(result));
    return execution;
}

Result<ExecutionKey> Engine::fail(NamespaceId id, std::string_view token, std::string_view reason) {
    auto found = impl_->waiting(id, token);
    if (!found) return found.error();
    auto& [space, run, step] = *found;
    runners::StepResult result;
    result.verdict = {.status = StepStatus::Failed, .error = StepError::ClientError};
    result.failure = reason;
    const ExecutionKey execution = run.execution.id;  // the run may be over, and gone, after the settle
    impl_->driver.end_early(space, run, step, std::move(result));
    return execution;
}

}  // namespace pipelines::engine
