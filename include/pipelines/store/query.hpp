// Queries whose text is put together at run time: Search. The text is the caller's own; values are bound, never part of
// it.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "pipelines/store/database.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::store {

struct Query {
    using Value = std::variant<std::int64_t, double, std::string>;

    std::string text;
    std::vector<Value> values;

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
    [[nodiscard]] std::int64_t number(const Query&);              // the one value it answers

private:
    Database& database_;
};

}  // namespace pipelines::store
