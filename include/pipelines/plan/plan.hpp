// The plan of one run: which step starts, waits, retries, ends, and when the run is over. Statuses, attempts, outcomes
// and item counts only: it never sees a document, an argument, a store or a clock.
//
// The plan is a cache of the rows: after every event Plan(rows) equals the live plan (tests/unit/plan says so). An
// event that is stale or impossible changes nothing; it is never an error, since answers from outside may always come
// late.
//
// Rules, in docs/architecture.md "How an execution runs":
//   * a step starts when all its dependencies are over and match (trigger, branch outcome) and a slot is free; among
//     several the first in the definition (children of a ForEach: by iteration) starts first;
//   * only Look starts steps: the caller decides at what time what an end releases begins;
//   * after a failure only steps that answer it start; what runs drains; a Stop starts nothing more;
//   * terminal rows are final, until Retry leaves the failed and stopped ones behind (superseded) and starts new ones.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "pipelines/base/clock.hpp"
#include "pipelines/definition/graph.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines::plan {

using definition::Graph;
using definition::NodeIndex;

struct RunState {
    ExecutionStatus status = ExecutionStatus::Executing;
    std::optional<int> max_parallel;
    StepSeq next_seq = 0;

    friend bool operator==(const RunState&, const RunState&) = default;
};

namespace event {
struct Look {};  // begin, recover, go on: start what can start. Idempotent
struct Underway {
    StepSeq step;
    std::uint32_t attempt;
    StepStatus status;  // Starting: handed out. Executing: confirmed
    Phase phase;
    std::optional<Time> due;
};
struct Expanded {  // a ForEach: its children exist from here on
    StepSeq step;
    std::uint32_t attempt;
    std::uint32_t items;
};
struct Ended {
    StepSeq step;
    std::uint32_t attempt;
    Verdict verdict;
};
struct Due {  // a back-off is over
    StepSeq step;
    std::uint32_t attempt;
};
struct Stop {};
struct Retry {
    std::optional<int> max_parallel;
};
struct SetParallelism {
    std::optional<int> max_parallel;
};
}  // namespace event
using Event = std::variant<event::Look, event::Underway, event::Expanded, event::Ended, event::Due, event::Stop,
                           event::Retry, event::SetParallelism>;

// A status that changed.
struct Transition {
    StepSeq step;
    std::optional<StepStatus> from;  // none: it was started
    StepStatus to;

    friend bool operator==(const Transition&, const Transition&) = default;
};

// What the caller has to do. Every list holds sequence numbers of rows.
struct Actions {
    std::vector<StepSeq> launch;    // a first attempt or a later one: resolve and perform it
    std::vector<StepSeq> conclude;  // a ForEach whose children are over: answered by Ended
    std::vector<StepSeq> halt;      // a stop reached it: terminal already, or (Outside) to be stopped after COMMIT
    std::vector<StepSeq> wake;      // backs off until its `due`
    std::vector<StepSeq> changed;   // rows to write, each once
    std::vector<Transition> transitions;    // in order
    std::optional<ExecutionStatus> status;  // the run's, when it changed
    bool released = false;                  // something may start now: Look
};

// Where a step of the definition stands, also one that has no row: not started, not started for ever (but by a Retry),
// or started.
enum class Standing : std::uint8_t { Waiting, Never, Started };

class Plan {
public:
    // `graph` outlives the plan through the pointer. `selected`: by node, which steps may start (empty: all). `rows` in
    // the order of seq; none for a new run.
    Plan(std::shared_ptr<const Graph> graph, std::vector<bool> selected, RunState run, std::vector<StepState> rows);

    [[nodiscard]] Actions apply(const Event&, Time now);

    [[nodiscard]] const RunState& run() const { return run_; }
    [[nodiscard]] std::span<const StepState> rows() const { return rows_; }
    [[nodiscard]] const StepState& row(StepSeq seq) const { return rows_[seq]; }

    // The row of a step that counts (not superseded); -1 for iteration unless it is a child of a ForEach. Null: not
    // started.
    [[nodiscard]] const StepState* current(NodeIndex node, int iteration = -1) const;
    // An iteration that a ForEach turned out not to have never starts.
    [[nodiscard]] Standing standing(NodeIndex node, int iteration = -1) const;
    [[nodiscard]] const Graph& graph() const { return *graph_; }

    // For the test that a rebuilt plan equals the live one.
    friend bool operator==(const Plan&, const Plan&);

private:
    struct Instance {  // a step of the definition, or one child of a ForEach's body step
        NodeIndex node;
        int iteration;
        friend bool operator==(const Instance&, const Instance&) = default;
    };
    enum class Readiness : std::uint8_t { Waiting, Ready, Never };
    using OrderKey = std::tuple<NodeIndex, int, NodeIndex>;  // position, iteration, node: the order of starts

    void rebuild();
    void resize_body(NodeIndex for_each, std::uint32_t items);
    void consider_body(NodeIndex for_each);
    void drop_frozen();
    void leave_behind(const StepState&);
    [[nodiscard]] const StepState* superseded_row(Instance) const;
    void start_loops(Time now, Actions&);
    [[nodiscard]] bool is_full() const;  // as many steps run as the run may have at once
    [[nodiscard]] static Instance instance_of(const OrderKey&);
    [[nodiscard]] std::int32_t& slot(Instance);
    [[nodiscard]] std::int32_t slot(Instance) const;
    [[nodiscard]] const StepState* row_of(Instance) const;
    [[nodiscard]] Readiness readiness(Instance) const;
    [[nodiscard]] bool answers(Instance) const;
    [[nodiscard]] bool frozen(Instance) const;
    [[nodiscard]] bool has_free_slot(Instance) const;
    [[nodiscard]] OrderKey order(Instance) const;
    void consider(Instance);
    void consider_dependents(Instance);
    void count(const StepState&, int by);
    static void change(StepState&, StepStatus to, Actions&);
    void close(StepState&, Verdict, Time now, Actions&);
    void start(Instance, Time now, Actions&);
    void start_ready(Time now, Actions&);
    [[nodiscard]] bool children_over(NodeIndex for_each) const;
    void conclude_loops(Actions&);
    void finish_if_over(Actions&);
    [[nodiscard]] ExecutionStatus final_status() const;
    [[nodiscard]] StepState* live(StepSeq step, std::uint32_t attempt);

    void on(const event::Look&, Time, Actions&);
    void on(const event::Underway&, Time, Actions&);
    void on(const event::Expanded&, Time, Actions&);
    void on(const event::Ended&, Time, Actions&);
    void on(const event::Due&, Time, Actions&);
    void on(const event::Stop&, Time, Actions&);
    void on(const event::Retry&, Time, Actions&);
    void on(const event::SetParallelism&, Time, Actions&);

    std::shared_ptr<const Graph> graph_;
    std::vector<bool> selected_;
    RunState run_;
    std::vector<StepState> rows_;  // index = seq

    std::vector<NodeIndex> loops_;  // ForEach steps of the graph

    // Derived from the rows.
    // By node and iteration, the newest row that a RetryPipelineExecution superseded. It grows with the retries, so it
    // is only added to.
    std::map<std::pair<NodeIndex, int>, StepSeq> left_behind_;
    // What follows is made by rebuild(), all of it.
    // By node, by iteration (one for a top-level step): seq, kWaiting or kNever.
    std::vector<std::vector<std::int32_t>> slots_;
    std::set<OrderKey> ready_;                     // what starts as soon as a slot is free and the run is Executing
    std::vector<std::uint32_t> running_children_;  // by ForEach node
    std::vector<std::uint32_t> failed_children_;   // by ForEach node
    std::uint32_t running_ = 0;                    // rows that hold a slot of the run
    std::uint32_t open_ = 0;                       // rows that are not over
    std::uint32_t failures_ = 0;                   // failed or stopped rows of this run that count
};

}  // namespace pipelines::plan
