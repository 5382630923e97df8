#include "pipelines/definition/evaluate.hpp"

#include <fmt/format.h>

#include <utility>

#include "definition/expression.hpp"

namespace pipelines::definition {
namespace {

Error cannot_resolve(std::string_view reference, std::string_view why) {
    return validation_error(fmt::format("Cannot resolve {{\"Get\": \"{}\"}}: {}", reference, why));
}

Error too_deep(std::string_view reference) {
    return cannot_resolve(reference, fmt::format("it nests more than {} objects and lists.", kDeepestValue));
}

// A value in the making: what it may still read.
struct Reading {
    const Scope& scope;
    std::size_t room = kMostReadBytes;

    [[nodiscard]] bool take(std::size_t bytes) {
        if (bytes > room) return false;
        room -= bytes;
        return true;
    }
};

Resolved resolve(const Json& value, Reading& reading);

Error too_much() {
    return validation_error(
        fmt::format("What the expressions of one value read has more than {} bytes.", kMostReadBytes));
}

// About as many as its text has.
std::size_t size_of(const Json& value) {
    if (const auto text = as_string(value)) return text->size();
    std::size_t size = sizeof(double);
    if (value.is_array())
        for (const Json& each : value) size += size_of(each);
    if (value.is_object())
        for (const auto& [key, each] : value.get_ref<const Json::object_t&>()) size += key.size() + size_of(each);
    return size;
}

Resolved read(const Json& value, Reading& reading) {
    if (!reading.take(size_of(value))) return too_much();
    return value;
}

Resolved read(Json&& made, Reading& reading) {
    if (!reading.take(size_of(made))) return too_much();
    return std::move(made);
}

Resolved read(const Json& value, std::string_view reference, Reading& reading) {
    if (is_deeper_than(value, kDeepestValue)) return too_deep(reference);
    return read(value, reading);
}

Resolved value_at(const Json& document, std::string_view path, std::string_view reference, Reading& reading) {
    Json scratch;
    const Json* value = find_path(document, path, scratch);
    if (value == nullptr) return cannot_resolve(reference, "there is no such value.");
    return read(*value, reference, reading);
}

// Does the path ask a list of the document, which has elements, for one that it has not? Then nothing is made up.
bool asks_beyond_a_list(const Json& document, std::string_view path) {
    Json scratch;
    for (auto end = path.find(']'); end != std::string_view::npos; end = path.find(']', end + 1)) {
        const std::string_view element = path.substr(0, end + 1);
        const Json* list = find_path(document, element.substr(0, element.rfind('[')), scratch);
        if (list == nullptr || !list->is_array() || list->empty()) continue;
        if (find_path(document, element, scratch) == nullptr) return true;
    }
    return false;
}

Resolved step_property(const Reference& reference, std::string_view text, Reading& reading) {
    const Scope& scope = reading.scope;
    const Result<Property> property = scope.property(reference.name, reference.path);
    if (!property) return cannot_resolve(text, property.error().message);
    const auto& [document, step, path] = *property;
    Json scratch;
    if (const Json* value = find_path(*document, path, scratch)) return read(*value, text, reading);
    if (scope.made_up && !asks_beyond_a_list(*document, path))
        if (auto value = scope.made_up(step, path)) return read(*std::move(value), reading);
    return cannot_resolve(text, "there is no such value.");
}

Resolved get(const Json& argument, Reading& reading) {
    const Scope& scope = reading.scope;
    const auto text = as_string(argument);
    const auto reference = text ? parse_reference(*text) : std::nullopt;
    if (!reference) return cannot_resolve(dump(argument), "it names nothing that can be referred to.");
    switch (reference->kind) {
        case ReferenceKind::Parameter:
            if (const Json* value = scope.parameter(reference->name)) return read(*value, reading);
            return cannot_resolve(*text, "there is no such parameter.");
        case ReferenceKind::Execution:
        case ReferenceKind::Experiment:
            if (auto value = scope.variable(*text)) return read(*std::move(value), reading);
            return cannot_resolve(*text, "it has no value here.");
        case ReferenceKind::Step: return step_property(*reference, *text, reading);
        case ReferenceKind::CurrentItem:
            if (scope.item != nullptr) return value_at(*scope.item, reference->path, *text, reading);
            return cannot_resolve(*text, "it means something only in the body of a ForEach step.");
        case ReferenceKind::PropertyFile: return cannot_resolve(*text, "a property file is read by Std:JsonGet only.");
        case ReferenceKind::IterationOutput: break;
    }
    return cannot_resolve(*text, "it means something only in the Selector of a ForEach step.");
}

Resolved join(const Json& argument, Reading& reading) {
    const Json* on = find_given(argument, "On");
    const Json* values = find(argument, "Values");
    if (values == nullptr || !values->is_array()) return validation_error("Std:Join needs a list 'Values'.");
    const std::string separator = on == nullptr ? std::string{} : join_text(*on);
    std::string text;
    bool first = true;
    for (const Json& each : *values) {
        Resolved part = resolve(each, reading);
        if (!std::holds_alternative<Json>(part)) return part;
        if (!first && !reading.take(separator.size())) return too_much();
        if (!first) text += separator;
        first = false;
        text += join_text(std::get<Json>(part));
    }
    return Json(std::move(text));
}

std::string describe(const FileReference& file) {
    if (file.step.empty()) return fmt::format("the object '{}'", file.uri);
    std::string text = fmt::format("property file '{}' of step '{}'", file.property_file, file.step);
    if (!file.uri.empty()) text += fmt::format(" ({})", file.uri);
    return text;
}

std::variant<FileReference, Fetch, Error> file_of(const Json& argument, Reading& reading) {
    if (const Json* property_file = find_given(argument, "PropertyFile")) {
        const Json* get = find(*property_file, kGet);
        const auto text = get != nullptr ? as_string(*get) : std::nullopt;
        const auto reference = text ? parse_reference(*text) : std::nullopt;
        if (!reference || reference->kind != ReferenceKind::PropertyFile)
            return validation_error(
                "Std:JsonGet needs {\"Get\": \"Steps.<step>.PropertyFiles.<name>\"} as 'PropertyFile'.");
        return FileReference{std::string(reference->name), std::string(reference->path), {}};
    }
    const Json* uri = find(argument, "S3Uri");
    if (uri == nullptr) return validation_error("Std:JsonGet needs 'PropertyFile' or 'S3Uri'.");
    Resolved resolved = resolve(*uri, reading);
    if (auto* fetch = std::get_if<Fetch>(&resolved)) return std::move(*fetch);
    if (auto* error = std::get_if<Error>(&resolved)) return std::move(*error);
    return FileReference{{}, {}, join_text(std::get<Json>(resolved))};
}

Resolved json_get(const Json& argument, Reading& reading) {
    const Json* path = find(argument, "Path");
    if (path == nullptr || !path->is_string()) return validation_error("Std:JsonGet needs a string 'Path'.");
    auto file = file_of(argument, reading);
    if (auto* fetch = std::get_if<Fetch>(&file)) return std::move(*fetch);
    if (auto* error = std::get_if<Error>(&file)) return std::move(*error);
    FileReference& reference = std::get<FileReference>(file);
    FileAnswer answer = reading.scope.file(reference);
    if (auto* fetch = std::get_if<Fetch>(&answer)) return std::move(*fetch);
    const std::string& json_path = path->get_ref<const std::string&>();
    if (auto* error = std::get_if<Error>(&answer))
        return validation_error(fmt::format("{} (Asked for path '{}'.)", error->message, json_path));
    const Json* value = find_json_path(*std::get<const Json*>(answer), json_path);
    if (value == nullptr)
        return validation_error(
            fmt::format("Std:JsonGet finds nothing at path '{}' in {}.", json_path, describe(reference)));
    if (is_deeper_than(*value, kDeepestValue))
        return validation_error(
            fmt::format("What Std:JsonGet finds at path '{}' in {} nests more than {} objects and lists.", json_path,
                        describe(reference), kDeepestValue));
    return read(*value, reading);
}

Resolved call(const Expression& expression, Reading& reading) {
    if (expression.function == kGet) return get(*expression.argument, reading);
    if (expression.function == kJoin) return join(*expression.argument, reading);
    if (expression.function == kJsonGet) return json_get(*expression.argument, reading);
    return validation_error(fmt::format("Unknown function '{}'.", expression.function));
}

Resolved resolve_list(const Json& list, Reading& reading) {
    Json::array_t result;
    result.reserve(list.size());
    for (const Json& each : list) {
        Resolved item = resolve(each, reading);
        if (!std::holds_alternative<Json>(item)) return item;
        result.push_back(std::get<Json>(std::move(item)));
    }
    return Json(std::move(result));
}

Resolved resolve_object(const Json& object, Reading& reading) {
    Json::object_t result;
    for (const auto& [key, each] : object.get_ref<const Json::object_t&>()) {
        Resolved member = resolve(each, reading);
        if (!std::holds_alternative<Json>(member)) return member;
        result.emplace_hint(result.end(), key, std::get<Json>(std::move(member)));
    }
    return Json(std::move(result));
}

Resolved resolve(const Json& value, Reading& reading) {
    if (const auto expression = as_expression(value)) return call(*expression, reading);
    if (value.is_object()) return resolve_object(value, reading);
    if (value.is_array()) return resolve_list(value, reading);
    return value;
}

}  // namespace

Resolved resolve(const Json& value, const Scope& scope) {
    Reading reading{scope};
    return resolve(value, reading);
}

Error missing_file(const FileReference& file, std::string_view detail) {
    constexpr std::string_view kPlaces =
        "ut it below the directory given by --s3-dir, as <bucket>/<key>, or into the S3 given by --s3-endpoint.";
    std::string text = fmt::format("Std:JsonGet cannot read {}: there is no such ", describe(file));
    if (file.step.empty()) {
        text += fmt::format("object. P{}", kPlaces);
    } else {
        text += fmt::format("file. Give its content in the scenario, as PropertyFiles.{} of the step's outcome, or p{}",
                            file.property_file, kPlaces);
    }
    if (!detail.empty()) text += fmt::format(" ({})", detail);
    return validation_error(std::move(text));
}

Error unreadable_file(const FileReference& file, std::string_view why) {
    return validation_error(fmt::format("Std:JsonGet cannot read {}: {}.", describe(file), why));
}

std::string property_file_uri(const PropertyFile& file, const Json& properties) {
    Json scratch;
    const Json* uri =
        find_path(properties, "ProcessingOutputConfig.Outputs['" + file.output + "'].S3Output.S3Uri", scratch);
    if (uri == nullptr || !uri->is_string()) return {};
    return uri->get_ref<const std::string&>() + "/" + file.path;
}

std::string join_text(const Json& value) {
    if (const auto text = as_string(value)) return std::string(*text);
    return dump(value);
}

}  // namespace pipelines::definition
