#include "engine/run.hpp"

#include <utility>

namespace pipelines::engine {

Draft& draft(store::Store& rows, Run& run, StepSeq seq) {
    const auto [place, made] = run.drafts.try_emplace(seq);
    if (made && seq < run.execution.next_seq) {  // a later one was started in this settle and has no row yet
        if (auto row = rows.steps.find(run.execution.id, seq)) {
            place->second.content = std::move(row->content);
            if (const auto job = place->second.content.job) place->second.job = rows.jobs.find(*job);
        }
    }
    return place->second;
}

}  // namespace pipelines::engine
