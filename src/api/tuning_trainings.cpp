// ListTrainingJobsForHyperParameterTuningJob: at most 50 entries, which the tuning job's row tells.

#include <algorithm>
#include <string>

#include "api/input.hpp"
#include "api/job_lookup.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::api {
namespace {

constexpr const char* kSummaries = "TrainingJobSummaries";
constexpr std::size_t kUsualPage = 10;  // model

// What an entry is sorted by; null sorts first and, by objective, is not listed.
Json sort_key(const Json& entry, std::string_view sort_by) {
    const auto member = [&entry](std::string_view name) {
        const Json* value = find(entry, name);
        return value == nullptr ? Json{} : *value;
    };
    if (sort_by == "CreationTime") return member("CreationTime");
    if (sort_by == "Status") return member("TrainingJobStatus");
    if (sort_by == "Name") return member("TrainingJobName");
    const Json* metric = find(entry, "FinalHyperParameterTuningJobObjectiveMetric");
    const Json* value = metric == nullptr ? nullptr : find(*metric, "Value");
    return value == nullptr ? Json{} : *value;
}

std::vector<Json> selected(const Json& all, const Json& input, store::SortOrder order) {
    const auto status = optional_text(input, "StatusEquals");
    const auto sort_by = optional_text(input, "SortBy").value_or("Name");
    std::vector<Json> list;
    for (const Json& entry : all) {
        if (status && sort_key(entry, "Status") != *status) continue;
        if (!sort_key(entry, sort_by).is_null()) list.push_back(entry);
    }
    const auto key = [&sort_by](const Json& entry) { return sort_key(entry, sort_by); };
    if (order == store::SortOrder::Ascending) std::ranges::stable_sort(list, std::ranges::less{}, key);
    if (order == store::SortOrder::Descending) std::ranges::stable_sort(list, std::ranges::greater{}, key);
    return list;
}

}  // namespace

Result<Answer> list_training_jobs_of_tuning_job(Context& context, const Json& input) {
    const DescribeJob& row = describe_job_row(context.call.operation);
    const std::string name = text(input, row.name_member);
    const auto job = find_job(context, row.kind, name);
    if (!job) return no_such_job(context.where(), row, name);
    const auto page = page_request(context.call, store::SortOrder::Ascending, kUsualPage);
    if (!page) return page.error();

    const auto list = selected(documents::training_job_summaries(*job, context.where()), input, page->order);
    const std::size_t begin = page->after ? static_cast<std::size_t>(page->after->id) : 0;
    const std::size_t end = std::min(begin + page->limit, list.size());
    Json output = {{kSummaries, Json::array()}};
    for (std::size_t i = begin; i < end; ++i) output[kSummaries].push_back(list[i]);
    if (end < list.size()) set_next_token(output, store::Position{0, static_cast<std::int64_t>(end)}, context.call);
    return Answer{std::move(output), {}};
}

}  // namespace pipelines::api
