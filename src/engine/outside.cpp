// Steps that are performed outside: handed to a runner after the COMMIT, found again after a restart; and what comes
// back, each answer a change of its own, in a turn of its own.

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "engine/impl.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {

runners::StepRunner* Performer::runner_of(const Run& run, StepSeq seq) const {
    if (options_.runners.empty()) return nullptr;
    const definition::Step& step = run.step_of(seq);
    const auto found = step.type->job ? options_.runners.find(*step.type->job) : options_.runners.end();
    if (found == options_.runners.end()) return nullptr;
    const std::string name = definition::row_name(step.name, run.plan.row(seq).iteration);
    return runners::is_scripted(step, name, run.execution.scenario) ? nullptr : found->second;
}

void Performer::hand_out(const Space& space, Run& run, StepSeq seq, runners::StepRunner& runner) {
    const StepState& row = run.plan.row(seq);
    runners::OutsideTask task;
    task.ref = {run.execution.id, seq, row.attempt};
    task.where = space.row.key;
    task.name = draft(rows_, run, seq).job->name;
    task.status = row.status;
    rows_.turn.after_commit([&runner, task = std::move(task)] { runner.ensure(task); });
}

// The process that had it in hand may have had endpoints that this one has not.
void Performer::resume(Space& space, Run& run, StepSeq seq) {
    const StepState& row = run.plan.row(seq);
    if (runners::StepRunner* runner = runner_of(run, seq)) return hand_out(space, run, seq, *runner);
    if (const std::string_view option = run.step_of(seq).type->endpoint_option; !option.empty())
        return refuse(
            space, run, seq,
            validation_error(fmt::format(
                "The step ran at an endpoint, and the server was started again without one: give it {}.", option)));
    if (row.status == StepStatus::Starting)  // waits to be answered, as without an endpoint
        space.post(run.execution.id,
                   plan::event::Underway{seq, row.attempt, StepStatus::Executing, Phase::Outside, std::nullopt});
}

void Driver::confirm(const StepRef& step) {
    from_outside(step, Phase::Outside, [this](Space& at, Run& run, StepSeq seq) {
        const StepState& row = run.plan.row(seq);
        if (row.status != StepStatus::Starting) return;
        at.post(run.execution.id,
                plan::event::Underway{seq, row.attempt, StepStatus::Executing, Phase::Outside, std::nullopt});
    });
}

void Driver::post_result(const StepRef& step, const runners::StepResult& result) {
    from_outside(step, Phase::Outside,
                 [this, result](Space& at, Run& run, StepSeq seq) { performer_.finish(at, run, seq, result); });
}

void Engine::confirm(const StepRef& step) { impl_->driver.confirm(step); }

void Engine::post(const StepRef& step, const runners::StepResult& result) { impl_->driver.post_result(step, result); }

// A read that fails is no fault of the endpoint's: the step is handed out again when its namespace is recovered.
std::optional<runners::OutsideStep> Engine::outside_step(const StepRef& ref) try {
    return impl_->outside_step(ref);
} catch (const std::exception& fault) {
    log::error("a step for an endpoint could not be read, and is handed out again: {}", fault.what());
    impl_->driver.recover_later(ref.execution);
    return std::nullopt;
}

// Of the rows alone: it is a read, at any time.
std::optional<runners::OutsideStep> Engine::Impl::outside_step(const StepRef& ref) {
    const auto execution = rows.executions.find(ref.execution);
    const auto row = execution ? rows.steps.find(ref.execution, ref.step) : std::nullopt;
    if (!row || is_terminal(execution->status)) return std::nullopt;
    const StepState& state = row->state;
    if (state.superseded || is_terminal(state.status) || state.attempt != ref.attempt || state.phase != Phase::Outside)
        return std::nullopt;
    const auto compiled = definitions.get(execution->version_key);
    const NamespaceKey where = rows.namespaces.find(execution->namespace_id).value().key;
    const Job job = rows.jobs.find(row->content.job.value()).value();
    runners::OutsideStep step;
    step.ref = ref;
    step.where = where;
    step.execution_id = execution->public_id;
    step.execution_arn = execution_arn(where, rows.pipelines.name(execution->pipeline).value(), execution->public_id);
    step.step = row->content.name;
    step.name = job.name;
    step.definition = {compiled, &compiled->steps[state.node]};
    step.arguments = job.arguments.at("Arguments");
    // An expression may have made something else of it than a string; the endpoint will say what it thinks of that.
    step.target = definition::join_text(job.arguments.at(std::string{step.definition->type->target_member}));
    return step;
}

// Nobody outside will say it again: what is not written is owed, and tried again with the recovery of the namespace.
void Driver::from_outside(const StepRef& step, Phase phase, const OutsideChange& change) {
    attempt(
        step, "an answer from outside cannot be taken",
        [this, &step, phase, &change] {
            const auto execution = rows_.executions.find(step.execution);
            if (!execution || is_terminal(execution->status)) return;
            Space& at = space(execution->namespace_id);
            Run& run = load(step.execution);
            if (step.step >= run.plan.rows().size()) return;
            const StepState& row = run.plan.row(step.step);
            if (row.superseded || is_terminal(row.status) || row.attempt != step.attempt || row.phase != phase) return;
            begin_change(at);
            at.touched.insert(step.execution);  // also if it only waits for the next file: what was read of it goes
            change(at, run, step.step);
            settle(at);
        },
        [this, step, phase, change] {
            owed_.push_back([this, step, phase, change] { from_outside(step, phase, change); });
            set_alarm();
        });
}

}  // namespace pipelines::engine
