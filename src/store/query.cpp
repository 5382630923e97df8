#include "pipelines/store/query.hpp"

#include <algorithm>

namespace pipelines::store {
namespace {

constexpr std::size_t kMostCounted = 16;
constexpr std::size_t kMostFound = 4;

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

void Queries::walk(const Query& query, const std::function<bool(const WalkedRow&)>& visit) {
    auto statement = prepared(database_, query);
    while (statement.step())
        if (!visit({statement.integer(0), statement.integer(1), statement.integer(2) != 0, statement.value(3)})) return;
}

void Queries::forget_what_is_old() {
    const auto now = database_.content_version();
    if (now && now == kept_at_) return;
    kept_at_ = now;
    counted_.clear();
    found_.clear();
}

void Queries::keep(std::string request, Found found, std::optional<std::int64_t> since) {
    forget_what_is_old();
    if (!kept_at_ || since != kept_at_) return;
    std::erase_if(found_, [&request](const auto& known) { return known.first == request; });
    if (found_.size() == kMostFound) found_.erase(found_.begin());
    found_.emplace_back(std::move(request), std::move(found));
}

const Found* Queries::kept(std::string_view request) {
    forget_what_is_old();
    const auto known = std::ranges::find(found_, request, &std::pair<std::string, Found>::first);
    return known == found_.end() ? nullptr : &known->second;
}

std::int64_t Queries::count(const Query& query) {
    forget_what_is_old();
    const auto known = std::ranges::find(counted_, query, &std::pair<Query, std::int64_t>::first);
    if (known != counted_.end()) return known->second;
    auto statement = prepared(database_, query);
    const std::int64_t number = statement.step() ? statement.integer(0) : 0;
    if (counted_.size() == kMostCounted) counted_.clear();
    if (kept_at_) counted_.emplace_back(query, number);
    return number;
}

}  // namespace pipelines::store
