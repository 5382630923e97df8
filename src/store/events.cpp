#include "pipelines/store/events.hpp"

#include <set>

#include "store/columns.hpp"
#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kInsert = "INSERT INTO events (namespace, execution, began, body) VALUES (?, ?, ?, ?)";
constexpr const char* kPrune = "DELETE FROM events WHERE id <= ?";
constexpr SqlPart kSelect{"SELECT id, namespace, execution, began, body FROM events WHERE "};
constexpr const char* kOfAll = sql<kSelect, "id >= ? ORDER BY id">;
constexpr const char* kOfNamespace = sql<kSelect, "namespace = ? AND id >= ? ORDER BY id">;
constexpr const char* kOfExecution = sql<kSelect, "execution = ? AND id >= ? ORDER BY id">;
// By id: an index of the namespaces would be walked from end to end.
constexpr const char* kSpacesBehind = "SELECT namespace FROM events NOT INDEXED WHERE id > ? AND id <= ?";
constexpr const char* kNewest = "SELECT max(id) FROM events";

constexpr std::int64_t kPruneEvery = 64;  // rows: so many go at once, and no insert pays for many

EventRow read(const Statement& statement) {
    Columns columns{statement};
    EventRow row;
    row.id = columns.integer();
    row.namespace_id = columns.integer();
    row.execution = columns.integer();
    row.began = columns.time();
    row.body = columns.text();
    return row;
}

}  // namespace

void Events::insert(NamespaceId space, ExecutionKey execution, Time began, std::string_view body) {
    database_.prepare(kInsert).bind(space).bind(execution).bind(began).bind(body).run();
    const std::int64_t id = database_.last_insert_id();
    if (id % kPruneEvery == 0 && id > kept_) database_.prepare(kPrune).bind(id - kept_).run();
}

void Events::show(std::int64_t id, const EventFilter& filter, const std::function<bool(const EventRow&)>& wants_more) {
    auto statement = database_.prepare(filter.execution ? kOfExecution : filter.space ? kOfNamespace : kOfAll);
    if (filter.execution) {
        statement.bind(*filter.execution);
    } else if (filter.space) {
        statement.bind(*filter.space);
    }
    statement.bind(id);
    while (statement.step() && wants_more(read(statement))) {
    }
}

std::int64_t Events::newest() {
    auto statement = database_.prepare(kNewest);
    (void)statement.step();
    return statement.integer(0);  // NULL of an empty table reads as 0
}

std::vector<NamespaceId> Events::spaces_behind(std::int64_t id, std::int64_t last) {
    auto statement = database_.prepare(kSpacesBehind);
    statement.bind(id).bind(last);
    std::set<NamespaceId> spaces;
    while (statement.step()) spaces.insert(statement.integer(0));
    return {spaces.begin(), spaces.end()};
}

}  // namespace pipelines::store
