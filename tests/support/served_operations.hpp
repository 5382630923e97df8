// The operations that we serve, for a test of a layer that does not know their table (src/api/operations.cpp);
// tests/protocol/operations_test.cpp sees that they are the same.
#pragma once

#include <string_view>

namespace pipelines {

inline constexpr std::string_view kServedOperations[] = {
    "AddTags",
    "CreatePipeline",
    "DeletePipeline",
    "DeleteTags",
    "DescribeAutoMLJob",
    "DescribeAutoMLJobV2",
    "DescribeEndpoint",
    "DescribeEndpointConfig",
    "DescribeHyperParameterTuningJob",
    "DescribeInferenceComponent",
    "DescribeJob",
    "DescribeModel",
    "DescribeModelPackage",
    "DescribeModelPackageGroup",
    "DescribePipeline",
    "DescribePipelineDefinitionForExecution",
    "DescribePipelineExecution",
    "DescribeProcessingJob",
    "DescribeTrainingJob",
    "DescribeTransformJob",
    "GetSearchSuggestions",
    "ListAutoMLJobs",
    "ListEndpointConfigs",
    "ListEndpoints",
    "ListHyperParameterTuningJobs",
    "ListInferenceComponents",
    "ListJobs",
    "ListModelPackageGroups",
    "ListModelPackages",
    "ListModels",
    "ListPipelineExecutionSteps",
    "ListPipelineExecutions",
    "ListPipelineParametersForExecution",
    "ListPipelineVersions",
    "ListPipelines",
    "ListProcessingJobs",
    "ListTags",
    "ListTrainingJobs",
    "ListTrainingJobsForHyperParameterTuningJob",
    "ListTransformJobs",
    "RetryPipelineExecution",
    "Search",
    "SendPipelineExecutionStepFailure",
    "SendPipelineExecutionStepSuccess",
    "StartPipelineExecution",
    "StopPipelineExecution",
    "UpdatePipeline",
    "UpdatePipelineExecution",
    "UpdatePipelineVersion",
};

}  // namespace pipelines
