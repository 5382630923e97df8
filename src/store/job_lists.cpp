#include "store/job_lists.hpp"

#include <string>

#include "pipelines/store/job_rows.hpp"
#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

// "unlikely": the planner has no statistics and would take the range of kinds for the narrower condition.
constexpr SqlPart kWhere{" AS place, r.id FROM jobs AS r WHERE r.namespace = ? AND unlikely(r.kind = ?) AND "};
constexpr SqlPart kByTime{"SELECT r.created"};
// "sorts": the positions of the whole kind, sorted. An index on names, which are random, would cost every start more.
constexpr SqlPart kByName{"SELECT /* sorts */ iif(r.group_name = '', r.name, r.group_name)"};
constexpr SqlPart kByStatus{"SELECT /* sorts */ CAST(substr(?, r.status + 1, 1) AS INTEGER)"};

// A plus keeps a column that only filters from being taken for the range of an index.
constexpr SqlPart kCreated{" AND +r.created > ? AND +r.created < ?"};
constexpr SqlPart kFilters{
    " AND r.modified > ? AND r.modified < ? AND ((? >> r.status) & 1 OR r.result IS NOT NULL) "
    "AND instr(iif(r.group_name = '', r.name, r.group_name), ?) > 0 "
    "AND (? = '' OR r.group_name = ? COLLATE NOCASE) AND "};

static_assert(static_cast<int>(JobKind::ModelPackage) == 6, "stands in kUnversioned");
// Word for word what the index jobs_unversioned is limited to: else it is not taken.
constexpr SqlPart kUnversioned{"r.kind = 6 AND r.number IS NULL"};
constexpr SqlPart kVersioned{"r.number IS NOT NULL"};

// A statement for each direction.
struct Directions {
    const char* ascending;
    const char* descending;
};

template <SqlPart Listed>
constexpr Directions kTimes{sql<kByTime, kWhere, kListedJobs, " AND (r.created, r.id) > (?, ?) AND r.created < ?",
                                kFilters, Listed, " ORDER BY r.created, r.id">,
                            sql<kByTime, kWhere, kListedJobs, " AND (r.created, r.id) < (?, ?) AND r.created > ?",
                                kFilters, Listed, " ORDER BY r.created DESC, r.id DESC">};

template <SqlPart Place, SqlPart Listed>
constexpr Directions kPlaces{
    sql<Place, kWhere, kListedJobs, kCreated, kFilters, Listed, " AND (place, r.id) > (?, ?) ORDER BY place, r.id">,
    sql<Place, kWhere, kListedJobs, kCreated, kFilters, Listed,
        " AND (place, r.id) < (?, ?) ORDER BY place DESC, r.id DESC">};

template <SqlPart Listed>
const Directions& texts_for(JobSort sort) {
    switch (sort) {
        case JobSort::Name: return kPlaces<kByName, Listed>;
        case JobSort::Status: return kPlaces<kByStatus, Listed>;
        default: return kTimes<Listed>;
    }
}

const Directions& texts_for(const JobFilter& filter) {
    if (filter.kind == JobKind::ModelPackageGroup) return texts_for<kOldestOfGroup>(filter.sort);
    if (filter.packages == Packages::Versioned) return texts_for<kVersioned>(filter.sort);
    if (filter.packages == Packages::Unversioned) return texts_for<kUnversioned>(filter.sort);
    return texts_for<kNewestOfName>(filter.sort);
}

const char* text_for(const JobFilter& filter, SortOrder order) {
    const Directions& both = texts_for(filter);
    return order == SortOrder::Descending ? both.descending : both.ascending;
}

void bind_filters(Statement& statement, const JobFilter& filter) {
    statement.bind(filter.modified_after ? to_millis(*filter.modified_after) : kLowest);
    statement.bind(filter.modified_before ? to_millis(*filter.modified_before) : kHighest);
    statement.bind(filter.statuses).bind(filter.name_contains).bind(filter.group).bind(filter.group);
    const bool newest_of_name = filter.kind != JobKind::ModelPackageGroup && filter.packages == Packages::All;
    if (newest_of_name) statement.bind(kHighest);
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
