#include "pipelines/documents/status_events.hpp"

#include <cctype>

#include "pipelines/documents/documents.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::documents {
namespace {

// "2021-03-15T16:10:11Z": the guide's events carry whole seconds.
std::string seconds_text(Time time) { return to_iso8601(time).substr(0, 19) + 'Z'; }

// "ProcessingJob" -> "processingJob", "EMRServerless" -> "emrServerless", "EMR" -> "emr".
std::string camel(std::string_view name) {
    const auto is_upper = [&name](std::size_t at) {
        return at < name.size() && std::isupper(static_cast<unsigned char>(name[at])) != 0;
    };
    std::string text{name};
    for (std::size_t at = 0; is_upper(at); ++at) {
        const bool begins_a_word = at > 0 && at + 1 < name.size() && !is_upper(at + 1);
        if (begins_a_word) break;
        text[at] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[at])));
    }
    return text;
}

// Members of structures in camel case; keys of maps are the user's own.
Json camel_members(const Json& value, const model::Shape* shape) {
    if (shape == nullptr) return value;
    Json changed = value;
    if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i) changed[i] = camel_members(value[i], shape->element);
    if (!value.is_object()) return changed;
    const bool structure = shape->type == model::Type::Structure;
    changed = Json::object();
    for (const auto& [name, inner] : value.items()) {
        const model::Member* member = structure ? model::find_member(*shape, name) : nullptr;
        changed[structure ? camel(name) : name] =
            camel_members(inner, structure ? (member == nullptr ? nullptr : member->shape) : shape->element);
    }
    return changed;
}

Json envelope(std::string_view id, Time at, const EventContext& context, std::string_view what, Json detail) {
    const std::string pipeline = pipeline_arn(context.space, context.pipeline);
    const std::string execution = execution_arn(context.space, context.pipeline, context.execution.public_id);
    detail["pipelineArn"] = pipeline;
    detail["pipelineExecutionArn"] = execution;
    return {{"version", "0"},
            {"id", id},
            {"detail-type", what},
            {"source", "aws.sagemaker"},
            {"account", context.space.account},
            {"time", seconds_text(at)},
            {"region", context.space.region},
            {"resources", {pipeline, execution}},
            {"detail", std::move(detail)}};
}

// The metadata that the step showed when it came to `status`: an open step had neither results nor an end.
Json metadata_then(const definition::Step& step, const StepRow& row, const Job* job, StepStatus status,
                   const NamespaceKey& space) {
    if (is_terminal(status)) return metadata(step, row, job, space);
    StepRow open = row;
    open.state.status = status;
    open.state.ended.reset();
    open.content.outputs = nullptr;
    if (job == nullptr) return metadata(step, open, nullptr, space);
    Job running = *job;
    running.status = JobStatus::InProgress;
    running.ended.reset();
    running.result = nullptr;
    return metadata(step, open, &running, space);
}

}  // namespace

Json execution_event(std::string_view id, Time at, const EventContext& context, const ExecutionTransition& change) {
    const Execution& execution = context.execution;
    Json detail = {{"currentPipelineExecutionStatus", to_string(change.to)},
                   {"executionStartTime", seconds_text(execution.created)}};
    if (change.from) detail["previousPipelineExecutionStatus"] = to_string(*change.from);
    if (is_terminal(change.to)) detail["executionEndTime"] = seconds_text(at);
    if (execution.display_name) detail["pipelineExecutionDisplayName"] = *execution.display_name;
    if (execution.description) detail["pipelineExecutionDescription"] = *execution.description;
    return envelope(id, at, context, "SageMaker Model Building Pipeline Execution Status Change", std::move(detail));
}

Json step_event(std::string_view id, Time at, const EventContext& context, const StepTransition& change,
                const definition::Step& step, const StepRow& row, const Job* job,
                const std::optional<std::string>& cache_source) {
    const bool over = is_terminal(change.to);
    Json detail = {{"stepName", row.content.name},
                   {"stepType", step.type->name},
                   {"currentStepStatus", to_string(change.to)},
                   {"stepStartTime", seconds_text(row.state.started)},
                   {"metadata", camel_members(metadata_then(step, row, job, change.to, context.space),
                                              model::find_shape("PipelineExecutionStepMetadata"))}};
    if (change.from) detail["previousStepStatus"] = to_string(*change.from);
    if (over) detail["stepEndTime"] = seconds_text(at);
    if (change.to == StepStatus::Failed && !row.content.failure.empty()) detail["failureReason"] = row.content.failure;
    if (over && cache_source) detail["cacheHitResult"] = {{"sourcePipelineExecutionArn", *cache_source}};
    return envelope(id, at, context, "SageMaker Model Building Pipeline Execution Step Status Change",
                    std::move(detail));
}

}  // namespace pipelines::documents
