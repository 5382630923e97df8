// How the attempt of a step ends: with a result, or by a stop.

#include <utility>

#include "engine/cleanup.hpp"
#include "engine/performer.hpp"
#include "engine/retry_text.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::engine {

std::string as_reason(std::string_view text) {
    constexpr std::size_t kMost = 1024;  // API model: FailureReason of a step and of each kind of job; of runs 1,300
    return std::string{first_code_points(text, kMost)};
}

void Performer::finish(Space& space, Run& run, StepSeq seq, runners::StepResult result) {
    const Time now = space.clock.now();
    Draft& ending = draft(rows_, run, seq);
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
        if (succeeded && job.number) space.packages[to_lower(job.group)].completed.insert_or_assign(*job.number, &job);
        if (job.kind == JobKind::Tuning) {
            writer_.ensure_row(run);
            for (const Job& training : documents::tuning_trainings(job, space.row.key))
                (void)rows_.jobs.insert(training);
        }
    }
    if (runners::StepRunner* runner = runner_of(run, seq); runner != nullptr && ending.job)
        rows_.turn.after_commit([runner, name = ending.job->name] { runner->release(name); });
    space.post(run.execution.id, plan::event::Ended{seq, run.plan.row(seq).attempt, result.verdict});
}

void Performer::stop(Space& space, Run& run, StepSeq seq) {
    Draft& halted = draft(rows_, run, seq);
    const bool over = is_terminal(run.plan.row(seq).status);
    if (over) halted.content.script = nullptr;
    if (over) run.fetched.erase(seq);
    if (!halted.job || halted.job->ended) return;
    if (runners::StepRunner* runner = over ? nullptr : runner_of(run, seq))
        rows_.turn.after_commit(
            [this, runner, name = halted.job->name] { later_([runner, name] { runner->stop(name); }); });
    halted.job->status = over ? JobStatus::Stopped : JobStatus::Stopping;
    halted.job->modified = space.clock.now();
    if (over) halted.job->ended = space.clock.now();
    halted.job_changed = true;
}

}  // namespace pipelines::engine
