// The form is that of the SDK (sagemaker 3.27, cleanup_step.py); which faults the service finds at create is inferred.
#include "definition/cleanup.hpp"

#include <fmt/format.h>

#include <array>

#include "definition/expression.hpp"

namespace pipelines::definition {
namespace {

constexpr std::size_t kMostSources = 100;  // AWS: as many as the metadata can name
constexpr std::array<std::string_view, 1> kResources{"S3"};
constexpr std::array<std::string_view, 2> kSource{"StepName", "S3Uris"};

// s3://bucket/key, exactly one object.
bool names_an_object(std::string_view uri) {
    constexpr std::string_view kScheme = "s3://";
    if (!uri.starts_with(kScheme)) return false;
    const std::size_t slash = uri.find('/', kScheme.size());
    return slash != std::string_view::npos && slash > kScheme.size() && slash + 1 < uri.size();
}

Fault check_uris(const Json& uris, const Place& place) {
    if (auto fault = expect_array(uris, place)) return fault;
    if (uris.empty()) return unparsable("S3Uris must be omitted or contain at least one URI.", place);
    for (std::size_t index = 0; index < uris.size(); ++index) {
        if (as_expression(uris[index])) continue;
        const Place here(place, index);
        if (auto fault = expect_string(uris[index], here)) return fault;
        const auto& uri = uris[index].get_ref<const std::string&>();
        if (!names_an_object(uri))
            return unparsable(fmt::format("'{}' names no object: write s3://bucket/key.", uri), here);
    }
    return std::nullopt;
}

Fault check_source(const Json& source, const Place& place) {
    if (auto fault = expect_object(source, place)) return fault;
    if (auto fault = expect_members(source, kSource, "Argument", place)) return fault;
    if (const auto name = required_string(source, "StepName", place); !name) return name.error();
    const Json* uris = find_given(source, "S3Uris");
    return uris == nullptr ? std::nullopt : check_uris(*uris, Place(place, "S3Uris"));
}

// What has to be over before the step starts, directly or not; of a step of a body also what its ForEach waits for.
std::vector<bool> upstream_of(const Graph& graph, NodeIndex node) {
    std::vector<bool> reached(graph.nodes.size());
    std::vector<NodeIndex> work{node};
    while (!work.empty()) {
        const Node& next = graph.nodes[work.back()];
        work.pop_back();
        if (next.parent) work.push_back(*next.parent);
        for (const Dependency& dependency : next.dependencies) {
            if (reached[dependency.node]) continue;
            reached[dependency.node] = true;
            work.push_back(dependency.node);
        }
    }
    return reached;
}

Fault check_sources(const Compilation& compilation, NodeIndex node) {
    const Definition& definition = compilation.definition;
    const std::string& name = definition.steps[node].name;
    const Json& sources = compilation.sources[node].json->at("Arguments").at("Resources").at("S3");
    const std::vector<bool> upstream = upstream_of(definition.graph, node);
    for (std::size_t index = 0; index < sources.size(); ++index) {
        const auto& source = sources[index].at("StepName").get_ref<const std::string&>();
        const std::string pointer =
            fmt::format("{}/Arguments/Resources/S3/{}/StepName", compilation.sources[node].pointer, index);
        const auto found = definition.find(source);
        if (!found)
            return unparsable(fmt::format("Step '{}' cleans up after unknown step '{}'.{}", name, source,
                                          near_step(definition, source)),
                              Place(pointer));
        if (!upstream[*found])
            return unparsable(fmt::format("Step '{}' cleans up after '{}', which does not stand before it: name it in "
                                          "DependsOn.",
                                          name, source),
                              Place(pointer));
    }
    return std::nullopt;
}

}  // namespace

Fault check_cleanup_arguments(const Json& arguments, const Place& place) {
    const Result<const Json*> resources = required(arguments, "Resources", place);
    if (!resources) return resources.error();
    const Place in_resources(place, "Resources");
    if (auto fault = expect_object(**resources, in_resources)) return fault;
    if (auto fault = expect_members(**resources, kResources, "Argument", in_resources)) return fault;
    const Result<const Json*> sources = required(**resources, "S3", in_resources);
    if (!sources) return sources.error();
    const Place in_sources(in_resources, "S3");
    if (auto fault = expect_array(**sources, in_sources)) return fault;
    const std::size_t count = (*sources)->size();
    if (count == 0 || count > kMostSources)
        return unparsable(fmt::format("S3 must have between 1 and {} steps, not {}.", kMostSources, count), in_sources);
    for (std::size_t index = 0; index < count; ++index)
        if (auto fault = check_source((**sources)[index], Place(in_sources, index))) return fault;
    return std::nullopt;
}

Fault check_cleanup_sources(const Compilation& compilation) {
    for (NodeIndex node = 0; node < compilation.definition.steps.size(); ++node)
        if (compilation.definition.steps[node].type->is_cleanup)
            if (auto fault = check_sources(compilation, node)) return fault;
    return std::nullopt;
}

}  // namespace pipelines::definition
