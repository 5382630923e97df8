// ForEach: its items are resolved once and kept in its row, its children are rows like any other, and it ends when they
// are over.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/iterations.hpp"
#include "engine/performer.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::engine {

using definition::NodeIndex;

namespace {

constexpr const char* kItems = "Items";

// The row whose place the one of a retried ForEach takes.
StepSeq earlier_row(const plan::Plan& plan, NodeIndex loop) {
    const auto rows = plan.rows();
    const auto found = std::find_if(rows.rbegin(), rows.rend(), [loop](const StepState& row) {
        return row.superseded && row.node == loop && row.items.has_value();
    });
    return found->seq;  // a row that starts with a number of items has inherited it
}

}  // namespace

void Performer::introduce(Run& run, StepSeq seq, StepContent& content) {
    const StepState& row = run.plan.row(seq);
    content.name = definition::row_name(run.step_of(seq).name, row.iteration);
    if (row.iteration >= 0) content.item = item_text(reader_.item(run, seq));
}

const Json& Reader::item(Run& run, StepSeq child) const {
    const StepState& row = run.plan.row(child);
    const StepState* loop = run.plan.current(run.definition->graph.nodes[row.node].parent.value());
    auto known = run.items.find(loop->seq);
    if (known == run.items.end())
        known = run.items.emplace(loop->seq, draft(rows_, run, loop->seq).content.outputs.at(kItems)).first;
    return known->second.at(static_cast<std::size_t>(row.iteration));
}

void Performer::launch_for_each(Space& space, Run& run, StepSeq seq) {
    const StepState& row = run.plan.row(seq);
    Json items;
    if (row.items) {
        items = draft(rows_, run, earlier_row(run.plan, row.node)).content.outputs.at(kItems);
    } else {
        auto resolved = definition::resolve(run.step_of(seq).arguments.at("IterableItems"), scope(space, run, seq, {}));
        if (hindered(space, run, seq, resolved)) return;
        auto list = read_items(std::get<Json>(std::move(resolved)), *run.definition, row.node);
        if (!list) return refuse(space, run, seq, list.error());
        items = *std::move(list);
    }
    const auto count = static_cast<std::uint32_t>(items.size());
    draft(rows_, run, seq).content.outputs = {{kItems, std::move(items)}};
    space.post(run.execution.id, plan::event::Expanded{seq, row.attempt, count});
}

void Performer::conclude(Space& space, Run& run, StepSeq seq) {
    const StepState& row = run.plan.row(seq);
    const std::uint32_t items = row.items.value();
    const std::uint64_t expected = std::uint64_t{items} * run.definition->graph.nodes[row.node].body.size();
    const ChildCounts counts = count_children(run.plan, row.node);
    runners::StepResult result;
    result.verdict.status = end_of(counts, expected, run.execution.status);
    result.outputs = draft(rows_, run, seq).content.outputs;
    result.outputs.update(documents::for_each_counts(items, counts));
    run.items.erase(seq);
    if (result.verdict.status == StepStatus::Failed) {
        result.verdict.error = StepError::ClientError;
        result.failure = failure_of(run.plan, *run.definition, row.node);
    } else if (result.verdict.status == StepStatus::Succeeded && run.step_of(seq).selector && items > 0) {
        auto selection = selected(space, run, seq);
        if (const auto* error = std::get_if<Error>(&selection)) {
            result.verdict = {.status = StepStatus::Failed, .error = StepError::ClientError};
            result.failure = "ClientError: " + error->message;
        } else {
            result.outputs["Selector"] = std::get<Json>(std::move(selection));
        }
    }
    finish(space, run, seq, std::move(result));
}

// What Steps.<for each>.<path> reads: of one iteration the document of the body's step, else what the ForEach itself
// tells.
Result<definition::Property> Reader::outcome(const NamespaceKey& where, Run& run, NodeIndex loop,
                                             std::string_view path) const {
    const definition::Definition& compiled = *run.definition;
    if (const auto into = definition::parse_iteration_path(path)) {
        const auto found = document(where, run, compiled.find(into->step).value(), into->index);
        if (!found) return found.error();
        return definition::Property{*found, into->step, into->path};
    }
    const auto own = document(where, run, loop, -1);
    if (!own) return own.error();
    const auto selected_path = definition::parse_selected_path(path);
    if (!selected_path) return definition::Property{*own, compiled.steps[loop].name, path};
    const Json* chosen = find(**own, "Selector");
    if (chosen == nullptr) return validation_error("no iteration was selected.");
    const std::string& step = compiled.steps[loop].selector.value().step;
    const auto found = document(where, run, compiled.find(step).value(), chosen->at("Index").get<int>());
    if (!found) return found.error();
    return definition::Property{*found, step, *selected_path};
}

// The iteration that the Selector picks, as metadata names it.
definition::Resolved Performer::selected(Space& space, Run& run, StepSeq loop) {
    const definition::Step& step = run.step_of(loop);
    const definition::Selector& selector = step.selector.value();
    const definition::Scope reads = scope(space, run, std::nullopt, {});
    std::vector<Json> values;
    for (std::uint32_t index = 0; index < run.plan.row(loop).items.value(); ++index) {
        auto value = definition::resolve(
            {{"Get", fmt::format("Steps.{}.IterationOutputs[{}].{}{}{}", step.name, index, selector.step,
                                 selector.path.starts_with('[') ? "" : ".", selector.path)}},
            reads);
        if (!std::holds_alternative<Json>(value)) return value;
        values.push_back(std::get<Json>(std::move(value)));
    }
    const auto best = pick(selector.pick, values);
    if (!best) return best.error();
    return Json{{"StepName", selector.step}, {"Index", *best}};
}

}  // namespace pipelines::engine
