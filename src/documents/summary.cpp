// A job as the lists show it: members of its document, some of them in another place there.
#include <array>

#include "documents/parts.hpp"
#include "documents/shaped.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

struct Moved {
    std::string_view shape;  // of the list's items
    std::string_view member;
    std::array<std::string_view, 2> from;  // where the document has it; the second is empty if it is a member itself
};
constexpr std::array<Moved, 4> kMoved{{
    {"HyperParameterTuningJobSummary", "Strategy", {"HyperParameterTuningJobConfig", "Strategy"}},
    {"HyperParameterTuningJobSummary", "ResourceLimits", {"HyperParameterTuningJobConfig", "ResourceLimits"}},
    {"JobSummary", "JobSecondaryStatus", {"SecondaryStatus", ""}},
    {"TrainingJobSummary", "TrainingPlanArn", {"ResourceConfig", "TrainingPlanArn"}},
}};

const Json* moved(const Json& document, const Moved& member) {
    return member.from[1].empty() ? find(document, member.from[0]) : at(document, {member.from[0], member.from[1]});
}

}  // namespace

Json job_summary(const Job& job, const Json& document, const model::Shape& summary) {
    Json whole = document;
    for (const Moved& member : kMoved)
        if (member.shape == summary.name)
            if (const Json* value = moved(document, member)) whole[std::string(member.member)] = *value;
    // Not in every Describe (a transform job's), but in every list that shows it.
    whole.emplace("LastModifiedTime", to_epoch_seconds(job.modified));
    Json shown = project(whole, summary);
    if (job.number) shown.erase("ModelPackageName");  // recorded: a version shows its group and number only
    add_required(shown, summary);
    return shown;
}

}  // namespace pipelines::documents
