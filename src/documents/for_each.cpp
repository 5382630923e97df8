// What a ForEach shows: how many steps its iterations started, how they ended, and which iteration was selected.
#include <array>

#include "documents/outputs.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

constexpr std::array<const char*, 6> kShown{"InputItemCount",  "TotalStepCount",   "SucceededStepCount",
                                            "FailedStepCount", "StoppedStepCount", "Selector"};

}  // namespace

Json for_each_counts(std::uint32_t items, const ChildCounts& children) {
    return {{"InputItemCount", items},
            {"TotalStepCount", children.total},
            {"SucceededStepCount", children.succeeded},
            {"FailedStepCount", children.failed},
            {"StoppedStepCount", children.stopped}};
}

Json for_each(const StepRow& row) {
    Json shown = Json::object();
    for (const char* member : kShown)
        if (const Json* value = find(row.content.outputs, member)) shown[member] = *value;
    if (!shown.empty() && is_terminal(row.state.status)) shown["Status"] = to_string(row.state.status);
    return shown;
}

}  // namespace pipelines::documents
