// The members of a Database, in the order in which they come up; they go down in the opposite one.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <unordered_map>

#include "pipelines/store/database.hpp"
#include "store/checkpointer.hpp"
#include "store/file_lock.hpp"
#include "store/sqlite.hpp"

namespace pipelines::store {

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

struct PreparedStatement {
    std::unique_ptr<sqlite3_stmt, FinalizeStatement> handle;
    bool in_use = false;
};

struct Database::Impl {
    std::optional<FileLock> lock;
    std::filesystem::path file;  // empty: in memory
    Durability durability = Durability::Normal;
    Connection connection;
    std::unordered_map<const char*, PreparedStatement> statements;  // by the address of the literal
    std::unique_ptr<Checkpointer> checkpointer;
    std::int64_t changes_before = 0;  // through connections that reopen() left behind

    // Settings, log and hook of a connection to the file that was just made. Throws DatabaseError. (open.cpp)
    void prepare_to_serve(sqlite3*) const;
};

}  // namespace pipelines::store
