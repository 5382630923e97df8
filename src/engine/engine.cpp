#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/impl.hpp"
#include "engine/selection.hpp"
#include "pipelines/base/ids.hpp"
#include "pipelines/base/log.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/definition/variables.hpp"

namespace pipelines::engine {

Engine::Engine(store::Store& rows, Options options, Loop loop)
    : impl_(std::make_unique<Impl>(rows, std::move(options), std::move(loop))) {}
Engine::~Engine() = default;

// A namespace is never deleted, and its id, key and seed never change: after the first look-up no query is needed.
std::optional<Namespace> Engine::find_space(const NamespaceKey& key) {
    if (const auto known = impl_->spaces.find(key); known != impl_->spaces.end()) return known->second;
    auto row = impl_->rows.namespaces.find(key);
    if (row) impl_->spaces.emplace(key, *row);
    return row;
}

Namespace Engine::space(const NamespaceKey& key) {
    if (auto known = find_space(key)) return *known;
    Namespace made;
    made.key = key;
    made.seed = stable_hash(key.account + "/" + key.region, impl_->options.seed);
    made.clock = SpaceClock{impl_->options.clock, impl_->options.system_time}.state();
    made.id = impl_->rows.namespaces.insert(made);
    impl_->spaces.emplace(key, made);
    impl_->rows.turn.on_undo([this, key, id = made.id] {
        impl_->spaces.erase(key);
        impl_->driver.drop(id);
    });
    return made;
}

Result<std::shared_ptr<const definition::Definition>> Engine::definition(VersionKey version) {
    return impl_->definitions.find(version);
}

namespace {

// An expression of the definition's experiment or MLflow settings, as text; nothing if absent.
Result<std::optional<std::string>> setting(const Json& config, std::string_view member,
                                           const definition::Scope& scope) {
    const Json* value = find_given(config, member);
    if (value == nullptr) return std::optional<std::string>{};
    auto resolved = definition::resolve(*value, scope);
    if (const auto* error = std::get_if<Error>(&resolved)) return *error;
    return std::optional<std::string>{definition::join_text(std::get<Json>(resolved))};
}

// What the definition says of experiment and MLflow. It reads no step, since none has run: compile() checks that. A
// file that an endpoint has cannot be waited for here.
Result<void> name_experiment(Execution& execution, const StartRequest& request, const definition::Definition& compiled,
                             const NamespaceKey& where, const Options& options) {
    definition::Scope scope;
    std::map<std::string, Json> files;
    scope.file = [&options, &files](const definition::FileReference& reference) {
        auto here = file_of_directory(options, files, reference);
        return here ? *std::move(here) : definition::FileAnswer{definition::missing_file(reference)};
    };
    scope.parameter = [&request](std::string_view name) -> const Json* {
        const auto found = std::find_if(request.parameters.begin(), request.parameters.end(),
                                        [name](const ParameterValue& one) { return one.name == name; });
        return found == request.parameters.end() ? nullptr : &found->value;
    };
    scope.variable = [&execution, &request, &where](std::string_view name) {
        return definition::execution_variable(name, execution, where, request.pipeline.name, execution.created);
    };
    const auto mlflow = setting(compiled.mlflow_config, "MlflowExperimentName", scope);
    // Recorded 2024: there, and in no other place we know of, the pipeline's name is in lower case.
    const auto variable = std::move(scope.variable);
    scope.variable = [&variable, &request](std::string_view name) -> std::optional<Json> {
        return name == "Execution.PipelineName" ? to_lower(request.pipeline.name) : variable(name);
    };
    const auto experiment = setting(compiled.experiment_config, "ExperimentName", scope);
    const auto trial = setting(compiled.experiment_config, "TrialName", scope);
    for (const auto* one : {&experiment, &trial, &mlflow})
        if (!*one) return one->error();
    execution.experiment_name = *experiment;
    execution.trial_name = *trial;
    execution.mlflow_experiment = request.mlflow_experiment ? request.mlflow_experiment : *mlflow;
    return {};
}

}  // namespace

Result<std::vector<StepRow>> Engine::Impl::reuse(const definition::Definition& compiled,
                                                 const std::optional<Selection>& selection) {
    if (!selection) return std::vector<StepRow>{};
    const auto selected = plan::select(compiled.graph, selected_names(selection->config));
    if (!selected) return selected.error();
    std::vector<StepRow> rows_of_source;
    if (const auto& source = selection->source) {
        const auto of_source = definitions.find(source->version_key);
        if (!of_source) return of_source.error();
        rows_of_source = reused_rows(rows, compiled, **of_source, *source, *selected);
    }
    std::vector<StepState> states;
    for (const StepRow& row : rows_of_source) states.push_back(row.state);
    const auto checked =
        plan::check_source(compiled.graph, *selected, states, text_of(selection->config, "SourcePipelineExecutionArn"));
    if (!checked) return checked.error();
    return rows_of_source;
}

Result<std::string> Engine::start(StartRequest request) {
    Space& space = impl_->driver.space(request.pipeline.namespace_id);
    const auto found = definition(request.version.id);
    if (!found) return found.error();
    const auto& compiled = *found;
    const Time now = space.clock.now();

    auto reused = impl_->reuse(*compiled, request.selection);
    if (!reused) return reused.error();

    Execution execution;
    execution.namespace_id = space.row.id;
    execution.pipeline = request.pipeline.id;
    execution.version_key = request.version.id;
    execution.version = request.version.version;
    const std::int64_t ordinal = space.row.executions_made + 1;
    execution.public_id = execution_id(space.row.seed, static_cast<std::uint64_t>(ordinal));
    execution.display_name = request.display_name ? *request.display_name : fmt::format("execution-{}", to_millis(now));
    execution.description = request.description;
    // Kept: a pipeline that changes later does not change what runs already.
    execution.max_parallel = request.max_parallel ? request.max_parallel : request.pipeline.max_parallel;
    execution.created = execution.modified = now;
    execution.scenario = std::move(request.scenario);
    if (request.selection) {
        execution.selection = request.selection->config;
        if (request.selection->source) execution.source = request.selection->source->id;
    }
    if (const auto named = name_experiment(execution, request, *compiled, space.row.key, impl_->options); !named)
        return named.error();
    execution.id = impl_->rows.executions.next_key();
    const std::string public_id = execution.public_id;
    const Run& run =
        impl_->driver.start(std::move(execution), request.pipeline, compiled, std::move(request.parameters), *reused);

    space.row.executions_made = ordinal;
    space.counted = true;
    space.post(run.execution.id, plan::event::Look{});
    impl_->driver.settle(space);
    return public_id;
}

void Engine::update(ExecutionKey key, const ExecutionChanges& changes) {
    Execution stored = impl_->rows.executions.find(key).value();
    const bool open = !is_terminal(stored.status);
    Space& space = impl_->driver.space(stored.namespace_id);
    impl_->driver.begin_change(space);
    Execution& execution = open ? impl_->driver.load(key).execution : stored;
    if (changes.display_name) execution.display_name = changes.display_name;
    if (changes.description) execution.description = changes.description;
    if (changes.max_parallel) execution.max_parallel = changes.max_parallel;
    execution.modified = space.clock.now();
    impl_->rows.executions.update(execution);
    if (!open || !changes.max_parallel) return;
    space.post(key, plan::event::SetParallelism{changes.max_parallel});
    impl_->driver.settle(space);
}

Result<void> Engine::stop(ExecutionKey key) {
    const Execution execution = impl_->rows.executions.find(key).value();
    if (execution.status != ExecutionStatus::Executing)
        return validation_error(
            fmt::format("Only an execution that is Executing can be stopped; the status of this one is {}.",
                        to_string(execution.status)));
    Space& space = impl_->driver.space(execution.namespace_id);
    space.post(key, plan::event::Stop{});
    impl_->driver.settle(space);
    return {};
}

Result<void> Engine::retry(ExecutionKey key, std::optional<int> max_parallel) {
    const Execution execution = impl_->rows.executions.find(key).value();
    if (execution.status != ExecutionStatus::Failed && execution.status != ExecutionStatus::Stopped)
        return validation_error(
            fmt::format("Only an execution that is Failed or Stopped can be retried; the status of this one is {}.",
                        to_string(execution.status)));
    const auto compiled = definition(execution.version_key);
    if (!compiled) return compiled.error();
    for (const StepState& row : impl_->rows.steps.states(key)) {
        const definition::Step& step = (*compiled)->steps[row.node];
        if (step.type->kind == definition::NodeKind::Fail && !row.superseded && row.status == StepStatus::Failed)
            return validation_error(
                fmt::format("An execution that a Fail step ended cannot be retried: '{}' ended this one.", step.name));
    }
    Space& space = impl_->driver.space(execution.namespace_id);
    impl_->driver.begin_change(space);
    Run& run = impl_->driver.load(key);
    if (max_parallel) run.execution.max_parallel = max_parallel;
    space.post(key, plan::event::Retry{max_parallel});
    impl_->driver.settle(space);
    return {};
}

Engine::StepNow Engine::step_now(ExecutionKey key, const RowPlace& place) {
    const plan::Plan& plan = impl_->driver.load(key).plan;
    const StepState* row = plan.current(place.node, place.iteration);
    return {plan.standing(place.node, place.iteration), row == nullptr ? std::nullopt : std::optional{row->status}};
}

void Engine::tell_unreadable_event(std::int64_t row, std::string_view why) {
    if (impl_->unreadable_events.insert(row).second)
        log::error("status changes in row {} cannot be read, and are passed over: {}", row, why);
}

Bell& Engine::bell() { return impl_->driver.bell(); }

void Engine::wake() { impl_->driver.wake(); }

void Engine::recover() { impl_->driver.recover_all(); }

}  // namespace pipelines::engine
