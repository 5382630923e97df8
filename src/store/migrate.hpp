// Brings a data file to the newest schema: numbered migrations, each in a transaction of its own with the number it
// leaves behind in PRAGMA user_version.
#pragma once

#include <cstdint>
#include <span>

#include "pipelines/store/database.hpp"

namespace pipelines::store {

// "SMPL": what tells our files from other SQLite databases.
inline constexpr std::uint32_t kApplicationId = 0x534D504C;

struct Migration {
    int number;
    const char* name;
    const char* sql;
};

// All of sql/, in order, compiled in (cmake/EmbedSql.cmake).
[[nodiscard]] std::span<const Migration> migrations();

// The version that this program writes.
[[nodiscard]] int newest_version();

// Runs what is missing. The file is ours or empty, and not newer: the caller has looked.
void migrate(Database&, int from_version);

}  // namespace pipelines::store
