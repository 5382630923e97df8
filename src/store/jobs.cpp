#include "pipelines/store/jobs.hpp"

#include <utility>

#include "pipelines/store/job_rows.hpp"
#include "store/columns.hpp"
#include "store/job_lists.hpp"
#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

static_assert(static_cast<int>(JobKind::Callback) == 14, "stands in sql/001_init.sql and in kFindCallback");

constexpr SqlPart kSelect{
    "SELECT id, namespace, execution, seq, attempt, kind, name, group_name, number, status, created, modified, ended, "
    "failure, arguments, result FROM jobs AS r "};
constexpr const char* kInsert =
    "INSERT INTO jobs (namespace, execution, seq, attempt, kind, name, group_name, number, status, created, modified, "
    "ended, "
    "failure, arguments, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdate =
    "UPDATE jobs SET status = ?, modified = ?, ended = ?, failure = ?, result = ? WHERE id = ?";
constexpr const char* kFind = sql<kSelect, "WHERE id = ?">;
constexpr const char* kFindNamed =
    sql<kSelect, "WHERE execution = ? AND kind = ? AND name = ? COLLATE NOCASE ORDER BY id DESC">;
static_assert(static_cast<int>(JobKind::Transform) == 2, "stands in kUsersOfModels, with those of kNewestOfName");
constexpr const char* kUsersOfModels =
    sql<kSelect, "WHERE execution = ? AND kind IN (2, 8, 9) AND ", kNewestOfName, " ORDER BY id">;
constexpr const char* kFailOpen =
    "UPDATE jobs SET status = ?, modified = ?, ended = ?, failure = ? WHERE execution = ? AND ended IS NULL "
    "RETURNING kind, name";
constexpr const char* kNewest = "SELECT max(id) FROM jobs";
constexpr const char* kFindPackage =
    sql<kSelect, "WHERE namespace = ? AND group_name = ? COLLATE NOCASE AND number = ?">;
constexpr const char* kFindGroup = sql<kSelect, "WHERE namespace = ? AND group_name = ? COLLATE NOCASE ",
                                       "AND number IS NOT NULL ORDER BY number LIMIT 1">;
constexpr const char* kByAttempt = "SELECT seq, attempt, id FROM jobs WHERE execution = ?";
constexpr const char* kNewestPackages =
    sql<kSelect, "WHERE namespace = ? AND group_name = ? COLLATE NOCASE AND number IS NOT NULL ",
        "AND (instr(arguments, ?) OR instr(result, ?)) ORDER BY number DESC">;
constexpr const char* kFindCallback = sql<kSelect, "WHERE namespace = ? AND name = ? AND kind = 14">;
constexpr const char* kHighestNumber =
    "SELECT max(number) FROM jobs WHERE namespace = ? AND group_name = ? COLLATE NOCASE AND number IS NOT NULL";

enum class Documents : std::uint8_t { Read, Leave };

std::optional<Job> first(Statement& statement, Documents documents = Documents::Read) {
    if (!statement.step()) return std::nullopt;
    Columns columns{statement};
    Job row;
    row.id = columns.integer();
    row.namespace_id = columns.integer();
    row.execution = columns.integer();
    row.step = columns.as<StepSeq>();
    row.attempt = columns.as<std::uint32_t>();
    row.kind = columns.as<JobKind>();
    row.name = columns.text();
    row.group = columns.text();
    row.number = columns.optional_integer();
    row.status = columns.as<JobStatus>();
    row.created = columns.time();
    row.modified = columns.time();
    row.ended = columns.optional_time();
    row.failure = columns.text();
    if (documents == Documents::Leave) return row;
    row.arguments = columns.json();
    row.result = columns.json();
    return row;
}

// What is known of a group by its oldest package.
Job group_of(const Job& package) {
    Job group;
    group.id = package.id;
    group.namespace_id = package.namespace_id;
    group.execution = package.execution;
    group.kind = JobKind::ModelPackageGroup;
    group.name = package.group;
    group.status = JobStatus::Completed;
    group.created = group.modified = package.created;
    group.ended = package.created;
    return group;
}

}  // namespace

JobKey Jobs::insert(const Job& row) {
    auto statement = database_.prepare(kInsert);
    statement.bind(row.namespace_id).bind(row.execution).bind(row.step).bind(row.attempt).bind(row.kind).bind(row.name);
    statement.bind(row.group).bind(row.number).bind(row.status).bind(row.created).bind(row.modified).bind(row.ended);
    statement.bind(row.failure).bind(row.arguments).bind(row.result).run();
    return database_.last_insert_id();
}

void Jobs::update(const Job& row) {
    auto statement = database_.prepare(kUpdate);
    statement.bind(row.status).bind(row.modified).bind(row.ended).bind(row.failure).bind(row.result).bind(row.id).run();
}

std::vector<std::pair<JobKind, std::string>> Jobs::fail_open(ExecutionKey execution, Time now,
                                                             std::string_view reason) {
    auto statement = database_.prepare(kFailOpen);
    statement.bind(JobStatus::Failed).bind(now).bind(now).bind(reason).bind(execution);
    std::vector<std::pair<JobKind, std::string>> ended;
    while (statement.step()) {
        Columns columns{statement};
        const auto kind = columns.as<JobKind>();
        ended.emplace_back(kind, columns.text());
    }
    return ended;
}

std::optional<Job> Jobs::find(JobKey id) {
    auto statement = database_.prepare(kFind);
    return first(statement.bind(id));
}

std::optional<Job> Jobs::find_columns(JobKey id) {
    auto statement = database_.prepare(kFind);
    return first(statement.bind(id), Documents::Leave);
}

std::optional<Job> Jobs::find(ExecutionKey execution, JobKind kind, std::string_view name) {
    auto statement = database_.prepare(kFindNamed);
    statement.bind(execution).bind(kind).bind(name);
    auto found = first(statement);
    for (auto other = found; other && other->name != name;) {
        other = first(statement);
        if (other && other->name == name) return other;
    }
    return found;
}

JobKey Jobs::newest() {
    auto statement = database_.prepare(kNewest);
    return statement.step() ? statement.integer(0) : 0;
}

std::vector<Job> Jobs::users_of_models(ExecutionKey execution) {
    auto statement = database_.prepare(kUsersOfModels);
    statement.bind(execution).bind(kHighest);
    std::vector<Job> rows;
    while (auto row = first(statement)) rows.push_back(std::move(*row));
    return rows;
}

std::optional<Job> Jobs::find_package(NamespaceId namespace_id, std::string_view group, std::int64_t number) {
    auto statement = database_.prepare(kFindPackage);
    return first(statement.bind(namespace_id).bind(group).bind(number));
}

std::optional<Job> Jobs::newest_package(NamespaceId namespace_id, std::string_view group, std::string_view word,
                                        const std::function<bool(const Job&)>& accepts) {
    auto statement = database_.prepare(kNewestPackages);
    statement.bind(namespace_id).bind(group).bind(word).bind(word);
    while (auto package = first(statement))
        if (accepts(*package)) return package;
    return std::nullopt;
}

std::optional<Job> Jobs::find_group(NamespaceId namespace_id, std::string_view name) {
    auto statement = database_.prepare(kFindGroup);
    auto package = first(statement.bind(namespace_id).bind(name));
    return package ? std::optional{group_of(*package)} : std::nullopt;
}

std::vector<std::pair<StepRef, JobKey>> Jobs::by_attempt(ExecutionKey execution) {
    auto statement = database_.prepare(kByAttempt);
    statement.bind(execution);
    std::vector<std::pair<StepRef, JobKey>> found;
    while (statement.step()) {
        Columns columns{statement};
        const auto step = columns.as<StepSeq>();
        const auto attempt = columns.as<std::uint32_t>();
        found.emplace_back(StepRef{execution, step, attempt}, columns.integer());
    }
    return found;
}

std::optional<Job> Jobs::find_callback(NamespaceId namespace_id, std::string_view token) {
    auto statement = database_.prepare(kFindCallback);
    return first(statement.bind(namespace_id).bind(token));
}

std::int64_t Jobs::next_number(NamespaceId namespace_id, std::string_view group) {
    auto statement = database_.prepare(kHighestNumber);
    if (!statement.bind(namespace_id).bind(group).step()) return 1;
    return statement.integer(0) + 1;  // NULL of an empty group reads as 0
}

Page<Job> Jobs::list(const JobFilter& filter, const PageRequest& request) {
    JobCursor cursor{database_, filter, request};
    Page<Job> page;
    std::optional<Position> last;  // that was read
    for (std::size_t read = 0; const auto at = cursor.next(); ++read) {
        const auto before = std::exchange(last, at);
        if (read == filter.most_read) {
            page.next = before;
            break;
        }
        Job row = find(at->id).value();
        if (filter.kind == JobKind::ModelPackageGroup) row = group_of(row);
        if (filter.accepts && !filter.accepts(row)) continue;
        if (page.rows.size() == request.limit) {
            page.next = before;
            break;
        }
        page.rows.push_back(std::move(row));
    }
    return page;
}

}  // namespace pipelines::store
