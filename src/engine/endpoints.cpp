// Endpoints. Known: an Endpoint step creates its endpoint, or updates it if there is one of that name (SDK:
// endpoint_step.py); since names end in the execution's id, that is one which the same execution made.

#include "engine/performer.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::engine {

// The newest of that name counts: of this very settle, or before it.
void Performer::become_endpoint(Run& run, Job& endpoint) {
    std::optional<Job> updated;
    for (const auto& [seq, drafted] : run.settling.drafts)
        if (drafted.job && drafted.job->kind == JobKind::Endpoint &&
            equal_ignoring_case(drafted.job->name, endpoint.name))
            updated = drafted.job;  // all of them were created when the first was
    if (!updated) updated = rows_.jobs.find(run.execution.id, JobKind::Endpoint, endpoint.name);
    if (!updated) return;
    endpoint.created = updated->created;
    endpoint.result = Json::object();  // while it runs, its document says more than its row: Updating
}

}  // namespace pipelines::engine
