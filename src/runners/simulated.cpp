#include "pipelines/runners/simulated.hpp"

#include <stdexcept>
#include <utility>

#include "pipelines/base/text.hpp"
#include "pipelines/runners/scenario.hpp"
#include "runners/check_steps.hpp"
#include "runners/outcomes.hpp"
#include "runners/returned.hpp"

namespace pipelines::runners {
namespace {

// What a Lambda that nobody scripted returns: ours (docs/compatibility.md, "Running").
Json made_up_outputs(const definition::Step& step) {
    Json outputs = Json::object();
    for (const definition::OutputParameter& declared : step.outputs) {
        Json& value = outputs[declared.name];
        switch (declared.type) {
            case definition::ParameterType::String: value = "simulated"; break;
            case definition::ParameterType::Integer: value = 0; break;
            case definition::ParameterType::Float: value = 0.0; break;
            case definition::ParameterType::Boolean: value = true; break;
        }
    }
    return outputs;
}

StepResult returned(const StepInput& input, const Json& scripted) {
    const auto job = input.step.type->job;
    if (input.step.type->is_check) return check_result(input, scripted);
    if (job == JobKind::Lambda && scripted.is_null()) {
        StepResult result;
        result.outputs = made_up_outputs(input.step);
        return result;
    }
    if (job == JobKind::Lambda || job == JobKind::Callback) return returned_outputs(input.step, scripted);
    StepResult result;
    if (scripted.is_object() && !scripted.empty()) result.job_result = scripted;
    return result;
}

// A scenario speaks of one iteration by its name, or of all by the step's.
const Json* response_for(const StepInput& input, const Json& script) {
    const Json* own = input.name.empty() ? nullptr : response_of(script, input.name);
    return own != nullptr ? own : response_of(script, input.step.name);
}

std::string uncovered(std::string_view step, std::uint32_t attempt, const Json& script, const Json& response) {
    return "The test case '" + std::string(text_of(script, "Case")) + "' of the scenario says nothing of attempt " +
           std::to_string(attempt - 1) + " of step '" + std::string(step) +
           "' (attempts count from 0). It covers: " + join(covered(response), ", ") + ".";
}

}  // namespace

StepResult failed(StepError error, std::string failure) {
    StepResult result;
    result.verdict = {StepStatus::Failed, error};
    result.failure = std::move(failure);
    return result;
}

StepResult stopped() {
    StepResult result;
    result.verdict = {StepStatus::Stopped};
    return result;
}

StepResult client_error(std::string_view text) {
    return failed(StepError::ClientError, "ClientError: " + std::string(text));
}

StepResult returned_outputs(const definition::Step& step, const Json& returned) {
    auto outputs = typed_outputs(step, returned);
    if (!outputs) return client_error(outputs.error().message);
    if (step.type->job == JobKind::Lambda)
        for (const definition::OutputParameter& declared : step.outputs)
            if (!outputs->contains(declared.name))
                return client_error("The output parameter '" + declared.name + "' of step '" + step.name +
                                    "' is declared, but the response of the function does not have it.");
    StepResult result;
    result.outputs = std::move(*outputs);
    return result;
}

bool is_scripted(const definition::Step& step, std::string_view name, const Json& script) {
    return response_of(script, name) != nullptr || response_of(script, step.name) != nullptr;
}

StepResult result_of(const StepInput& input, const Json& outcome) {
    if (const Json* value = find(outcome, "Throw")) return thrown(input.step, *value);
    StepResult result;
    if (outcome.contains("Stop")) {
        result.verdict = {StepStatus::Stopped};
        return result;
    }
    const Json* value = find(outcome, "Return");
    return returned(input, value == nullptr ? Json() : *value);  // no Return: Hold, whose release succeeds
}

Simulation simulate(const StepInput& input, const Json& script, Duration usual) {
    if (input.step.type->kind != definition::NodeKind::Work)
        throw std::logic_error("a " + std::string(input.step.type->name) + " step is decided, not simulated");

    const Json* response = response_for(input, script);
    if (response == nullptr) {
        if (input.step.type->job == JobKind::Callback) return {};  // waits to be answered, under every clock
        return {usual, returned(input, Json())};
    }
    const Json* outcome = outcome_of(*response, input.attempt - 1);
    if (outcome == nullptr) {
        const std::string_view name = input.name.empty() ? std::string_view{input.step.name} : input.name;
        return {Duration{0}, client_error(uncovered(name, input.attempt, script, *response))};
    }

    Simulation simulation;
    simulation.result = result_of(input, *outcome);
    if (const Json* files = find(*outcome, "PropertyFiles")) simulation.result.property_files = *files;
    if (outcome->contains("Hold")) return simulation;
    simulation.after = usual;
    if (const Json* duration = find(*outcome, "Duration"))
        if (const auto given = read_duration(*duration)) simulation.after = *given;
    return simulation;
}

Result<std::optional<bool>> forced_outcome(const definition::Step& step, const Json& script, std::uint32_t attempt) {
    const Json* response = response_of(script, step.name);
    if (response == nullptr) return std::nullopt;
    const Json* outcome = outcome_of(*response, attempt - 1);
    if (outcome == nullptr) return validation_error(uncovered(step.name, attempt, script, *response));
    const Json* returned_value = find(*outcome, "Return");
    const Json* branch = returned_value == nullptr ? nullptr : find(*returned_value, "Outcome");
    if (branch == nullptr) return std::nullopt;
    if (branch->is_boolean()) return branch->get<bool>();
    const auto text = as_string(*branch);
    if (text == "True") return true;
    if (text == "False") return false;
    return std::nullopt;
}

Json to_json(const StepResult& result) {
    Json row{{"Status", to_string(result.verdict.status)}};
    if (result.verdict.error != StepError::None) row["Error"] = to_string(result.verdict.error);
    if (result.verdict.outcome) row["Outcome"] = *result.verdict.outcome;
    if (!result.outputs.is_null()) row["Outputs"] = result.outputs;
    if (!result.job_result.is_null()) row["JobResult"] = result.job_result;
    if (!result.property_files.is_null()) row["PropertyFiles"] = result.property_files;
    if (!result.failure.empty()) row["Failure"] = result.failure;
    return row;
}

StepResult step_result(const Json& row) {
    const auto value = [&row](std::string_view member) {
        const Json* found = find(row, member);
        return found == nullptr ? Json() : *found;
    };
    StepResult result;
    result.verdict.status = parse_step_status(text_of(row, "Status")).value_or(StepStatus::Succeeded);
    result.verdict.error = parse_step_error(text_of(row, "Error")).value_or(StepError::None);
    if (const Json* outcome = find(row, "Outcome"); outcome != nullptr && outcome->is_boolean())
        result.verdict.outcome = outcome->get<bool>();
    result.outputs = value("Outputs");
    result.job_result = value("JobResult");
    result.property_files = value("PropertyFiles");
    result.failure = text_of(row, "Failure");
    return result;
}

}  // namespace pipelines::runners
