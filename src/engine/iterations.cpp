#include "engine/iterations.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "pipelines/base/text.hpp"
#include "pipelines/definition/evaluate.hpp"

namespace pipelines::engine {

using definition::NodeIndex;

namespace {

constexpr std::size_t kLongestItem = 12'800;  // AWS: IterationContext.Item

Result<Json> as_list(Json value) {
    if (const auto text = as_string(value)) {
        auto parsed = parse_json(*text);
        if (!parsed)
            return validation_error("IterableItems must be a list in JSON, but the text is none: " +
                                    describe(parsed.error()));
        value = *std::move(parsed);
    }
    if (value.is_array()) return value;
    return validation_error(fmt::format("IterableItems must be a list in JSON, but it is {}.", kind_name(value)));
}

std::optional<double> number_of(const Json& value) {
    if (value.is_number()) return value.get<double>();
    const auto text = as_string(value);
    return text ? parse_decimal(*text) : std::nullopt;
}

}  // namespace

Result<Json> read_items(Json resolved, const definition::Definition& compiled, NodeIndex loop) {
    auto items = as_list(std::move(resolved));
    if (!items || items->empty()) return items;
    for (std::size_t index = 0; index < items->size(); ++index)
        if (const std::size_t length = code_points(item_text((*items)[index])); length > kLongestItem)
            return validation_error(
                fmt::format("Item {} has {} characters, at most {} are allowed.", index, length, kLongestItem));
    for (const NodeIndex child : compiled.graph.nodes[loop].body) {
        const std::string last =
            definition::row_name(compiled.steps[child].name, static_cast<std::int64_t>(items->size()) - 1);
        if (last.size() > definition::kMostStepNameCharacters)
            return validation_error(fmt::format("The step name '{}' has {} characters, at most {} are allowed.", last,
                                                last.size(), definition::kMostStepNameCharacters));
    }
    return items;
}

std::string item_text(const Json& item) { return definition::join_text(item); }

ChildCounts count_children(const plan::Plan& plan, NodeIndex loop) {
    ChildCounts counts;
    for (const StepState& row : plan.rows()) {
        if (row.superseded || plan.graph().nodes[row.node].parent != loop) continue;
        ++counts.total;
        if (row.status == StepStatus::Succeeded) ++counts.succeeded;
        if (row.status == StepStatus::Failed) ++counts.failed;
        if (row.status == StepStatus::Stopped) ++counts.stopped;
    }
    return counts;
}

StepStatus end_of(const ChildCounts& counts, std::uint64_t expected, ExecutionStatus status) {
    if (counts.failed > 0) return StepStatus::Failed;
    const bool cut_short = status == ExecutionStatus::Stopping && counts.succeeded < expected;
    return counts.stopped > 0 || cut_short ? StepStatus::Stopped : StepStatus::Succeeded;
}

std::string failure_of(const plan::Plan& plan, const definition::Definition& compiled, NodeIndex loop) {
    constexpr std::size_t kMostNamed = 5;
    std::vector<std::string> names;
    std::size_t failed = 0;
    for (const StepState& row : plan.rows()) {
        if (row.superseded || row.status != StepStatus::Failed || plan.graph().nodes[row.node].parent != loop) continue;
        if (++failed <= kMostNamed) names.push_back(definition::row_name(compiled.steps[row.node].name, row.iteration));
    }
    return fmt::format("Steps of iterations failed: {}{}.", fmt::join(names, ", "),
                       failed > kMostNamed ? fmt::format(" and {} more", failed - kMostNamed) : std::string{});
}

Result<std::uint32_t> pick(definition::Selector::Pick how, std::span<const Json> values) {
    std::uint32_t best = 0;
    double best_value = 0;
    for (std::uint32_t index = 0; index < values.size(); ++index) {
        const auto value = number_of(values[index]);
        if (!value)
            return validation_error(
                fmt::format("The Selector cannot compare iterations: in iteration {} its Field is {}, "
                            "not a number.",
                            index, dump(values[index])));
        const bool better = how == definition::Selector::Pick::MaxBy ? *value > best_value : *value < best_value;
        if (index > 0 && !better) continue;
        best = index;
        best_value = *value;
    }
    return best;
}

}  // namespace pipelines::engine
