// What every file that calls SQLite needs: the handle's owner and its errors as exceptions.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pipelines::store {

struct CloseConnection {
    void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;

// Settings of the library that must stand before its first use; harmless when repeated.
void configure_library();

// A connection that one thread uses. Throws DatabaseError.
[[nodiscard]] Connection connect(const char* file, int flags);

// One or more statements without result. Throws DatabaseError.
void execute(sqlite3* connection, const char* sql);

// The single value that a statement answers, such as a PRAGMA. Throws DatabaseError.
[[nodiscard]] std::string query_text(sqlite3* connection, const char* sql);
[[nodiscard]] std::int64_t query_integer(sqlite3* connection, const char* sql);

// The last error of the connection, with the statement it happened in. Never a bound value.
[[noreturn]] void throw_last_error(sqlite3* connection, std::string_view sql);

}  // namespace pipelines::store
