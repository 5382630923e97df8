// The rules are those that the SDK tells of the service (sagemaker 3.27, for_each_step.py); the texts are ours.
#include "definition/for_each.hpp"

#include <fmt/format.h>

#include <array>

#include "definition/expression.hpp"
#include "definition/property_paths.hpp"
#include "pipelines/base/names.hpp"
#include "pipelines/definition/path.hpp"

namespace pipelines::definition {
namespace {

constexpr std::size_t kMostLiteralItems = 100;
constexpr std::int64_t kHighestConcurrency = 50;
constexpr std::array<std::string_view, 2> kSelectorMembers{"Pick", "Field"};
constexpr Names<Selector::Pick, 2> kPicks{{{Selector::Pick::MaxBy, "MaxBy"}, {Selector::Pick::MinBy, "MinBy"}}};
constexpr std::string_view kOutputs = "IterationOutputs";
constexpr std::string_view kSelected = "Selected";

Fault check_items(const Json& items, const Place& place) {
    if (as_expression(items)) return std::nullopt;
    if (!items.is_array())
        return unparsable(fmt::format("IterableItems must be a list or an expression, not {}.", kind_name(items)),
                          place);
    if (items.empty() || items.size() > kMostLiteralItems)
        return unparsable(fmt::format("A list of IterableItems must have between 1 and {} elements, not {}.",
                                      kMostLiteralItems, items.size()),
                          place);
    for (std::size_t index = 0; index < items.size(); ++index) {
        const Json& item = items[index];
        if (item.is_null() || (item.is_structured() && !as_expression(item)))
            return unparsable(fmt::format("An item is a value or an expression, not {}.", kind_name(item)),
                              Place(place, index));
    }
    return std::nullopt;
}

Fault check_concurrency(const Json& value, const Place& place) {
    const auto number = value.is_number_integer() ? as_integer(value) : std::nullopt;
    if (number && *number >= 1 && *number <= kHighestConcurrency) return std::nullopt;
    return unparsable(fmt::format("MaxConcurrency must be an integer in the range [1, {}], not {}.",
                                  kHighestConcurrency, dump(value)),
                      place);
}

// {"Get": "IterationOutput.<step>.<path>"}, with something in the path.
std::optional<Reference> selector_field(const Json& field) {
    const auto expression = as_expression(field);
    const auto text = expression && expression->function == kGet ? as_string(*expression->argument) : std::nullopt;
    const auto reference = text ? parse_reference(*text) : std::nullopt;
    if (!reference || reference->kind != ReferenceKind::IterationOutput || reference->path.empty()) return std::nullopt;
    return reference;
}

Fault check_selector(const Json& selector, const Place& place) {
    if (auto fault = expect_object(selector, place)) return fault;
    if (auto fault = expect_members(selector, kSelectorMembers, "Selector", place)) return fault;
    const Result<std::string> pick = required_string(selector, "Pick", place);
    if (!pick) return pick.error();
    if (!value_of(kPicks, *pick))
        return unparsable(fmt::format("Unknown Pick '{}'. Known: MaxBy, MinBy.", *pick), Place(place, "Pick"));
    const Result<const Json*> field = required(selector, "Field", place);
    if (!field) return field.error();
    if (selector_field(**field)) return std::nullopt;
    return unparsable("Field of a Selector must be {\"Get\": \"IterationOutput.<step of the body>.<property>\"}.",
                      Place(place, "Field"));
}

// The highest index that is known before the items are: of a literal list its last, else that of the first item.
std::size_t last_known_index(const Json& items) { return items.is_array() ? items.size() - 1 : 0; }

Fault read_selector(Compilation& compilation, NodeIndex loop) {
    const Json& arguments = *find(*compilation.sources[loop].json, "Arguments");
    const Json* written = find_given(arguments, "Selector");
    if (written == nullptr) return std::nullopt;
    const Json& field = *find(*written, "Field");
    const Place root(compilation.sources[loop].pointer);
    const Place in_arguments(root, "Arguments");
    const Place in_selector(in_arguments, "Selector");
    const Place in_field(in_selector, "Field");
    const Place place(in_field, kGet);
    const Reference reference = selector_field(field).value();  // check_selector has seen it
    const auto& text = field.begin()->get_ref<const std::string&>();
    const Node& node = compilation.definition.graph.nodes[loop];
    const auto step = compilation.definition.find(reference.name);
    if (!step || compilation.definition.graph.nodes[*step].parent != loop) {
        std::vector<std::string_view> body;
        for (const NodeIndex child : node.body) body.push_back(compilation.definition.steps[child].name);
        return unparsable(fmt::format("Reference '{}' names no step of the body of ForEach step '{}'.{}", text,
                                      node.name, suggestion(reference.name, body)),
                          place);
    }
    const Step& target = compilation.definition.steps[*step];
    if (const auto reason = refuse_property(compilation.definition, *step, reference.path))
        return unparsable(
            fmt::format("Reference '{}' names no property of a {} step: {}", text, target.type->name, *reason), place);
    compilation.definition.steps[loop].selector =
        Selector{value_of(kPicks, find(*written, "Pick")->get_ref<const std::string&>()).value(), target.name,
                 std::string(reference.path)};
    return std::nullopt;
}

}  // namespace

Fault check_for_each_arguments(const Json& arguments, const Place& place) {
    const Result<const Json*> items = required(arguments, "IterableItems", place);
    if (!items) return items.error();
    if (auto fault = check_items(**items, Place(place, "IterableItems"))) return fault;
    const Result<const Json*> concurrency = required(arguments, "MaxConcurrency", place);
    if (!concurrency) return concurrency.error();
    if (auto fault = check_concurrency(**concurrency, Place(place, "MaxConcurrency"))) return fault;
    if (const Json* selector = find_given(arguments, "Selector"))
        if (auto fault = check_selector(*selector, Place(place, "Selector"))) return fault;
    const Result<const Json*> body = required(arguments, kBody, place);
    if (!body) return body.error();
    const Place in_body(place, kBody);
    if (auto fault = expect_array(**body, in_body)) return fault;
    if ((*body)->empty()) return unparsable("ForEachBody must have at least one step.", in_body);
    return std::nullopt;
}

Fault check_body_step(const Compilation& compilation, NodeIndex node, const Place& place) {
    const Step& step = compilation.definition.steps[node];
    const NodeIndex loop = compilation.definition.graph.nodes[node].parent.value();
    if (step.type->kind != NodeKind::Work)
        return unparsable(fmt::format("ForEach step '{}': step type '{}' is not allowed in its body. Disallowed types: "
                                      "Condition, Fail, ForEach.",
                                      compilation.definition.steps[loop].name, step.type->name),
                          Place(place, "Type"));
    const Json& items = *find(*find(*compilation.sources[loop].json, "Arguments"), "IterableItems");
    const std::string longest = row_name(step.name, static_cast<std::int64_t>(last_known_index(items)));
    if (longest.size() > kMostStepNameCharacters)
        return unparsable(
            fmt::format("Step name '{}' is too long for a step of a body: '{}' has {} characters, at most "
                        "{} are allowed.",
                        step.name, longest, longest.size(), kMostStepNameCharacters),
            Place(place, "Name"));
    return std::nullopt;
}

Fault check_iteration_names(const Compilation& compilation) {
    for (NodeIndex node = 0; node < compilation.definition.steps.size(); ++node) {
        if (compilation.definition.graph.nodes[node].parent) continue;
        const auto body_step = body_step_of(compilation.definition.steps[node].name);
        const auto taken = body_step ? compilation.definition.find(*body_step) : std::nullopt;
        if (taken && compilation.definition.graph.nodes[*taken].parent)
            return unparsable(
                fmt::format("Step name '{}' is taken by an iteration of '{}', the step at {}.",
                            compilation.definition.steps[node].name, *body_step, compilation.sources[*taken].pointer),
                Place(compilation.sources[node].pointer));
    }
    return std::nullopt;
}

Fault read_selectors(Compilation& compilation) {
    for (NodeIndex node = 0; node < compilation.definition.steps.size(); ++node)
        if (compilation.definition.graph.nodes[node].kind == NodeKind::ForEach)
            if (auto fault = read_selector(compilation, node)) return fault;
    return std::nullopt;
}

std::optional<IterationPath> parse_iteration_path(std::string_view text) {
    const auto segments = parse_path(text);
    if (!segments || segments->size() < 4) return std::nullopt;
    const PathSegment& index = (*segments)[1];
    const PathSegment& step = (*segments)[2];
    if ((*segments)[0].text != kOutputs || index.kind != PathSegment::Kind::Index || index.index < 0 ||
        index.index > kHighestIteration || step.kind == PathSegment::Kind::Index)
        return std::nullopt;
    std::string_view path = text.substr(step.end);
    if (path.starts_with('.')) path.remove_prefix(1);
    return IterationPath{static_cast<int>(index.index), step.text, path};
}

std::optional<std::string_view> parse_selected_path(std::string_view text) {
    const auto segments = parse_path(text);
    if (!segments || segments->size() < 2 || (*segments)[0].text != kSelected) return std::nullopt;
    std::string_view path = text.substr((*segments)[0].end);
    if (path.starts_with('.')) path.remove_prefix(1);
    return path;
}

std::string row_name(std::string_view step, std::int64_t iteration) {
    return iteration < 0 ? std::string{step} : fmt::format("{}-{}", step, iteration);
}

std::optional<std::string_view> body_step_of(std::string_view name) {
    const std::size_t hyphen = name.find_last_not_of("0123456789");
    if (hyphen == std::string_view::npos || hyphen == 0 || hyphen + 1 == name.size() || name[hyphen] != '-')
        return std::nullopt;
    return name.substr(0, hyphen);
}

}  // namespace pipelines::definition
