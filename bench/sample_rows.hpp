// The rows that one StartPipelineExecution of the measured server wrote, to be written again under other keys.
//
// They are read from a data file of that server, so their number and widths are its own whatever its schema becomes.
// Every fault is thrown: a benchmark has nobody to answer.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct Closer {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Connection = std::unique_ptr<sqlite3, Closer>;
using Statement = std::unique_ptr<sqlite3_stmt, Closer>;
using Value = std::unique_ptr<sqlite3_value, Closer>;

[[nodiscard]] Connection open(const std::string& file);
void execute(sqlite3*, const char* sql);
[[nodiscard]] Statement prepare(sqlite3*, const std::string& sql);

// Runs a statement that is bound, up to its first row: true if there is one. It is reset by reset().
bool step(sqlite3_stmt*);
void reset(sqlite3_stmt*);

// The sample rows of one table and the statement that inserts one.
class SampleRows {
public:
    // `which` is the WHERE clause that selects them.
    SampleRows(sqlite3*, const std::string& table, const std::string& which);

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] std::int64_t integer(std::size_t row, std::string_view column) const;
    [[nodiscard]] bool is_null(std::size_t row, std::string_view column) const;
    [[nodiscard]] std::string text(std::size_t row, std::string_view column) const;
    [[nodiscard]] int index_of(std::string_view column) const;  // as insert() wants it

    struct Change {
        int column;
        enum class Kind { Null, Integer, Text } kind;
        std::int64_t integer = 0;
        std::string_view text = {};
    };
    // The row, but for the changes; returns its rowid.
    std::int64_t insert(std::size_t row, std::span<const Change> changes);

private:
    [[nodiscard]] sqlite3_value* at(std::size_t row, std::string_view column) const;

    sqlite3* connection_;
    std::vector<std::string> columns_;
    std::vector<std::vector<Value>> rows_;
    Statement insert_;
};

}  // namespace bench
