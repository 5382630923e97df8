// THE table of settings: one line for each, used by the command line, the environment, the config file and the help.
//
// A setting `step-duration` is the flag --step-duration, the variable PIPELINES_LOCAL_STEP_DURATION and the key
// `step-duration` of the config file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/options.hpp"
#include "pipelines/base/result.hpp"

namespace pipelines::app {

enum class Arity {
    Switch,  // a flag without a value; true or false elsewhere
    One,
    Many,  // a repeated flag, a comma-separated variable, an array in the file
};

struct Setting {
    std::string_view name;
    std::string_view placeholder;  // of its value, in the help
    Arity arity;
    std::string_view help;
    std::string_view allowed;                         // completes "allowed is ..."
    bool (*apply)(std::string_view value, Options&);  // false: not an allowed value
};

[[nodiscard]] std::span<const Setting> settings();

// By its name, exact; null if there is none.
[[nodiscard]] const Setting* find_setting(std::string_view name);

// What a switch may be set to, by a flag, a variable or the file: true, 1, yes, on and their opposites.
[[nodiscard]] std::optional<bool> parse_truth(std::string_view);

[[nodiscard]] std::string flag_of(const Setting&);      // "--step-duration"
[[nodiscard]] std::string variable_of(const Setting&);  // "PIPELINES_LOCAL_STEP_DURATION"

// The values one source gives for a setting, and how to name that source in a sentence: "the flag --port".
struct Given {
    std::vector<std::string> values;
    std::string origin;
};

// Puts the values into the options. Error: the sentence names setting, value, source, and what is allowed.
[[nodiscard]] Result<void> apply(const Setting&, const Given&, Options&);

// ", did you mean --port?", or nothing when no known name is near.
[[nodiscard]] std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace pipelines::app
