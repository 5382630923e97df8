// SQLite, one connection: statements prepared once and for ever, savepoints, pragmas. Every failure here is
// infrastructure and throws DatabaseError; what a caller can cause is checked before a statement runs. A row that holds
// what this program never writes throws another std::runtime_error: it would do so for ever.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace pipelines::store {

class DatabaseError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class Durability { Normal, Full };  // Normal survives a killed process, Full also a power cut

class Statement;

class Database {
public:
    // Opens or creates the file (directory made with mode 0700), migrates it. Errors: it is not ours, it is of a newer
    // program, another process holds it (names its pid), the disk refuses.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Durability);
    // Everything in memory.
    [[nodiscard]] static std::unique_ptr<Database> in_memory();
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // Prepared on first use of that text, kept for ever; reset and with bindings cleared. The text is a literal: its
    // address is the key. While a statement of that text is in use, another one of it is prepared for one use.
    [[nodiscard]] Statement prepare(const char* sql);
    // A text that is put together at run time: prepared for one use.
    [[nodiscard]] Statement prepare_once(const std::string& sql);
    void execute(const char* sql);  // one or more statements without result
    [[nodiscard]] std::int64_t last_insert_id() const;

    // False also after an error (disk full, I/O) that made SQLite roll back everything by itself.
    [[nodiscard]] bool in_transaction() const;

    // Differs whenever what queries find may have changed since; nothing while something written waits for its COMMIT.
    [[nodiscard]] std::optional<std::int64_t> content_version() const;

    // Rolls back what is open and goes on with a new connection to the file, after an error that may have left the old
    // one unusable. No Statement may be in use. A database in memory keeps its connection: its data would go with it.
    void reopen();

    // The texts prepared so far: for diagnostics, and for the test that every query uses an index.
    [[nodiscard]] std::vector<std::string> statements() const;

private:
    struct Impl;
    explicit Database(std::unique_ptr<Impl>);
    std::unique_ptr<Impl> impl_;
    friend class Statement;
};

// A prepared statement in use: bind in order, step, read columns in order. Resets itself at the end of its life.
//   auto statement = database.prepare("SELECT id FROM pipelines WHERE namespace = ? AND name = ?");
//   statement.bind(namespace_id).bind(name);
//   while (statement.step()) ... statement.integer(0) ...
class Statement {
public:
    ~Statement();
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) = delete;

    Statement& bind(std::int64_t value);
    Statement& bind(double value);
    Statement& bind(std::string_view value);
    Statement& bind(std::nullptr_t);
    Statement& bind(const char* value) { return bind(std::string_view{value}); }
    Statement& bind(const std::string& value) { return bind(std::string_view{value}); }
    Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
    Statement& bind(std::uint32_t value) { return bind(static_cast<std::int64_t>(value)); }
    Statement& bind(Time time) { return bind(to_millis(time)); }
    template <class E>
        requires std::is_enum_v<E>
    Statement& bind(E value) {
        return bind(static_cast<std::int64_t>(value));
    }
    // As text; null as NULL. A template, since nearly everything turns into a Json.
    template <std::same_as<Json> J>
    Statement& bind(const J& value) {
        return bind_json(value);
    }
    template <class T>
    Statement& bind(const std::optional<T>& value) {
        return value ? bind(*value) : bind(nullptr);
    }

    [[nodiscard]] bool step();  // true: there is a row
    void run();                 // to the end, rows ignored

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;  // until the next step
    [[nodiscard]] Json json(int column) const;              // NULL: null
    [[nodiscard]] Json value(int column) const;             // null, integer, real or text, as SQLite holds it
    [[nodiscard]] Time time(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
    [[nodiscard]] std::optional<std::string> optional_text(int column) const;
    [[nodiscard]] std::optional<Time> optional_time(int column) const;

private:
    friend class Database;
    Statement(sqlite3*, sqlite3_stmt*, bool* in_use);
    Statement& bind_json(const Json&);
    void check(int code) const;
    sqlite3* connection_;
    sqlite3_stmt* statement_;
    bool* in_use_;  // in the database's cache; null: prepared for this use only
    int next_ = 1;
};

}  // namespace pipelines::store
