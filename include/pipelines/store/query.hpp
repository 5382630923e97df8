// Queries whose text is put together at run time: Search. The text is the caller's own; values are bound, never part of
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pipelines/store/database.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::store {

struct Query {
    using Value = std::variant<std::int64_t, double, std::string>;

    std::string text;
    std::vector<Value> values;

    bool operator==(const Query&) const = default;

    Query& add(std::string_view sql) {
        text += sql;
        return *this;
    }
    Query& bind(Value value) {
        text += '?';
        values.push_back(std::move(value));
        return *this;
    }
    Query& add(const Query& other) {
        text += other.text;
        values.insert(values.end(), other.values.begin(), other.values.end());
        return *this;
    }
};

// A row of a query that selects these four.
struct WalkedRow {
    std::int64_t id = 0;
    std::int64_t created = 0;
    bool may_match = false;
    Json key;
};

// What a walk through all rows has found: how many, and the first of them in the order that was asked for.
struct Found {
    std::size_t hits = 0;
    std::optional<Position> after;  // they stand behind this
    std::vector<Position> places;
    bool all = true;  // nothing stands behind them
};

class Queries {
public:
    explicit Queries(Database& database) : database_(database) {}

    [[nodiscard]] std::vector<Position> positions(const Query&);  // of rows (id, key)
    // Row by row, until `visit` says false.
    void walk(const Query&, const std::function<bool(const WalkedRow&)>& visit);

    // The one value that a query answers. Counting is what a search of many rows costs most, and each page of it counts
    // again: the answers to the last queries are kept until something is written.
    [[nodiscard]] std::int64_t count(const Query&);

    // What was found for a request, so that its next page need not walk again: likewise kept until something is
    // written. `since`: Database::content_version() when the walk began.
    void keep(std::string request, Found, std::optional<std::int64_t> since);
    [[nodiscard]] const Found* kept(std::string_view request);

private:
    void forget_what_is_old();

    Database& database_;
    std::vector<std::pair<Query, std::int64_t>> counted_;
    std::vector<std::pair<std::string, Found>> found_;
    std::optional<std::int64_t> kept_at_;  // Database::content_version()
};

}  // namespace pipelines::store
