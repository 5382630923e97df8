#include "pipelines/store/namespaces.hpp"

#include "store/columns.hpp"
#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

// The numbers stand in rows.
static_assert(static_cast<int>(ClockMode::Instant) == 0 && static_cast<int>(ClockMode::Real) == 1 &&
              static_cast<int>(ClockMode::Scaled) == 2 && static_cast<int>(ClockMode::Manual) == 3);

constexpr SqlPart kSelect{
    "SELECT id, account, region, seed, executions_made, clock_mode, clock_rate, clock_offset, clock_stand, clock_since "
    "FROM namespaces "};
constexpr const char* kFindByKey = sql<kSelect, "WHERE account = ? AND region = ?">;
constexpr const char* kFind = sql<kSelect, "WHERE id = ?">;
constexpr const char* kAll = sql<kSelect, "ORDER BY id">;
constexpr const char* kInsert =
    "INSERT INTO namespaces (account, region, seed, executions_made, clock_mode, clock_rate, clock_offset, "
    "clock_stand, "
    "clock_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdate =
    "UPDATE namespaces SET executions_made = ?, clock_mode = ?, clock_rate = ?, clock_offset = ?, clock_stand = ?, "
    "clock_since = ? WHERE id = ?";

Namespace read(const Statement& statement) {
    Columns columns{statement};
    Namespace row;
    row.id = columns.integer();
    row.key.account = columns.text();
    row.key.region = columns.text();
    row.seed = columns.as<std::uint64_t>();
    row.executions_made = columns.integer();
    row.clock.mode = columns.as<ClockMode>();
    row.clock.rate = columns.real();
    row.clock.offset = Duration{columns.integer()};
    row.clock.stand = columns.time();
    row.clock.since = columns.time();
    return row;
}

void bind_clock(Statement& statement, const ClockState& clock) {
    statement.bind(clock.mode).bind(clock.rate).bind(clock.offset.count()).bind(clock.stand).bind(clock.since);
}

std::optional<Namespace> first(Statement& statement) {
    if (!statement.step()) return std::nullopt;
    return read(statement);
}

}  // namespace

std::optional<Namespace> Namespaces::find(const NamespaceKey& key) {
    auto statement = database_.prepare(kFindByKey);
    return first(statement.bind(key.account).bind(key.region));
}

std::optional<Namespace> Namespaces::find(NamespaceId id) {
    auto statement = database_.prepare(kFind);
    return first(statement.bind(id));
}

std::vector<Namespace> Namespaces::all() {
    auto statement = database_.prepare(kAll);
    std::vector<Namespace> rows;
    while (statement.step()) rows.push_back(read(statement));
    return rows;
}

NamespaceId Namespaces::insert(const Namespace& row) {
    auto statement = database_.prepare(kInsert);
    statement.bind(row.key.account)
        .bind(row.key.region)
        .bind(static_cast<std::int64_t>(row.seed))
        .bind(row.executions_made);
    bind_clock(statement, row.clock);
    statement.run();
    return database_.last_insert_id();
}

void Namespaces::update(const Namespace& row) {
    auto statement = database_.prepare(kUpdate);
    statement.bind(row.executions_made);
    bind_clock(statement, row.clock);
    statement.bind(row.id).run();
}

}  // namespace pipelines::store
