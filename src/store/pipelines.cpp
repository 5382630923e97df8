#include "pipelines/store/pipelines.hpp"

#include "store/columns.hpp"
#include "store/paging.hpp"
#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

constexpr SqlPart kSelect{
    "SELECT id, namespace, name, display_name, description, role_arn, max_parallel, version, created, modified "
    "FROM pipelines "};
constexpr const char* kInsert =
    "INSERT INTO pipelines (namespace, name, display_name, description, role_arn, max_parallel, version, created, "
    "modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdate =
    "UPDATE pipelines SET namespace = ?, name = ?, display_name = ?, description = ?, role_arn = ?, max_parallel = ?, "
    "version = ?, created = ?, modified = ? WHERE id = ?";
constexpr const char* kCount = "SELECT count(*) FROM pipelines WHERE namespace = ?";
constexpr const char* kName = "SELECT name FROM pipelines WHERE id = ?";
constexpr const char* kFind = sql<kSelect, "WHERE id = ?">;
constexpr const char* kFindByName = sql<kSelect, "WHERE namespace = ? AND name = ?">;
constexpr const char* kFindByFoldedName = sql<kSelect, "WHERE namespace = ? AND name = ? COLLATE NOCASE LIMIT 2">;
constexpr const char* kLastRun = "SELECT created FROM executions WHERE pipeline = ? ORDER BY created DESC LIMIT 1";

// Everything else goes by foreign key; tags know their resource by kind and number only.
constexpr const char* kEraseJobTags =
    "DELETE FROM tags WHERE kind = 2 AND resource IN "
    "(SELECT jobs.id FROM executions JOIN jobs ON jobs.execution = executions.id WHERE executions.pipeline = ?)";
constexpr const char* kEraseExecutionTags =
    "DELETE FROM tags WHERE kind = 1 AND resource IN (SELECT id FROM executions WHERE pipeline = ?)";
constexpr const char* kEraseTags = "DELETE FROM tags WHERE kind = 0 AND resource = ?";
constexpr const char* kErase = "DELETE FROM pipelines WHERE id = ?";

// A plus keeps a column that only filters from being taken for the range of another index.
constexpr SqlPart kNamePrefix{"AND +name >= ? AND +name < ? "};
constexpr SqlPart kCreated{"AND +created > ? AND +created < ? "};
constexpr const char* kNewestFirst = sql<kSelect, "WHERE namespace = ? AND (created, id) < (?, ?) AND created > ? ",
                                         kNamePrefix, "ORDER BY created DESC, id DESC LIMIT ?">;
constexpr const char* kOldestFirst = sql<kSelect, "WHERE namespace = ? AND (created, id) > (?, ?) AND created < ? ",
                                         kNamePrefix, "ORDER BY created, id LIMIT ?">;
constexpr const char* kByNameDescending =
    sql<kSelect, "WHERE namespace = ? AND name >= ? AND name < ? ", kCreated, "ORDER BY name DESC LIMIT ?">;
constexpr const char* kByName =
    sql<kSelect, "WHERE namespace = ? AND name >= ? AND name < ? ", kCreated, "ORDER BY name LIMIT ?">;

Pipeline read(const Statement& statement) {
    Columns columns{statement};
    Pipeline row;
    row.id = columns.integer();
    row.namespace_id = columns.integer();
    row.name = columns.text();
    row.display_name = columns.text();
    row.description = columns.optional_text();
    row.role_arn = columns.text();
    row.max_parallel = columns.optional_as<int>();
    row.version = columns.integer();
    row.created = columns.time();
    row.modified = columns.time();
    return row;
}

Statement& bind(Statement& statement, const Pipeline& row) {
    return statement.bind(row.namespace_id)
        .bind(row.name)
        .bind(row.display_name)
        .bind(row.description)
        .bind(row.role_arn)
        .bind(row.max_parallel)
        .bind(row.version)
        .bind(row.created)
        .bind(row.modified);
}

Page<Pipeline> list_by_time(Database& database, const PipelineFilter& filter, const PageRequest& request) {
    const TimeBounds bounds = time_bounds(request, filter.created_after, filter.created_before);
    auto statement = database.prepare(request.order == SortOrder::Descending ? kNewestFirst : kOldestFirst);
    statement.bind(filter.namespace_id).bind(bounds.from_time).bind(bounds.from_id).bind(bounds.to);
    statement.bind(filter.name_prefix).bind(filter.name_prefix + kBehindAllTexts).bind(rows_to_read(request));
    return read_page<Pipeline>(statement, request, read, [](const Pipeline& row) {
        return Position{to_millis(row.created), row.id};
    });
}

Page<Pipeline> list_by_name(Database& database, const PipelineFilter& filter, const PageRequest& request) {
    const bool descending = request.order == SortOrder::Descending;
    std::string low = filter.name_prefix;
    std::string high = filter.name_prefix + kBehindAllTexts;
    if (request.after && descending) high = text_of(*request.after);
    if (request.after && !descending) low = text_of(*request.after) + '\0';  // the next text in the order of bytes
    auto statement = database.prepare(descending ? kByNameDescending : kByName);
    statement.bind(filter.namespace_id).bind(low).bind(high);
    statement.bind(filter.created_after ? to_millis(*filter.created_after) : kLowest);
    statement.bind(filter.created_before ? to_millis(*filter.created_before) : kHighest).bind(rows_to_read(request));
    return read_page<Pipeline>(statement, request, read, [](const Pipeline& row) {
        return Position{row.name, row.id};
    });
}

}  // namespace

PipelineKey Pipelines::insert(const Pipeline& row) {
    auto statement = database_.prepare(kInsert);
    bind(statement, row).run();
    return database_.last_insert_id();
}

void Pipelines::update(const Pipeline& row) {
    auto statement = database_.prepare(kUpdate);
    bind(statement, row).bind(row.id).run();
}

void Pipelines::erase(PipelineKey id) {
    for (const char* const text : {kEraseJobTags, kEraseExecutionTags, kEraseTags, kErase})
        database_.prepare(text).bind(id).run();
}

std::size_t Pipelines::count(NamespaceId namespace_id) {
    auto statement = database_.prepare(kCount);
    (void)statement.bind(namespace_id).step();
    return static_cast<std::size_t>(statement.integer(0));
}

std::optional<Pipeline> Pipelines::find(NamespaceId namespace_id, std::string_view name) {
    auto exact = database_.prepare(kFindByName);
    if (exact.bind(namespace_id).bind(name).step()) return read(exact);
    auto folded = database_.prepare(kFindByFoldedName);
    if (!folded.bind(namespace_id).bind(name).step()) return std::nullopt;
    Pipeline only = read(folded);
    if (folded.step()) return std::nullopt;
    return only;
}

std::optional<Pipeline> Pipelines::find(PipelineKey id) {
    auto statement = database_.prepare(kFind);
    if (!statement.bind(id).step()) return std::nullopt;
    return read(statement);
}

std::optional<std::string> Pipelines::name(PipelineKey id) {
    auto statement = database_.prepare(kName);
    if (!statement.bind(id).step()) return std::nullopt;
    return std::string{statement.text(0)};
}

Page<Pipeline> Pipelines::list(const PipelineFilter& filter, const PageRequest& request) {
    return filter.sort == PipelineSort::Name ? list_by_name(database_, filter, request)
                                             : list_by_time(database_, filter, request);
}

std::optional<Time> Pipelines::last_run(PipelineKey id) {
    auto statement = database_.prepare(kLastRun);
    if (!statement.bind(id).step()) return std::nullopt;
    return statement.time(0);
}

}  // namespace pipelines::store
