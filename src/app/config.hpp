// Settings from outside the command line: the environment and the config file.
#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/settings.hpp"
#include "pipelines/base/result.hpp"

namespace pipelines::app {

using Environment = std::map<std::string, std::string, std::less<>>;
using GivenSettings = std::map<const Setting*, Given>;

// The non-empty PIPELINES_LOCAL_* variables. Error: one that is no setting (but for those that Kubernetes makes up for
// a service called pipelines-local, which are ignored).
[[nodiscard]] Result<GivenSettings> from_environment(const Environment&);

// The settings of a config file (TOML without tables); `name` is how it is called in messages. Error: what is no TOML,
// with its line; a key that is no setting; a table, a date.
[[nodiscard]] Result<GivenSettings> from_config(std::istream&, const std::string& name);

// $<variable>/pipelines-local, or ~/<fallback>/pipelines-local; nothing when neither variable is usable (a relative
// XDG path counts as absent, as the XDG base directory specification has it).
[[nodiscard]] std::optional<std::filesystem::path> user_directory(const Environment&, std::string_view variable,
                                                                  std::string_view fallback);

}  // namespace pipelines::app
