#include "pipelines/store/executions.hpp"

#include <algorithm>

#include "pipelines/base/arn.hpp"
#include "store/columns.hpp"
#include "store/paging.hpp"
#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

constexpr SqlPart kSelect{
    "SELECT id, namespace, pipeline, version_key, version, public_id, status, failure, display_name, description, "
    "max_parallel, created, modified, ended, next_seq, source_execution, experiment_name, trial_name, "
    "mlflow_experiment, "
    "selection FROM executions "};
constexpr const char* kInsert =
    "INSERT INTO executions (id, namespace, pipeline, version_key, version, public_id, status, failure, display_name, "
    "description, max_parallel, created, modified, ended, next_seq, source_execution, experiment_name, trial_name, "
    "mlflow_experiment, selection, scenario) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kLastKey = "SELECT seq FROM sqlite_sequence WHERE name = 'executions'";
constexpr const char* kUpdate =
    "UPDATE executions SET status = ?, failure = ?, display_name = ?, description = ?, max_parallel = ?, modified = ?, "
    "ended = ?, next_seq = ?, experiment_name = ?, trial_name = ?, mlflow_experiment = ? WHERE id = ?";
constexpr const char* kFindByPublicId = sql<kSelect, "WHERE namespace = ? AND public_id = ?">;
constexpr const char* kFind = sql<kSelect, "WHERE id = ?">;
constexpr const char* kStanding = "SELECT public_id, status FROM executions WHERE id = ?";
constexpr const char* kFail = "UPDATE executions SET status = ?, failure = ?, modified = ?, ended = ? WHERE id = ?";
constexpr const char* kArn =
    "SELECT n.account, n.region, p.name, e.public_id FROM executions AS e JOIN pipelines AS p ON p.id = e.pipeline "
    "JOIN "
    "namespaces AS n ON n.id = e.namespace WHERE e.id = ?";
constexpr const char* kScenario = "SELECT scenario FROM executions WHERE id = ?";
constexpr const char* kNewestOfVersion =
    sql<kSelect, "WHERE pipeline = ? AND version = ? ORDER BY created DESC, id DESC LIMIT 1">;
constexpr const char* kFindOpen = sql<kSelect, "WHERE pipeline = ? AND ended IS NULL LIMIT 1">;
constexpr const char* kOpen =
    "SELECT executions.id FROM pipelines JOIN executions ON executions.pipeline = pipelines.id "
    "WHERE pipelines.namespace = ? AND executions.ended IS NULL";

// Lists. Every statement takes: pipeline, version (low, high), start of the range (two values by time, one by id), its
// end, ..., limit. A plus keeps a column that only filters from being taken for the range of another index.
constexpr const char* kNewestFirst =
    sql<kSelect,
        "WHERE pipeline = ? AND (created, id) < (?, ?) AND created > ? ORDER BY created DESC, id DESC LIMIT ?">;
constexpr const char* kOldestFirst =
    sql<kSelect, "WHERE pipeline = ? AND (created, id) > (?, ?) AND created < ? ORDER BY created, id LIMIT ?">;
constexpr const char* kNewestFirstOfVersion =
    sql<kSelect, "WHERE pipeline = ? AND version = ? AND (created, id) < (?, ?) ",
        "AND created > ? ORDER BY created DESC, id DESC LIMIT ?">;
constexpr const char* kOldestFirstOfVersion =
    sql<kSelect, "WHERE pipeline = ? AND version = ? AND (created, id) > (?, ?) ",
        "AND created < ? ORDER BY created, id LIMIT ?">;
constexpr SqlPart kFilters{"AND +version BETWEEN ? AND ? AND +created > ? AND +created < ? "};
constexpr const char* kByIdDescending =
    sql<kSelect, "WHERE pipeline = ? AND public_id < ? ", kFilters, "ORDER BY public_id DESC LIMIT ?">;
constexpr const char* kById =
    sql<kSelect, "WHERE pipeline = ? AND public_id > ? ", kFilters, "ORDER BY public_id LIMIT ?">;

Execution read(const Statement& statement) {
    Columns columns{statement};
    Execution row;
    row.id = columns.integer();
    row.namespace_id = columns.integer();
    row.pipeline = columns.integer();
    row.version_key = columns.integer();
    row.version = columns.integer();
    row.public_id = columns.text();
    row.status = columns.as<ExecutionStatus>();
    row.failure = columns.text();
    row.display_name = columns.optional_text();
    row.description = columns.optional_text();
    row.max_parallel = columns.optional_as<int>();
    row.created = columns.time();
    row.modified = columns.time();
    row.ended = columns.optional_time();
    row.next_seq = columns.as<StepSeq>();
    row.source = columns.optional_integer();
    row.experiment_name = columns.optional_text();
    row.trial_name = columns.optional_text();
    row.mlflow_experiment = columns.optional_text();
    row.selection = columns.json();
    return row;
}

std::optional<Execution> first(Statement& statement) {
    if (!statement.step()) return std::nullopt;
    return read(statement);
}

const char* text_by_time(const ExecutionFilter& filter, SortOrder order) {
    const bool descending = order == SortOrder::Descending;
    if (filter.version) return descending ? kNewestFirstOfVersion : kOldestFirstOfVersion;
    return descending ? kNewestFirst : kOldestFirst;
}

Page<Execution> list_by_time(Database& database, const ExecutionFilter& filter, const PageRequest& request) {
    const TimeBounds bounds = time_bounds(request, filter.created_after, filter.created_before);
    auto statement = database.prepare(text_by_time(filter, request.order));
    statement.bind(filter.pipeline);
    if (filter.version) statement.bind(*filter.version);
    statement.bind(bounds.from_time).bind(bounds.from_id).bind(bounds.to).bind(rows_to_read(request));
    return read_page<Execution>(statement, request, read, [](const Execution& row) {
        return Position{to_millis(row.created), row.id};
    });
}

Page<Execution> list_by_id(Database& database, const ExecutionFilter& filter, const PageRequest& request) {
    const bool descending = request.order == SortOrder::Descending;
    const std::string from = request.after ? text_of(*request.after) : descending ? kBehindAllTexts : "";
    auto statement = database.prepare(descending ? kByIdDescending : kById);
    statement.bind(filter.pipeline).bind(from);
    statement.bind(filter.version.value_or(kLowest)).bind(filter.version.value_or(kHighest));
    statement.bind(filter.created_after ? to_millis(*filter.created_after) : kLowest);
    statement.bind(filter.created_before ? to_millis(*filter.created_before) : kHighest).bind(rows_to_read(request));
    return read_page<Execution>(statement, request, read, [](const Execution& row) {
        return Position{row.public_id, row.id};
    });
}

}  // namespace

ExecutionKey Executions::next_key() {
    auto statement = database_.prepare(kLastKey);
    return statement.step() ? statement.integer(0) + 1 : 1;
}

ExecutionKey Executions::insert(const Execution& row, std::span<const ParameterValue> parameters) {
    auto statement = database_.prepare(kInsert);
    statement.bind(row.id == 0 ? std::nullopt : std::optional{row.id})
        .bind(row.namespace_id)
        .bind(row.pipeline)
        .bind(row.version_key)
        .bind(row.version)
        .bind(row.public_id);
    statement.bind(row.status).bind(row.failure).bind(row.display_name).bind(row.description).bind(row.max_parallel);
    statement.bind(row.created).bind(row.modified).bind(row.ended).bind(row.next_seq).bind(row.source);
    statement.bind(row.experiment_name).bind(row.trial_name).bind(row.mlflow_experiment);
    statement.bind(row.selection).bind(row.scenario).run();
    const ExecutionKey id = database_.last_insert_id();
    insert_parameters(id, parameters);
    return id;
}

void Executions::update(const Execution& row) {
    auto statement = database_.prepare(kUpdate);
    statement.bind(row.status).bind(row.failure).bind(row.display_name).bind(row.description).bind(row.max_parallel);
    statement.bind(row.modified).bind(row.ended).bind(row.next_seq).bind(row.experiment_name).bind(row.trial_name);
    statement.bind(row.mlflow_experiment).bind(row.id).run();
}

std::optional<Execution> Executions::find(NamespaceId namespace_id, std::string_view public_id) {
    auto statement = database_.prepare(kFindByPublicId);
    return first(statement.bind(namespace_id).bind(public_id));
}

std::pair<std::string, ExecutionStatus> Executions::fail(ExecutionKey id, Time now, std::string_view reason) {
    auto standing = database_.prepare(kStanding);
    if (!standing.bind(id).step()) throw DatabaseError("fail: no such execution");
    Columns columns{standing};
    std::string public_id = columns.text();
    const auto before = columns.as<ExecutionStatus>();
    database_.prepare(kFail).bind(ExecutionStatus::Failed).bind(reason).bind(now).bind(now).bind(id).run();
    return {std::move(public_id), before};
}

std::optional<std::string> Executions::arn(ExecutionKey id) {
    auto statement = database_.prepare(kArn);
    if (!statement.bind(id).step()) return std::nullopt;
    return execution_arn({std::string{statement.text(0)}, std::string{statement.text(1)}}, statement.text(2),
                         statement.text(3));
}

Json Executions::scenario(ExecutionKey id) {
    auto statement = database_.prepare(kScenario);
    return statement.bind(id).step() ? statement.json(0) : Json();
}

std::optional<Execution> Executions::find(ExecutionKey id) {
    auto statement = database_.prepare(kFind);
    return first(statement.bind(id));
}

Page<Execution> Executions::list(const ExecutionFilter& filter, const PageRequest& request) {
    return filter.sort == ExecutionSort::CreationTime ? list_by_time(database_, filter, request)
                                                      : list_by_id(database_, filter, request);
}

std::optional<Execution> Executions::newest_of_version(PipelineKey pipeline, std::int64_t version) {
    auto statement = database_.prepare(kNewestOfVersion);
    return first(statement.bind(pipeline).bind(version));
}

std::optional<Execution> Executions::find_open(PipelineKey pipeline) {
    auto statement = database_.prepare(kFindOpen);
    return first(statement.bind(pipeline));
}

std::vector<ExecutionKey> Executions::open(NamespaceId namespace_id) {
    auto statement = database_.prepare(kOpen);
    statement.bind(namespace_id);
    std::vector<ExecutionKey> keys;
    while (statement.step()) keys.push_back(statement.integer(0));
    std::ranges::sort(keys);
    return keys;
}

}  // namespace pipelines::store
