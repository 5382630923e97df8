#include "engine/writer.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace pipelines::engine {

void Writer::write(Run& run) {
    write_execution(run);
    std::vector<StepSeq> order;
    for (const auto& [seq, one] : run.settling.drafts)
        if (one.changed || one.job_changed) order.push_back(seq);
    std::sort(order.begin(), order.end());
    for (const StepSeq seq : order) write(run, seq, run.settling.drafts.at(seq));
    write_transitions(run.execution.namespace_id, run.execution.id, run.transitions);
    run.settling = {};
}

// A start that settles at once writes its row once, as it is at the end: that spares half of what its indexes cost.
void Writer::write_execution(Run& run) {
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

void Writer::ensure_row(Run& run) {
    if (run.unwritten) write_execution(run);
}

void Writer::write_job(Run& run, Draft& one) {
    if (!std::exchange(one.job_changed, false)) return;
    ensure_row(run);
    if (one.job->id != 0) return rows_.jobs.update(*one.job);
    one.job->id = rows_.jobs.insert(*one.job);
    one.content.job = one.job->id;
}

void Writer::write(Run& run, StepSeq seq, Draft& one) {
    ensure_row(run);
    write_job(run, one);
    const StepState& row = run.plan.row(seq);
    rows_.steps.put(run.execution.id, {row, one.content});
    if (!one.cache_key.empty() && !is_terminal(row.status)) rows_.cache.put_key(run.execution.id, seq, one.cache_key);
    one.changed = false;
}

void Writer::write_transitions(NamespaceId space, ExecutionKey execution, TransitionLog& transitions) {
    if (transitions.empty()) return;
    rows_.events.insert(space, execution, transitions.began(), transitions.text());
    transitions.clear();
    news_.insert(execution);
}

}  // namespace pipelines::engine
