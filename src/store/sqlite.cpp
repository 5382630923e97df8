#include "store/sqlite.hpp"

#include <fmt/format.h>

#include "pipelines/base/text.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

void configure_library() {
    // Statement journals stay in memory: an image from scratch has no directory for temporary files.
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
    // No global counters, so that allocations of the loop and of the checkpoint thread share no mutex.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

Connection connect(const char* file, int flags) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file, &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Connection connection{raw};
    if (code != SQLITE_OK) throw DatabaseError(fmt::format("{}: {}", file, sqlite3_errstr(code)));
    return connection;
}

void execute(sqlite3* connection, const char* sql) {
    if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw_last_error(connection, sql);
}

std::string query_text(sqlite3* connection, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr) != SQLITE_OK) throw_last_error(connection, sql);
    const int code = sqlite3_step(statement);
    std::string value;
    if (code == SQLITE_ROW) {
        const unsigned char* const text = sqlite3_column_text(statement, 0);
        if (text != nullptr) value = reinterpret_cast<const char*>(text);
    }
    if (sqlite3_finalize(statement) != SQLITE_OK || code != SQLITE_ROW) throw_last_error(connection, sql);
    return value;
}

std::int64_t query_integer(sqlite3* connection, const char* sql) {
    const auto value = parse_number<std::int64_t>(query_text(connection, sql));
    if (!value) throw DatabaseError(fmt::format("no integer from: {}", sql));
    return *value;
}

void throw_last_error(sqlite3* connection, std::string_view sql) {
    throw DatabaseError(fmt::format("SQLite: {} (code {}) in: {}", sqlite3_errmsg(connection),
                                    sqlite3_extended_errcode(connection), sql.substr(0, 200)));
}

}  // namespace pipelines::store
