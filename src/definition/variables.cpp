#include "pipelines/definition/variables.hpp"

namespace pipelines::definition {

std::optional<Json> execution_variable(std::string_view name, const Execution& execution, const NamespaceKey& where,
                                       std::string_view pipeline, Time now) {
    if (name == "Execution.StartDateTime") return to_iso8601(execution.created);
    if (name == "Execution.CurrentDateTime") return to_iso8601(now);
    if (name == "Execution.PipelineName") return pipeline;
    if (name == "Execution.PipelineArn") return pipeline_arn(where, pipeline);
    if (name == "Execution.PipelineExecutionId") return execution.public_id;
    if (name == "Execution.PipelineExecutionArn") return execution_arn(where, pipeline, execution.public_id);
    if (name == "PipelineExperimentConfig.ExperimentName" && execution.experiment_name)
        return *execution.experiment_name;
    if (name == "PipelineExperimentConfig.TrialName" && execution.trial_name) return *execution.trial_name;
    return std::nullopt;
}

}  // namespace pipelines::definition
