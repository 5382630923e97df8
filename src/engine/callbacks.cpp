// SendPipelineExecutionStepSuccess and ...Failure: who waits for a token, and what its answer means.

#include <fmt/format.h>

#include <cmath>

#include "engine/impl.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::engine {

Result<Engine::Impl::Waiting> Engine::Impl::waiting(NamespaceId id, std::string_view token) {
    const auto job = rows.jobs.find_callback(id, token);
    if (!job) return validation_error(fmt::format("Callback token '{}' does not exist.", token));
    const auto used = validation_error(fmt::format("Callback token '{}' was already used: its step is over.", token));
    const auto execution = rows.executions.find(job->execution);
    if (!execution || is_terminal(execution->status)) return used;
    Space& space = driver.space(id);
    Run& run = driver.load(space, job->execution);
    const StepState& row = run.plan.row(job->step);
    const bool held = row.phase == Phase::Outside || (row.phase == Phase::Simulated && !row.due);
    if (row.attempt != job->attempt || row.superseded || !held) return used;
    return Waiting{space, run, job->step};
}

namespace {

// A value as SendPipelineExecutionStepSuccess carries it, in the JSON kind its step declares for it.
std::optional<Json> typed(definition::ParameterType type, const std::string& text) {
    switch (type) {
        case definition::ParameterType::String: return text;
        case definition::ParameterType::Integer:
            if (const auto number = parse_number<std::int64_t>(text)) return *number;
            break;
        case definition::ParameterType::Float:
            if (const auto number = parse_number<double>(text); number && std::isfinite(*number)) return *number;
            break;
        case definition::ParameterType::Boolean:
            if (equal_ignoring_case(text, "true")) return true;
            if (equal_ignoring_case(text, "false")) return false;
            break;
    }
    return std::nullopt;
}

constexpr std::string_view type_name(definition::ParameterType type) {
    switch (type) {
        case definition::ParameterType::String: return "String";
        case definition::ParameterType::Integer: return "Integer";
        case definition::ParameterType::Float: return "Float";
        case definition::ParameterType::Boolean: return "Boolean";
    }
    return {};
}

}  // namespace

Result<ExecutionKey> Engine::succeed(NamespaceId id, std::string_view token,
                                     std::span<const std::pair<std::string, std::string>> outputs) {
    auto found = impl_->waiting(id, token);
    if (!found) return found.error();
    auto& [space, run, step] = *found;
    runners::StepResult result;
    result.outputs = Json::object();
    for (const auto& [name, value] : outputs) {
        definition::ParameterType type = definition::ParameterType::String;
        for (const auto& declared : run.step_of(step).outputs)
            if (declared.name == name) type = declared.type;
        auto converted = typed(type, value);
        if (!converted)
            return validation_error(
                fmt::format("Output parameter '{}' of step '{}' is declared as {}, but its value is '{}'.", name,
                            run.step_of(step).name, type_name(type), value));
        result.outputs[name] = std::move(*converted);
    }
    for (const auto& declared : run.step_of(step).outputs)
        if (!result.outputs.contains(declared.name))
            return validation_error(fmt::format("Output parameter '{}', which step '{}' declares, is missing.",
                                                declared.name, run.step_of(step).name));
    const ExecutionKey execution = run.execution.id;  // the run may be over, and gone, after the settle
    impl_->driver.finish(space, run, step, result);
    impl_->driver.settle(space);
    return execution;
}

Result<ExecutionKey> Engine::fail(NamespaceId id, std::string_view token, std::string_view reason) {
    auto found = impl_->waiting(id, token);
    if (!found) return found.error();
    auto& [space, run, step] = *found;
    runners::StepResult result;
    if (run.execution.status == ExecutionStatus::Stopping) {
        result.verdict = {.status = StepStatus::Stopped};
    } else {
        result.verdict = {.status = StepStatus::Failed, .error = StepError::ClientError};
    }
    result.failure = reason;
    const ExecutionKey execution = run.execution.id;  // the run may be over, and gone, after the settle
    impl_->driver.finish(space, run, step, result);
    impl_->driver.settle(space);
    return execution;
}

}  // namespace pipelines::engine
