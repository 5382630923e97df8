// Which versions this program is made of.
#pragma once

#include <string>
#include <string_view>

namespace pipelines::app {

[[nodiscard]] std::string_view program_version();  // "0.1.0"

// What `pipelines-local version` prints: program, API model, SQLite; a line each.
[[nodiscard]] std::string version_text();

}  // namespace pipelines::app
