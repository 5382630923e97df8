#include "api/job_operations.hpp"

#include <array>
#include <span>
#include <stdexcept>
#include <string>

namespace pipelines::api {
namespace {

using store::JobSort;
using store::SortOrder;

// The sentences are those of the real service where somebody recorded them, and where its clients test for their
// beginning or end; docs/compatibility.md says which.
constexpr std::string_view kNoTraining = "Requested resource not found.";
constexpr std::string_view kNoJob = "Could not find requested job with name: {name}";

constexpr std::array kDescribes{
    DescribeJob{"DescribeAutoMLJob", JobKind::AutoML, "AutoMLJobName", ErrorKind::NotFound,
                "Amazon SageMaker can't find an AutoML job called {name}."},
    DescribeJob{"DescribeAutoMLJobV2", JobKind::AutoML, "AutoMLJobName", ErrorKind::NotFound,
                "Amazon SageMaker can't find an AutoML job called {name}."},
    DescribeJob{"DescribeEndpoint", JobKind::Endpoint, "EndpointName", ErrorKind::Validation,
                "Could not find endpoint \"{arn}\"."},
    DescribeJob{"DescribeEndpointConfig", JobKind::EndpointConfig, "EndpointConfigName", ErrorKind::Validation,
                "Could not find endpoint configuration \"{arn}\"."},
    DescribeJob{"DescribeHyperParameterTuningJob", JobKind::Tuning, "HyperParameterTuningJobName", ErrorKind::NotFound,
                "Amazon SageMaker can't find a tuning job called {name}. Type another name."},
    DescribeJob{"DescribeInferenceComponent", JobKind::InferenceComponent, "InferenceComponentName",
                ErrorKind::Validation, "Could not find inference component \"{arn}\"."},
    DescribeJob{"DescribeJob", JobKind::Job, "JobName", ErrorKind::NotFound, kNoTraining},
    DescribeJob{"DescribeModel", JobKind::Model, "ModelName", ErrorKind::Validation, "Could not find model \"{arn}\"."},
    DescribeJob{"DescribeModelPackage", JobKind::ModelPackage, "ModelPackageName", ErrorKind::Validation,
                "ModelPackage {arn} does not exist."},
    DescribeJob{"DescribeModelPackageGroup", JobKind::ModelPackageGroup, "ModelPackageGroupName", ErrorKind::Validation,
                "ModelPackageGroup {arn} does not exist."},
    DescribeJob{"DescribeProcessingJob", JobKind::Processing, "ProcessingJobName", ErrorKind::Validation, kNoJob},
    DescribeJob{"DescribeTrainingJob", JobKind::Training, "TrainingJobName", ErrorKind::Validation, kNoTraining},
    DescribeJob{"DescribeTransformJob", JobKind::Transform, "TransformJobName", ErrorKind::Validation, kNoJob},
    DescribeJob{"ListTrainingJobsForHyperParameterTuningJob", JobKind::Tuning, "HyperParameterTuningJobName",
                ErrorKind::NotFound, "Amazon SageMaker can't find a tuning job called {name}. Type another name."},
};

// Defaults: the operation's documentation in the API model. Of ListTrainingJobs it says both "Ascending" and "from the
// most current to the oldest"; where it says nothing, the newest are first.
constexpr std::array kLists{
    ListJobs{"ListAutoMLJobs", JobKind::AutoML, "AutoMLJobSummaries", JobSort::Name},
    ListJobs{"ListEndpointConfigs", JobKind::EndpointConfig, "EndpointConfigs"},
    ListJobs{.operation = "ListEndpoints", .kind = JobKind::Endpoint, .list_member = "Endpoints", .page = 10},
    ListJobs{"ListHyperParameterTuningJobs", JobKind::Tuning, "HyperParameterTuningJobSummaries", JobSort::Name,
             SortOrder::Ascending, 10},
    ListJobs{.operation = "ListInferenceComponents",
             .kind = JobKind::InferenceComponent,
             .list_member = "InferenceComponents",
             .page = 10},
    ListJobs{.operation = "ListJobs", .kind = JobKind::Job, .list_member = "JobSummaries", .page = 50},
    ListJobs{"ListModelPackageGroups", JobKind::ModelPackageGroup, "ModelPackageGroupSummaryList",
             JobSort::CreationTime, SortOrder::Ascending},
    ListJobs{"ListModelPackages", JobKind::ModelPackage, "ModelPackageSummaryList", JobSort::CreationTime,
             SortOrder::Ascending},
    ListJobs{"ListModels", JobKind::Model, "Models"},
    ListJobs{"ListProcessingJobs", JobKind::Processing, "ProcessingJobSummaries", JobSort::CreationTime,
             SortOrder::Ascending},
    ListJobs{"ListTrainingJobs", JobKind::Training, "TrainingJobSummaries"},
    ListJobs{.operation = "ListTransformJobs",
             .kind = JobKind::Transform,
             .list_member = "TransformJobSummaries",
             .page = 10},
};

template <class Row>
const Row& row_of(std::span<const Row> rows, std::string_view operation) {
    for (const Row& row : rows)
        if (row.operation == operation) return row;
    throw std::logic_error("no row for " + std::string(operation));
}

}  // namespace

const DescribeJob& describe_job_row(std::string_view operation) {
    return row_of(std::span<const DescribeJob>{kDescribes}, operation);
}

const ListJobs& list_jobs_row(std::string_view operation) {
    return row_of(std::span<const ListJobs>{kLists}, operation);
}

}  // namespace pipelines::api
