// Model packages as steps of a run see them: those of rows, and those that this very settle made.

#include <algorithm>

#include "engine/performer.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::engine {

// The first one of a settle asks the rows how far its group is.
std::int64_t Performer::next_number(Space& space, const std::string& group) {
    auto& highest = space.packages[to_lower(group)].highest;
    if (!highest) highest = rows_.jobs.next_number(space.row.id, group) - 1;
    return ++*highest;
}

namespace {

// The package of the highest number that was completed in this settle and is accepted.
template <class Accepts>
const Job* completed_package(const Space& space, std::string_view group, const Accepts& accepts) {
    const auto known = space.packages.find(to_lower(group));
    if (known == space.packages.end()) return nullptr;
    const auto& completed = known->second.completed;
    const auto found = std::find_if(completed.begin(), completed.end(),
                                    [&accepts](const auto& package) { return accepts(*package.second); });
    return found == completed.end() ? nullptr : found->second;
}

}  // namespace

Json Performer::group_baselines(const Space& space, const definition::Step& step, const Json& extra) const {
    const auto group = runners::baseline_group(step, extra);
    if (!group) return nullptr;
    const auto approved = [](const Job& package) {
        const Json* approval = find(package.result, "ModelApprovalStatus");
        if (approval == nullptr) approval = find(package.arguments, "ModelApprovalStatus");
        return package.status == JobStatus::Completed && approval != nullptr && *approval == "Approved";
    };
    std::optional<Job> latest = rows_.jobs.newest_package(space.row.id, *group, "\"Approved\"", approved);
    const Job* completed = completed_package(space, *group, approved);
    if (completed != nullptr && (!latest || completed->number > latest->number)) latest = *completed;
    if (!latest) return nullptr;
    const Json document = documents::job_document(*latest, space.row.key);
    const Json* baselines = find(document, "DriftCheckBaselines");
    return baselines == nullptr ? Json() : *baselines;
}

}  // namespace pipelines::engine
