// What a job adds to its Describe document besides what was asked for: one function a kind. Each takes the document as
// far as it is made from the request and writes its own members.
#pragma once

#include <string>
#include <string_view>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/definition/step_types.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::documents {

// job_document.cpp: documents::job_document without what the request says in other members than this one; empty: all
[[nodiscard]] Json job_document(const Job&, const definition::StepType&, const NamespaceKey&, std::string_view member);

// defaults.cpp
void add_defaults(Json& document, const Job&);

// outputs.cpp: SageMaker's own
[[nodiscard]] std::string_view secondary_status(JobStatus, std::string_view in_progress);
void add_training_outputs(Json& document, const Job&, const NamespaceKey&);
void add_component_outputs(Json& document, const Job&, const NamespaceKey&);
void add_package_outputs(Json& document, const Job&);
void add_job_outputs(Json& document, const Job&);
[[nodiscard]] Json package_group(const Job&, const NamespaceKey&);

// tuning.cpp, automl.cpp
void add_tuning_outputs(Json& document, const Job&, const NamespaceKey&);
void add_automl_outputs(Json& document, const Job&, const NamespaceKey&);
[[nodiscard]] Json best_candidate_properties(
    const Json& document);  // what pipelines add to the AutoML document; null if none

// for_each.cpp: of a row that is under way or over; {} before its items are known
[[nodiscard]] Json for_each(const StepRow&);

// foreign.cpp: EMR, EMR Serverless, Athena, the hub
[[nodiscard]] std::string emr_cluster_id(const Job&);
[[nodiscard]] std::string emr_step_id(const Job&);
[[nodiscard]] std::string serverless_application_id(const Job&);
[[nodiscard]] std::string serverless_run_id(const Job&);
[[nodiscard]] std::string_view athena_work_group(const Job&);
[[nodiscard]] std::string hub_arn(const Job&, const NamespaceKey&);
[[nodiscard]] std::string hub_content_arn(const Job&, const NamespaceKey&);
[[nodiscard]] Json emr_step(const Job&);
[[nodiscard]] Json serverless_run(const Job&, const NamespaceKey&);
[[nodiscard]] Json athena_query(const Job&, const NamespaceKey&);
void add_hub_outputs(Json& document, const Job&, const NamespaceKey&);

// bedrock.cpp, lineage.cpp: no shape of one call, so the whole document
[[nodiscard]] std::string bedrock_arn(const Job&, const definition::StepType&, const NamespaceKey&);
[[nodiscard]] Json bedrock(const Job&, const definition::StepType&, const NamespaceKey&);
// The answer's shape in the model, whose members are in camelCase; null for other types.
[[nodiscard]] const model::Shape* bedrock_shape(const definition::StepType&);
[[nodiscard]] Json lineage(const Job&, const NamespaceKey&);

}  // namespace pipelines::documents
