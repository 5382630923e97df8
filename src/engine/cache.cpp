// Step caching: a step that an execution of the same pipeline has run before, with the same attributes, is not run
// again. Only steps whose CacheConfig is enabled pay for it: a hash and a look-up at the launch, a row at the end.

#include <utility>

#include "engine/performer.hpp"
#include "engine/selection.hpp"
#include "pipelines/definition/cache_key.hpp"

namespace pipelines::engine {

// Takes over the newest success that is young enough, if there is one; else keeps the key for the step's own end.
bool Performer::take_from_cache(Space& space, Run& run, StepSeq seq, const Json& arguments, const Json& extra) {
    const definition::Step& step = run.step_of(seq);
    std::string key = definition::cache_key(step, arguments, extra);
    const auto found = rows_.cache.find(run.execution.pipeline, step.name, key);
    const auto& limit = step.cache->expire_after;
    if (!found || (limit && found->ended + *limit < space.clock.now())) {
        draft(rows_, run, seq).cache_key = std::move(key);
        return false;
    }
    Draft& drafted = draft(rows_, run, seq);
    StepContent own = std::move(drafted.content);
    drafted.content =
        taken_over(rows_.steps.find(found->execution, found->step).value(), found->execution, SourceHow::Cache);
    drafted.content.name = std::move(own.name);
    drafted.content.item = std::move(own.item);
    if (drafted.content.job) drafted.job = rows_.jobs.find(*drafted.content.job);  // stays its source's
    space.post(run.execution.id, plan::event::Ended{seq, run.plan.row(seq).attempt, {}});
    return true;
}

void Performer::end_cached(Run& run, StepSeq seq) {
    Draft& ended = draft(rows_, run, seq);
    const StepState& row = run.plan.row(seq);
    std::string key = std::exchange(ended.cache_key, {});
    if (key.empty() || row.attempt > 1) {  // a commit found it running, or may have found an earlier attempt
        auto kept = rows_.cache.take_key(run.execution.id, seq);
        if (kept && key.empty()) key = *std::move(kept);
    }
    // A hit is no run: it makes no result younger. No key: it ran before its pipeline had a cache.
    if (row.status != StepStatus::Succeeded || ended.content.source || key.empty()) return;
    writer_.write(run, seq, ended);
    rows_.cache.put(run.execution.pipeline, run.step_of(seq).name, key, {run.execution.id, seq, *row.ended});
}

}  // namespace pipelines::engine
