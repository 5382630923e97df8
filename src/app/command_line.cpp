#include "app/command_line.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <array>
#include <fstream>
#include <span>

namespace pipelines::app {
namespace {

constexpr std::string_view kAbout =
    "SageMaker Pipelines Local: a server that speaks the Amazon SageMaker Pipelines API and runs pipelines here.";
constexpr std::string_view kFooter =
    "Every option is also an environment variable (--step-duration: PIPELINES_LOCAL_STEP_DURATION) and a key of the "
    "config file\n(step-duration = \"90\"). A flag wins over a variable, a variable over the file.";

// What CLI11 is given to parse into.
struct Parser {
    CLI::App root{std::string(kAbout), "pipelines-local"};
    CLI::App* serve = nullptr;
    CLI::App* health = nullptr;
    CLI::App* version = nullptr;
    bool is_version_asked = false;
    std::vector<std::string> url;
};

void add_setting(CLI::App& command, const Setting& setting) {
    if (setting.arity == Arity::Switch) {
        const std::string description(setting.help);
        command.add_flag(flag_of(setting), description);
        return;
    }
    const auto help = fmt::format("{}; {}", setting.help, setting.allowed);
    auto* option = command.add_option(flag_of(setting), help)->type_name(std::string(setting.placeholder));
    // One value a flag; a flag that stands twice is refused with the other mistakes, in apply().
    if (setting.arity == Arity::Many)
        option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(false);
    else
        option->expected(1)->take_all();
}

void describe_commands(Parser& parser) {
    parser.root.set_help_flag("-h,--help", "Print this text");
    parser.root.add_flag("--version", parser.is_version_asked, "The same as the command version");
    parser.root.footer("pipelines-local COMMAND --help says more.");
    parser.root.allow_extras();
    parser.serve = parser.root.add_subcommand("serve", "Serve the API until SIGTERM or SIGINT");
    parser.health = parser.root.add_subcommand("health", "Ask a running server whether it is well; exit 0 if it is");
    parser.version = parser.root.add_subcommand("version", "Print the versions of program, API model and SQLite");
    for (auto* command : {parser.serve, parser.health, parser.version}) command->allow_extras();
    parser.serve->footer(std::string(kFooter));
    for (const auto& setting : settings()) add_setting(*parser.serve, setting);
    for (const auto* name : {"host", "port", "config"}) add_setting(*parser.health, *find_setting(name));
    parser.health
        ->add_option("--url", parser.url, "The server to ask: http://ADDRESS:PORT, with an IP address or localhost")
        ->type_name("URL")
        ->allow_extra_args(false);
}

// What stands on the command line and is nobody's.
Result<void> refuse_extras(const Parser& parser, const CLI::App& command) {
    const auto stray = command.remaining();
    if (stray.empty()) return {};
    const auto name = stray.front().substr(0, stray.front().find('='));
    std::vector<std::string> known;
    if (name.starts_with("-")) {
        for (const auto* option : command.get_options()) known.push_back("--" + option->get_single_name());
        return validation_error(fmt::format("unknown option '{}'{}", stray.front(), suggestion(name, known)));
    }
    if (&command != &parser.root)
        return validation_error(fmt::format("unexpected argument '{}': every option has a name", stray.front()));
    for (const auto* candidate : {parser.serve, parser.health, parser.version}) known.push_back(candidate->get_name());
    return validation_error(
        fmt::format("unknown command '{}'{} (serve, health, version)", stray.front(), suggestion(name, known)));
}

GivenSettings from_flags(const CLI::App& command) {
    GivenSettings given;
    for (const auto& setting : settings()) {
        const auto* option = command.get_option_no_throw(flag_of(setting));
        if (option != nullptr && option->count() > 0)
            given[&setting] = {option->results(), "the flag " + flag_of(setting)};
    }
    return given;
}

// The file that a flag or a variable names, or else the user's own.
Result<GivenSettings> from_config_file(const GivenSettings& flags, const GivenSettings& variables,
                                       const Environment& environment, Options& options) {
    const auto* setting = find_setting("config");
    for (const auto* source : {&flags, &variables}) {
        const auto given = source->find(setting);
        if (given == source->end()) continue;
        if (auto applied = apply(*setting, given->second, options); !applied) return applied.error();
        break;
    }
    if (!options.config_file) {
        const auto directory = user_directory(environment, "XDG_CONFIG_HOME", ".config");
        std::error_code ignored;
        if (!directory || !std::filesystem::exists(*directory / "config.toml", ignored)) return GivenSettings{};
        options.config_file = *directory / "config.toml";
    }
    std::ifstream file(*options.config_file);
    std::error_code ignored;
    if (!file || std::filesystem::is_directory(*options.config_file, ignored))  // a directory opens, and looks empty
        return validation_error(fmt::format("cannot read the config file {}", options.config_file->string()));
    return from_config(file, options.config_file->string());
}

// --db or --ephemeral, whichever the stronger source speaks of; neither: the user's own file.
Result<void> choose_database(std::span<const GivenSettings* const> sources, const Environment& environment,
                             Options& options) {
    for (const auto* source : sources) {
        const auto ephemeral = source->find(find_setting("ephemeral"));
        const auto database = source->find(find_setting("db"));
        const bool in_memory = ephemeral != source->end() && parse_truth(ephemeral->second.values.back()) == true;
        if (in_memory && database != source->end())
            return validation_error(fmt::format("ephemeral and db contradict each other ({} and {}): give one of them",
                                                ephemeral->second.origin, database->second.origin));
        if (in_memory) options.database.reset();
        if (in_memory || database != source->end()) return {};
        if (ephemeral != source->end()) break;  // an explicit "no" outweighs a weaker source's "yes"
    }
    if (options.database) return {};
    const auto directory = user_directory(environment, "XDG_STATE_HOME", ".local/state");
    if (!directory)
        return validation_error(
            "no place for the data file: neither XDG_STATE_HOME nor HOME is set; give --db PATH or --ephemeral");
    options.database = *directory / "pipelines-local.db";
    return {};
}

// Of the settings, those that the command has: `health` needs no place for a data file, nor a directory to be there.
Result<Options> resolve(const CLI::App& command, const Environment& environment) {
    const auto has = [&command](const Setting& setting) {
        return command.get_option_no_throw(flag_of(setting)) != nullptr;
    };
    Options options;
    const auto flags = from_flags(command);
    const auto variables = from_environment(environment);
    if (!variables) return variables.error();
    const auto file = from_config_file(flags, *variables, environment, options);
    if (!file) return file.error();
    const std::array<const GivenSettings*, 3> sources{&flags, &*variables, &*file};
    for (const auto& setting : settings()) {
        if (!has(setting)) continue;
        for (const auto* source : sources) {
            const auto given = source->find(&setting);
            if (given == source->end()) continue;
            if (auto applied = apply(setting, given->second, options); !applied) return applied.error();
            break;
        }
    }
    if (options.hosts.empty()) options.hosts = {"127.0.0.1", "::1"};
    if (!has(*find_setting("db"))) return options;
    if (auto chosen = choose_database(sources, environment, options); !chosen) return chosen.error();
    return options;
}

// --url says all that there is to say: nothing else is read, and what is given beside it would mean nothing.
Result<std::optional<std::string>> read_url(const Parser& parser) {
    if (parser.url.empty()) return std::optional<std::string>{};
    if (parser.url.size() > 1)
        return validation_error(fmt::format("--url is given {} times: give one server to ask", parser.url.size()));
    if (const auto others = from_flags(*parser.health); !others.empty())
        return validation_error(
            fmt::format("--url and {} contradict each other: give one of them", flag_of(*others.begin()->first)));
    return std::optional{parser.url.front()};
}

// CLI11 says "--port: 1 required PORT missing": we add what is allowed.
Error syntax_error(const CLI::ParseError& fault) {
    const std::string text = fault.what();
    for (const auto& setting : settings())
        if (text.starts_with(flag_of(setting) + ":"))
            return validation_error(
                fmt::format("{} needs a value, none is given: allowed is {}", flag_of(setting), setting.allowed));
    return validation_error(text);
}

}  // namespace

Result<Invocation> read_command_line(int argc, const char* const* argv, const Environment& environment) {
    Parser parser;
    describe_commands(parser);
    Invocation invocation;
    try {
        parser.root.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        invocation.help = parser.root.help();
        return invocation;
    } catch (const CLI::ParseError& fault) {
        return syntax_error(fault);
    }
    auto chosen = parser.root.get_subcommands();
    if (auto clean = refuse_extras(parser, parser.root); !clean) return clean.error();
    if (parser.is_version_asked && chosen.empty()) chosen.push_back(parser.version);
    if (chosen.empty()) return validation_error("no command given: serve, health or version (--help says more)");
    if (chosen.size() > 1)
        return validation_error(
            fmt::format("two commands given, {} and {}: give one", chosen[0]->get_name(), chosen[1]->get_name()));
    if (auto clean = refuse_extras(parser, *chosen.front()); !clean) return clean.error();
    if (chosen.front() == parser.version) {
        invocation.command = Command::Version;
        return invocation;
    }
    invocation.command = chosen.front() == parser.serve ? Command::Serve : Command::Health;
    auto url = read_url(parser);
    if (!url) return url.error();
    invocation.url = std::move(*url);
    if (invocation.url) return invocation;
    auto options = resolve(*chosen.front(), environment);
    if (!options) return options.error();
    invocation.options = std::move(*options);
    return invocation;
}

}  // namespace pipelines::app
