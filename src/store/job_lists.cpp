#include "store/job_lists.hpp"

#include <string>

#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

static_assert(static_cast<int>(JobKind::EndpointConfig) == 8 && static_cast<int>(JobKind::Endpoint) == 9 &&
                  static_cast<int>(JobKind::InferenceComponent) == 10,
              "stand in kJobs");
static_assert(static_cast<int>(JobKind::Emr) == 12, "kWhere and sql/: the index holds what is listed");

constexpr SqlPart kWhere{" AS place, jobs.id FROM jobs WHERE jobs.namespace = ? AND jobs.kind = ? AND jobs.kind < 12 "};
constexpr SqlPart kByTime{"SELECT jobs.created"};
// "sorts": the positions of the whole kind, sorted. An index on names, which are random, would cost every start more.
constexpr SqlPart kByName{"SELECT /* sorts */ iif(jobs.group_name = '', jobs.name, jobs.group_name)"};
constexpr SqlPart kByStatus{"SELECT /* sorts */ CAST(substr(?, jobs.status + 1, 1) AS INTEGER)"};

// A plus keeps a column that only filters from being taken for the range of an index.
constexpr SqlPart kCreated{"AND +jobs.created > ? AND +jobs.created < ? "};
constexpr SqlPart kFilters{
    "AND jobs.modified > ? AND jobs.modified < ? AND ((? >> jobs.status) & 1 OR jobs.result IS NOT NULL) "
    "AND instr(iif(jobs.group_name = '', jobs.name, jobs.group_name), ?) > 0 "
    "AND (? = '' OR jobs.group_name = ? COLLATE NOCASE) "};

constexpr SqlPart kJobs{
    "AND (jobs.kind NOT IN (8, 9, 10) OR NOT EXISTS (SELECT 1 FROM jobs AS later WHERE later.execution = "
    "jobs.execution AND later.kind = jobs.kind AND later.name = jobs.name AND later.id > jobs.id)) "};
constexpr SqlPart kGroups{
    "AND jobs.number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jobs AS earlier WHERE earlier.namespace = "
    "jobs.namespace AND earlier.group_name = jobs.group_name COLLATE NOCASE AND earlier.number < jobs.number) "};

// A statement for each direction.
struct Directions {
    const char* ascending;
    const char* descending;
};

template <SqlPart Which>
constexpr Directions kTimes{sql<kByTime, kWhere, "AND (jobs.created, jobs.id) > (?, ?) AND jobs.created < ? ", kFilters,
                                Which, "ORDER BY jobs.created, jobs.id">,
                            sql<kByTime, kWhere, "AND (jobs.created, jobs.id) < (?, ?) AND jobs.created > ? ", kFilters,
                                Which, "ORDER BY jobs.created DESC, jobs.id DESC">};

template <SqlPart Place, SqlPart Which>
constexpr Directions kPlaces{
    sql<Place, kWhere, kCreated, kFilters, "AND (place, jobs.id) > (?, ?) ", Which, "ORDER BY place, jobs.id">,
    sql<Place, kWhere, kCreated, kFilters, "AND (place, jobs.id) < (?, ?) ", Which,
        "ORDER BY place DESC, jobs.id DESC">};

const char* text_for(const JobFilter& filter, SortOrder order) {
    const bool groups = filter.kind == JobKind::ModelPackageGroup;
    const Directions& both = filter.sort == JobSort::CreationTime ? (groups ? kTimes<kGroups> : kTimes<kJobs>)
                             : filter.sort == JobSort::Name
                                 ? (groups ? kPlaces<kByName, kGroups> : kPlaces<kByName, kJobs>)
                                 : (groups ? kPlaces<kByStatus, kGroups> : kPlaces<kByStatus, kJobs>);
    return order == SortOrder::Descending ? both.descending : both.ascending;
}

void bind_filters(Statement& statement, const JobFilter& filter) {
    statement.bind(filter.modified_after ? to_millis(*filter.modified_after) : kLowest);
    statement.bind(filter.modified_before ? to_millis(*filter.modified_before) : kHighest);
    statement.bind(filter.statuses).bind(filter.name_contains).bind(filter.group).bind(filter.group);
}

void bind_by_time(Statement& statement, const JobFilter& filter, const PageRequest& request) {
    const TimeBounds bounds = time_bounds(request, filter.created_after, filter.created_before);
    statement.bind(bounds.from_time).bind(bounds.from_id).bind(bounds.to);
    bind_filters(statement, filter);
}

void bind_by_place(Statement& statement, const JobFilter& filter, const PageRequest& request) {
    statement.bind(filter.created_after ? to_millis(*filter.created_after) : kLowest);
    statement.bind(filter.created_before ? to_millis(*filter.created_before) : kHighest);
    bind_filters(statement, filter);
    const bool descending = request.order == SortOrder::Descending;
    const bool names = filter.sort == JobSort::Name;
    if (request.after && names) {
        statement.bind(text_of(*request.after));
    } else if (request.after) {
        statement.bind(number_of(*request.after));
    } else if (names) {
        statement.bind(descending ? kBehindAllTexts : "");
    } else {
        statement.bind(descending ? kHighest : kLowest);
    }
    statement.bind(request.after ? request.after->id : descending ? kHighest : kLowest);
}

}  // namespace

JobCursor::JobCursor(Database& database, const JobFilter& filter, const PageRequest& request)
    : statement_(database.prepare(text_for(filter, request.order))), sort_(filter.sort) {
    if (sort_ == JobSort::Status) {
        std::string digits;
        for (const std::uint8_t place : filter.status_order) digits += static_cast<char>('0' + place);
        statement_.bind(digits);
    }
    const bool groups = filter.kind == JobKind::ModelPackageGroup;
    statement_.bind(filter.namespace_id).bind(groups ? JobKind::ModelPackage : filter.kind);
    sort_ == JobSort::CreationTime ? bind_by_time(statement_, filter, request)
                                   : bind_by_place(statement_, filter, request);
}

std::optional<Position> JobCursor::next() {
    if (!statement_.step()) return std::nullopt;
    const std::int64_t id = statement_.integer(1);
    if (sort_ == JobSort::Name) return Position{std::string{statement_.text(0)}, id};
    return Position{statement_.integer(0), id};
}

}  // namespace pipelines::store
