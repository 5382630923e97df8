// An AutoML job's best candidate. The two report paths and the environment's keys are those that the SDK's AutoML model
// and AWS's own test read; where artifacts stand follows AWS's documentation of Autopilot's output.
#include <string>

#include "documents/outputs.hpp"
#include "documents/parts.hpp"
#include "documents/shaped.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

Json container(const NamespaceKey& key, std::string_view output, std::string_view candidate) {
    return {{"Image", key.account + ".dkr.ecr." + key.region + ".amazonaws.com/autogluon-inference:simulated"},
            {"ModelDataUrl",
             under(output, "sagemaker-automl-candidates/" + std::string(candidate) + "/output/model.tar.gz")},
            {"Environment",
             {{"MODEL_NAME", std::string(candidate)},
              {"SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", "text/csv"},
              {"SAGEMAKER_INFERENCE_OUTPUT", "predicted_label"},
              {"SAGEMAKER_INFERENCE_SUPPORTED", "predicted_label,probability,probabilities,labels"},
              {"SAGEMAKER_PROGRAM", "tabular_serve.py"},
              {"SAGEMAKER_SUBMIT_DIRECTORY", "/opt/ml/model/code"}}}};
}

Json objective(const Job& job) {
    const Json* given = at(job.arguments, {"AutoMLJobObjective", "MetricName"});
    const std::string metric(given == nullptr ? "MSE" : as_string(*given).value_or("MSE"));
    const bool is_error = metric == "MSE" || metric == "RMSE" || metric == "MAE";
    return {{"Type", is_error ? "Minimize" : "Maximize"}, {"MetricName", metric}, {"Value", is_error ? 0.1 : 0.9}};
}

Json best_candidate(const Job& job, const NamespaceKey& key, std::string_view output) {
    const std::string name = job.name + "-trial-1";
    const double ended = to_epoch_seconds(job.ended.value_or(job.created));
    return {{"CandidateName", name},
            {"FinalAutoMLJobObjectiveMetric", objective(job)},
            {"ObjectiveStatus", "Succeeded"},
            {"CandidateStatus", "Completed"},
            {"CandidateSteps", Json::array({{{"CandidateStepType", "AWS::SageMaker::TrainingJob"},
                                             {"CandidateStepArn", sagemaker_arn(key, "training-job", name)},
                                             {"CandidateStepName", name}}})},
            {"InferenceContainers", Json::array({container(key, output, name)})},
            {"CreationTime", to_epoch_seconds(job.created)},
            {"EndTime", ended},
            {"LastModifiedTime", ended},
            {"CandidateProperties",
             {{"CandidateArtifactLocations",
               {{"Explainability", under(output, "documentation/explainability/output/" + name)},
                {"ModelInsights", under(output, "documentation/model_monitor/output/" + name)}}},
              {"CandidateMetrics", Json::array()}}}};
}

}  // namespace

void add_automl_outputs(Json& document, const Job& job, const NamespaceKey& key) {
    document["AutoMLJobSecondaryStatus"] = secondary_status(job.status, "Starting");
    if (job.status != JobStatus::Completed) return;
    const Json* given = at(job.arguments, {"OutputDataConfig", "S3OutputPath"});
    const std::string bucket = default_bucket(key);
    const std::string place(given == nullptr ? bucket : as_string(*given).value_or(bucket));
    const std::string output = under(place, job.name);
    document["BestCandidate"] = best_candidate(job, key, output);
    document["AutoMLJobArtifacts"] = {
        {"CandidateDefinitionNotebookLocation",
         under(output, "sagemaker-automl-candidates/notebooks/SageMakerAutopilotCandidateDefinitionNotebook.ipynb")},
        {"DataExplorationNotebookLocation",
         under(output, "sagemaker-automl-candidates/notebooks/SageMakerAutopilotDataExplorationNotebook.ipynb")}};
}

Json best_candidate_properties(const Json& document) {
    const Json* places = at(document, {"BestCandidate", "CandidateProperties", "CandidateArtifactLocations"});
    if (places == nullptr) return nullptr;
    Json paths = Json::object();
    if (const auto insights = text_of(*places, "ModelInsights"); !insights.empty())
        paths["ModelInsightsJsonReportPath"] = under(insights, "statistics.json");
    if (const auto explained = text_of(*places, "Explainability"); !explained.empty())
        paths["ExplainabilityJsonReportPath"] = under(explained, "analysis.json");
    return paths;
}

Json automl_document_v2(const Job& job, const NamespaceKey& key) {
    const model::Shape& shape = *model::find_shape("DescribeAutoMLJobV2Response");
    const Json first = job_document(job, key);
    Json document = first;
    const Json* channels = find(first, "InputDataConfig");
    if (channels != nullptr) document["AutoMLJobInputDataConfig"] = *channels;
    Json tabular = Json::object();
    const Json* config = find(first, "AutoMLJobConfig");
    if (config != nullptr) {
        tabular = *config;
        for (const char* member : {"SecurityConfig", "DataSplitConfig"})
            if (const Json* value = find(*config, member)) document[member] = *value;
    }
    for (const char* member : {"ProblemType", "GenerateCandidateDefinitionsOnly"})
        if (const Json* value = find(first, member)) tabular[member] = *value;
    if (channels != nullptr && channels->is_array() && !channels->empty())
        for (const char* member : {"TargetAttributeName", "SampleWeightAttributeName"})
            if (const Json* value = find((*channels)[0], member)) tabular[member] = *value;
    document["AutoMLProblemTypeConfig"] = {{"TabularJobConfig", std::move(tabular)}};
    document["AutoMLProblemTypeConfigName"] = "Tabular";
    return project(document, shape);
}

}  // namespace pipelines::documents
