#include "engine/scope.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "pipelines/base/arn.hpp"
#include "pipelines/definition/variables.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::engine {

using definition::NodeIndex;

namespace {

constexpr std::size_t kLargestPropertyFile = 2 * 1024 * 1024;  // AWS: 2 MB a property file

}  // namespace

definition::Scope Reader::scope(const NamespaceKey& where, Time now, Run& run, std::optional<StepSeq> asking,
                                std::string job_name) const {
    definition::Scope scope;
    const int iteration = asking ? run.plan.row(*asking).iteration : -1;
    if (iteration >= 0) scope.item = &item(run, *asking);
    scope.parameter = [this, &run](std::string_view name) -> const Json* {
        if (!run.parameters) {
            run.parameters.emplace();
            for (auto& parameter : rows_.executions.parameters(run.execution.id))
                run.parameters->emplace(std::move(parameter.name), std::move(parameter.value));
        }
        const auto found = run.parameters->find(std::string{name});
        return found == run.parameters->end() ? nullptr : &found->second;
    };
    scope.variable = [&where, now, &run, job_name = std::move(job_name)](std::string_view name) -> std::optional<Json> {
        if (!job_name.empty() && (name == "Execution.TrainingJobName" || name == "Execution.ProcessingJobName"))
            return job_name;
        return definition::execution_variable(name, run.execution, where, run.pipeline_name, now);
    };
    scope.property = [this, &where, &run, iteration](std::string_view step, std::string_view path) {
        return property(where, run, iteration, step, path);
    };
    scope.made_up = [&run](std::string_view step, std::string_view path) -> std::optional<Json> {
        const auto node = run.definition->find(step);
        return node ? documents::synthesize(run.definition->steps[*node], path) : std::nullopt;
    };
    scope.file = [this, &where, &run, iteration](const definition::FileReference& reference) {
        return file(where, run, iteration, reference);
    };
    return scope;
}

Result<definition::Property> Reader::property(const NamespaceKey& where, Run& run, int iteration, std::string_view step,
                                              std::string_view path) const {
    const definition::Definition& compiled = *run.definition;
    const NodeIndex node = compiled.find(step).value();  // compile() checked every name and path
    if (compiled.steps[node].type->kind == definition::NodeKind::ForEach) return outcome(where, run, node, path);
    const auto found = document(where, run, node, iteration);
    if (!found) return found.error();
    return definition::Property{*found, step, path};
}

Result<const Json*> Reader::document(const NamespaceKey& where, Run& run, NodeIndex node, int iteration) const {
    const definition::Step& step = run.definition->steps[node];
    if (!run.definition->graph.nodes[node].parent) iteration = -1;
    const StepState* row = run.plan.current(node, iteration);
    const bool is_loop = step.type->kind == definition::NodeKind::ForEach;
    const bool has_one =
        row != nullptr && (row->status == StepStatus::Succeeded || (is_loop && is_terminal(row->status)));
    if (!has_one)
        return validation_error(fmt::format(
            "the step '{}' has no properties: it did not succeed in this execution",
            iteration < 0 ? step.name : definition::iteration_name(step.name, static_cast<std::uint32_t>(iteration))));
    const auto [document, made] = run.documents.try_emplace(row->seq);
    if (made) {
        const Draft& content = draft(rows_, run, row->seq);
        document->second =
            documents::properties(step, {*row, content.content}, content.job ? &*content.job : nullptr, where);
    }
    return &document->second;
}

definition::FileAnswer Reader::file(const NamespaceKey& where, Run& run, int iteration,
                                    const definition::FileReference& asked) const {
    definition::FileReference reference = asked;
    if (!reference.step.empty()) {
        const NodeIndex node = run.definition->find(reference.step).value();  // compile() checked the step and its file
        if (!run.definition->graph.nodes[node].parent) iteration = -1;
        if (const StepState* row = run.plan.current(node, iteration)) {
            if (const Json* scripted =
                    find(draft(rows_, run, row->seq).content.property_files, reference.property_file))
                return *scripted;
        }
        const auto properties = document(where, run, node, iteration);
        if (!properties) return properties.error();
        for (const definition::PropertyFile& declared : run.definition->steps[node].property_files)
            if (declared.name == reference.property_file)
                reference.uri = definition::property_file_uri(declared, **properties);
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
