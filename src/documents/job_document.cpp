// The Describe document of a job, from the request, the row and what its kind adds.
#include <array>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "documents/outputs.hpp"
#include "documents/parts.hpp"
#include "documents/shaped.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::documents {
namespace {

using definition::StepType;

// How APIs spell a status, the usual spelling first: the first that the member's enum has is meant.
std::span<const std::string_view> spellings(JobStatus status) {
    static constexpr std::array<std::string_view, 3> kInProgress{"InProgress", "Creating", "Importing"};
    static constexpr std::array<std::string_view, 2> kFailed{"Failed", "ImportFailed"};
    static constexpr std::array<std::string_view, 4> kStopping{"Stopping", "InProgress", "Creating", "Importing"};
    static constexpr std::array<std::string_view, 4> kStopped{"Stopped", "OutOfService", "Failed", "ImportFailed"};
    switch (status) {
        case JobStatus::Failed: return kFailed;
        case JobStatus::Stopping: return kStopping;
        case JobStatus::Stopped: return kStopped;
        default: return kInProgress;
    }
}

std::string_view status_text(JobStatus job, const StepType& type, const model::Shape& status) {
    if (job == JobStatus::Completed) return type.done_status;
    for (const std::string_view spelling : spellings(job))
        for (const std::string_view value : status.values)
            if (value == spelling) return spelling;
    return spellings(job).front();
}

// A model package group is what its packages make it.
const StepType& type_of(JobKind kind) {
    return definition::step_type_of(kind == JobKind::ModelPackageGroup ? JobKind::ModelPackage : kind);
}

void add_times(Json& document, const Job& job, const model::Shape& shape) {
    for (const model::Member& member : shape.members) {
        if (member.shape->type != model::Type::Timestamp) continue;
        const std::string name(member.name);
        if (name == "CreationTime" || name.ends_with("StartTime")) document[name] = to_epoch_seconds(job.created);
        if (name == "LastModifiedTime") document[name] = to_epoch_seconds(job.modified);
        if (name.ends_with("EndTime") && job.ended) document[name] = to_epoch_seconds(*job.ended);
    }
}

Json requested(const Json& arguments, const model::Shape& shape, std::string_view asked) {
    if (asked.empty()) return project(arguments, shape);
    Json document = Json::object();
    const Json* value = find(arguments, asked);
    const model::Member* member = model::find_member(shape, asked);
    if (value != nullptr && member != nullptr)
        if (Json fitted = project(*value, *member->shape); !fitted.is_null())
            document[std::string(asked)] = std::move(fitted);
    return document;
}

// What the request and the row say, in the answer's shape.
Json from_request(const Job& job, const StepType& type, const NamespaceKey& key, const model::Shape& shape,
                  std::string_view asked) {
    Json document = requested(job.arguments, shape, asked);
    if (!document.is_object()) document = Json::object();
    if (!type.name_member.empty()) document[std::string(type.name_member)] = job.name;
    if (!type.arn_member.empty()) document[std::string(type.arn_member)] = job_arn(job, type, key);
    if (!type.status_member.empty())
        if (const model::Member* status = model::find_member(shape, type.status_member))
            document[std::string(type.status_member)] = status_text(job.status, type, *status->shape);
    if (!job.failure.empty() && model::find_member(shape, "FailureReason") != nullptr)
        document["FailureReason"] = job.failure;
    add_times(document, job, shape);
    return document;
}

void add_outputs(Json& document, const Job& job, const NamespaceKey& key) {
    switch (job.kind) {
        case JobKind::Training: return add_training_outputs(document, job, key);
        case JobKind::Tuning: return add_tuning_outputs(document, job, key);
        case JobKind::AutoML: return add_automl_outputs(document, job, key);
        case JobKind::ModelPackage: return add_package_outputs(document, job);
        case JobKind::InferenceComponent: return add_component_outputs(document, job, key);
        case JobKind::Job: return add_job_outputs(document, job);
        case JobKind::HubContent: return add_hub_outputs(document, job, key);
        case JobKind::Endpoint:
            // A step for an endpoint that is there updates it: created earlier than this began.
            if (job.status == JobStatus::InProgress && job.modified != job.created)
                document[std::string(definition::step_type_of(job.kind).status_member)] = "Updating";
            return;
        default: return;  // Processing, Transform, Model, EndpointConfig: what was asked for is all there is
    }
}

Json document_of(const Job& job, const StepType& type, const NamespaceKey& key, std::string_view asked) {
    switch (job.kind) {
        case JobKind::Callback:
        case JobKind::Lambda: return Json::object();
        case JobKind::ModelPackageGroup: return package_group(job, key);
        case JobKind::Emr: return emr_step(job);
        case JobKind::EmrServerless: return serverless_run(job, key);
        case JobKind::Athena: return athena_query(job, key);
        case JobKind::Bedrock: return bedrock(job, type, key);
        case JobKind::Lineage: return lineage(job, key);
        default: break;
    }
    // A check step's type has no document; its job is a processing job like any other.
    const StepType& own = job.kind == JobKind::Processing ? definition::step_type_of(job.kind) : type;
    const model::Shape* shape = model::find_shape(own.properties);
    if (shape == nullptr) throw std::logic_error("the model lacks the shape " + std::string(own.properties));
    Json document = from_request(job, own, key, *shape, asked);
    add_defaults(document, job);
    add_outputs(document, job, key);
    add_required(document, *shape, asked);
    return document;
}

}  // namespace

Json job_document(const Job& job, const StepType& type, const NamespaceKey& key, std::string_view member) {
    Json document = document_of(job, type, key, member);
    if (job.result.is_object()) document.merge_patch(job.result);
    return document;
}

Json job_document(const Job& job, const StepType& type, const NamespaceKey& key) {
    return job_document(job, type, key, {});
}

Json job_document(const Job& job, const NamespaceKey& key) {
    const StepType& type = type_of(job.kind);
    Json document = job_document(job, type, key);
    if (job.kind == JobKind::ModelPackageGroup) return document;
    // A result may say things that only steps show (TrainingJobSummaries).
    const model::Shape& shape = *model::find_shape(type.properties);
    for (auto member = document.begin(); member != document.end();)
        member = model::find_member(shape, member.key()) == nullptr ? document.erase(member) : std::next(member);
    return document;
}

std::array<std::string_view, 5> status_texts(JobKind kind) {
    std::array<std::string_view, 5> texts{};
    const StepType& type = type_of(kind);
    const model::Shape* shape = model::find_shape(type.properties);
    const model::Member* member = shape == nullptr ? nullptr : model::find_member(*shape, type.status_member);
    if (member == nullptr) return texts;
    for (std::size_t i = 0; i < texts.size(); ++i)
        texts.at(i) = status_text(static_cast<JobStatus>(i), type, *member->shape);
    return texts;
}

bool exists(const Job& job) { return job.status == JobStatus::Completed || !type_of(job.kind).status_member.empty(); }

}  // namespace pipelines::documents
