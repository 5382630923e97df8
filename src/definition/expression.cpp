#include "definition/expression.hpp"

#include "pipelines/definition/path.hpp"

namespace pipelines::definition {
namespace {

constexpr std::string_view kPropertyFiles = "PropertyFiles";

// Cuts `text` at its first dot or bracket: the name, and the rest without the dot.
Reference cut(ReferenceKind kind, std::string_view text) {
    const std::size_t end = text.find_first_of(".[");
    if (end == std::string_view::npos) return {kind, text, {}};
    return {kind, text.substr(0, end), text.substr(text[end] == '.' ? end + 1 : end)};
}

// "PropertyFiles.N", and "PropertyFiles['N']" as hand-written definitions have it.
std::optional<std::string_view> property_file_name(std::string_view path) {
    const auto segments = parse_path(path);
    if (!segments || segments->size() != 2 || (*segments)[0].text != kPropertyFiles) return std::nullopt;
    if ((*segments)[1].kind == PathSegment::Kind::Index) return std::nullopt;
    return (*segments)[1].text;
}

Reference step_reference(std::string_view text) {
    Reference reference = cut(ReferenceKind::Step, text);
    if (!reference.path.starts_with(kPropertyFiles)) return reference;
    if (const auto file = property_file_name(reference.path))
        return {ReferenceKind::PropertyFile, reference.name, *file};
    return reference;
}

}  // namespace

std::optional<Expression> as_expression(const Json& value) {
    if (!value.is_object() || value.size() != 1) return std::nullopt;
    const auto member = value.begin();
    const std::string& key = member.key();
    if (key != kGet && !key.starts_with("Std:")) return std::nullopt;
    return Expression{key, &member.value()};
}

std::optional<Reference> parse_reference(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || dot + 1 == text.size()) return std::nullopt;
    const std::string_view root = text.substr(0, dot);
    const std::string_view rest = text.substr(dot + 1);
    if (root == "Parameters") return Reference{ReferenceKind::Parameter, rest, {}};
    if (root == "Execution") return Reference{ReferenceKind::Execution, rest, {}};
    if (root == "PipelineExperimentConfig") return Reference{ReferenceKind::Experiment, rest, {}};
    if (root == "Steps") return step_reference(rest);
    if (root == "IterationOutput") return cut(ReferenceKind::IterationOutput, rest);
    if (root == "ForEach") {
        const Reference item = cut(ReferenceKind::CurrentItem, rest);
        if (item.name == "CurrentItem") return Reference{ReferenceKind::CurrentItem, {}, item.path};
    }
    return std::nullopt;
}

}  // namespace pipelines::definition
