// What the API shows for a step and for its job: derived from rows on every read, never stored beside them. The same
// document answers Describe<Job> and the references Steps.X.<path>.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::documents {

// The name AWS gives the job of an attempt: pipelines-<execution id>-<first 20 of the step>-<10 alphanumerics>, and its
// exceptions: tuning and AutoML jobs (32 characters), endpoints (the given name and the execution id), a custom name in
// the arguments (kept as prefix), a Callback (its 10-character token). docs/compatibility.md, "Jobs behind the steps".
[[nodiscard]] std::string job_name(const definition::Step&, std::string_view step_name, std::string_view execution_id,
                                   std::uint64_t seed, std::uint32_t attempt, const Json& arguments);

// Resolved Arguments as the request that they are: null is a member that was not given, at any depth. Of a Callback or
// a Lambda they are the user's own message, which stays as it is.
[[nodiscard]] Json request_of(const definition::StepType&, Json arguments);

// What jobs.arguments holds of a step's resolved Arguments and extra keys: the request of the Create call; for Callback
// and Lambda {"Arguments": ..., "SqsQueueUrl" | "FunctionArn": ...}.
[[nodiscard]] Json job_arguments(const definition::Step&, Json arguments, const Json& extra);

// Names of models, endpoints, their configurations and model package groups are in lower case there, as AWS shows them.
// Empty for a Callback, which has none.
[[nodiscard]] std::string job_arn(const Job&, const definition::StepType&, const NamespaceKey&);

// The whole Describe<Job> document, in the shape step type's `properties` names: the request's members that the answer
// has too, name, ARN, status, times, plausible outputs (ModelArtifacts.S3ModelArtifacts under its own S3OutputPath,
// ...), and job.result merged over it (objects member by member, lists replaced, null removes). Times as epoch seconds.
// A check step's job gives the document of its processing job; Callback and Lambda have none: {}.
[[nodiscard]] Json job_document(const Job&, const definition::StepType&, const NamespaceKey&);

// The same of a job whose step nobody asks for: by its kind alone. A model package group (a Job made from its oldest
// package) has one too. Not for kinds that are no resource of SageMaker's (Emr to Lineage, Athena), nor HubContent.
[[nodiscard]] Json job_document(const Job&, const NamespaceKey&);

// What DescribeAutoMLJobV2 answers of a job that a step made by CreateAutoMLJob.
[[nodiscard]] Json automl_document_v2(const Job&, const NamespaceKey&);

// Why a Lineage step with these Arguments fails: an end of an association, by name and type, that is no entity of the
// step. Nothing if there is none.
[[nodiscard]] std::optional<std::string> unmade_end(const Json& arguments);

// A job as a list shows it: what `summary`, the shape of the list's items, has of its document.
[[nodiscard]] Json job_summary(const Job&, const Json& document, const model::Shape& summary);

// How the documents of a kind spell each JobStatus ("InService", "OutOfService", ...); empty texts for kinds that have
// no status.
[[nodiscard]] std::array<std::string_view, 5> status_texts(JobKind);

// Is it there to be asked? A model, or an endpoint configuration, that is not made (yet) has no status to say so.
[[nodiscard]] bool exists(const Job&);

// The training jobs that a tuning job started, the best first: no attempts of a step's (Job::attempt is 0), otherwise
// rows like any other. None before it has completed.
[[nodiscard]] std::vector<Job> tuning_trainings(const Job& tuning, const NamespaceKey&);

// What a tuning job's list of trainings shows (TrainingJobSummaries), the best first.
[[nodiscard]] Json training_job_summaries(const Job& tuning, const NamespaceKey&);

// What Steps.<step>.<path> reads: the job's document and what pipelines add to it (TrainingJobSummaries,
// BestCandidateProperties, ClusterId); {"OutputParameters": {name: value}} of a Callback or Lambda; {"Outcome": true}
// of a Condition; the baselines of a check; status and counts of a ForEach. `job` is null for steps without one.
// `member`: the one that is to be read; others may be missing then, which spares most of the work. Empty: all.
[[nodiscard]] Json properties(const definition::Step&, const StepRow&, const Job* job, const NamespaceKey&,
                              std::string_view member = {});

// How far a ForEach is, as its properties and its metadata name it: InputItemCount, TotalStepCount, SucceededStepCount,
// FailedStepCount, StoppedStepCount.
[[nodiscard]] Json for_each_counts(std::uint32_t items, const ChildCounts&);

// A value for a path that the model knows but the document of a succeeded, simulated step lacks: made up from the shape
// (a name, the least number, the first value of an enum), always the same. Nothing for a path the model does not know.
// Ours, not AWS's: the real service answers with what the real job left there.
[[nodiscard]] std::optional<Json> synthesize(const definition::Step&, std::string_view path);

// PipelineExecutionStep.Metadata: {} for a step that failed before its job existed. Of a ForEach that runs, the row's
// outputs must hold the counts of the moment (for_each_counts).
[[nodiscard]] Json metadata(const definition::Step&, const StepRow&, const Job* job, const NamespaceKey&);

// Does metadata() of such a step read the documents of its job (Job::arguments and Job::result)?
[[nodiscard]] bool metadata_reads_documents(const definition::StepType&);

}  // namespace pipelines::documents
