#include "engine/run.hpp"

#include <utility>

namespace pipelines::engine {

Draft& draft(store::Store& rows, Run& run, StepSeq seq) {
    if (const auto known = run.settling.drafts.find(seq); known != run.settling.drafts.end()) return known->second;
    Draft made;                          // kept only once it has been read: a read may throw
    if (seq < run.execution.next_seq) {  // a later one was started in this settle and has no row yet
        if (auto row = rows.steps.find(run.execution.id, seq)) {
            made.content = std::move(row->content);
            if (const auto job = made.content.job) made.job = rows.jobs.find(*job);
        }
    }
    return run.settling.drafts.emplace(seq, std::move(made)).first->second;
}

}  // namespace pipelines::engine
