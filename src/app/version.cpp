#include "app/version.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "pipelines/model/shapes.hpp"

namespace pipelines::app {
std::string_view program_version() { return PIPELINES_VERSION; }

std::string version_text() {
    return fmt::format("pipelines-local {}\nAPI model {}\nSQLite {}\n", program_version(), model::made_from(),
                       sqlite3_libversion());
}

}  // namespace pipelines::app
