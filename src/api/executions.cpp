// StartPipelineExecution and what is asked of executions.

#include <fmt/format.h>

#include "api/describe.hpp"
#include "api/input.hpp"
#include "api/lookup.hpp"
#include "api/quota_checks.hpp"
#include "api/selection.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/definition/variables.hpp"

namespace pipelines::api {
namespace {

// Members that mean something AWS does and we do not (yet): refused, never ignored.
Result<void> check_emulated(const Json& input) {
    if (find_given(input, "RoleArn") != nullptr)
        return validation_error("RoleArn can only be given when the execution of a managed pipeline is started.");
    return {};
}

// The script of the execution: of the case that the call names, else of the one that was chosen for the next start.
Result<Json> choose_scenario(const Context& context, const Pipeline& pipeline, const definition::Definition& compiled) {
    auto& scenarios = context.services.scenarios;
    const auto test_case = context.test_case ? context.test_case : scenarios.chosen(context.space->id, pipeline.name);
    const auto unfit = [&context, &test_case](Error fault) {
        if (test_case && !context.test_case)
            fault.message +=
                " (POST /_local/scenarios/next chose the case; PUT or DELETE /_local/scenarios forgets it.)";
        return fault;
    };
    auto scenario = scenarios.in(context.space->id).scenarios.test_case(pipeline.name, test_case);
    if (!scenario) return unfit(scenario.error());
    if (const auto checked = runners::check_case(*scenario, compiled); !checked) return unfit(checked.error());
    return scenario;
}

}  // namespace

Result<Answer> start_pipeline_execution(Context& context, const Json& input) {
    const auto pipeline = find_pipeline(context, text(input, "PipelineName"));
    if (!pipeline) return pipeline.error();
    if (const auto checked = check_emulated(input); !checked) return checked.error();
    if (const auto checked = check_execution_quota(context); !checked) return checked.error();
    const auto version = find_version(context, *pipeline, input);
    if (!version) return version.error();
    const auto readable = context.services.engine.definition(version->id);
    if (!readable) return readable.error();
    const auto& compiled = *readable;

    engine::StartRequest request;
    auto parameters = definition::bind_parameters(*compiled, named_values(input, "PipelineParameters"));
    if (!parameters) return parameters.error();
    request.parameters = std::move(*parameters);
    auto scenario = choose_scenario(context, *pipeline, *compiled);
    if (!scenario) return scenario.error();
    request.scenario = std::move(*scenario);

    request.pipeline = *pipeline;
    request.version = *version;
    request.display_name = optional_text(input, "PipelineExecutionDisplayName");
    request.description = optional_text(input, "PipelineExecutionDescription");
    request.max_parallel = max_parallel(input);
    request.mlflow_experiment = optional_text(input, "MlflowExperimentName");
    auto selection = read_selection(context, *pipeline, input);
    if (!selection) return selection.error();
    request.selection = std::move(*selection);
    const auto started = context.services.engine.start(std::move(request));
    if (!started) return started.error();
    if (!context.test_case) context.services.scenarios.take_chosen(context.space->id, pipeline->name);
    return Answer{{{"PipelineExecutionArn", execution_arn(context.where(), pipeline->name, *started)}}, pipeline->id};
}

namespace {

// MLflowConfig of an execution: the definition's, its expressions resolved against the execution's parameters and
// variables, with the experiment that was given at the start.
Json mlflow_config(Context& context, const FoundExecution& found, const definition::Definition& compiled) {
    const Execution& execution = found.execution;
    Json config = Json::object();
    if (execution.mlflow_experiment) config["MlflowExperimentName"] = *execution.mlflow_experiment;
    const Json* resource = find_given(compiled.mlflow_config, "MlflowResourceArn");
    if (resource == nullptr) return config;
    const auto parameters = context.services.store.executions.parameters(execution.id);
    definition::Scope scope;
    scope.parameter = [&parameters](std::string_view name) -> const Json* {
        for (const ParameterValue& parameter : parameters)
            if (parameter.name == name) return &parameter.value;
        return nullptr;
    };
    scope.variable = [&context, &found](std::string_view name) {
        return definition::execution_variable(name, found.execution, context.where(), found.pipeline,
                                              found.execution.created);
    };
    scope.file = [](const definition::FileReference& file) { return definition::missing_file(file); };
    const auto resolved = definition::resolve(*resource, scope);
    if (const auto* value = std::get_if<Json>(&resolved)) config["MlflowResourceArn"] = definition::join_text(*value);
    return config;
}

}  // namespace

Result<Answer> describe_pipeline_execution(Context& context, const Json& input) {
    const auto found = find_execution(context, text(input, "PipelineExecutionArn"));
    if (!found) return found.error();
    const auto& [execution, pipeline] = *found;

    Json output = execution_members(context.where(), execution, pipeline);
    const auto compiled = context.services.engine.definition(execution.version_key);
    if (compiled && (!(*compiled)->mlflow_config.is_null() || execution.mlflow_experiment))
        output["MLflowConfig"] = mlflow_config(context, *found, **compiled);
    set_aliases(output, context.services.store.pipelines.aliases(execution.pipeline, execution.version));
    return Answer{std::move(output), {}};
}

Result<Answer> describe_pipeline_definition_for_execution(Context& context, const Json& input) {
    const auto found = find_execution(context, text(input, "PipelineExecutionArn"));
    if (!found) return found.error();
    auto& rows = context.services.store.pipelines;
    const auto version = rows.find_version_by_key(found->execution.version_key).value();
    Json output = {{"PipelineDefinition", rows.definition(version.id)}};
    set_time(output, "CreationTime", version.created);
    return Answer{std::move(output), {}};
}

Result<Answer> list_pipeline_executions(Context& context, const Json& input) {
    const auto pipeline = find_pipeline(context, text(input, "PipelineName"));
    if (!pipeline) return pipeline.error();
    const auto page = page_request(context.call, store::SortOrder::Descending);
    if (!page) return page.error();
    store::ExecutionFilter filter;
    filter.pipeline = pipeline->id;
    if (find_given(input, "PipelineVersionAlias") != nullptr) {
        const auto version = find_version(context, *pipeline, input);
        if (!version) return version.error();
        filter.version = version->version;
    }
    filter.created_after = optional_time(input, "CreatedAfter");
    filter.created_before = optional_time(input, "CreatedBefore");
    if (optional_text(input, "SortBy") == "PipelineExecutionArn")
        filter.sort = store::ExecutionSort::PipelineExecutionArn;
    const auto executions = context.services.store.executions.list(filter, *page);
    Json output = {{"PipelineExecutionSummaries", Json::array()}};
    for (const Execution& execution : executions.rows)
        output["PipelineExecutionSummaries"].push_back(execution_summary(context, execution, *pipeline));
    set_next_token(output, executions.next, context.call);
    return Answer{std::move(output), {}};
}

Result<Answer> list_pipeline_parameters_for_execution(Context& context, const Json& input) {
    const auto found = find_execution(context, text(input, "PipelineExecutionArn"));
    if (!found) return found.error();
    const auto page = page_request(context.call, store::SortOrder::Ascending);
    if (!page) return page.error();
    const auto parameters = context.services.store.executions.list_parameters(found->execution.id, *page);
    Json output = {{"PipelineParameters", Json::array()}};
    for (const ParameterValue& parameter : parameters.rows)
        output["PipelineParameters"].push_back(
            {{"Name", parameter.name}, {"Value", definition::parameter_text(parameter.value)}});
    set_next_token(output, parameters.next, context.call);
    return Answer{std::move(output), {}};
}

namespace {

Answer arn_of(const Context& context, const FoundExecution& found) {
    return {{{"PipelineExecutionArn", execution_arn(context.where(), found.pipeline, found.execution.public_id)}},
            found.execution.pipeline};
}

}  // namespace

Result<Answer> stop_pipeline_execution(Context& context, const Json& input) {
    const auto found = find_execution(context, text(input, "PipelineExecutionArn"));
    if (!found) return found.error();
    if (const auto stopped = context.services.engine.stop(found->execution.id); !stopped) return stopped.error();
    return arn_of(context, *found);
}

Result<Answer> retry_pipeline_execution(Context& context, const Json& input) {
    const auto found = find_execution(context, text(input, "PipelineExecutionArn"));
    if (!found) return found.error();
    const auto retried = context.services.engine.retry(found->execution.id, max_parallel(input));
    if (!retried) return retried.error();
    return arn_of(context, *found);
}

Result<Answer> update_pipeline_execution(Context& context, const Json& input) {
    const auto found = find_execution(context, text(input, "PipelineExecutionArn"));
    if (!found) return found.error();
    context.services.engine.update(found->execution.id,
                                   {.display_name = optional_text(input, "PipelineExecutionDisplayName"),
                                    .description = optional_text(input, "PipelineExecutionDescription"),
                                    .max_parallel = max_parallel(input)});
    return arn_of(context, *found);
}

}  // namespace pipelines::api
