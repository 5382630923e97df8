#include "documents/outputs.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

// Recorded: a Condition's outcome reads `true` / `false` in a Join, so it is a boolean here and a word in the metadata.
Json condition(const StepRow& row) {
    if (row.state.outcome) return {{"Outcome", *row.state.outcome}};
    const Json* shown = find(row.content.outputs, "Outcome");
    return shown == nullptr ? Json::object() : Json{{"Outcome", *shown == "True"}};
}

Json object_or_empty(const Json& value) { return value.is_object() ? value : Json::object(); }

Json of_job(const definition::Step& step, const Job& job, const NamespaceKey& key, std::string_view member) {
    Json document = job_document(job, *step.type, key, member);
    // What pipelines add to the answer of the Describe call. A scenario's own wins.
    if (job.kind == JobKind::Tuning && !document.contains("TrainingJobSummaries"))
        document["TrainingJobSummaries"] = training_job_summaries(job, key);
    if (job.kind == JobKind::AutoML && !document.contains("BestCandidateProperties"))
        if (Json paths = best_candidate_properties(document); !paths.is_null())
            document["BestCandidateProperties"] = std::move(paths);
    if (job.kind == JobKind::Emr && !document.contains("ClusterId")) document["ClusterId"] = emr_cluster_id(job);
    return document;
}

}  // namespace

Json properties(const definition::Step& step, const StepRow& row, const Job* job, const NamespaceKey& key,
                std::string_view member) {
    const definition::StepType& type = *step.type;
    if (type.kind == definition::NodeKind::Condition) return condition(row);
    if (type.kind == definition::NodeKind::ForEach) return for_each(row);
    if (type.job == JobKind::Callback || type.job == JobKind::Lambda)
        return {{"OutputParameters", object_or_empty(row.content.outputs)}};
    if (type.job == JobKind::Processing && type.properties.empty()) return object_or_empty(row.content.outputs);
    return job == nullptr ? Json::object() : of_job(step, *job, key, member);
}

}  // namespace pipelines::documents
