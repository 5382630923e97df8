// A step that waits is ended by a caller: released, succeeded, failed or stopped.

#include <fmt/format.h>

#include <utility>

#include "engine/impl.hpp"
#include "pipelines/engine/row_names.hpp"
#include "pipelines/runners/by_hand.hpp"

namespace pipelines::engine {
namespace {

Error conflict(std::string message) { return {ErrorKind::Conflict, std::move(message)}; }

// The row that can be ended.
Result<StepState> waiting(const Run& run, std::string_view name) {
    const auto place = place_of_row(*run.definition, run.pipeline_name, name);
    if (!place) return place.error();
    const StepState* found = run.plan.current(place->node, place->iteration);
    if (found == nullptr) return conflict(fmt::format("Step '{}' has not started in this execution.", name));
    if (is_terminal(found->status))
        return conflict(fmt::format("Step '{}' is over: its status is {}.", name, to_string(found->status)));
    switch (found->phase) {
        case Phase::Simulated:
        case Phase::Outside: return *found;
        case Phase::BackOff:
            return conflict(fmt::format("Step '{}' is not held: it waits for its next attempt.", name));
        case Phase::Children:
            return conflict(
                fmt::format("Step '{}' is not held: it ends with its iterations, each a step to end.", name));
        case Phase::Preparing:
        case Phase::Done: break;
    }
    return conflict(fmt::format("Step '{}' is not held: it is about to start.", name));
}

Result<runners::StepResult> result_of(store::Store& rows, Driver& driver, Space& space, Run& run, const StepState& row,
                                      const ByHand& by_hand) {
    const StepContent content = rows.steps.find(run.execution.id, row.seq).value().content;
    const definition::Step& step = run.step_of(row.seq);
    if (by_hand.end == ByHand::End::Release) {
        if (!content.script.is_null()) return runners::step_result(content.script);
        return conflict(fmt::format("Step '{}' waits for an answer, and no scenario says which: succeed or fail it.",
                                    content.name));
    }
    if (by_hand.end != ByHand::End::Fail && step.type->job && !content.job)
        return conflict(
            fmt::format("Step '{}' has no job that could end so: its scenario lets the request for it fail. Release or "
                        "fail the step.",
                        content.name));
    runners::StepResult result;
    if (by_hand.end == ByHand::End::Stop) {
        result.verdict.status = StepStatus::Stopped;
        return result;
    }
    const Job job = content.job ? rows.jobs.find(*content.job).value() : Job{};
    // Only the outcome of a check rests on it; what others read of files at their launch may be gone.
    const bool is_check = step.type->is_check && by_hand.end == ByHand::End::Succeed;
    const auto extra = is_check
                           ? definition::resolve(step.extra, driver.performer().scope(space, run, row.seq, job.name))
                           : definition::Resolved{Json::object()};
    if (const auto* error = std::get_if<Error>(&extra)) return *error;
    const Json& resolved = std::get<Json>(extra);
    const Json baselines = driver.performer().group_baselines(space, step, resolved);
    const runners::StepInput input{.step = step,
                                   .arguments = job.arguments,
                                   .extra = resolved,
                                   .attempt = row.attempt,
                                   .name = content.name,
                                   .baselines = baselines.is_null() ? nullptr : &baselines};
    if (by_hand.end == ByHand::End::Succeed) return runners::returned_by_hand(input, by_hand.given);
    return runners::thrown_by_hand(input, by_hand.given);
}

// What is read for an end that does not come goes: no settle follows that would drop it.
struct Reading {
    explicit Reading(Run& given) : run(given) {}
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading() {
        if (!is_used) run.settling = {};
    }

    Run& run;
    bool is_used = false;
};

}  // namespace

Result<StepSeq> Engine::end_step(ExecutionKey key, std::string_view step, const ByHand& by_hand) {
    const Execution execution = impl_->rows.executions.find(key).value();
    if (is_terminal(execution.status))
        return conflict(fmt::format("The execution is over: its status is {}.", to_string(execution.status)));
    Driver& driver = impl_->driver;
    Space& space = driver.space(execution.namespace_id);
    Run& run = driver.load(key);
    const auto row = waiting(run, step);
    if (!row) return row.error();
    Reading reading{run};
    auto result = result_of(impl_->rows, driver, space, run, *row, by_hand);
    if (!result) return result.error();
    reading.is_used = true;
    const StepSeq seq = row->seq;
    driver.end_early(space, run, seq, *std::move(result));
    return seq;
}

}  // namespace pipelines::engine
