#include "app/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "pipelines/base/text.hpp"

namespace pipelines::app {
namespace {

constexpr std::string_view kPrefix = "PIPELINES_LOCAL_";

// A cluster puts PIPELINES_LOCAL_PORT=tcp://10.0.0.7:7243 and the like into every container beside a service of our
// name.
bool is_service_link(std::string_view name, std::string_view value) {
    name.remove_prefix(kPrefix.size());
    return name.starts_with("SERVICE_") || name.starts_with("PORT_") ||
           (name == "PORT" && value.find("://") != std::string_view::npos);
}

std::vector<std::string> values_of(const Setting& setting, const std::string& text) {
    if (setting.arity != Arity::Many) return {text};
    std::vector<std::string> values;
    for (const auto part : split(text, ',')) values.emplace_back(part);
    return values;
}

template <class Name>
std::vector<std::string> all_names(const Name& name_of_setting) {
    std::vector<std::string> names;
    for (const auto& setting : settings()) names.push_back(name_of_setting(setting));
    return names;
}

std::string key_of(const Setting& setting) { return std::string(setting.name); }

// A value of the file as a flag would be given it.
std::optional<std::string> text_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return fmt::to_string(number->get());
    if (const auto* number = node.as_floating_point()) return fmt::to_string(number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    return std::nullopt;
}

std::optional<std::vector<std::string>> texts_of(const toml::node& node) {
    std::vector<std::string> texts;
    const auto add = [&texts](const toml::node& value) {
        auto text = text_of(value);
        if (text) texts.push_back(*std::move(text));
        return text.has_value();
    };
    const auto* array = node.as_array();
    const bool is_read = array == nullptr ? add(node) : std::ranges::all_of(*array, add);
    return is_read ? std::optional(std::move(texts)) : std::nullopt;
}

}  // namespace

Result<GivenSettings> from_environment(const Environment& environment) {
    const auto variables = all_names(variable_of);
    GivenSettings given;
    for (const auto& [name, value] : environment) {
        if (!name.starts_with(kPrefix) || value.empty() || is_service_link(name, value)) continue;
        const auto found = std::ranges::find(variables, name);
        if (found == variables.end())
            return validation_error(fmt::format("unknown environment variable {} (its value is '{}'){}", name, value,
                                                suggestion(name, variables)));
        const auto& setting = settings()[static_cast<std::size_t>(found - variables.begin())];
        given[&setting] = {values_of(setting, value), "the variable " + name};
    }
    return given;
}

Result<GivenSettings> from_config(std::istream& input, const std::string& name) {
    const toml::parse_result parsed = toml::parse(input);
    if (!parsed)
        return validation_error(
            fmt::format("{}, line {}: {}", name, parsed.error().source().begin.line, parsed.error().description()));
    GivenSettings given;
    for (const auto& [key, value] : parsed.table()) {
        if (value.is_table() || value.is_array_of_tables())
            return validation_error(
                fmt::format("a table, [{}], in {}: every setting is a key of its own there", key.str(), name));
        const auto* setting = find_setting(key.str());
        if (setting == nullptr)
            return validation_error(
                fmt::format("unknown key '{}' in {}{}", key.str(), name, suggestion(key.str(), all_names(key_of))));
        if (setting->name == "config")
            return validation_error(fmt::format("'config' in {}: a config file cannot name another", name));
        const auto texts = texts_of(value);
        if (!texts)
            return validation_error(
                fmt::format("'{}' in {}, line {}: it must be a string, a number, true or false, "
                            "or an array of them",
                            key.str(), name, value.source().begin.line));
        given[setting] = {*texts, fmt::format("the config file {}", name)};
    }
    return given;
}

std::optional<std::filesystem::path> user_directory(const Environment& environment, std::string_view variable,
                                                    std::string_view fallback) {
    const auto absolute = [&environment](std::string_view name) -> std::optional<std::filesystem::path> {
        const auto found = environment.find(name);
        if (found == environment.end()) return std::nullopt;
        std::filesystem::path path(found->second);
        return path.is_absolute() ? std::optional(path) : std::nullopt;
    };
    if (const auto base = absolute(variable)) return *base / "pipelines-local";
    if (const auto home = absolute("HOME")) return *home / fallback / "pipelines-local";
    return std::nullopt;
}

}  // namespace pipelines::app
