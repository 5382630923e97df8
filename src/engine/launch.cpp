// How a started step is performed: resolved, then decided here and now, or simulated, or left to the outside.

#include <utility>

#include "engine/cleanup.hpp"
#include "engine/performer.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/base/ids.hpp"
#include "pipelines/definition/cache_key.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::engine {

using definition::NodeKind;

Performer::Performer(store::Store& rows, const Options& options, Writer& writer, store::Turn::Post later, Fetch fetch)
    : rows_(rows),
      options_(options),
      reader_(rows, options),
      writer_(writer),
      later_(std::move(later)),
      fetch_(std::move(fetch)) {}

void Performer::launch(Space& space, Run& run, StepSeq seq) {
    run.launching = seq;
    if (const auto files = run.fetched.find(seq); files != run.fetched.end()) files->second.awaited = false;
    switch (run.step_of(seq).type->kind) {
        case NodeKind::Condition: launch_condition(space, run, seq); break;
        case NodeKind::Fail: launch_fail(space, run, seq); break;
        case NodeKind::ForEach: launch_for_each(space, run, seq); break;
        case NodeKind::Work: launch_work(space, run, seq); break;
    }
    run.launching.reset();
    const auto files = run.fetched.find(seq);
    if (files != run.fetched.end() && !files->second.awaited) run.fetched.erase(files);
}

void Performer::launch_condition(Space& space, Run& run, StepSeq seq) {
    const definition::Step& step = run.step_of(seq);
    const auto forced = runners::forced_outcome(step, run.execution.scenario, run.plan.row(seq).attempt);
    if (!forced) return refuse(space, run, seq, forced.error());
    std::optional<bool> outcome = *forced;
    if (!outcome) {
        const auto decided = definition::decide(step.arguments.at("Conditions"), scope(space, run, seq, {}));
        if (hindered(space, run, seq, decided)) return;
        outcome = std::get<bool>(decided);
    }
    runners::StepResult result;
    result.verdict.outcome = *outcome;
    result.outputs = {{"Outcome", *outcome ? "True" : "False"}};
    finish(space, run, seq, std::move(result));
}

void Performer::launch_fail(Space& space, Run& run, StepSeq seq) {
    const definition::Step& step = run.step_of(seq);
    const Json* message = find_given(step.arguments, "ErrorMessage");
    const auto resolved = definition::resolve(message == nullptr ? Json("") : *message, scope(space, run, seq, {}));
    if (hindered(space, run, seq, resolved)) return;
    const std::string text = definition::join_text(std::get<Json>(resolved));
    runners::StepResult result;
    result.verdict = {.status = StepStatus::Failed, .error = StepError::ClientError};
    result.outputs = {{"ErrorMessage", text}};
    result.failure = text;
    finish(space, run, seq, std::move(result));
}

// The member of Arguments that names the job, its expressions resolved: the name has to be known before the rest is,
// which may refer to it.
Result<Json> Performer::custom_name(const Space& space, Run& run, StepSeq seq) const {
    const definition::Step& step = run.step_of(seq);
    Json arguments = Json::object();
    const Json* given = step.type->name_member.empty() ? nullptr : find(step.arguments, step.type->name_member);
    if (given == nullptr) return arguments;
    auto resolved = definition::resolve(*given, scope(space, run, seq, {}));
    if (const auto* error = std::get_if<Error>(&resolved)) return *error;
    // A file it has to wait for is one that the Arguments wait for, which hold it: the step is launched again then.
    if (auto* name = std::get_if<Json>(&resolved)) arguments[std::string{step.type->name_member}] = std::move(*name);
    return arguments;
}

void Performer::launch_work(Space& space, Run& run, StepSeq seq) {
    leave_earlier_attempt(run, seq);
    const definition::Step& step = run.step_of(seq);
    const StepState& row = run.plan.row(seq);
    const std::string& shown_name = draft(rows_, run, seq).content.name;
    const std::string& id = run.execution.public_id;
    const auto custom = custom_name(space, run, seq);
    if (!custom) return refuse(space, run, seq, custom.error());
    const std::string name = documents::job_name(step, shown_name, id, space.row.seed, row.attempt, *custom);

    const definition::Scope reads = scope(space, run, seq, name);
    auto arguments = definition::resolve(step.arguments, reads);
    if (hindered(space, run, seq, arguments)) return;
    auto extra = definition::resolve(step.extra, reads);
    if (hindered(space, run, seq, extra)) return;
    Json resolved = documents::request_of(*step.type, std::get<Json>(std::move(arguments)));
    const Json& resolved_extra = std::get<Json>(extra);

    if (definition::is_cached(step) && take_from_cache(space, run, seq, resolved, resolved_extra)) return;

    const Json baselines = group_baselines(space, step, resolved_extra);
    runners::Simulation simulation = runners::simulate({.step = step,
                                                        .arguments = resolved,
                                                        .extra = resolved_extra,
                                                        .attempt = row.attempt,
                                                        .name = shown_name,
                                                        .baselines = baselines.is_null() ? nullptr : &baselines},
                                                       run.execution.scenario, options_.step_duration);

    if (step.type->job == JobKind::Lineage)
        if (const auto unmade = documents::unmade_end(resolved))
            return refuse(space, run, seq, validation_error(*unmade));
    // Its sources are over; what it finds now waits in the script for its end.
    if (step.type->is_cleanup) simulation.result.outputs = clean_up(reader_, space.row.key, run, seq, resolved);

    if (step.type->job && !runners::leaves_no_job(*step.type, simulation.result.verdict)) {
        Draft& drafted = draft(rows_, run, seq);
        drafted.job =
            make_job(space, run, seq, name, documents::job_arguments(step, std::move(resolved), resolved_extra));
        drafted.job_changed = true;
    }
    get_under_way(space, run, seq, simulation);
}

// Handed out, or simulated: it ends when its time has come, or when somebody says so.
void Performer::get_under_way(Space& space, Run& run, StepSeq seq, const runners::Simulation& simulation) {
    const StepState& row = run.plan.row(seq);
    const definition::Step& step = run.step_of(seq);
    Draft& drafted = draft(rows_, run, seq);
    plan::event::Underway underway{seq, row.attempt, StepStatus::Executing, Phase::Simulated, std::nullopt};
    if (runners::StepRunner* runner = runner_of(run, seq)) {
        underway.status = StepStatus::Starting;
        underway.phase = Phase::Outside;
        hand_out(space, run, seq, *runner);
    } else if (simulation.after) {
        drafted.content.script = runners::to_json(simulation.result);
        underway.due = space.clock.now() + *simulation.after;
        space.timers.insert({*underway.due, {run.execution.id, seq, row.attempt}});
    } else {
        const bool callback = step.type->job == JobKind::Callback;
        if (callback) underway.phase = Phase::Outside;
        // What a release ends it with: of a Callback what its scenario says, if it says anything.
        if (!callback || runners::is_scripted(step, drafted.content.name, run.execution.scenario))
            drafted.content.script = runners::to_json(simulation.result);
    }
    space.post(run.execution.id, underway);
}

Job Performer::make_job(Space& space, Run& run, StepSeq seq, std::string name, Json arguments) {
    const Time now = space.clock.now();
    Job job;
    job.namespace_id = space.row.id;
    job.execution = run.execution.id;
    job.step = seq;
    job.attempt = run.plan.row(seq).attempt;
    job.kind = *run.step_of(seq).type->job;
    job.name = std::move(name);
    job.created = job.modified = now;
    if (job.kind == JobKind::Endpoint) become_endpoint(run, job);
    if (job.kind == JobKind::ModelPackage) {
        if (const Json* group = find(arguments, "ModelPackageGroupName"); group != nullptr && group->is_string()) {
            job.group = last_part(group->get_ref<const std::string&>());
            job.number = next_number(space, job.group);
        }
    }
    job.arguments = std::move(arguments);
    return job;
}

// Every attempt has a job row of its own: that of the last one is written before the next takes its place.
void Performer::leave_earlier_attempt(Run& run, StepSeq seq) {
    Draft& drafted = draft(rows_, run, seq);
    writer_.write_job(run, drafted);
    drafted.job.reset();
    drafted.cache_key.clear();
    drafted.content.job.reset();
    drafted.content.failure.clear();
    drafted.content.outputs = nullptr;
}

void Performer::refuse(Space& space, Run& run, StepSeq seq, const Error& error) {
    runners::StepResult result;
    result.verdict = {.status = StepStatus::Failed, .error = StepError::ClientError};
    result.failure = "ClientError: " + error.message;
    finish(space, run, seq, std::move(result));
}

}  // namespace pipelines::engine
