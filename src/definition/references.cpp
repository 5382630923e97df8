#include "definition/references.hpp"

#include <fmt/format.h>

#include <array>

#include "pipelines/definition/path.hpp"

namespace pipelines::definition {
namespace {

constexpr std::array<std::string_view, 3> kFunctions{kGet, kJoin, kJsonGet};
constexpr std::array<std::string_view, 2> kJoinMembers{"On", "Values"};
constexpr std::array<std::string_view, 3> kJsonGetMembers{"PropertyFile", "S3Uri", "Path"};

Result<Reference> reference_of(const Json& argument, const Place& place) {
    if (auto fault = expect_string(argument, place)) return *std::move(fault);
    const auto& text = argument.get_ref<const std::string&>();
    if (const auto reference = parse_reference(text)) return *reference;
    return unparsable(fmt::format("Unknown reference '{}': it must begin with Parameters., Steps., Execution., "
                                  "PipelineExperimentConfig. or, in the body of a ForEach step, ForEach.CurrentItem.",
                                  text),
                      place);
}

Fault visit_get(const Json& argument, const Place& place, const ReferenceVisitor& visit) {
    const Result<Reference> reference = reference_of(argument, place);
    if (!reference) return reference.error();
    if (reference->kind == ReferenceKind::PropertyFile)
        return unparsable(
            fmt::format("Reference '{}' names a property file, which only the PropertyFile of a Std:JsonGet "
                        "can.",
                        argument.get_ref<const std::string&>()),
            place);
    return visit(*reference, argument.get_ref<const std::string&>(), place);
}

Fault visit_join(const Json& argument, const Place& place, const ReferenceVisitor& visit) {
    if (auto fault = expect_object(argument, place)) return fault;
    if (auto fault = expect_members(argument, kJoinMembers, kJoin, place)) return fault;
    if (const auto on = optional_string(argument, "On", place); !on) return on.error();
    const Result<const Json*> values = required(argument, "Values", place);
    if (!values) return values.error();
    const Place here(place, "Values");
    if (auto fault = expect_array(**values, here)) return fault;
    for (std::size_t index = 0; index < (*values)->size(); ++index) {
        const Json& value = (**values)[index];
        if (value.is_null() || (value.is_structured() && !as_expression(value)))
            return unparsable(fmt::format("Std:Join joins values and expressions, not {}.", kind_name(value)),
                              Place(here, index));
        if (auto fault = visit_references(value, Place(here, index), visit)) return fault;
    }
    return std::nullopt;
}

Fault visit_property_file(const Json& value, const Place& place, const ReferenceVisitor& visit) {
    const auto expression = as_expression(value);
    const Json* get = expression && expression->function == kGet ? expression->argument : nullptr;
    const auto text = get != nullptr ? as_string(*get) : std::nullopt;
    const auto reference = text ? parse_reference(*text) : std::nullopt;
    if (!reference || reference->kind != ReferenceKind::PropertyFile)
        return unparsable("PropertyFile of Std:JsonGet must be {\"Get\": \"Steps.<step>.PropertyFiles.<name>\"}.",
                          place);
    return visit(*reference, *text, place);
}

Fault visit_json_get(const Json& argument, const Place& place, const ReferenceVisitor& visit) {
    if (auto fault = expect_object(argument, place)) return fault;
    if (auto fault = expect_members(argument, kJsonGetMembers, kJsonGet, place)) return fault;
    const Result<std::string> path = required_string(argument, "Path", place);
    if (!path) return path.error();
    std::string_view steps = *path;
    if (steps.starts_with('$')) steps.remove_prefix(steps.starts_with("$.") ? 2 : 1);
    if (path->empty() || !parse_path(steps))
        return unparsable(
            fmt::format("Path '{}' of Std:JsonGet is not of the form a.b[0]['c'], the part of JsonPath that "
                        "is emulated.",
                        *path),
            Place(place, "Path"));
    const Json* property_file = find_given(argument, "PropertyFile");
    const Json* uri = find_given(argument, "S3Uri");
    if ((property_file == nullptr) == (uri == nullptr))
        return unparsable("Std:JsonGet needs either PropertyFile or S3Uri.", place);
    if (property_file != nullptr) return visit_property_file(*property_file, Place(place, "PropertyFile"), visit);
    if (!uri->is_string() && !as_expression(*uri))
        return unparsable(
            fmt::format("S3Uri of Std:JsonGet must be a string or an expression, not {}.", kind_name(*uri)),
            Place(place, "S3Uri"));
    return visit_references(*uri, Place(place, "S3Uri"), visit);
}

}  // namespace

Fault visit_references(const Json& value, const Place& place, const ReferenceVisitor& visit) {
    if (const auto expression = as_expression(value)) {
        const Place here(place, expression->function);
        if (expression->function == kGet) return visit_get(*expression->argument, here, visit);
        if (expression->function == kJoin) return visit_join(*expression->argument, here, visit);
        if (expression->function == kJsonGet) return visit_json_get(*expression->argument, here, visit);
        return unparsable(
            fmt::format("Unknown function '{}'.{}", expression->function, suggestion(expression->function, kFunctions)),
            here);
    }
    if (value.is_array()) {
        for (std::size_t index = 0; index < value.size(); ++index)
            if (auto fault = visit_references(value[index], Place(place, index), visit)) return fault;
    } else if (value.is_object()) {
        for (const auto& [key, member] : value.items())
            if (auto fault = visit_references(member, Place(place, key), visit)) return fault;
    }
    return std::nullopt;
}

}  // namespace pipelines::definition
