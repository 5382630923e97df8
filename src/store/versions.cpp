// Versions of pipelines and their aliases.
#include "pipelines/store/pipelines.hpp"
#include "store/columns.hpp"
#include "store/paging.hpp"
#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

constexpr SqlPart kSelect{
    "SELECT id, namespace, pipeline, version, display_name, description, created, modified "
    "FROM versions "};
constexpr const char* kInsert =
    "INSERT INTO versions (namespace, pipeline, version, display_name, description, created, modified, "
    "definition) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdate = "UPDATE versions SET display_name = ?, description = ?, modified = ? WHERE id = ?";
constexpr const char* kFind = sql<kSelect, "WHERE pipeline = ? AND version = ?">;
constexpr const char* kFindByKey = sql<kSelect, "WHERE id = ?">;
constexpr const char* kNewestFirst =
    sql<kSelect, "WHERE pipeline = ? AND version < ? AND created > ? AND created < ? ORDER BY version DESC LIMIT ?">;
constexpr const char* kOldestFirst =
    sql<kSelect, "WHERE pipeline = ? AND version > ? AND created > ? AND created < ? ORDER BY version LIMIT ?">;
constexpr const char* kDefinition = "SELECT definition FROM versions WHERE id = ?";
constexpr const char* kAddAlias = "INSERT INTO version_aliases (pipeline, alias, version) VALUES (?, ?, ?)";
constexpr const char* kRemoveAlias = "DELETE FROM version_aliases WHERE pipeline = ? AND alias = ?";
constexpr const char* kVersionOfAlias = "SELECT version FROM version_aliases WHERE pipeline = ? AND alias = ?";
constexpr const char* kAliases = "SELECT alias FROM version_aliases WHERE pipeline = ? AND version = ? ORDER BY alias";

PipelineVersion read(const Statement& statement) {
    Columns columns{statement};
    PipelineVersion row;
    row.id = columns.integer();
    row.namespace_id = columns.integer();
    row.pipeline = columns.integer();
    row.version = columns.integer();
    row.display_name = columns.optional_text();
    row.description = columns.optional_text();
    row.created = columns.time();
    row.modified = columns.time();
    return row;
}

std::optional<PipelineVersion> first(Statement& statement) {
    if (!statement.step()) return std::nullopt;
    return read(statement);
}

}  // namespace

VersionKey Pipelines::insert_version(const PipelineVersion& row, std::string_view definition) {
    auto statement = database_.prepare(kInsert);
    statement.bind(row.namespace_id).bind(row.pipeline).bind(row.version).bind(row.display_name).bind(row.description);
    statement.bind(row.created).bind(row.modified).bind(definition).run();
    return database_.last_insert_id();
}

void Pipelines::update_version(const PipelineVersion& row) {
    auto statement = database_.prepare(kUpdate);
    statement.bind(row.display_name).bind(row.description).bind(row.modified).bind(row.id).run();
}

std::optional<PipelineVersion> Pipelines::find_version(PipelineKey pipeline, std::int64_t version) {
    auto statement = database_.prepare(kFind);
    return first(statement.bind(pipeline).bind(version));
}

std::optional<PipelineVersion> Pipelines::find_version_by_key(VersionKey id) {
    auto statement = database_.prepare(kFindByKey);
    return first(statement.bind(id));
}

Page<PipelineVersion> Pipelines::list_versions(const VersionFilter& filter, const PageRequest& request) {
    const bool descending = request.order == SortOrder::Descending;
    const std::int64_t from = request.after ? number_of(*request.after) : descending ? kHighest : kLowest;
    auto statement = database_.prepare(descending ? kNewestFirst : kOldestFirst);
    statement.bind(filter.pipeline).bind(from);
    statement.bind(filter.created_after ? to_millis(*filter.created_after) : kLowest);
    statement.bind(filter.created_before ? to_millis(*filter.created_before) : kHighest).bind(rows_to_read(request));
    return read_page<PipelineVersion>(statement, request, read, [](const PipelineVersion& row) {
        return Position{row.version, row.id};
    });
}

std::string Pipelines::definition(VersionKey id) {
    auto statement = database_.prepare(kDefinition);
    if (!statement.bind(id).step()) throw DatabaseError("definition: no such version");
    return std::string{statement.text(0)};
}

void Pipelines::add_alias(PipelineKey pipeline, std::string_view alias, std::int64_t version) {
    database_.prepare(kAddAlias).bind(pipeline).bind(alias).bind(version).run();
}

void Pipelines::remove_alias(PipelineKey pipeline, std::string_view alias) {
    database_.prepare(kRemoveAlias).bind(pipeline).bind(alias).run();
}

std::optional<std::int64_t> Pipelines::version_of_alias(PipelineKey pipeline, std::string_view alias) {
    auto statement = database_.prepare(kVersionOfAlias);
    if (!statement.bind(pipeline).bind(alias).step()) return std::nullopt;
    return statement.integer(0);
}

std::vector<std::string> Pipelines::aliases(PipelineKey pipeline, std::int64_t version) {
    auto statement = database_.prepare(kAliases);
    statement.bind(pipeline).bind(version);
    std::vector<std::string> names;
    while (statement.step()) names.emplace_back(statement.text(0));
    return names;
}

}  // namespace pipelines::store
