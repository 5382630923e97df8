#include "engine/selection.hpp"

namespace pipelines::engine {

using definition::NodeIndex;

std::vector<std::string> selected_names(const Json& config) {
    std::vector<std::string> names;
    const Json* steps = find(config, "SelectedSteps");
    if (steps == nullptr) return names;
    for (const Json& step : *steps) names.push_back(step.at("StepName").get<std::string>());
    return names;
}

StepContent taken_over(const StepRow& row, ExecutionKey source, SourceHow how) {
    StepContent content = row.content;
    content.script = nullptr;
    content.source = source;
    content.source_how = how;
    content.origin = row.content.origin.value_or(source);
    return content;
}

std::vector<StepRow> reused_rows(store::Store& store, const definition::Definition& compiled,
                                 const definition::Definition& source_definition, const Execution& source,
                                 const std::vector<bool>& selected) {
    const std::vector<bool> wanted = plan::upstream(compiled.graph, selected);
    std::vector<StepRow> rows;
    for (const StepState& state : store.steps.states(source.id)) {
        const definition::Step& step = source_definition.steps[state.node];
        const auto node = compiled.find(step.name);
        if (state.superseded || !node || !wanted[*node] || compiled.steps[*node].type != step.type) continue;
        if (compiled.graph.nodes[*node].parent.has_value() != (state.iteration >= 0)) continue;
        StepRow row = store.steps.find(source.id, state.seq).value();
        row.content = taken_over(row, source.id, SourceHow::Selection);
        row.state.seq = static_cast<StepSeq>(rows.size());
        row.state.node = *node;
        row.state.reused = true;
        row.state.answers_failure = false;  // a failure of the source is none of this run
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace pipelines::engine
