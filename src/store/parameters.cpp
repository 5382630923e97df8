// Parameters of executions.
#include "pipelines/store/executions.hpp"
#include "store/paging.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kInsert = "INSERT INTO parameters (execution, name, value) VALUES (?, ?, ?)";
constexpr const char* kAll = "SELECT name, value FROM parameters WHERE execution = ? ORDER BY name";
constexpr const char* kPage =
    "SELECT name, value FROM parameters WHERE execution = ? AND name > ? ORDER BY name LIMIT ?";

ParameterValue read(const Statement& statement) { return {std::string{statement.text(0)}, statement.json(1)}; }

}  // namespace

void Executions::insert_parameters(ExecutionKey execution, std::span<const ParameterValue> parameters) {
    for (const ParameterValue& parameter : parameters)
        database_.prepare(kInsert).bind(execution).bind(parameter.name).bind(dump(parameter.value)).run();
}

std::vector<ParameterValue> Executions::parameters(ExecutionKey execution) {
    auto statement = database_.prepare(kAll);
    statement.bind(execution);
    std::vector<ParameterValue> rows;
    while (statement.step()) rows.push_back(read(statement));
    return rows;
}

Page<ParameterValue> Executions::list_parameters(ExecutionKey execution, const PageRequest& request) {
    auto statement = database_.prepare(kPage);
    statement.bind(execution).bind(request.after ? text_of(*request.after) : std::string{}).bind(rows_to_read(request));
    return read_page<ParameterValue>(statement, request, read, [](const ParameterValue& row) {
        return Position{row.name, 0};
    });
}

}  // namespace pipelines::store
