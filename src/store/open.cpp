#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "store/database_impl.hpp"
#include "store/file_header.hpp"
#include "store/migrate.hpp"

namespace pipelines::store {
namespace {

namespace fs = std::filesystem;

// What every connection that serves requests is set to (bench/start_prototype.cpp, too). The cache holds what a burst
// of starts comes back to: with 4 MB, each start read two pages again. What is deleted need not be overwritten
// (Debian's default).
constexpr const char* kSettings =
    "PRAGMA busy_timeout = 1000; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -16384;"
    "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = OFF";

Error disk_error(const char* what, const fs::path& path, int code) {
    return {ErrorKind::Internal,
            fmt::format("cannot {} '{}': {}", what, path.string(), std::generic_category().message(code))};
}

Result<void> make_directories(const fs::path& directory) {
    std::error_code ignored;  // where it cannot be looked at, it cannot be made either, and that says why
    if (directory.empty() || fs::is_directory(directory, ignored)) return {};
    if (auto parents = make_directories(directory.parent_path()); !parents) return parents;
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
        return disk_error("make the directory", directory, errno);
    return {};
}

// Made here and not by SQLite, whose files follow the mode of the first one.
Result<void> make_file(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return disk_error("open", file, errno);
    ::close(descriptor);
    return {};
}

// Looks only: a refused file keeps its log, too.
Result<int> version_of(sqlite3* connection, const fs::path& file) {
    sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const std::int64_t application = query_integer(connection, "PRAGMA application_id");
    const std::int64_t version = query_integer(connection, "PRAGMA user_version");
    if (auto owner = check_owner(file, application, version); !owner) return owner.error();
    // Without our mark it is a new file, perhaps one of a start that was killed; else there would be tables.
    if (application == 0 && query_integer(connection, "SELECT count(*) FROM sqlite_schema") != 0)
        return Error{ErrorKind::Validation,
                     fmt::format("the data file '{}' is an SQLite database of another program; it is left as it is",
                                 file.string())};
    sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    return static_cast<int>(version);
}

int committed(void* checkpointer, sqlite3* connection, const char* /*schema*/, int frames) {
    if (frames >= Checkpointer::kOwnFrames &&
        sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr) == SQLITE_OK)
        return SQLITE_OK;
    if (frames >= Checkpointer::kWakeFrames && frames < Checkpointer::kOwnFrames)
        static_cast<Checkpointer*>(checkpointer)->wake();
    return SQLITE_OK;
}

void start_log(sqlite3* connection, const fs::path& file, Durability durability) {
    if (query_text(connection, "PRAGMA journal_mode = WAL") != "wal")
        throw DatabaseError(fmt::format("'{}': its file system cannot hold a write-ahead log", file.string()));
    execute(connection, durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    execute(connection, "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864");
}

fs::path absolute_path(const fs::path& file) {
    std::error_code ignored;
    const fs::path resolved =
        fs::weakly_canonical(fs::absolute(file, ignored), ignored);  // one lock, whatever the name
    return resolved.empty() ? file : resolved;
}

}  // namespace

void Database::Impl::prepare_to_serve(sqlite3* made) const {
    store::execute(made, kSettings);
    start_log(made, file, durability);
    sqlite3_wal_hook(made, committed, checkpointer.get());
}

void Database::reopen() {
    // If that fails, the end of the connection rolls back.
    if (in_transaction()) sqlite3_exec(impl_->connection.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    if (impl_->file.empty()) return;
    Connection made = connect(impl_->file.c_str(), SQLITE_OPEN_READWRITE);
    impl_->prepare_to_serve(made.get());
    impl_->statements.clear();
    impl_->changes_before += sqlite3_total_changes64(impl_->connection.get());
    impl_->connection = std::move(made);
}

Result<std::unique_ptr<Database>> Database::open(const fs::path& given, Durability durability) try {
    configure_library();
    const fs::path file = absolute_path(given);
    if (auto made = make_directories(file.parent_path()); !made) return made.error();
    auto impl = std::make_unique<Impl>();
    auto lock = FileLock::acquire(file);
    if (!lock) return lock.error();
    impl->lock.emplace(std::move(*lock));
    if (auto header = check_header(file); !header) return header.error();
    if (auto made = make_file(file); !made) return made.error();
    impl->connection = connect(file.c_str(), SQLITE_OPEN_READWRITE);
    sqlite3* const connection = impl->connection.get();
    const auto version = version_of(connection, file);
    if (!version) return version.error();
    impl->file = file;
    impl->durability = durability;
    impl->checkpointer = std::make_unique<Checkpointer>(file);
    impl->prepare_to_serve(connection);
    std::unique_ptr<Database> database{new Database(std::move(impl))};
    migrate(*database, *version);
    return database;
} catch (const DatabaseError& error) {
    return Error{ErrorKind::Internal, fmt::format("cannot open the data file '{}': {}", given.string(), error.what())};
}

std::unique_ptr<Database> Database::in_memory() {
    configure_library();
    auto impl = std::make_unique<Impl>();
    impl->connection = connect(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    store::execute(impl->connection.get(), kSettings);
    std::unique_ptr<Database> database{new Database(std::move(impl))};
    migrate(*database, 0);
    return database;
}

}  // namespace pipelines::store
