// Model packages as steps of a run see them: those of rows, and those that this very settle made.

#include "engine/driver.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::engine {

// Of all runs that the settle touched; those without a row yet have no id.
std::vector<const Job*> Driver::drafted_packages(const Space& space, std::string_view group) const {
    std::vector<const Job*> packages;
    for (const ExecutionKey key : space.touched) {
        const auto run = runs_.find(key);
        if (run == runs_.end()) continue;
        for (const auto& [seq, drafted] : run->second->drafts)
            if (drafted.job && drafted.job->number && equal_ignoring_case(drafted.job->group, group))
                packages.push_back(&*drafted.job);
    }
    return packages;
}

// DriftCheckBaselines of the latest approved package that a check step compares with; null if there is none.
Json Driver::group_baselines(const Space& space, const definition::Step& step, const Json& extra) {
    const auto group = runners::baseline_group(step, extra);
    if (!group) return nullptr;
    const auto approved = [&space](const Job& package) {
        const Json document = documents::job_document(package, space.row.key);
        const Json* approval = find(document, "ModelApprovalStatus");
        return package.status == JobStatus::Completed && approval != nullptr && *approval == "Approved";
    };
    std::optional<Job> latest = rows_.jobs.newest_package(space.row.id, *group, approved);
    for (const Job* package : drafted_packages(space, *group))
        if (approved(*package) && (!latest || package->number > latest->number)) latest = *package;
    if (!latest) return nullptr;
    const Json document = documents::job_document(*latest, space.row.key);
    const Json* baselines = find(document, "DriftCheckBaselines");
    return baselines == nullptr ? Json() : *baselines;
}

}  // namespace pipelines::engine
