// The driver: applies an event and everything that follows from it until only the outside (or time) is left, each row
// written once, all in the caller's savepoint.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>

#include "engine/run.hpp"
#include "engine/space.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

// Events that one turn of the loop applies of a settle; the rest follows in later turns, so that others are served.
inline constexpr std::size_t kBudget = 10'000;

class Driver {
public:
    Driver(store::Store& rows, const Options& options, Loop loop);

    // Spaces and runs, loaded from their rows on first use.
    [[nodiscard]] Space& space(const Namespace&);
    [[nodiscard]] Space& space(NamespaceId);
    [[nodiscard]] Run& load(Space&, ExecutionKey);
    // The same for an execution that was just written, without reading it back.
    [[nodiscard]] Run& begin(Execution, const Pipeline&, std::shared_ptr<const definition::Definition>,
                             std::vector<StepState> rows);
    [[nodiscard]] std::shared_ptr<const definition::Definition> definition(VersionKey);

    // Queues an event; settle() applies it.
    void post(Space&, ExecutionKey, plan::Event);

    // Applies what is queued and what follows from it. Registers with the turn what happens if its savepoint is undone.
    void settle(Space&);

    // Ends the attempt of a step with a result (Outside, held, or due): drafts its content and queues its Ended.
    void finish(Space&, Run&, StepSeq, const runners::StepResult&);

    // The content of a step's row: drafted in this settle, or read.
    [[nodiscard]] Draft& draft(Run&, StepSeq);

    // The scope in which the Arguments of a step are resolved. Lives no longer than the settle.
    // `job_name`: what Execution.TrainingJobName and ProcessingJobName mean; empty outside a job's own Arguments.
    [[nodiscard]] definition::Scope scope(Space&, Run&, std::string job_name);

    // Puts the open executions of a namespace back on its timers and queues a Look for each. (recovery.cpp)
    void recover(Space&);
    void drop(NamespaceId);

    // Sets the alarm to the earliest thing that real time brings.
    void set_alarm();
    // Settles every namespace whose real or scaled clock has something due.
    void wake();

    [[nodiscard]] bool settling(NamespaceId) const;

private:
    Run& keep(Execution, const Pipeline&, std::shared_ptr<const definition::Definition>, std::vector<StepState>);
    void undo_with_savepoint(Space&);
    void apply(Space&, Run&, const plan::Event&);
    [[nodiscard]] bool pop_due(Space&);
    void expire(Space&, const Timer&);
    void go_on_later(NamespaceId);
    void write(Space&);
    void write(Space&, Run&);
    void stop_job(Space&, Run&, StepSeq);

    void launch(Space&, Run&, StepSeq);
    void launch_condition(Space&, Run&, StepSeq);
    void launch_fail(Space&, Run&, StepSeq);
    void launch_work(Space&, Run&, StepSeq);
    [[nodiscard]] Job make_job(Space&, Run&, StepSeq, std::string name, Json arguments);
    void leave_earlier_attempt(Run&, StepSeq);
    [[nodiscard]] std::int64_t unwritten_packages(const Space&, std::string_view group) const;
    void refuse(Space&, Run&, StepSeq, const Error&);

    [[nodiscard]] Result<const Json*> properties(Space&, Run&, std::string_view step);
    [[nodiscard]] definition::FileAnswer file(Space&, Run&, const definition::FileReference&);
    [[nodiscard]] std::optional<Json> variable(Space&, Run&, std::string_view name, const std::string& job_name);

    store::Store& rows_;
    const Options& options_;
    Loop loop_;
    std::set<NamespaceId> undone_;  // to be recovered by the next wake()
    std::map<NamespaceId, std::unique_ptr<Space>> spaces_;
    std::unordered_map<ExecutionKey, std::unique_ptr<Run>> runs_;
    std::unordered_map<VersionKey, std::shared_ptr<const definition::Definition>> definitions_;
};

}  // namespace pipelines::engine
