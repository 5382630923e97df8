// A tuning job's trainings: as many as it was allowed, sorted best first. Their values are made up, in that order.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "documents/identity.hpp"
#include "documents/outputs.hpp"
#include "documents/parts.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

// The SDK reads TrainingJobSummaries[0] to [49].
constexpr std::int64_t kMostSummaries = 50;

std::int64_t training_count(const Job& job) {
    const Json* given =
        at(job.arguments, {"HyperParameterTuningJobConfig", "ResourceLimits", "MaxNumberOfTrainingJobs"});
    const std::int64_t count = given == nullptr ? kMostSummaries : as_integer(*given).value_or(kMostSummaries);
    return std::clamp<std::int64_t>(count, 1, kMostSummaries);
}

// "<job>-<3 digits>-<8 hex>", as the service names them.
std::string training_name(const Job& job, std::int64_t index) {
    const std::string digits = fmt::format("{:03}", index + 1);
    return job.name + '-' + digits + '-' + hex_id(job.name, digits, 8);
}

// The value of one end of each range: what a training was given.
Json tuned_parameters(const Json& ranges) {
    Json parameters = Json::object();
    for (const std::string_view kind : {"IntegerParameterRanges", "ContinuousParameterRanges"})
        if (const Json* list = find(ranges, kind); list != nullptr && list->is_array())
            for (const Json& range : *list)
                if (const auto name = text_of(range, "Name"); !name.empty())
                    parameters[std::string(name)] = text_of(range, "MinValue");
    if (const Json* list = find(ranges, "CategoricalParameterRanges"); list != nullptr && list->is_array())
        for (const Json& range : *list)
            if (const Json* values = find(range, "Values"); values != nullptr && values->is_array() && !values->empty())
                parameters[std::string(text_of(range, "Name"))] = (*values)[0];
    return parameters;
}

// The definition that the n-th training comes from, and its objective and ranges: its own, or those of the job.
struct Source {
    const Json* definition = nullptr;
    const Json* objective = nullptr;
    const Json* ranges = nullptr;
};

Source source_of(const Job& job, std::int64_t index) {
    Source source;
    const Json* list = find(job.arguments, "TrainingJobDefinitions");
    if (list != nullptr && list->is_array() && !list->empty())
        source.definition = &(*list)[static_cast<std::size_t>(index) % list->size()];
    else
        source.definition = find(job.arguments, "TrainingJobDefinition");
    if (source.definition != nullptr) {
        source.objective = find(*source.definition, "TuningObjective");
        source.ranges = find(*source.definition, "HyperParameterRanges");
    }
    if (source.objective == nullptr)
        source.objective = at(job.arguments, {"HyperParameterTuningJobConfig", "HyperParameterTuningJobObjective"});
    if (source.ranges == nullptr)
        source.ranges = at(job.arguments, {"HyperParameterTuningJobConfig", "ParameterRanges"});
    return source;
}

Json summary(const Job& job, const NamespaceKey& key, std::int64_t index) {
    const Source source = source_of(job, index);
    const std::string name = training_name(job, index);
    Json entry{{"TrainingJobName", name},
               {"TrainingJobArn", sagemaker_arn(key, "training-job", name)},
               {"CreationTime", to_epoch_seconds(job.created)},
               {"TrainingStartTime", to_epoch_seconds(job.created)},
               {"TrainingEndTime", to_epoch_seconds(job.ended.value_or(job.created))},
               {"TrainingJobStatus", "Completed"},
               {"ObjectiveStatus", "Succeeded"},
               {"TunedHyperParameters", source.ranges == nullptr ? Json::object() : tuned_parameters(*source.ranges)}};
    if (source.definition != nullptr)
        if (const auto definition = text_of(*source.definition, "DefinitionName"); !definition.empty())
            entry["TrainingJobDefinitionName"] = definition;
    if (source.objective != nullptr) {
        const bool is_minimum = text_of(*source.objective, "Type") == "Minimize";
        const double step = 0.01 * static_cast<double>(index);
        entry["FinalHyperParameterTuningJobObjectiveMetric"] = {
            {"Type", is_minimum ? "Minimize" : "Maximize"},
            {"MetricName", text_of(*source.objective, "MetricName")},
            {"Value", is_minimum ? 0.1 + step : 0.9 - step}};
    }
    return entry;
}

// The list that a scenario shows instead of ours; null if it shows none.
const Json* scripted_summaries(const Job& tuning) {
    const Json* list = find(tuning.result, "TrainingJobSummaries");
    return list != nullptr && list->is_array() ? list : nullptr;
}

Job training_of(const Job& tuning, const NamespaceKey& key, std::int64_t index) {
    Json shown = summary(tuning, key, index);
    if (const Json* list = scripted_summaries(tuning))
        if (const Json& entry = (*list)[static_cast<std::size_t>(index)]; entry.is_object()) shown.update(entry);
    const std::string_view status = text_of(shown, "TrainingJobStatus");
    const Source source = source_of(tuning, index);
    Job training = tuning;
    training.id = 0;
    training.attempt = 0;
    training.kind = JobKind::Training;
    const std::string_view name = text_of(shown, "TrainingJobName");
    training.name = name.empty() ? training_name(tuning, index) : std::string{name};
    if (status == "Failed") training.status = JobStatus::Failed;
    if (status == "Stopped") training.status = JobStatus::Stopped;
    // What an expression stood for need not be a definition.
    training.arguments =
        source.definition != nullptr && source.definition->is_object() ? *source.definition : Json::object();
    Json& parameters = training.arguments["HyperParameters"] = Json::object();
    if (const Json* fixed = find(training.arguments, "StaticHyperParameters"); fixed != nullptr && fixed->is_object())
        parameters.update(*fixed);
    if (const Json& tuned = shown.at("TunedHyperParameters"); tuned.is_object()) parameters.update(tuned);
    if (const Json* tags = find(tuning.arguments, "Tags")) training.arguments["Tags"] = *tags;
    training.result = {{"TuningJobArn", sagemaker_arn(key, "hyper-parameter-tuning-job", tuning.name)}};
    const Json* metric = find(shown, "FinalHyperParameterTuningJobObjectiveMetric");
    if (metric != nullptr && metric->is_object() && metric->contains("MetricName") && metric->contains("Value"))
        training.result["FinalMetricDataList"] = Json::array({{{"MetricName", metric->at("MetricName")},
                                                               {"Value", metric->at("Value")},
                                                               {"Timestamp", shown.at("TrainingEndTime")}}});
    return training;
}

}  // namespace

Json training_job_summaries(const Job& tuning, const NamespaceKey& key) {
    if (const Json* scripted = scripted_summaries(tuning)) return *scripted;
    Json list = Json::array();
    if (tuning.status != JobStatus::Completed) return list;
    for (std::int64_t i = 0; i < training_count(tuning); ++i) list.push_back(summary(tuning, key, i));
    return list;
}

void add_tuning_outputs(Json& document, const Job& job, const NamespaceKey& key) {
    const bool is_done = job.status == JobStatus::Completed;
    const std::int64_t count = is_done ? training_count(job) : 0;
    document["TrainingJobStatusCounters"] = {
        {"Completed", count}, {"InProgress", 0}, {"RetryableError", 0}, {"NonRetryableError", 0}, {"Stopped", 0}};
    document["ObjectiveStatusCounters"] = {{"Succeeded", count}, {"Pending", 0}, {"Failed", 0}};
    if (!is_done) return;
    document["BestTrainingJob"] = summary(job, key, 0);
    document["ConsumedResources"] = {{"RuntimeInSeconds", seconds(job) * count}};
}

std::vector<Job> tuning_trainings(const Job& tuning, const NamespaceKey& key) {
    std::vector<Job> trainings;
    if (tuning.status != JobStatus::Completed) return trainings;
    const Json* scripted = scripted_summaries(tuning);
    const auto count = scripted == nullptr ? training_count(tuning) : static_cast<std::int64_t>(scripted->size());
    for (std::int64_t i = 0; i < count; ++i) trainings.push_back(training_of(tuning, key, i));
    return trainings;
}

}  // namespace pipelines::documents
