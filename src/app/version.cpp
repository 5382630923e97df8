#include "app/version.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace pipelines::app {
namespace {

// The botocore that tools/generate_model.py made the API model from.
constexpr std::string_view kApiModel = "botocore 1.44.5";

}  // namespace

std::string_view program_version() { return PIPELINES_VERSION; }

std::string version_text() {
    return fmt::format("pipelines-local {}\nAPI model {}\nSQLite {}\n", program_version(), kApiModel,
                       sqlite3_libversion());
}

}  // namespace pipelines::app
