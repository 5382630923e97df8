#include <fmt/format.h>

#include <utility>

#include "pipelines/store/database.hpp"
#include "store/sqlite.hpp"

namespace pipelines::store {

Statement::Statement(sqlite3* connection, sqlite3_stmt* statement, bool* in_use)
    : connection_(connection), statement_(statement), in_use_(in_use) {}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      in_use_(other.in_use_),
      next_(other.next_) {}

Statement::~Statement() {
    if (statement_ == nullptr) return;
    if (in_use_ == nullptr) {
        sqlite3_finalize(statement_);
        return;
    }
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);  // a long text would stay in memory until the next use
    *in_use_ = false;
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) throw_last_error(connection_, sqlite3_sql(statement_));
}

Statement& Statement::bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, next_++, value));
    return *this;
}

Statement& Statement::bind(double value) {
    check(sqlite3_bind_double(statement_, next_++, value));
    return *this;
}

Statement& Statement::bind(std::string_view value) {
    const char* const text = value.data() == nullptr ? "" : value.data();  // a null pointer would bind NULL
    check(sqlite3_bind_text64(statement_, next_++, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(std::nullptr_t) {
    check(sqlite3_bind_null(statement_, next_++));
    return *this;
}

Statement& Statement::bind_json(const Json& value) { return value.is_null() ? bind(nullptr) : bind(dump(value)); }

bool Statement::step() {
    switch (sqlite3_step(statement_)) {
        case SQLITE_ROW: return true;
        case SQLITE_DONE: return false;
        default: throw_last_error(connection_, sqlite3_sql(statement_));
    }
}

void Statement::run() {
    while (step()) {
    }
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Statement::text(int column) const {
    const unsigned char* const bytes = sqlite3_column_text(statement_, column);
    if (bytes == nullptr) return {};
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Json Statement::json(int column) const {
    if (is_null(column)) return nullptr;
    // Twice as deep as a definition: it may read values into its own (definition::kDeepestValue).
    auto value = parse_json(text(column), {.depth = 1024});
    if (!value)
        throw std::runtime_error(fmt::format("column {} is not JSON ({}) in: {}",
                                             sqlite3_column_name(statement_, column), describe(value.error()),
                                             sqlite3_sql(statement_)));
    return std::move(*value);
}

Json Statement::value(int column) const {
    switch (sqlite3_column_type(statement_, column)) {
        case SQLITE_NULL: return nullptr;
        case SQLITE_INTEGER: return integer(column);
        case SQLITE_FLOAT: return real(column);
        default: return text(column);
    }
}

Time Statement::time(int column) const { return from_millis(integer(column)); }

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::optional<std::string> Statement::optional_text(int column) const {
    if (is_null(column)) return std::nullopt;
    return std::string{text(column)};
}

std::optional<Time> Statement::optional_time(int column) const {
    if (is_null(column)) return std::nullopt;
    return time(column);
}

}  // namespace pipelines::store
