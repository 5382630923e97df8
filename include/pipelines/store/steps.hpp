// Steps of executions: a row each from the moment it is started or reused, never before.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pipelines/domain/step.hpp"
#include "pipelines/store/database.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::store {

class Steps {
public:
    explicit Steps(Database& database) : database_(database) {}

    void put(ExecutionKey, const StepRow&);  // inserts, or replaces the row of that seq
    // Every row that is open ends as Failed; answers which, as they were. What else they hold is not read: it may be
    // what cannot be.
    struct Open {
        StepSeq seq;
        std::uint32_t attempt;
        StepStatus status;
    };
    [[nodiscard]] std::vector<Open> fail_open(ExecutionKey, Time now, std::string_view reason);

    [[nodiscard]] std::vector<StepState> states(ExecutionKey);  // all, by seq: what a plan is rebuilt from
    // Of the row of that name ("Train", "Train-2") that counts.
    [[nodiscard]] std::optional<StepStatus> status(ExecutionKey, std::string_view name);
    [[nodiscard]] std::optional<StepRow> find(ExecutionKey, StepSeq);
    // The steps of a ForEach's iterations so far; those of its body stand side by side in the definition.
    [[nodiscard]] ChildCounts children(ExecutionKey, std::uint32_t first_node, std::uint32_t last_node);
    // Not superseded, by seq.
    [[nodiscard]] Page<StepRow> list(ExecutionKey, const PageRequest&);

private:
    Database& database_;
};

}  // namespace pipelines::store
