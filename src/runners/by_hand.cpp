#include "pipelines/runners/by_hand.hpp"

#include "runners/outcomes.hpp"

namespace pipelines::runners {

Result<StepResult> returned_by_hand(const StepInput& input, const Json& given) {
    Json outcome = given;
    Json& returned = outcome["Return"];
    if (returned.is_null()) returned = Json::object();
    if (const Faults faults = outcome_faults(outcome); !faults.empty()) return faults.error();
    if (const Faults faults = outcome_faults(input.step, outcome); !faults.empty()) return faults.error();
    const auto job = input.step.type->job;
    if (job == JobKind::Lambda || job == JobKind::Callback)
        if (const auto outputs = typed_outputs(input.step, returned); !outputs) return outputs.error();
    StepResult result = result_of(input, outcome);
    if (const Json* files = find(outcome, "PropertyFiles")) result.property_files = *files;
    return result;
}

Result<StepResult> thrown_by_hand(const StepInput& input, const Json& given) {
    if (const Faults faults = throw_faults(given); !faults.empty()) return faults.error();
    return result_of(input, {{"Throw", given}});
}

}  // namespace pipelines::runners
