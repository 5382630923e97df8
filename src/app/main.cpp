// Reads what is asked and does it. Exit codes: 0 done, 1 it failed, 2 the command line is wrong.
#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <string_view>

#include "app/command_line.hpp"
#include "app/health.hpp"
#include "app/serve.hpp"
#include "app/version.hpp"

namespace {

namespace app = pipelines::app;

constexpr std::chrono::seconds kPatience{3};  // of `health`; Docker gives a check longer
constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

int complain(int code, std::string_view message) {
    fmt::print(stderr, "pipelines-local: {}\n", message);
    return code;
}

app::Environment environment_of_process() {
    app::Environment environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return environment;
}

int health(const app::Invocation& invocation) {
    auto targets = invocation.url ? app::parse_health_url(*invocation.url) : app::health_targets(invocation.options);
    if (!targets) return complain(kWrongUse, targets.error().message);
    const auto asked = app::ask_health(*targets, kPatience);
    if (!asked) return complain(kFailed, "not well: " + asked.error().message);
    fmt::print("{} is well\n", *asked);
    return 0;
}

int run(int argc, char** argv) {
    const auto invocation = app::read_command_line(argc, argv, environment_of_process());
    if (!invocation) return complain(kWrongUse, invocation.error().message);
    switch (invocation->command) {
        case app::Command::Serve: return app::serve(invocation->options);
        case app::Command::Health: return health(*invocation);
        case app::Command::Version: fmt::print("{}", app::version_text()); return 0;
        case app::Command::Help: fmt::print("{}", invocation->help); return 0;
    }
    return kFailed;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& fault) {
        return complain(kFailed, fault.what());
    }
}
