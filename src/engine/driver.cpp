#include "engine/driver.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "engine/cleanup.hpp"
#include "engine/retry_text.hpp"
#include "engine/selection.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/cache_key.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::engine {
namespace {

constexpr std::string_view kStepFailure = "Step failure: One or multiple steps failed.";  // compatibility.md: recorded

bool failed(ExecutionStatus status) {
    return status == ExecutionStatus::Failed || status == ExecutionStatus::CompletedWithFailures;
}

}  // namespace

Driver::Driver(store::Store& rows, const Options& options, Loop loop)
    : rows_(rows), options_(options), reader_(rows, options), loop_(std::move(loop)) {}

Space& Driver::loaded(NamespaceId id) {
    const auto known = spaces_.find(id);
    if (known != spaces_.end()) return *known->second;
    auto made = std::make_unique<Space>(rows_.namespaces.find(id).value(), options_.system_time);
    made->advance = rows_.advances.find(id);
    if (made->advance) made->clock.advance_to(*made->advance);
    return *spaces_.emplace(id, std::move(made)).first->second;
}

Space& Driver::space(NamespaceId id) {
    if (undone_.contains(id)) {
        recover(id);
        undone_.erase(id);
    }
    return loaded(id);
}

Time Driver::now(NamespaceId id) { return loaded(id).clock.now(); }

Run& Driver::load(ExecutionKey key) {
    if (const auto known = runs_.find(key); known != runs_.end()) return *known->second;
    Execution execution = rows_.executions.find(key).value();
    execution.scenario = rows_.executions.scenario(key);
    const Pipeline pipeline = rows_.pipelines.find(execution.pipeline).value();
    auto held = definition(execution.version_key);
    return begin(std::move(execution), pipeline, std::move(held), rows_.steps.states(key));
}

Run& Driver::begin(Execution execution, const Pipeline& pipeline,
                   std::shared_ptr<const definition::Definition> compiled, std::vector<StepState> rows) {
    std::shared_ptr<const definition::Graph> graph{compiled, &compiled->graph};
    std::vector<bool> selected;
    if (!execution.selection.is_null()) selected = plan::select(*graph, selected_names(execution.selection)).value();
    const plan::RunState state{execution.status, execution.max_parallel, execution.next_seq};
    plan::Plan restored{std::move(graph), std::move(selected), state, std::move(rows)};
    const ExecutionKey key = execution.id;
    auto run = std::make_unique<Run>(std::move(execution), pipeline.name, std::move(compiled), std::move(restored));
    // Assigned, not emplaced: a Start that was refused and rolled back may have left a run of the same key.
    return *runs_.insert_or_assign(key, std::move(run)).first->second;
}

Result<std::shared_ptr<const definition::Definition>> Driver::compiled(VersionKey version) {
    constexpr std::size_t kMostKept = 256;  // compiled anew when needed again; a run holds its own
    if (const auto known = definitions_.find(version); known != definitions_.end()) return known->second;
    auto made = definition::compile(rows_.pipelines.definition(version));
    if (!made) return Error{made.error().kind, "The stored definition can no longer be read: " + made.error().message};
    if (definitions_.size() >= kMostKept) definitions_.erase(definitions_.begin());
    // A version that is undone gives its key back, and the next one gets it.
    rows_.turn.on_undo([this, version] { definitions_.erase(version); });
    return definitions_.emplace(version, std::move(*made)).first->second;
}

std::shared_ptr<const definition::Definition> Driver::definition(VersionKey version) {
    auto known = compiled(version);
    if (!known) throw std::runtime_error(known.error().message);
    return std::move(*known);
}

void Driver::post(Space& space, ExecutionKey execution, plan::Event event) {
    space.events.emplace_back(execution, std::move(event));
}

void Driver::settle(Space& space) {
    reload_if_undone(space);
    rows_.turn.after_commit([this] {
        set_alarm();
        announce();
    });
    space.clock.hold();
    bool cut = false;
    // What set it off is not counted: however small the budget and often the restarts, each turn gets on.
    const std::size_t budget = options_.budget + space.events.size();
    std::size_t applied = 0;
    for (;; ++applied) {
        if (!space.events.empty()) {
            auto [execution, event] = std::move(space.events.front());
            space.events.pop_front();
            blame(space, execution, [&] { apply(space, load(execution), event); });
        } else if (applied >= budget && !(space.timers.empty() && space.released.empty())) {
            cut = true;
            break;
        } else if (!space.timers.empty() && space.timers.begin()->due <= space.clock.now()) {
            (void)pop_due(space);
        } else if (!space.released.empty()) {
            space.clock.tick();
            for (const ExecutionKey execution : std::exchange(space.released, {}))
                post(space, execution, plan::event::Look{});
        } else if (!pop_due(space)) {
            break;
        }
    }
    if (!cut) space.clock.arrive();
    space.clock.release();
    write(space);
    if (cut) {
        go_on_later(space.row.id);  // what is left follows from the rows, so a crash in between loses nothing
    } else {
        answer_waiting(space.row.id);
    }
}

// Takes the next timer if the clock is there, or can be moved there.
bool Driver::pop_due(Space& space) {
    if (space.timers.empty() || !space.clock.reach(space.timers.begin()->due)) return false;
    const Timer timer = space.timers.extract(space.timers.begin()).value();
    blame(space, timer.ref.execution, [&] { expire(space, timer); });
    return true;
}

void Driver::expire(Space& space, const Timer& timer) {
    Run& run = load(timer.ref.execution);
    const StepState& row = run.plan.row(timer.ref.step);
    if (row.attempt != timer.ref.attempt || row.due != timer.due) return;  // whatever it was for is over
    if (row.phase == Phase::BackOff) {
        post(space, timer.ref.execution, plan::event::Due{row.seq, row.attempt});
    } else if (row.phase == Phase::Simulated) {
        finish(space, run, row.seq, runners::step_result(draft(run, row.seq).content.script));
    }
}

void Driver::apply(Space& space, Run& run, const plan::Event& event) {
    const Time now = space.clock.now();
    const ExecutionKey key = run.execution.id;
    if (std::holds_alternative<plan::event::Stop>(event)) space.drop_timers(key, run.plan);
    const plan::Actions actions = run.plan.apply(event, now);
    space.touched.insert(key);
    if (actions.released) space.released.insert(key);
    note(run, actions, now);
    for (const StepSeq seq : actions.changed) {
        Draft& changed = draft(run, seq);
        changed.changed = true;
        if (changed.content.name.empty()) introduce(run, seq, changed.content);
        if (is_terminal(run.plan.row(seq).status) && definition::is_cached(run.step_of(seq))) end_cached(run, seq);
    }
    for (const StepSeq seq : actions.wake) {
        const StepState& row = run.plan.row(seq);
        space.timers.insert({*row.due, {key, seq, row.attempt}});
    }
    for (const StepSeq seq : actions.halt) stop_job(space, run, seq);
    for (const StepSeq seq : actions.launch) launch(space, run, seq);
    for (const StepSeq seq : actions.conclude) conclude_for_each(space, run, seq);
    if (actions.status) {
        run.execution.status = *actions.status;
        run.execution.modified = now;
        run.execution.ended = is_terminal(*actions.status) ? std::optional{now} : std::nullopt;
        run.execution.failure = failed(*actions.status) ? kStepFailure : std::string_view{};  // a retry clears both
        run.execution_changed = true;
    }
}

void Driver::finish(Space& space, Run& run, StepSeq seq, runners::StepResult result) {
    const Time now = space.clock.now();
    Draft& ending = draft(run, seq);
    if (run.step_of(seq).type->is_cleanup)
        result = end_cleanup(runners::step_result(ending.content.script).outputs, std::move(result));
    ending.content.outputs = std::move(result.outputs);
    ending.content.property_files = std::move(result.property_files);
    ending.content.failure = result.failure;
    if (result.verdict.error != StepError::None)
        ending.content.failure += not_retried(
            run.definition->graph.nodes[run.plan.row(seq).node], *run.step_of(seq).type, result.verdict.error,
            execution_arn(space.row.key, to_lower(run.pipeline_name), run.execution.public_id), ending.content.name);
    ending.content.failure = as_reason(ending.content.failure);
    ending.content.script = nullptr;
    if (ending.job) {
        Job& job = *ending.job;
        const bool succeeded = result.verdict.status == StepStatus::Succeeded;
        const bool stopped = result.verdict.status == StepStatus::Stopped;
        job.status = succeeded ? JobStatus::Completed : stopped ? JobStatus::Stopped : JobStatus::Failed;
        job.result = std::move(result.job_result);
        job.failure = as_reason(result.failure);
        job.modified = now;
        job.ended = now;
        ending.job_changed = true;
        if (succeeded && job.number)
            space.packages[to_lower(job.group)].completed[*job.number] = {job.execution, seq, job.attempt};
        if (job.kind == JobKind::Tuning) {
            ensure_row(run);
            for (const Job& training : documents::tuning_trainings(job, space.row.key))
                (void)rows_.jobs.insert(training);
        }
    }
    if (runners::StepRunner* runner = runner_of(run, seq); runner != nullptr && ending.job)
        rows_.turn.after_commit([runner, name = ending.job->name] { runner->release(name); });
    post(space, run.execution.id, plan::event::Ended{seq, run.plan.row(seq).attempt, result.verdict});
}

std::string Driver::as_reason(std::string_view text) {
    constexpr std::size_t kMost = 1024;  // API model: FailureReason of a step and of each kind of job; of runs 1,300
    return std::string{first_code_points(text, kMost)};
}

void Driver::end_early(Space& space, Run& run, StepSeq seq, runners::StepResult result) {
    reload_if_undone(space);
    const StepState& row = run.plan.row(seq);
    space.drop_timer(run.execution.id, row);
    // In a stop a failure only ends the waiting (a Callback answered with failure while its execution is Stopping is
    // Stopped).
    if (run.execution.status == ExecutionStatus::Stopping && result.verdict.status == StepStatus::Failed)
        result.verdict = {.status = StepStatus::Stopped};
    finish(space, run, seq, std::move(result));
    settle(space);
}

// A stop reached the step. What was simulated is over with the request; what is outside is told after the COMMIT, and
// in a turn of its own: it may answer at once, and who hears of this COMMIT first shall find no more than it wrote.
void Driver::stop_job(Space& space, Run& run, StepSeq seq) {
    Draft& halted = draft(run, seq);
    const bool over = is_terminal(run.plan.row(seq).status);
    if (over) halted.content.script = nullptr;
    if (over) run.fetched.erase(seq);
    if (!halted.job || halted.job->ended) return;
    if (runners::StepRunner* runner = over ? nullptr : runner_of(run, seq))
        rows_.turn.after_commit(
            [this, runner, name = halted.job->name] { loop_.post([runner, name] { runner->stop(name); }); });
    halted.job->status = over ? JobStatus::Stopped : JobStatus::Stopping;
    halted.job->modified = space.clock.now();
    if (over) halted.job->ended = space.clock.now();
    halted.job_changed = true;
}

void Driver::write(Space& space) {
    for (const ExecutionKey key : std::exchange(space.touched, {})) {
        const auto run = runs_.find(key);
        if (run == runs_.end()) continue;
        write(*run->second);
        if (is_terminal(run->second->execution.status)) runs_.erase(run);
    }
    space.packages.clear();
    if (space.counted || space.clock.state() != space.row.clock) {
        space.counted = false;
        space.row.clock = space.clock.state();
        rows_.namespaces.update(space.row);
    }
    if (space.clock.target() != space.advance) {
        space.advance = space.clock.target();
        rows_.advances.put(space.row.id, space.advance);
    }
}

void Driver::write(Run& run) {
    write_execution(run);
    std::vector<StepSeq> order;
    for (const auto& [seq, one] : run.drafts)
        if (one.changed || one.job_changed) order.push_back(seq);
    std::sort(order.begin(), order.end());
    for (const StepSeq seq : order) write(run, seq, run.drafts.at(seq));
    write_transitions(run.execution, run.transitions);
    run.drafts.clear();
    run.documents.clear();
    run.files.clear();
    run.parameters.reset();
}

// A start that settles at once writes its row once, as it is at the end: that spares half of what its indexes cost.
void Driver::write_execution(Run& run) {
    const StepSeq next = run.plan.run().next_seq;
    run.execution_changed |= run.execution.next_seq != next;
    run.execution.next_seq = next;
    if (run.unwritten) {
        rows_.executions.insert(run.execution, *run.unwritten);
    } else if (run.execution_changed) {
        rows_.executions.update(run.execution);
    }
    run.unwritten.reset();
    run.execution_changed = false;
}

void Driver::ensure_row(Run& run) {
    if (run.unwritten) write_execution(run);
}

void Driver::write_job(Run& run, Draft& one) {
    if (!std::exchange(one.job_changed, false)) return;
    ensure_row(run);
    if (one.job->id != 0) return rows_.jobs.update(*one.job);
    one.job->id = rows_.jobs.insert(*one.job);
    one.content.job = one.job->id;
}

void Driver::write(Run& run, StepSeq seq, Draft& one) {
    ensure_row(run);
    write_job(run, one);
    const StepState& row = run.plan.row(seq);
    rows_.steps.put(run.execution.id, {row, one.content});
    if (!one.cache_key.empty() && !is_terminal(row.status)) rows_.cache.put_key(run.execution.id, seq, one.cache_key);
    one.changed = false;
}

}  // namespace pipelines::engine
