#include "pipelines/store/database.hpp"

#include <cassert>
#include <cstring>
#include <utility>

#include "store/database_impl.hpp"

namespace pipelines::store {
namespace {

sqlite3_stmt* compile(sqlite3* connection, const char* sql, unsigned flags) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(connection, sql, -1, flags, &statement, nullptr) != SQLITE_OK)
        throw_last_error(connection, sql);
    return statement;
}

}  // namespace

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Database::~Database() = default;

Statement Database::prepare(const char* sql) {
    sqlite3* const connection = impl_->connection.get();
    PreparedStatement& known = impl_->statements[sql];
    if (!known.handle) known.handle.reset(compile(connection, sql, SQLITE_PREPARE_PERSISTENT));
    assert(std::strcmp(sqlite3_sql(known.handle.get()), sql) == 0);  // else the text was no literal
    if (known.in_use) return {connection, compile(connection, sql, 0), nullptr};
    known.in_use = true;
    return {connection, known.handle.get(), &known.in_use};
}

Statement Database::prepare_once(const std::string& sql) {
    sqlite3* const connection = impl_->connection.get();
    return {connection, compile(connection, sql.c_str(), 0), nullptr};
}

void Database::execute(const char* sql) { store::execute(impl_->connection.get(), sql); }

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(impl_->connection.get()); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(impl_->connection.get()) == 0; }

// SQLite's count of changed rows only grows, and no other connection writes. A rollback leaves it where it is: that is
// why there is no version while something can still be rolled back.
std::optional<std::int64_t> Database::content_version() const {
    sqlite3* const connection = impl_->connection.get();
    if (sqlite3_txn_state(connection, nullptr) == SQLITE_TXN_WRITE) return std::nullopt;
    return impl_->changes_before + sqlite3_total_changes64(connection);
}

std::vector<std::string> Database::statements() const {
    std::vector<std::string> texts;
    for (const auto& [address, statement] : impl_->statements)
        if (statement.handle) texts.emplace_back(sqlite3_sql(statement.handle.get()));
    return texts;
}

}  // namespace pipelines::store
