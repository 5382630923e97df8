#include "engine/driver.hpp"

#include <algorithm>
#include <utility>

#include "engine/selection.hpp"
#include "pipelines/definition/cache_key.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::engine {
namespace {

constexpr std::string_view kStepFailure = "Step failure: One or multiple steps failed.";  // recorded

bool failed(ExecutionStatus status) {
    return status == ExecutionStatus::Failed || status == ExecutionStatus::CompletedWithFailures;
}

// A stop is the cause of what it does to the steps, an end follows from them.
void note(Run& run, const plan::Actions& actions, Time now) {
    const auto note_execution = [&run, now](ExecutionStatus to) {
        run.transitions.note(now, ExecutionTransition{run.execution.status, to});
    };
    if (actions.status && !is_terminal(*actions.status)) note_execution(*actions.status);
    for (const plan::Transition& change : actions.transitions)
        run.transitions.note(now,
                             StepTransition{change.step, run.plan.row(change.step).attempt, change.from, change.to});
    if (actions.status && is_terminal(*actions.status)) note_execution(*actions.status);
}

}  // namespace

Driver::Driver(store::Store& rows, const Options& options, Definitions& definitions, Loop loop)
    : rows_(rows),
      options_(options),
      definitions_(definitions),
      loop_(std::move(loop)),
      cut_settles_(rows.turn, loop_.post, [this](NamespaceId id) { go_on(id); }),
      writer_(rows),
      performer_(
          rows, options, writer_,
          // Behind the bell, too, which may have to wait for a turn that is open by then.
          [this](std::function<void()> act) {
              behind_answers([this, act = std::move(act)] { rows_.turn.when_over(act); });
          },
          [this](const StepRef& step, const NamespaceKey& where, const std::string& uri) { fetch(step, where, uri); }) {
}

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
        failing_.erase(id);
        told_.erase(id);
    }
    return loaded(id);
}

Time Driver::now(NamespaceId id) { return loaded(id).clock.now(); }

Run& Driver::load(ExecutionKey key) {
    if (const auto known = runs_.find(key); known != runs_.end()) return *known->second;
    Execution execution = rows_.executions.find(key).value();
    execution.scenario = rows_.executions.scenario(key);
    const Pipeline pipeline = rows_.pipelines.find(execution.pipeline).value();
    auto held = definitions_.get(execution.version_key);
    return hold(std::move(execution), pipeline, std::move(held), rows_.steps.states(key));
}

Run& Driver::start(Execution execution, const Pipeline& pipeline,
                   std::shared_ptr<const definition::Definition> compiled, std::vector<ParameterValue> parameters,
                   const std::vector<StepRow>& reused) {
    std::vector<StepState> states;
    for (const StepRow& row : reused) states.push_back(row.state);
    execution.next_seq = static_cast<StepSeq>(reused.size());
    hopeless_[execution.namespace_id].erase(execution.id);  // that had this key, and is undone
    Run& run = hold(std::move(execution), pipeline, std::move(compiled), std::move(states));
    run.transitions.note(run.execution.created, ExecutionTransition{});
    run.settling.parameters.emplace();  // at hand, so not read back
    for (const ParameterValue& one : parameters) run.settling.parameters->emplace(one.name, one.value);
    run.unwritten = std::move(parameters);
    if (!reused.empty()) writer_.ensure_row(run);
    for (const StepRow& row : reused) rows_.steps.put(run.execution.id, row);
    return run;
}

Run& Driver::hold(Execution execution, const Pipeline& pipeline, std::shared_ptr<const definition::Definition> compiled,
                  std::vector<StepState> rows) {
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

void Driver::settle(Space& space) {
    begin_change(space);
    space.clock.hold();
    bool cut = false;
    // What set it off is not counted: however small the budget and often the restarts, each turn gets on.
    const std::size_t budget = options_.budget + space.events.size();
    std::size_t applied = 0;
    for (;; ++applied) {
        if (!space.events.empty()) {
            const auto [execution, event] = std::move(space.events.front());
            space.events.pop_front();
            blame(space, execution, [this, &space, &event, key = execution] { apply(space, load(key), event); });
        } else if (applied >= budget && !(space.timers.empty() && space.released.empty())) {
            cut = true;
            break;
        } else if (!space.timers.empty() && space.timers.begin()->due <= space.clock.now()) {
            (void)pop_due(space);
        } else if (!space.released.empty()) {
            space.clock.tick();
            for (const ExecutionKey execution : std::exchange(space.released, {}))
                space.post(execution, plan::event::Look{});
        } else if (!pop_due(space)) {
            break;
        }
    }
    if (!cut) space.clock.arrive();
    space.clock.release();
    write(space);
    if (space.timers.empty()) {
        timed_.erase(space.row.id);
    } else {
        timed_.insert(space.row.id);
    }
    if (cut) {
        cut_settles_.cut(space.row.id);  // what is left follows from the rows, so a crash in between loses nothing
    } else {
        cut_settles_.over(space.row.id);
    }
}

// Takes the next timer if the clock is there, or can be moved there.
bool Driver::pop_due(Space& space) {
    if (space.timers.empty() || !space.clock.reach(space.timers.begin()->due)) return false;
    const Timer timer = space.timers.extract(space.timers.begin()).value();
    blame(space, timer.ref.execution, [this, &space, &timer] { expire(space, timer); });
    return true;
}

void Driver::expire(Space& space, const Timer& timer) {
    Run& run = load(timer.ref.execution);
    const StepState& row = run.plan.row(timer.ref.step);
    if (row.attempt != timer.ref.attempt || row.due != timer.due) return;  // whatever it was for is over
    if (row.phase == Phase::BackOff) {
        space.post(timer.ref.execution, plan::event::Due{row.seq, row.attempt});
    } else if (row.phase == Phase::Simulated) {
        performer_.finish(space, run, row.seq, runners::step_result(draft(rows_, run, row.seq).content.script));
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
        Draft& changed = draft(rows_, run, seq);
        changed.changed = true;
        if (changed.content.name.empty()) performer_.introduce(run, seq, changed.content);
        if (is_terminal(run.plan.row(seq).status) && definition::is_cached(run.step_of(seq)))
            performer_.end_cached(run, seq);
    }
    for (const StepSeq seq : actions.wake) {
        const StepState& row = run.plan.row(seq);
        space.timers.insert({*row.due, {key, seq, row.attempt}});
    }
    for (const StepSeq seq : actions.halt) performer_.stop(space, run, seq);
    for (const StepSeq seq : actions.launch) performer_.launch(space, run, seq);
    for (const StepSeq seq : actions.conclude) performer_.conclude(space, run, seq);
    if (actions.status) {
        run.execution.status = *actions.status;
        run.execution.modified = now;
        run.execution.ended = is_terminal(*actions.status) ? std::optional{now} : std::nullopt;
        run.execution.failure = failed(*actions.status) ? kStepFailure : std::string_view{};  // a retry clears both
        run.execution_changed = true;
    }
}

void Driver::end_early(Space& space, Run& run, StepSeq seq, runners::StepResult result) {
    begin_change(space);
    const StepState& row = run.plan.row(seq);
    space.drop_timer(run.execution.id, row);
    // In a stop a failure only ends the waiting (a Callback answered with failure while its execution is Stopping is
    // Stopped).
    if (run.execution.status == ExecutionStatus::Stopping && result.verdict.status == StepStatus::Failed)
        result.verdict = {.status = StepStatus::Stopped};
    performer_.finish(space, run, seq, std::move(result));
    settle(space);
}

void Driver::write(Space& space) {
    for (const ExecutionKey key : std::exchange(space.touched, {})) {
        const auto run = runs_.find(key);
        if (run == runs_.end()) continue;
        writer_.write(*run->second);
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

}  // namespace pipelines::engine
