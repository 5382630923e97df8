#include "engine/scope.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "pipelines/base/arn.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::engine {

using definition::NodeIndex;

namespace {

constexpr std::size_t kLargestPropertyFile = 2 * 1024 * 1024;  // AWS: 2 MB a property file

std::optional<Json> variable(const NamespaceKey& where, Time now, const Run& run, std::string_view name,
                             const std::string& job_name) {
    const Execution& execution = run.execution;
    if (name == "Execution.StartDateTime") return to_iso8601(execution.created);
    if (name == "Execution.CurrentDateTime") return to_iso8601(now);
    if (name == "Execution.PipelineName") return run.pipeline_name;
    if (name == "Execution.PipelineArn") return pipeline_arn(where, run.pipeline_name);
    if (name == "Execution.PipelineExecutionId") return execution.public_id;
    if (name == "Execution.PipelineExecutionArn") return execution_arn(where, run.pipeline_name, execution.public_id);
    if ((name == "Execution.TrainingJobName" || name == "Execution.ProcessingJobName") && !job_name.empty())
        return job_name;
    if (name == "PipelineExperimentConfig.ExperimentName" && execution.experiment_name)
        return *execution.experiment_name;
    if (name == "PipelineExperimentConfig.TrialName" && execution.trial_name) return *execution.trial_name;
    return std::nullopt;
}

}  // namespace

definition::Scope Reader::scope(const NamespaceKey& where, Time now, Run& run, std::string job_name) const {
    definition::Scope scope;
    scope.parameter = [this, &run](std::string_view name) -> const Json* {
        if (!run.parameters) {
            run.parameters.emplace();
            for (auto& parameter : rows_.executions.parameters(run.execution.id))
                run.parameters->emplace(std::move(parameter.name), std::move(parameter.value));
        }
        const auto found = run.parameters->find(std::string{name});
        return found == run.parameters->end() ? nullptr : &found->second;
    };
    scope.variable = [&where, now, &run, job_name = std::move(job_name)](std::string_view name) {
        return variable(where, now, run, name, job_name);
    };
    scope.properties = [this, &where, &run](std::string_view step) { return properties(where, run, step); };
    scope.made_up = [&run](std::string_view step, std::string_view path) -> std::optional<Json> {
        const auto node = run.definition->find(step);
        return node ? documents::synthesize(run.definition->steps[*node], path) : std::nullopt;
    };
    scope.file = [this, &where, &run](const definition::FileReference& reference) {
        return file(where, run, reference);
    };
    return scope;
}

Result<const Json*> Reader::properties(const NamespaceKey& where, Run& run, std::string_view name) const {
    const auto node = run.definition->find(name);
    const StepState* row = node ? run.plan.current(*node) : nullptr;
    if (row == nullptr || row->status != StepStatus::Succeeded)
        return validation_error(
            fmt::format("the step '{}' has no properties: it did not succeed in this execution", name));
    const auto [document, made] = run.documents.try_emplace(row->seq);
    if (made) {
        const Draft& content = draft(rows_, run, row->seq);
        document->second = documents::properties(run.definition->steps[*node], {*row, content.content},
                                                 content.job ? &*content.job : nullptr, where);
    }
    return &document->second;
}

definition::FileAnswer Reader::file(const NamespaceKey& where, Run& run, const definition::FileReference& asked) const {
    definition::FileReference reference = asked;
    if (!reference.step.empty()) {
        const NodeIndex node = run.definition->find(reference.step).value();  // compile() checked the step and its file
        if (const StepState* row = run.plan.current(node)) {
            if (const Json* scripted =
                    find(draft(rows_, run, row->seq).content.property_files, reference.property_file))
                return *scripted;
        }
        const auto document = properties(where, run, reference.step);
        if (!document) return document.error();
        for (const definition::PropertyFile& declared : run.definition->steps[node].property_files)
            if (declared.name == reference.property_file)
                reference.uri = definition::property_file_uri(declared, **document);
    }
    const auto object = store::parse_s3_uri(reference.uri);
    if (options_.objects == nullptr || !object) return definition::missing_file(reference);
    const auto unreadable = [&reference](std::string_view reason) {
        return validation_error(fmt::format("{} {}", definition::missing_file(reference).message, reason));
    };
    const auto bytes = options_.objects->read(*object, kLargestPropertyFile);
    if (!bytes) return unreadable(bytes.error().message);
    auto content = parse_json(*bytes);
    if (!content) return unreadable("It is not JSON: " + describe(content.error()));
    return std::move(content.value());
}

}  // namespace pipelines::engine
