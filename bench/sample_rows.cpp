#include "sample_rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace bench {

namespace {

void check(sqlite3* connection, int code) {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        throw std::runtime_error(sqlite3_errmsg(connection));
}

std::string column_list(const std::vector<std::string>& columns) {
    std::string names;
    for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + column;
    return names;
}

std::string marks(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ", ?";
    return text;
}

}  // namespace

Connection open(const std::string& file) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    Connection connection{raw};
    if (code != SQLITE_OK) throw std::runtime_error(file + ": " + sqlite3_errstr(code));
    return connection;
}

void execute(sqlite3* connection, const char* sql) {
    check(connection, sqlite3_exec(connection, sql, nullptr, nullptr, nullptr));
}

Statement prepare(sqlite3* connection, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    check(connection, sqlite3_prepare_v3(connection, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    return Statement{statement};
}

bool step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    check(sqlite3_db_handle(statement), code);
    return code == SQLITE_ROW;
}

void reset(sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

SampleRows::SampleRows(sqlite3* connection, const std::string& table, const std::string& which)
    : connection_(connection) {
    const Statement select = prepare(connection, "SELECT * FROM " + table + " WHERE " + which);
    const int width = sqlite3_column_count(select.get());
    for (int i = 0; i < width; ++i) columns_.emplace_back(sqlite3_column_name(select.get(), i));
    while (step(select.get())) {
        auto& row = rows_.emplace_back();
        for (int i = 0; i < width; ++i) row.emplace_back(sqlite3_value_dup(sqlite3_column_value(select.get(), i)));
    }
    insert_ = prepare(connection, "INSERT INTO " + table + " (" + column_list(columns_) + ") VALUES (" +
                                      marks(columns_.size()) + ")");
}

int SampleRows::index_of(std::string_view column) const {
    const auto found = std::ranges::find(columns_, column);
    if (found == columns_.end()) throw std::runtime_error("no column " + std::string(column));
    return static_cast<int>(found - columns_.begin());
}

sqlite3_value* SampleRows::at(std::size_t row, std::string_view column) const {
    return rows_.at(row).at(static_cast<std::size_t>(index_of(column))).get();
}

std::int64_t SampleRows::integer(std::size_t row, std::string_view column) const {
    return sqlite3_value_int64(at(row, column));
}

bool SampleRows::is_null(std::size_t row, std::string_view column) const {
    return sqlite3_value_type(at(row, column)) == SQLITE_NULL;
}

std::string SampleRows::text(std::size_t row, std::string_view column) const {
    const auto* const bytes = sqlite3_value_text(at(row, column));
    return bytes == nullptr ? std::string{} : std::string(reinterpret_cast<const char*>(bytes));
}

std::int64_t SampleRows::insert(std::size_t row, std::span<const Change> changes) {
    sqlite3_stmt* const statement = insert_.get();
    int index = 0;
    for (const Value& value : rows_[row]) sqlite3_bind_value(statement, ++index, value.get());
    for (const Change& change : changes) {
        switch (change.kind) {
            case Change::Kind::Null: sqlite3_bind_null(statement, change.column + 1); break;
            case Change::Kind::Integer: sqlite3_bind_int64(statement, change.column + 1, change.integer); break;
            case Change::Kind::Text:
                sqlite3_bind_text64(statement, change.column + 1, change.text.data(), change.text.size(),
                                    SQLITE_TRANSIENT, SQLITE_UTF8);
                break;
        }
    }
    step(statement);
    reset(statement);
    return sqlite3_last_insert_rowid(connection_);
}

}  // namespace bench
