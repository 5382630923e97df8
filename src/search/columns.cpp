#include "search/columns.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace pipelines::search {
namespace {

constexpr std::string_view kPipelineArn = "arn:{partition}:sagemaker:{region}:{account}:pipeline/";
constexpr std::string_view kRootArn = "arn:{partition}:iam::{account}:root";

constexpr std::array<std::string_view, 6> kExecutionStatuses{"Executing", "Stopping",  "Stopped",
                                                             "Failed",    "Succeeded", "CompletedWithFailures"};
constexpr std::array<std::string_view, 5> kJobStatuses{"InProgress", "Completed", "Failed", "Stopping", "Stopped"};

// Who made and changed a record: callers are not authenticated, so it is the account's root (api/describe.cpp).
constexpr std::array<Column, 8> kUsers{{
    {.property = "CreatedBy", .constant = "1"},
    {.property = "CreatedBy.IamIdentity", .constant = "1"},
    {.property = "CreatedBy.IamIdentity.Arn", .constant = kRootArn},
    {.property = "CreatedBy.IamIdentity.PrincipalId", .constant = "{account}"},
    {.property = "LastModifiedBy", .constant = "1"},
    {.property = "LastModifiedBy.IamIdentity", .constant = "1"},
    {.property = "LastModifiedBy.IamIdentity.Arn", .constant = kRootArn},
    {.property = "LastModifiedBy.IamIdentity.PrincipalId", .constant = "{account}"},
}};

template <std::size_t N>
constexpr std::array<Column, N + kUsers.size()> with_users(const std::array<Column, N>& own) {
    std::array<Column, N + kUsers.size()> all{};
    auto end = std::copy(own.begin(), own.end(), all.begin());
    std::copy(kUsers.begin(), kUsers.end(), end);
    return all;
}

constexpr std::array<ArnPart, 1> kOwnArn{{{kPipelineArn, "r.name"}}};
constexpr std::string_view kPipelineTags = "tags AS item WHERE item.kind = 0 AND item.resource = r.id";
constexpr auto kPipelines = with_users(std::array<Column, 15>{{
    {.property = "PipelineArn", .arn = kOwnArn},
    {.property = "PipelineName", .value = "r.name"},
    {.property = "PipelineDisplayName", .value = "r.display_name"},
    {.property = "PipelineDescription", .value = "r.description", .nullable = true},
    {.property = "RoleArn", .value = "r.role_arn"},
    {.property = "PipelineStatus", .constant = "Active"},
    {.property = "CreationTime", .value = "r.created", .at_most = "r.modified"},
    {.property = "LastModifiedTime", .value = "r.modified"},
    {.property = "LastRunTime",
     .value = "(SELECT max(created) FROM executions WHERE pipeline = r.id)",
     .nullable = true},
    {.property = "ParallelismConfiguration", .value = "r.max_parallel", .nullable = true},
    {.property = "ParallelismConfiguration.MaxParallelExecutionSteps", .value = "r.max_parallel", .nullable = true},
    {.property = "Tags",
     .value = "(SELECT 1 FROM tags WHERE kind = 0 AND resource = r.id LIMIT 1)",
     .items = kPipelineTags,
     .nullable = true},
    {.property = "Tags.Key", .value = "item.key", .items = kPipelineTags},
    {.property = "Tags.Value", .value = "item.value", .items = kPipelineTags},
    {.property = "Tags.*",
     .value = "(SELECT value FROM tags WHERE kind = 0 AND resource = r.id AND key = ?)",
     .nullable = true},
}});

constexpr std::string_view kPipelineOfRow = "(SELECT name FROM pipelines WHERE id = r.pipeline)";
constexpr std::array<ArnPart, 1> kArnOfPipeline{{{kPipelineArn, kPipelineOfRow, true}}};

constexpr std::array<ArnPart, 2> kArnOfNewest{{
    {kPipelineArn, kPipelineOfRow, true},
    {"/execution/",
     "(SELECT public_id FROM executions WHERE pipeline = r.pipeline AND version = r.version "
     "ORDER BY created DESC, id DESC LIMIT 1)"},
}};
constexpr auto kVersions = with_users(std::array<Column, 10>{{
    {.property = "PipelineArn", .arn = kArnOfPipeline},
    {.property = "PipelineVersionId", .value = "r.version"},
    {.property = "PipelineVersionDisplayName", .value = "r.display_name", .nullable = true},
    {.property = "PipelineVersionDescription", .value = "r.description", .nullable = true},
    {.property = "CreationTime", .value = "r.created", .at_most = "r.modified"},
    {.property = "LastModifiedTime", .value = "r.modified"},
    {.property = "LastExecutedPipelineExecutionArn", .arn = kArnOfNewest, .nullable = true},
    {.property = "LastExecutedPipelineExecutionDisplayName",
     .value = "(SELECT display_name FROM executions WHERE pipeline = r.pipeline AND version = r.version "
              "ORDER BY created DESC, id DESC LIMIT 1)",
     .nullable = true},
    {.property = "LastExecutedPipelineExecutionStatus",
     .value = "(SELECT status FROM executions WHERE pipeline = r.pipeline AND version = r.version "
              "ORDER BY created DESC, id DESC LIMIT 1)",
     .codes = kExecutionStatuses,
     .nullable = true},
    {.property = "PipelineVersionAliases",
     .value = "item.alias",
     .items = "version_aliases AS item WHERE item.pipeline = r.pipeline AND item.version = r.version"},
}});

// Parameters are stored as JSON, so that 1 and "1" stay apart; what is not a text is shown as it is stored.
constexpr std::string_view kParameters = "parameters AS item WHERE item.execution = r.id";
constexpr std::string_view kShownParameter =
    "(CASE WHEN item.value LIKE '\"%' THEN item.value ->> '$' ELSE item.value END)";
constexpr std::string_view kSelectedSteps = "json_each(r.selection, '$.SelectedSteps') AS item WHERE 1";
constexpr std::array<ArnPart, 2> kExecutionArn{{{kPipelineArn, kPipelineOfRow, true}, {"/execution/", "r.public_id"}}};
constexpr auto kExecutions = with_users(std::array<Column, 22>{{
    {.property = "PipelineArn", .arn = kArnOfPipeline},
    {.property = "PipelineExecutionArn", .arn = kExecutionArn, .identifies = true},
    {.property = "PipelineExecutionDisplayName", .value = "r.display_name", .nullable = true},
    {.property = "PipelineExecutionStatus", .value = "r.status", .codes = kExecutionStatuses},
    {.property = "PipelineExecutionDescription", .value = "r.description", .nullable = true},
    {.property = "PipelineExperimentConfig", .value = "coalesce(r.experiment_name, r.trial_name)", .nullable = true},
    {.property = "PipelineExperimentConfig.ExperimentName", .value = "r.experiment_name", .nullable = true},
    {.property = "PipelineExperimentConfig.TrialName", .value = "r.trial_name", .nullable = true},
    {.property = "FailureReason", .value = "nullif(r.failure, '')", .nullable = true},
    {.property = "CreationTime", .value = "r.created", .at_most = "r.modified"},
    {.property = "LastModifiedTime", .value = "r.modified"},
    {.property = "ParallelismConfiguration", .value = "r.max_parallel", .nullable = true},
    {.property = "ParallelismConfiguration.MaxParallelExecutionSteps", .value = "r.max_parallel", .nullable = true},
    {.property = "SelectiveExecutionConfig", .value = "r.selection", .nullable = true},
    {.property = "SelectiveExecutionConfig.SourcePipelineExecutionArn",
     .value = "(r.selection ->> '$.SourcePipelineExecutionArn')",
     .nullable = true},
    {.property = "SelectiveExecutionConfig.SelectedSteps",
     .value = "(r.selection -> '$.SelectedSteps[0]')",
     .items = kSelectedSteps,
     .nullable = true},
    {.property = "SelectiveExecutionConfig.SelectedSteps.StepName",
     .value = "(item.value ->> '$.StepName')",
     .items = kSelectedSteps},
    {.property = "PipelineParameters",
     .value = "(SELECT 1 FROM parameters WHERE execution = r.id LIMIT 1)",
     .items = kParameters,
     .nullable = true},
    {.property = "PipelineParameters.Name", .value = "item.name", .items = kParameters},
    {.property = "PipelineParameters.Value", .value = kShownParameter, .items = kParameters},
    {.property = "PipelineVersionId", .value = "r.version"},
    {.property = "PipelineVersionDisplayName",
     .value = "(SELECT display_name FROM versions WHERE id = r.version_key)",
     .nullable = true},
}});

// Of jobs, which are shown by documents. A record takes its times and its name from the row (api/search_jobs.cpp).
constexpr std::array<std::string_view, 6> kEndpointStatuses{"Creating", "InService",    "Failed",
                                                            "Creating", "OutOfService", "Updating"};
// In progress, but created before that began.
constexpr std::string_view kEndpointStatus = "iif(r.status = 0 AND r.modified <> r.created, 5, r.status)";
constexpr std::array<std::string_view, 5> kPackageStatuses{"InProgress", "Completed", "Failed", "InProgress", "Failed"};
constexpr std::array<Column, 15> kJobs{{
    {.property = "TrainingJobName", .value = "r.name", .job_name = true},
    {.property = "HyperParameterTuningJobName", .value = "r.name", .job_name = true},
    {.property = "JobName", .value = "r.name", .job_name = true},
    {.property = "EndpointName", .value = "r.name", .job_name = true},
    {.property = "ModelName", .value = "r.name", .job_name = true},
    {.property = "CreationTime", .value = "r.created", .at_most = "r.modified"},
    {.property = "LastModifiedTime", .value = "r.modified"},
    {.property = "TrainingJobStatus", .value = "r.status", .codes = kJobStatuses, .overridden = true},
    {.property = "HyperParameterTuningJobStatus", .value = "r.status", .codes = kJobStatuses, .overridden = true},
    {.property = "JobStatus", .value = "r.status", .codes = kJobStatuses, .overridden = true},
    {.property = "EndpointStatus", .value = kEndpointStatus, .codes = kEndpointStatuses, .overridden = true},
    {.property = "ModelPackageStatus", .value = "r.status", .codes = kPackageStatuses, .overridden = true},
    {.property = "FailureReason", .value = "nullif(r.failure, '')", .nullable = true, .overridden = true},
    {.property = "ModelPackageGroupName", .value = "nullif(r.group_name, '')", .nullable = true, .overridden = true},
    // A version of a group goes by group and number.
    {.property = "ModelPackageName",
     .value = "iif(r.number IS NULL, r.name, NULL)",
     .nullable = true,
     .job_name = true},
}};

// Of a model package group, which is read from its oldest package: what the package's result says is not the group's.
constexpr std::array<Column, 3> kGroups{{
    {.property = "ModelPackageGroupName", .value = "r.group_name"},
    {.property = "ModelPackageGroupStatus", .constant = "Completed"},
    {.property = "CreationTime", .value = "r.created"},
}};

constexpr Table kPipelineTable{"pipelines AS r", kPipelines};
constexpr Table kVersionTable{"versions AS r", kVersions};
constexpr Table kExecutionTable{"executions AS r", kExecutions};
constexpr Table kJobTable{.rows = "jobs AS r", .columns = kJobs, .documents = true, .by_creation = true};
constexpr Table kGroupTable{.rows = "jobs AS r", .columns = kGroups, .documents = true, .by_creation = true};

}  // namespace

const Table& table_of(const Resource& resource) {
    switch (resource.holder) {
        case Holder::Pipelines: return kPipelineTable;
        case Holder::Versions: return kVersionTable;
        case Holder::Executions: return kExecutionTable;
        case Holder::Jobs: return resource.kind == JobKind::ModelPackageGroup ? kGroupTable : kJobTable;
        case Holder::Nowhere: break;
    }
    throw std::logic_error("no rows hold " + std::string(resource.name));
}

const Column* find_column(const Table& table, std::string_view property) {
    for (const Column& column : table.columns)
        if (column.property == property) return &column;
    return nullptr;
}

}  // namespace pipelines::search
