#include "pipelines/store/steps.hpp"

#include <fmt/format.h>

#include "pipelines/base/text.hpp"
#include "store/columns.hpp"
#include "store/paging.hpp"
#include "store/sql_text.hpp"

namespace pipelines::store {
namespace {

constexpr SqlPart kState{
    "seq, node, iteration, status, phase, attempt, retries, outcome, items, answers_failure, reused, superseded, due, "
    "started, ended"};
constexpr SqlPart kContent{
    ", name, job, failure, item, source_execution, source_how, origin_execution, outputs, script, "
    "property_files"};
constexpr const char* kPut = sql<"INSERT OR REPLACE INTO steps (execution, ", kState, kContent,
                                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                 "?, ?, ?, ?, ?, ?, ?, ?, ?, ?)">;
constexpr const char* kOpen =
    "SELECT seq, attempt, status FROM steps WHERE execution = ? AND ended IS NULL AND NOT superseded ORDER BY seq";
constexpr const char* kFailOpen =
    "UPDATE steps SET status = ?, phase = ?, due = NULL, ended = ?, failure = ?, script = NULL WHERE execution = ? AND "
    "ended IS NULL AND NOT superseded";
constexpr const char* kStates = sql<"SELECT ", kState, " FROM steps WHERE execution = ? ORDER BY seq">;
constexpr const char* kFind = sql<"SELECT ", kState, kContent, " FROM steps WHERE execution = ? AND seq = ?">;
constexpr const char* kNewestFirst =
    sql<"SELECT ", kState, kContent,
        " FROM steps WHERE execution = ? AND seq < ? AND NOT superseded ORDER BY seq DESC LIMIT ?">;
constexpr const char* kOldestFirst =
    sql<"SELECT ", kState, kContent,
        " FROM steps WHERE execution = ? AND seq > ? AND NOT superseded ORDER BY seq LIMIT ?">;

constexpr const char* kChildren =
    "SELECT count(*), ifnull(sum(status = ?), 0), ifnull(sum(status = ?), 0), ifnull(sum(status = ?), 0) FROM steps "
    "WHERE execution = ? AND node BETWEEN ? AND ? AND NOT superseded";

constexpr const char* kStatus = "SELECT status FROM steps WHERE execution = ? AND name = ? AND NOT superseded LIMIT 1";

std::optional<std::string> retries_text(const std::vector<std::uint16_t>& retries) {
    if (retries.empty()) return std::nullopt;
    return fmt::format("{}", fmt::join(retries, ","));
}

std::vector<std::uint16_t> read_retries(const std::optional<std::string>& text) {
    std::vector<std::uint16_t> retries;
    if (!text) return retries;
    for (const std::string_view part : split(*text, ',')) {
        const auto count = parse_number<std::uint16_t>(part);
        if (!count) throw std::runtime_error("steps.retries is not a list of numbers: " + *text);
        retries.push_back(*count);
    }
    return retries;
}

StepState read_state(Columns& columns) {
    StepState state;
    state.seq = columns.as<StepSeq>();
    state.node = columns.as<std::uint32_t>();
    state.iteration = columns.as<int>();
    state.status = columns.as<StepStatus>();
    state.phase = columns.as<Phase>();
    state.attempt = columns.as<std::uint32_t>();
    state.retries = read_retries(columns.optional_text());
    state.outcome = columns.optional_as<bool>();
    state.items = columns.optional_as<std::uint32_t>();
    state.answers_failure = columns.flag();
    state.reused = columns.flag();
    state.superseded = columns.flag();
    state.due = columns.optional_time();
    state.started = columns.time();
    state.ended = columns.optional_time();
    return state;
}

StepRow read(const Statement& statement) {
    Columns columns{statement};
    StepRow row;
    row.state = read_state(columns);
    row.content.name = columns.text();
    row.content.job = columns.optional_integer();
    row.content.failure = columns.text();
    row.content.item = columns.text();
    row.content.source = columns.optional_integer();
    row.content.source_how = columns.optional_as<SourceHow>();
    row.content.origin = columns.optional_integer();
    row.content.outputs = columns.json();
    row.content.script = columns.json();
    row.content.property_files = columns.json();
    return row;
}

std::optional<StepRow> first(Statement& statement) {
    if (!statement.step()) return std::nullopt;
    return read(statement);
}

}  // namespace

void Steps::put(ExecutionKey execution, const StepRow& row) {
    const auto& [state, content] = row;
    auto statement = database_.prepare(kPut);
    statement.bind(execution)
        .bind(state.seq)
        .bind(state.node)
        .bind(state.iteration)
        .bind(state.status)
        .bind(state.phase);
    statement.bind(state.attempt).bind(retries_text(state.retries)).bind(state.outcome).bind(state.items);
    statement.bind(state.answers_failure).bind(state.reused).bind(state.superseded);
    statement.bind(state.due).bind(state.started).bind(state.ended);
    statement.bind(content.name).bind(content.job).bind(content.failure).bind(content.item);
    statement.bind(content.source).bind(content.source_how).bind(content.origin);
    statement.bind(content.outputs).bind(content.script).bind(content.property_files).run();
}

std::vector<Steps::Open> Steps::fail_open(ExecutionKey execution, Time now, std::string_view reason) {
    std::vector<Open> open;
    auto rows = database_.prepare(kOpen);
    rows.bind(execution);
    while (rows.step()) {
        Columns columns{rows};
        const auto seq = columns.as<StepSeq>();
        const auto attempt = columns.as<std::uint32_t>();
        open.push_back({seq, attempt, columns.as<StepStatus>()});
    }
    auto statement = database_.prepare(kFailOpen);
    statement.bind(StepStatus::Failed).bind(Phase::Done).bind(now).bind(reason).bind(execution).run();
    return open;
}

std::vector<StepState> Steps::states(ExecutionKey execution) {
    auto statement = database_.prepare(kStates);
    statement.bind(execution);
    std::vector<StepState> states;
    while (statement.step()) {
        Columns columns{statement};
        states.push_back(read_state(columns));
    }
    return states;
}

std::optional<StepStatus> Steps::status(ExecutionKey execution, std::string_view name) {
    auto statement = database_.prepare(kStatus);
    if (!statement.bind(execution).bind(name).step()) return std::nullopt;
    return Columns{statement}.as<StepStatus>();
}

std::optional<StepRow> Steps::find(ExecutionKey execution, StepSeq seq) {
    auto statement = database_.prepare(kFind);
    return first(statement.bind(execution).bind(seq));
}

ChildCounts Steps::children(ExecutionKey execution, std::uint32_t first_node, std::uint32_t last_node) {
    auto statement = database_.prepare(kChildren);
    statement.bind(StepStatus::Succeeded).bind(StepStatus::Failed).bind(StepStatus::Stopped);
    (void)statement.bind(execution).bind(first_node).bind(last_node).step();
    Columns columns{statement};
    ChildCounts counts;
    counts.total = columns.as<std::uint32_t>();
    counts.succeeded = columns.as<std::uint32_t>();
    counts.failed = columns.as<std::uint32_t>();
    counts.stopped = columns.as<std::uint32_t>();
    return counts;
}

Page<StepRow> Steps::list(ExecutionKey execution, const PageRequest& request) {
    const bool descending = request.order == SortOrder::Descending;
    const std::int64_t from = request.after ? number_of(*request.after) : descending ? kHighest : kLowest;
    auto statement = database_.prepare(descending ? kNewestFirst : kOldestFirst);
    statement.bind(execution).bind(from).bind(rows_to_read(request));
    return read_page<StepRow>(statement, request, read, [](const StepRow& row) { return Position{row.state.seq, 0}; });
}

}  // namespace pipelines::store
