#include "definition/dependencies.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "definition/cleanup.hpp"
#include "definition/for_each.hpp"
#include "definition/parameters.hpp"
#include "definition/property_paths.hpp"
#include "definition/references.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/path.hpp"

namespace pipelines::definition {
namespace {

Fault check_variable(const Reference& reference, std::span<const std::string_view> known, std::string_view text,
                     const Place& place) {
    if (std::find(known.begin(), known.end(), reference.name) != known.end()) return std::nullopt;
    return unparsable(fmt::format("Unknown reference '{}'.{}", text, suggestion(reference.name, known)), place);
}

Fault check_parameter(const Reference& reference, const std::vector<Parameter>& parameters, std::string_view text,
                      const Place& place) {
    if (find_parameter(parameters, reference.name) != nullptr) return std::nullopt;
    std::vector<std::string_view> known;
    for (const Parameter& parameter : parameters) known.push_back(parameter.name);
    return unparsable(fmt::format("Unknown parameter '{}' in reference '{}'.{}", reference.name, text,
                                  known.empty() ? std::string{} : suggestion(reference.name, known)),
                      place);
}

// References that name no step.
Fault check_value_reference(const Reference& reference, const std::vector<Parameter>& parameters, std::string_view text,
                            const Place& place) {
    switch (reference.kind) {
        case ReferenceKind::Parameter: return check_parameter(reference, parameters, text, place);
        case ReferenceKind::Execution: return check_variable(reference, kExecutionVariables, text, place);
        case ReferenceKind::Experiment: return check_variable(reference, kExperimentVariables, text, place);
        case ReferenceKind::CurrentItem:
        case ReferenceKind::IterationOutput:
            return unparsable(
                fmt::format("Reference '{}' means something only in {}.", text,
                            reference.kind == ReferenceKind::CurrentItem ? "the body of a ForEach step"
                                                                         : "the Selector of a ForEach step"),
                place);
        case ReferenceKind::Step:
        case ReferenceKind::PropertyFile: break;
    }
    return std::nullopt;
}

bool names_step(const Reference& reference) {
    return reference.kind == ReferenceKind::Step || reference.kind == ReferenceKind::PropertyFile;
}

// The edges of the graph while it is made: what each step waits for, each once.
using Edges = std::vector<std::set<std::tuple<NodeIndex, Trigger, std::optional<bool>>>>;

// The dependencies of one step. What a step of a body takes from outside it is a dependency of the ForEach.
class StepConnector {
public:
    StepConnector(Compilation& compilation, Edges& edges, NodeIndex node)
        : compilation_(compilation),
          edges_(edges),
          node_(node),
          source_(compilation.sources[node]),
          loop_(at(node).parent) {}

    Fault add_written();  // its Condition and its DependsOn
    Fault add_read();     // what its Arguments and extra keys refer to

private:
    Fault add_depends_on();
    Fault add_references(const Json& value, const Place& place);
    Fault add_reference(const Reference& reference, std::string_view text, const Place& place);
    Fault check_target(const Reference& reference, NodeIndex target, std::string_view text, const Place& place) const;
    Fault check_item(const Reference& reference, std::string_view text, const Place& place) const;
    Fault refuse_fail_step(NodeIndex upstream, const Place& place) const;
    Fault refuse_other_body(NodeIndex upstream, const Place& place) const;
    Fault refuse_conflict(const WrittenDependency& written, NodeIndex upstream, const Place& place) const;
    bool depends_on(NodeIndex upstream) const;
    NodeIndex waiting_for(NodeIndex upstream) const;
    void add(const Dependency& dependency);

    const std::string& name() const { return at(node_).name; }
    Node& at(NodeIndex node) const { return compilation_.definition.graph.nodes[node]; }

    Compilation& compilation_;
    Edges& edges_;
    NodeIndex node_;
    const StepSource& source_;
    std::optional<NodeIndex> loop_;  // whose body the step stands in
};

NodeIndex StepConnector::waiting_for(NodeIndex upstream) const {
    return loop_ && at(upstream).parent != loop_ ? *loop_ : node_;
}

void StepConnector::add(const Dependency& dependency) {
    const NodeIndex waiting = waiting_for(dependency.node);
    if (edges_[waiting].emplace(dependency.node, dependency.trigger, dependency.outcome).second)
        at(waiting).dependencies.push_back(dependency);
}

bool StepConnector::depends_on(NodeIndex upstream) const {
    const auto& known = edges_[waiting_for(upstream)];
    const auto first = known.lower_bound({upstream, Trigger::Completed, std::nullopt});
    return first != known.end() && std::get<NodeIndex>(*first) == upstream;
}

// The text is the one an AWS test looks for (SDK: test_fail_steps.py).
Fault StepConnector::refuse_fail_step(NodeIndex upstream, const Place& place) const {
    const Node& target = compilation_.definition.graph.nodes[upstream];
    if (target.kind != NodeKind::Fail) return std::nullopt;
    return unparsable(fmt::format("{} can not depends on {}", name(), target.name), place);
}

Fault StepConnector::refuse_other_body(NodeIndex upstream, const Place& place) const {
    if (upstream == loop_)
        return unparsable(
            fmt::format("Step '{}' of the body of ForEach step '{}' cannot depend on it.", name(), at(upstream).name),
            place);
    const auto& body_of = at(upstream).parent;
    if (!body_of || body_of == loop_) return std::nullopt;
    return unparsable(fmt::format("Step '{0}' cannot depend on '{1}', which stands in the body of ForEach step '{2}': "
                                  "depend on '{2}', refer to Steps.{2}.IterationOutputs[0].{1}.",
                                  name(), at(upstream).name, at(*body_of).name),
                      place);
}

Fault StepConnector::refuse_conflict(const WrittenDependency& written, NodeIndex upstream, const Place& place) const {
    const NodeIndex waiting = waiting_for(upstream);
    const auto& known = edges_[waiting];
    const auto first = known.lower_bound({upstream, Trigger::Completed, std::nullopt});
    for (auto found = first; found != known.end() && std::get<NodeIndex>(*found) == upstream; ++found) {
        const auto& [node, trigger, outcome] = *found;
        if (!outcome && trigger != written.trigger)
            return unparsable(
                fmt::format("Step {} depends on step {} with conflicting triggers: {} and {}.", at(waiting).name,
                            written.step, name_of(kTriggers, trigger), name_of(kTriggers, written.trigger)),
                place);
    }
    return std::nullopt;
}

Fault StepConnector::add_depends_on() {
    const Place root(source_.pointer);
    const Place list(root, "DependsOn");
    for (std::size_t index = 0; index < source_.depends_on.size(); ++index) {
        const WrittenDependency& written = source_.depends_on[index];
        const Place place(list, index);
        const auto upstream = compilation_.definition.find(written.step);
        if (!upstream)
            return unparsable(fmt::format("Step '{}' depends on unknown step '{}'.{}", name(), written.step,
                                          near_step(compilation_.definition, written.step)),
                              place);
        if (auto fault = refuse_fail_step(*upstream, place)) return fault;
        if (auto fault = refuse_other_body(*upstream, place)) return fault;
        if (auto fault = refuse_conflict(written, *upstream, place)) return fault;
        add({*upstream, written.trigger, std::nullopt});
    }
    return std::nullopt;
}

Fault StepConnector::check_target(const Reference& reference, NodeIndex node, std::string_view text,
                                  const Place& place) const {
    const Step& target = compilation_.definition.steps[node];
    if (reference.kind == ReferenceKind::Step) {
        if (const auto reason = refuse_property(compilation_.definition, node, reference.path))
            return unparsable(
                fmt::format("Reference '{}' names no property of a {} step: {}", text, target.type->name, *reason),
                place);
        return std::nullopt;
    }
    std::vector<std::string_view> known;
    for (const PropertyFile& file : target.property_files) known.push_back(file.name);
    if (std::find(known.begin(), known.end(), reference.path) != known.end()) return std::nullopt;
    return unparsable(fmt::format("Unknown property file '{}' in reference '{}'.{}", reference.path, text,
                                  known.empty() ? fmt::format(" Step '{}' declares none.", target.name)
                                                : suggestion(reference.path, known)),
                      place);
}

// The path goes into the item itself, whose form nobody knows before the run.
Fault StepConnector::check_item(const Reference& reference, std::string_view text, const Place& place) const {
    if (parse_path(reference.path)) return std::nullopt;
    return unparsable(fmt::format("Reference '{}': the path is malformed: write a.b['key'][0].", text), place);
}

Fault StepConnector::add_reference(const Reference& reference, std::string_view text, const Place& place) {
    if (reference.kind == ReferenceKind::CurrentItem && loop_) return check_item(reference, text, place);
    if (!names_step(reference))
        return check_value_reference(reference, compilation_.definition.parameters, text, place);
    const auto upstream = compilation_.definition.find(reference.name);
    if (!upstream)
        return unparsable(fmt::format("Unknown step '{}' in reference '{}'.{}", reference.name, text,
                                      near_step(compilation_.definition, reference.name)),
                          place);
    if (*upstream == node_)
        return unparsable(fmt::format("Step '{}' cannot refer to itself: '{}'.", name(), text), place);
    if (auto fault = refuse_fail_step(*upstream, place)) return fault;
    if (auto fault = refuse_other_body(*upstream, place)) return fault;
    if (auto fault = check_target(reference, *upstream, text, place)) return fault;
    // How a ForEach ended is there to read whatever its end: then the trigger of DependsOn stands alone. (inferred)
    if (tells_the_end(compilation_.definition.steps[*upstream], reference.path) && depends_on(*upstream))
        return std::nullopt;
    add({*upstream, Trigger::Completed, std::nullopt});
    return std::nullopt;
}

Fault StepConnector::add_references(const Json& value, const Place& place) {
    return visit_references(value, place, [this](const Reference& reference, std::string_view text, const Place& at) {
        return add_reference(reference, text, at);
    });
}

Fault StepConnector::add_written() {
    if (source_.branch) add(*source_.branch);
    return add_depends_on();
}

Fault StepConnector::add_read() {
    const Step& step = compilation_.definition.steps[node_];
    const Place root(source_.pointer);
    const Place arguments_place(root, "Arguments");
    const Json& arguments = *find(*source_.json, "Arguments");
    if (step.type->kind == NodeKind::Condition) {  // its branches are steps of their own
        if (auto fault = add_references(*find(arguments, "Conditions"), Place(arguments_place, "Conditions")))
            return fault;
    } else if (step.type->kind == NodeKind::ForEach) {  // likewise its body; its Selector refers to nothing outside
        if (auto fault = add_references(*find(arguments, "IterableItems"), Place(arguments_place, "IterableItems")))
            return fault;
    } else if (auto fault = add_references(arguments, arguments_place)) {
        return fault;
    }
    return add_references(step.extra, root);
}

Fault index_names(Compilation& compilation) {
    Definition& definition = compilation.definition;
    for (NodeIndex node = 0; node < definition.steps.size(); ++node) {
        const std::string& name = definition.steps[node].name;
        const auto [first, added] = definition.by_name.emplace(name, node);
        if (!added)
            return unparsable(fmt::format("Pipeline steps cannot have duplicate names: '{}' is also the step at {}.",
                                          name, compilation.sources[first->second].pointer),
                              Place(compilation.sources[node].pointer));
    }
    return std::nullopt;
}

}  // namespace

Fault connect(Compilation& compilation) {
    if (auto fault = index_names(compilation)) return fault;
    if (auto fault = check_iteration_names(compilation)) return fault;
    if (auto fault = read_selectors(compilation)) return fault;
    Edges edges(compilation.definition.steps.size());
    // The steps of a body share the edges of their ForEach: what one of them waits for is known before another's
    // references are read, whichever stands first.
    for (NodeIndex node = 0; node < compilation.definition.steps.size(); ++node)
        if (auto fault = StepConnector(compilation, edges, node).add_written()) return fault;
    for (NodeIndex node = 0; node < compilation.definition.steps.size(); ++node)
        if (auto fault = StepConnector(compilation, edges, node).add_read()) return fault;
    link(compilation.definition.graph);
    const std::vector<std::string> cycle = find_cycle(compilation.definition.graph);
    if (cycle.empty()) return check_cleanup_sources(compilation);
    return unparsable(fmt::format("Cycle detected in pipeline step graph: {}.", fmt::join(cycle, " -> ")), Place{});
}

Fault check_free_references(const Json& value, const std::vector<Parameter>& parameters, const Place& place) {
    return visit_references(
        value, place, [&parameters](const Reference& reference, std::string_view text, const Place& at) {
            if (names_step(reference))
                return Fault(
                    unparsable(fmt::format("Reference '{}' cannot be used here: no step has run yet.", text), at));
            return check_value_reference(reference, parameters, text, at);
        });
}

}  // namespace pipelines::definition
