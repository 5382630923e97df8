#include "engine/scope.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "pipelines/base/arn.hpp"
#include "pipelines/definition/variables.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::engine {

definition::Scope Reader::scope(const NamespaceKey& where, Time now, Run& run, std::optional<StepSeq> asking,
                                std::string job_name) const {
    definition::Scope scope;
    const int iteration = asking ? run.plan.row(*asking).iteration : -1;
    if (iteration >= 0) scope.item = &item(run, *asking);
    scope.parameter = [this, &run](std::string_view name) -> const Json* {
        if (!run.settling.parameters) {
            std::unordered_map<std::string, Json> values;
            for (auto& parameter : rows_.executions.parameters(run.execution.id))
                values.emplace(std::move(parameter.name), std::move(parameter.value));
            run.settling.parameters = std::move(values);
        }
        const auto found = run.settling.parameters->find(std::string{name});
        return found == run.settling.parameters->end() ? nullptr : &found->second;
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
    scope.file = [this, &where, &run, iteration](definition::FileReference& reference) {
        return file(where, run, iteration, reference);
    };
    return scope;
}

Result<definition::Property> Reader::property(const NamespaceKey& where, Run& run, int iteration, std::string_view step,
                                              std::string_view path) const {
    const definition::Definition& compiled = *run.definition;
    const definition::NodeIndex node = compiled.find(step).value();  // compile() checked every name and path
    if (compiled.steps[node].type->kind == definition::NodeKind::ForEach) return outcome(where, run, node, path);
    const auto found = document(where, run, node, iteration, path.substr(0, path.find_first_of(".[")));
    if (!found) return found.error();
    return definition::Property{*found, step, path};
}

Result<const Json*> Reader::document(const NamespaceKey& where, Run& run, definition::NodeIndex node, int iteration,
                                     std::string_view member) const {
    const definition::Step& step = run.definition->steps[node];
    if (!run.definition->graph.nodes[node].parent) iteration = -1;
    const StepState* row = run.plan.current(node, iteration);
    const bool is_loop = step.type->kind == definition::NodeKind::ForEach;
    const bool has_one =
        row != nullptr && (row->status == StepStatus::Succeeded || (is_loop && is_terminal(row->status)));
    if (!has_one)
        return validation_error(fmt::format("the step '{}' has no properties: it did not succeed in this execution",
                                            definition::row_name(step.name, iteration)));
    std::pair key{row->seq, std::string{member}};
    if (const auto known = run.settling.documents.find(key); known != run.settling.documents.end())
        return &known->second;
    const Draft& content = draft(rows_, run, row->seq);
    Json made =
        documents::properties(step, {*row, content.content}, content.job ? &*content.job : nullptr, where, member);
    return &run.settling.documents.emplace(std::move(key), std::move(made)).first->second;
}

}  // namespace pipelines::engine
