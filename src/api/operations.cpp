#include <algorithm>
#include <array>

#include "api/operation.hpp"

namespace pipelines::api {
namespace {

constexpr std::array kOperations{
    Operation{"AddTags", Access::Write, add_tags},
    Operation{"CreatePipeline", Access::Write, create_pipeline, Prepare::LocateDefinition},
    Operation{"DeletePipeline", Access::Write, delete_pipeline},
    Operation{"DeleteTags", Access::Write, delete_tags},
    Operation{"DescribeAutoMLJob", Access::Read, describe_job},
    Operation{"DescribeAutoMLJobV2", Access::Read, describe_job},
    Operation{"DescribeEndpoint", Access::Read, describe_job},
    Operation{"DescribeEndpointConfig", Access::Read, describe_job},
    Operation{"DescribeHyperParameterTuningJob", Access::Read, describe_job},
    Operation{"DescribeInferenceComponent", Access::Read, describe_job},
    Operation{"DescribeJob", Access::Read, describe_job},
    Operation{"DescribeModel", Access::Read, describe_job},
    Operation{"DescribeModelPackage", Access::Read, describe_job},
    Operation{"DescribeModelPackageGroup", Access::Read, describe_job},
    Operation{"DescribePipeline", Access::Read, describe_pipeline},
    Operation{"DescribePipelineDefinitionForExecution", Access::Read, describe_pipeline_definition_for_execution},
    Operation{"DescribePipelineExecution", Access::Read, describe_pipeline_execution},
    Operation{"DescribeProcessingJob", Access::Read, describe_job},
    Operation{"DescribeTrainingJob", Access::Read, describe_job},
    Operation{"DescribeTransformJob", Access::Read, describe_job},
    Operation{"GetSearchSuggestions", Access::Read, get_search_suggestions},
    Operation{"ListAutoMLJobs", Access::Read, list_jobs},
    Operation{"ListEndpointConfigs", Access::Read, list_jobs},
    Operation{"ListEndpoints", Access::Read, list_jobs},
    Operation{"ListHyperParameterTuningJobs", Access::Read, list_jobs},
    Operation{"ListInferenceComponents", Access::Read, list_jobs},
    Operation{"ListJobs", Access::Read, list_jobs},
    Operation{"ListModelPackageGroups", Access::Read, list_jobs},
    Operation{"ListModelPackages", Access::Read, list_jobs},
    Operation{"ListModels", Access::Read, list_jobs},
    Operation{"ListPipelineExecutionSteps", Access::Read, list_pipeline_execution_steps},
    Operation{"ListPipelineExecutions", Access::Read, list_pipeline_executions},
    Operation{"ListPipelineParametersForExecution", Access::Read, list_pipeline_parameters_for_execution},
    Operation{"ListPipelineVersions", Access::Read, list_pipeline_versions},
    Operation{"ListPipelines", Access::Read, list_pipelines},
    Operation{"ListProcessingJobs", Access::Read, list_jobs},
    Operation{"ListTags", Access::Read, list_tags},
    Operation{"ListTrainingJobs", Access::Read, list_jobs},
    Operation{"ListTrainingJobsForHyperParameterTuningJob", Access::Read, list_training_jobs_of_tuning_job},
    Operation{"ListTransformJobs", Access::Read, list_jobs},
    Operation{"RetryPipelineExecution", Access::Write, retry_pipeline_execution},
    Operation{"Search", Access::Read, search_resources},
    Operation{"SendPipelineExecutionStepFailure", Access::Write, send_pipeline_execution_step_failure},
    Operation{"SendPipelineExecutionStepSuccess", Access::Write, send_pipeline_execution_step_success},
    Operation{"StartPipelineExecution", Access::Write, start_pipeline_execution, Prepare::CutTestCase},
    Operation{"StopPipelineExecution", Access::Write, stop_pipeline_execution},
    Operation{"UpdatePipeline", Access::Write, update_pipeline, Prepare::LocateDefinition},
    Operation{"UpdatePipelineExecution", Access::Write, update_pipeline_execution},
    Operation{"UpdatePipelineVersion", Access::Write, update_pipeline_version},
};
static_assert(std::ranges::is_sorted(kOperations, {}, &Operation::name));

}  // namespace

std::span<const Operation> operations() { return kOperations; }

const Operation* find_operation(std::string_view name) {
    const auto found = std::ranges::lower_bound(kOperations, name, {}, &Operation::name);
    return found != kOperations.end() && found->name == name ? &*found : nullptr;
}

}  // namespace pipelines::api
