#include "app/config.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <algorithm>
#include <ranges>

#include "pipelines/base/text.hpp"

namespace pipelines::app {
namespace {

constexpr std::string_view kPrefix = "PIPELINES_LOCAL_";
constexpr std::string_view kTable = "++";  // how CLI11 calls the beginning of one

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
    GivenSettings given;
    for (const auto& item : CLI::ConfigTOML().from_config(input)) {
        if (item.name == kTable)
            return validation_error(fmt::format("a table, [{}], in {}: every setting is a key of its own there",
                                                fmt::join(item.parents, "."), name));
        const auto* setting = item.parents.empty() ? find_setting(item.name) : nullptr;
        if (setting != nullptr && setting->name == "config")
            return validation_error(fmt::format("'config' in {}: a config file cannot name another", name));
        if (setting == nullptr)
            return validation_error(fmt::format("unknown key '{}' in {}{}", item.fullname(), name,
                                                suggestion(item.name, all_names(key_of))));
        if (given.contains(setting)) return validation_error(fmt::format("'{}' stands twice in {}", item.name, name));
        given[setting] = {item.inputs, fmt::format("the config file {}", name)};
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
