#include "pipelines/store/lineage.hpp"

#include <algorithm>

#include "store/columns.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kSources =
    "WITH RECURSIVE chain (execution) AS (SELECT ? UNION SELECT steps.source_execution FROM chain JOIN steps ON "
    "steps.execution = chain.execution WHERE steps.source_execution IS NOT NULL) SELECT execution FROM chain LIMIT ?";
constexpr const char* kUsers =
    "WITH RECURSIVE chain (execution) AS (SELECT ? UNION SELECT steps.execution FROM chain JOIN steps ON "
    "steps.source_execution = chain.execution WHERE steps.source_execution IS NOT NULL) SELECT execution FROM chain "
    "LIMIT ?";
constexpr const char* kSteps =
    "SELECT name, status, source_execution, source_how, origin_execution FROM steps WHERE execution = ? AND NOT "
    "superseded ORDER BY seq";

}  // namespace

std::vector<ExecutionKey> Lineage::related(ExecutionKey execution, std::size_t limit) {
    std::vector<ExecutionKey> found;
    for (const char* chain : {kSources, kUsers}) {
        auto statement = database_.prepare(chain);
        statement.bind(execution).bind(static_cast<std::int64_t>(limit));
        while (statement.step() && found.size() < limit)
            if (const ExecutionKey key = statement.integer(0); std::ranges::find(found, key) == found.end())
                found.push_back(key);
    }
    return found;
}

std::vector<TakenStep> Lineage::steps(ExecutionKey execution) {
    auto statement = database_.prepare(kSteps);
    statement.bind(execution);
    std::vector<TakenStep> steps;
    while (statement.step()) {
        Columns columns{statement};
        TakenStep& step = steps.emplace_back();
        step.name = columns.text();
        step.status = columns.as<StepStatus>();
        step.source = columns.optional_integer();
        step.how = columns.optional_as<SourceHow>();
        step.origin = columns.optional_integer();
    }
    return steps;
}

}  // namespace pipelines::store
