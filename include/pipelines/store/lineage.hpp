// Which executions took results over from which: by selection or from the cache.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pipelines/domain/step.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

struct TakenStep {
    std::string name;
    StepStatus status = StepStatus::Succeeded;
    std::optional<ExecutionKey> source;  // where its result is from; none: it ran here
    std::optional<SourceHow> how;
    std::optional<ExecutionKey> origin;  // where it really ran
};

class Lineage {
public:
    explicit Lineage(Database& database) : database_(database) {}

    // The execution itself, then what it took results from, over any number of steps, and what took results from it;
    // the nearest first, at most `limit`.
    [[nodiscard]] std::vector<ExecutionKey> related(ExecutionKey, std::size_t limit);

    [[nodiscard]] std::vector<TakenStep> steps(ExecutionKey);  // in the order of starts

private:
    Database& database_;
};

}  // namespace pipelines::store
