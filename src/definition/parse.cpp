// The document as a whole: text, top level, steps with their branches and bodies, then the graph.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "definition/dependencies.hpp"
#include "definition/expression.hpp"
#include "definition/for_each.hpp"
#include "definition/parameters.hpp"
#include "definition/step_parser.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::definition {
namespace {

constexpr std::string_view kVersion = "2020-12-01";
constexpr std::array<std::string_view, 6> kTopLevel{
    "Version", "Metadata", "Parameters", "PipelineExperimentConfig", "MlflowConfig", "Steps"};
constexpr std::array<std::string_view, 2> kExperimentMembers{"ExperimentName", "TrialName"};
constexpr std::array<std::string_view, 2> kMlflowMembers{"MlflowResourceArn", "MlflowExperimentName"};
constexpr std::array<std::pair<std::string_view, bool>, 2> kBranches{{{"IfSteps", true}, {"ElseSteps", false}}};

Fault check_length(std::string_view text) {
    if (text.empty()) return unparsable("It is empty.", Place{});
    if (text.size() <= kMaxCharacters) return std::nullopt;
    const std::size_t characters = code_points(text);
    if (characters <= kMaxCharacters) return std::nullopt;
    return unparsable(fmt::format("It has {} characters, at most {} are allowed.", characters, kMaxCharacters),
                      Place{});
}

Result<Json> parse_text(std::string_view text) {
    if (auto fault = check_length(text)) return *std::move(fault);
    auto document = parse_json(text, {.duplicate_keys = DuplicateKeys::Refuse});
    if (!document) return unparsable(describe(document.error()), Place{});
    return *std::move(document);
}

Fault check_version(const Json& document, const Place& root) {
    const auto version = optional_string(document, "Version", root);
    if (!version) return version.error();
    if (!*version || **version == kVersion) return std::nullopt;
    return unparsable(fmt::format("Unknown Version '{}'. Known: {}.", **version, kVersion), Place(root, "Version"));
}

// PipelineExperimentConfig and MlflowConfig: a few strings or expressions, or null.
Result<Json> parse_config(const Json& document, std::string_view key, std::span<const std::string_view> members,
                          const std::vector<Parameter>& parameters, const Place& root) {
    const Json* config = find_given(document, key);
    if (config == nullptr) return Json(nullptr);
    const Place place(root, key);
    if (auto fault = expect_object(*config, place)) return *std::move(fault);
    if (auto fault = expect_members(*config, members, key, place)) return *std::move(fault);
    for (const auto& [name, value] : config->items()) {
        if (value.is_null() || as_expression(value)) continue;
        if (auto fault = expect_string(value, Place(place, name))) return *std::move(fault);
    }
    if (auto fault = check_free_references(*config, parameters, place)) return *std::move(fault);
    return *config;
}

// What stands around a list of steps.
struct Around {
    std::optional<Dependency> branch{};  // the Condition, and on which outcome they run
    std::optional<NodeIndex> loop{};     // the ForEach whose body they are
};

Fault read_steps(Json& steps, const Place& place, const Around& around, Compilation& compilation);

Fault read_branches(Json& step, NodeIndex condition, const Place& place, Compilation& compilation) {
    Json& arguments = step["Arguments"];
    const Place here(place, "Arguments");
    for (const auto& [key, outcome] : kBranches) {
        const auto found = arguments.find(key);
        if (found == arguments.end() || found->is_null()) continue;
        const Around around{.branch = Dependency{condition, Trigger::Completed, outcome}};
        if (auto fault = read_steps(*found, Place(here, key), around, compilation)) return fault;
    }
    return std::nullopt;
}

Fault read_body(Json& step, NodeIndex loop, const Place& place, Compilation& compilation) {
    Json& arguments = step["Arguments"];
    compilation.definition.graph.nodes[loop].max_concurrency = arguments["MaxConcurrency"].get<std::uint32_t>();
    const Place here(place, "Arguments");
    return read_steps(arguments[kBody], Place(here, kBody), {.loop = loop}, compilation);
}

// Depth first: a Condition before the steps of its branches, a ForEach before those of its body. As deep as the JSON
// parser lets a document be.
Fault read_steps(Json& steps, const Place& place, const Around& around, Compilation& compilation) {
    if (auto fault = expect_array(steps, place)) return fault;
    Definition& definition = compilation.definition;
    std::vector<Node>& nodes = definition.graph.nodes;
    for (std::size_t index = 0; index < steps.size(); ++index) {
        const Place here(place, index);
        Result<ParsedStep> parsed = parse_step(steps[index], definition.parameters, here);
        if (!parsed) return parsed.error();
        const auto node = static_cast<NodeIndex>(definition.steps.size());
        const NodeKind kind = parsed->node.kind;
        definition.steps.push_back(std::move(parsed->step));
        nodes.push_back(std::move(parsed->node));
        compilation.sources.push_back({&steps[index], here.pointer(), std::move(parsed->depends_on), around.branch});
        if (around.loop) {
            nodes[node].parent = around.loop;
            nodes[*around.loop].body.push_back(node);
            if (auto fault = check_body_step(compilation, node, here)) return fault;
        }
        if (kind == NodeKind::Condition)
            if (auto fault = read_branches(steps[index], node, here, compilation)) return fault;
        if (kind == NodeKind::ForEach)
            if (auto fault = read_body(steps[index], node, here, compilation)) return fault;
    }
    return std::nullopt;
}

Fault read_document(Json& document, Compilation& compilation) {
    const Place root;
    if (auto fault = expect_object(document, root)) return fault;
    if (auto fault = expect_members(document, kTopLevel, {}, root)) return fault;
    if (auto fault = check_version(document, root)) return fault;
    if (const Json* metadata = find_given(document, "Metadata"))
        if (auto fault = expect_object(*metadata, Place(root, "Metadata"))) return fault;
    Definition& definition = compilation.definition;
    if (const Json* parameters = find_given(document, "Parameters")) {
        auto parsed = parse_parameters(*parameters, Place(root, "Parameters"));
        if (!parsed) return parsed.error();
        definition.parameters = *std::move(parsed);
    }
    auto experiment =
        parse_config(document, "PipelineExperimentConfig", kExperimentMembers, definition.parameters, root);
    if (!experiment) return experiment.error();
    definition.experiment_config = *std::move(experiment);
    auto mlflow = parse_config(document, "MlflowConfig", kMlflowMembers, definition.parameters, root);
    if (!mlflow) return mlflow.error();
    definition.mlflow_config = *std::move(mlflow);
    if (const auto steps = required(document, "Steps", root); !steps) return steps.error();
    return read_steps(document["Steps"], Place(root, "Steps"), {}, compilation);
}

// Moves the Arguments out of the document, inner steps before the Condition or ForEach around them.
void take_arguments(Compilation& compilation) {
    for (std::size_t index = compilation.sources.size(); index-- > 0;) {
        Json& arguments = (*compilation.sources[index].json)["Arguments"];
        if (compilation.definition.graph.nodes[index].kind == NodeKind::Condition)
            for (const auto& [key, outcome] : kBranches) arguments.erase(key);
        if (compilation.definition.graph.nodes[index].kind == NodeKind::ForEach) arguments.erase(kBody);
        compilation.definition.steps[index].arguments = std::move(arguments);
    }
}

}  // namespace

std::optional<NodeIndex> Definition::find(std::string_view step) const {
    const auto found = by_name.find(step);
    if (found == by_name.end()) return std::nullopt;
    return found->second;
}

Result<std::shared_ptr<const Definition>> compile(std::string_view text) {
    Result<Json> document = parse_text(text);
    if (!document) return document.error();
    Compilation compilation;
    if (auto fault = read_document(*document, compilation)) return *std::move(fault);
    if (auto fault = connect(compilation)) return *std::move(fault);
    take_arguments(compilation);
    return std::make_shared<const Definition>(std::move(compilation.definition));
}

}  // namespace pipelines::definition
