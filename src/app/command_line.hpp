// The command line: which command, with which options. Flags win over variables, variables over the config file, that
// over the defaults.
#pragma once

#include <optional>
#include <string>

#include "app/config.hpp"
#include "app/options.hpp"
#include "pipelines/base/result.hpp"

namespace pipelines::app {

enum class Command { Serve, Health, Version, Help };

struct Invocation {
    Command command = Command::Help;
    Options options;                 // Serve; of Health, where the server listens, unless there is a url
    std::optional<std::string> url;  // Health: the server to ask
    std::string help;                // Help: what to print
};

// Reads the arguments, the environment given, and the config file they name (or the user's own, if it exists). Error:
// the first setting that is unknown or has a wrong value; the sentence names it, its value, where it came from, and
// what is allowed.
[[nodiscard]] Result<Invocation> read_command_line(int argc, const char* const* argv, const Environment&);

}  // namespace pipelines::app
