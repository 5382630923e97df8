#include "pipelines/store/query.hpp"

#include <algorithm>

namespace pipelines::store {
namespace {

constexpr std::size_t kMostCounted = 16;

Statement prepared(Database& database, const Query& query) {
    auto statement = database.prepare_once(query.text);
    for (const Query::Value& value : query.values)
        std::visit([&statement](const auto& bound) { statement.bind(bound); }, value);
    return statement;
}

}  // namespace

std::vector<Position> Queries::positions(const Query& query) {
    std::vector<Position> found;
    each(query, [&found](const Position& row) {
        found.push_back(row);
        return true;
    });
    return found;
}

void Queries::each(const Query& query, const std::function<bool(const Position&)>& visit) {
    auto statement = prepared(database_, query);
    while (statement.step())
        if (!visit({statement.value(1), statement.integer(0)})) return;
}

std::int64_t Queries::count(const Query& query) {
    const auto now = database_.content_version();
    if (now != counted_at_ || counted_.size() == kMostCounted) counted_.clear();
    counted_at_ = now;
    const auto known = std::ranges::find(counted_, query, &std::pair<Query, std::int64_t>::first);
    if (known != counted_.end()) return known->second;
    auto statement = prepared(database_, query);
    const std::int64_t number = statement.step() ? statement.integer(0) : 0;
    if (now) counted_.emplace_back(query, number);
    return number;
}

}  // namespace pipelines::store
