#include "pipelines/store/query.hpp"

namespace pipelines::store {
namespace {

Statement prepared(Database& database, const Query& query) {
    auto statement = database.prepare_once(query.text);
    for (const Query::Value& value : query.values)
        std::visit([&statement](const auto& bound) { statement.bind(bound); }, value);
    return statement;
}

}  // namespace

std::vector<Position> Queries::positions(const Query& query) {
    auto statement = prepared(database_, query);
    std::vector<Position> found;
    while (statement.step()) found.push_back({statement.value(1), statement.integer(0)});
    return found;
}

std::int64_t Queries::number(const Query& query) {
    auto statement = prepared(database_, query);
    return statement.step() ? statement.integer(0) : 0;
}

}  // namespace pipelines::store
