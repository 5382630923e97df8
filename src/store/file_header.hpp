// Whose file is it? Answered from its first 100 bytes, before SQLite opens it: even a look through SQLite may recover a
// write-ahead log and so change a file that is not ours to change.
#pragma once

#include <filesystem>

#include "pipelines/base/result.hpp"

namespace pipelines::store {

// No error: no file, an empty one, or one that this program can take. Errors (Validation): not an SQLite database,
// another program's, a newer version's; (Internal) it cannot be read.
[[nodiscard]] Result<void> check_header(const std::filesystem::path& data_file);

// The same questions about what SQLite says of the file (its log included).
[[nodiscard]] Result<void> check_owner(const std::filesystem::path& data_file, std::int64_t application_id,
                                       std::int64_t user_version);

}  // namespace pipelines::store
