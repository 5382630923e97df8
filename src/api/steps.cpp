// ListPipelineExecutionSteps.

#include "api/describe.hpp"
#include "api/input.hpp"
#include "api/lookup.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::api {
namespace {

// Which execution the result was taken from: the direct one, though that one may have taken it over itself.
void set_source(Json& output, Context& context, const StepContent& content) {
    if (!content.source || !content.source_how) return;
    const char* member = *content.source_how == SourceHow::Selection ? "SelectiveExecutionResult" : "CacheHitResult";
    output[member] = {{"SourcePipelineExecutionArn", context.services.store.executions.arn(*content.source).value()}};
}

// What a ForEach counts while it runs is how its children stand now.
void set_counts(Context& context, const definition::Definition& compiled, ExecutionKey execution, StepRow& row) {
    if (row.state.phase != Phase::Children) return;
    const auto& body = compiled.graph.nodes[row.state.node].body;
    row.content.outputs.update(documents::for_each_counts(
        row.state.items.value(), context.services.store.steps.children(execution, body.front(), body.back())));
}

// With its documents only where the step's metadata reads them: they are most of a row.
std::optional<Job> find_job(Context& context, const definition::Step& step, const StepContent& content) {
    if (!content.job) return std::nullopt;
    auto& jobs = context.services.store.jobs;
    return documents::metadata_reads_documents(*step.type) ? jobs.find(*content.job) : jobs.find_columns(*content.job);
}

// What its definition says of a step, and what cannot be known without.
void set_defined(Json& output, Context& context, const definition::Definition& compiled, const StepRow& row) {
    const auto& [state, content] = row;
    const definition::Step& step = compiled.steps[state.node];
    const auto job = find_job(context, step, content);
    set(output, "StepDisplayName", step.display_name);
    set(output, "StepDescription", step.description);
    if (const auto& loop = compiled.graph.nodes[state.node].parent)
        output["IterationContext"] = {
            {"ParentStepName", compiled.steps[*loop].name}, {"Index", state.iteration}, {"Item", content.item}};
    output["Metadata"] = documents::metadata(step, row, job ? &*job : nullptr, context.where());
}

Json describe_step(Context& context, const StepRow& row) {
    const auto& [state, content] = row;
    Json output = {
        {"StepName", content.name}, {"StepStatus", to_string(state.status)}, {"AttemptCount", state.attempt}};
    set_time(output, "StartTime", state.started);
    if (state.ended) set_time(output, "EndTime", *state.ended);
    if (is_terminal(state.status) && !content.failure.empty()) output["FailureReason"] = content.failure;
    set_source(output, context, content);
    return output;
}

}  // namespace

Result<Answer> list_pipeline_execution_steps(Context& context, const Json& input) {
    if (find_given(input, "PipelineExecutionArn") == nullptr)
        return validation_error("PipelineExecutionArn must be given: whose steps are to be listed.");
    const auto found = find_execution(context, text(input, "PipelineExecutionArn"));
    if (!found) return found.error();
    const auto page = page_request(context.call, store::SortOrder::Descending);
    if (!page) return page.error();
    const auto compiled = context.services.engine.definition(found->execution.version_key);
    auto steps = context.services.store.steps.list(found->execution.id, *page);
    Json output = {{"PipelineExecutionSteps", Json::array()}};
    for (StepRow& row : steps.rows) {
        Json step = describe_step(context, row);
        if (compiled) {
            set_counts(context, **compiled, found->execution.id, row);
            set_defined(step, context, **compiled, row);
        }
        output["PipelineExecutionSteps"].push_back(std::move(step));
    }
    set_next_token(output, steps.next, context.call);
    return Answer{std::move(output), {}};
}

}  // namespace pipelines::api
