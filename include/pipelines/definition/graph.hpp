// The order of a pipeline's steps, without their content: all that the plan reads of a definition.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipelines/base/clock.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines::definition {

using NodeIndex =
    std::uint32_t;  // position in the definition, depth first: a Condition before the steps of its branches

enum class NodeKind : std::uint8_t { Work, Condition, Fail, ForEach };

// When a dependency is met. The SDK writes Completed as a plain name. (docs/compatibility.md, "Run conditions, stop,
// retry")
enum class Trigger : std::uint8_t { Completed, Failed, Stopped, Any };

struct Dependency {
    NodeIndex node = 0;
    Trigger trigger = Trigger::Completed;
    std::optional<bool> outcome;  // set: a step of a branch, met only when the Condition came out so

    friend bool operator==(const Dependency&, const Dependency&) = default;
};

using RetryLimit = std::variant<std::uint32_t, Duration>;  // so many retries, or until so long after the step's start

// AWS: IntervalSeconds 1..43200 (1), BackoffRate (2.0), MaxAttempts 0..20 (5, 0 = never) or ExpireAfterMin 0..14400.
struct RetryPolicy {
    std::vector<StepError> errors;
    Duration interval{1000};
    double backoff_rate = 2.0;
    RetryLimit limit = 5U;
};

struct Node {
    std::string name;
    NodeKind kind = NodeKind::Work;
    std::vector<Dependency> dependencies;  // each upstream node once per (trigger, outcome); branch included, and
                                           // of a ForEach what its body takes from outside
    std::vector<NodeIndex> dependents;     // the reverse
    std::vector<RetryPolicy> retries;
    bool retries_job_errors = true;     // Tuning and AutoML never retry JOB_INTERNAL_ERROR
    std::optional<NodeIndex> parent;    // step of a ForEach's body
    std::vector<NodeIndex> body;        // ForEach
    std::uint32_t max_concurrency = 0;  // ForEach: child steps at once
};

struct Graph {
    std::vector<Node> nodes;

    [[nodiscard]] std::optional<NodeIndex> find(std::string_view name) const;  // linear
};

// Fills `dependents` from `dependencies`.
void link(Graph&);

// The names along one cycle, first name repeated at the end ("a", "b", "a"); empty if there is none. Iterative.
[[nodiscard]] std::vector<std::string> find_cycle(const Graph&);

}  // namespace pipelines::definition
