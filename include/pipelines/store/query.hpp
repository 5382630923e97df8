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

class Queries {
public:
    explicit Queries(Database& database) : database_(database) {}

    [[nodiscard]] std::vector<Position> positions(const Query&);  // of rows (id, key)
    // Row by row, until `visit` says false.
    void each(const Query&, const std::function<bool(const Position&)>& visit);

    // The one value that a query answers. Counting is what a search of many rows costs most, and each page of it counts
    // again: the answers to the last queries are kept until something is written.
    [[nodiscard]] std::int64_t count(const Query&);

private:
    Database& database_;
    std::vector<std::pair<Query, std::int64_t>> counted_;
    std::optional<std::int64_t> counted_at_;  // Database::content_version()
};

}  // namespace pipelines::store
