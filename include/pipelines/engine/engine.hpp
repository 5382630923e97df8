// The engine: what the API and the control routes ask of executions. Every function runs on the loop's thread, inside
// store::Turn::within() where it writes; answers leave after the COMMIT of that turn.
//
// Errors: what a caller caused is returned; a broken database throws and undoes the savepoint, and the engine drops
// what it had in memory of the touched executions (the rows are the truth).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/namespace.hpp"
#include "pipelines/domain/pipeline.hpp"
#include "pipelines/engine/bell.hpp"
#include "pipelines/engine/row_names.hpp"
#include "pipelines/plan/plan.hpp"
#include "pipelines/runners/runner.hpp"
#include "pipelines/runners/scenario.hpp"
#include "pipelines/runners/simulated.hpp"
#include "pipelines/store/objects.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

// No clock goes further: it is the last time that clients can read.
constexpr Time kLatestTime = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};

struct Options {
    ClockState clock;           // of new namespaces; recover() switches the others to its mode, from where they stand
    Duration step_duration{0};  // of a step that no scenario speaks of
    std::uint64_t seed = 0;     // of a new namespace, mixed with its name
    std::shared_ptr<const store::Objects> objects;  // where s3:// leads; null: nowhere
    // Reads an object that is not there, from an endpoint: `done` in a later turn. What it answers is let go of when
    // nobody needs the object any more; if it was not asked for by then, it never is. Empty: there is no endpoint.
    std::function<std::shared_ptr<void>(const NamespaceKey&, const store::ObjectName&, std::size_t limit,
                                        std::function<void(Result<std::string>)> done)>
        fetch;
    std::map<JobKind, runners::StepRunner*> runners;  // who performs steps of a kind that no scenario speaks of
    std::function<Time()> system_time = system_now;
    std::size_t budget = 10'000;  // events that one turn applies of a settle; the rest follows behind other requests
};

// What the engine needs of the loop.
struct Loop {
    std::function<void(std::function<void()>)> post;         // run in a later turn
    std::function<void(std::optional<Duration>)> set_alarm;  // call Engine::wake() then; nothing: never
};

// SelectiveExecutionConfig.
struct Selection {
    Json config;                      // as the caller gave it
    std::optional<Execution> source;  // what SourcePipelineExecutionArn names: over, and of the same pipeline
};

struct StartRequest {
    Pipeline pipeline;
    PipelineVersion version;
    std::vector<ParameterValue> parameters;  // bound: one for every parameter of the definition
    std::optional<std::string> display_name, description;
    std::optional<int> max_parallel;  // the execution's own; none: the pipeline's
    std::optional<std::string> mlflow_experiment;
    std::optional<Selection> selection;  // none: every step
    Json scenario;                       // Scenarios::test_case; null if none
};

struct ExecutionChanges {
    std::optional<std::string> display_name, description;
    std::optional<int> max_parallel;
};

using Send = std::function<void()>;

struct Answer {
    bool stands;  // false: nothing of the request shall stay
    Send send;
};

// The end that a caller gives a step which waits.
struct ByHand {
    enum class End { Release, Succeed, Fail, Stop };
    End end = End::Release;
    Json given;  // Succeed: {"Return", "PropertyFiles"}; Fail: {"Error", "Cause"}, both as in a scenario
};

enum class AdvanceTo { Next, Idle };  // the next simulated event; until nothing simulated is left

class Engine {
public:
    Engine(store::Store&, Options, Loop);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // The namespace of a request, made on first use (writes only then).
    [[nodiscard]] Namespace space(const NamespaceKey&);
    // Without making one: for reads and the control routes.
    [[nodiscard]] std::optional<Namespace> find_space(const NamespaceKey&);
    [[nodiscard]] Time now(NamespaceId);

    // The compiled definition of a version, cached. Error: another version of this program has accepted it, this one
    // cannot read it.
    [[nodiscard]] Result<std::shared_ptr<const definition::Definition>> definition(VersionKey);

    // Writes the execution and runs it until only the outside is left (or time has to pass). Answers its public id.
    [[nodiscard]] Result<std::string> start(StartRequest);
    // UpdatePipelineExecution: what is given is set, and a running execution goes on under its new limit.
    void update(ExecutionKey, const ExecutionChanges&);
    // StopPipelineExecution: what is simulated stops at once, a waiting Callback is Stopping until it is answered.
    // Error: the execution is not Executing.
    [[nodiscard]] Result<void> stop(ExecutionKey);
    // RetryPipelineExecution: what did not succeed starts again, under another limit if one is given. Error: the
    // execution is neither Failed nor Stopped, a Fail step ended it, or its definition cannot be read.
    [[nodiscard]] Result<void> retry(ExecutionKey, std::optional<int> max_parallel);
    // SendPipelineExecutionStepSuccess: `outputs` by name, as strings. Error: unknown or used token, a value that is
    // not of its declared type. Answers the token's execution.
    [[nodiscard]] Result<ExecutionKey> succeed(NamespaceId, std::string_view token,
                                               std::span<const std::pair<std::string, std::string>> outputs);
    // SendPipelineExecutionStepFailure; in a stop it only ends the waiting: the step is Stopped, not Failed. Error:
    // unknown or used token.
    [[nodiscard]] Result<ExecutionKey> fail(NamespaceId, std::string_view token, std::string_view reason);

    // Ends a step by the name of its row: one that is held, a waiting Callback, one whose simulated end is still to
    // come. Release ends it as its scenario says, Stop as somebody outside would. Error: no such step, not started,
    // over, not waiting for an end; what is given fits no step of its type. Answers its row.
    [[nodiscard]] Result<StepSeq> end_step(ExecutionKey, std::string_view step, const ByHand&);

    // How a step of an execution that is not over stands, and its status if it has started. Of the plan, which is made
    // of the rows if it is not at hand: it writes nothing.
    struct StepNow {
        plan::Standing standing;
        std::optional<StepStatus> status;
    };
    [[nodiscard]] StepNow step_now(ExecutionKey, const RowPlace&);

    // A request that writes, in a savepoint of the turn, and its one answer. If what `request` answers stands, it is
    // sent after the COMMIT, and after the end of every settle that the request set off and that was cut (10,000 events
    // a turn). If it does not, the savepoint is rolled back and it is sent as a read is: it may rest on rows that
    // others wrote in the turn. `failed` is sent instead if `request` throws (logged with `what`) or the COMMIT fails.
    // Returns normally in each case.
    void answer_write(std::string_view what, const std::function<Answer()>& request, Send failed);
    // A read: answered after the COMMIT of what it may have seen, `failed` if that is undone.
    void answer_read(Send send, Send failed);

    // Rings after every COMMIT that changed a status, in a later turn, on the loop's thread, while nothing is open.
    [[nodiscard]] Bell& bell();

    // Manual clocks. Error: the namespace's clock is not manual; a negative step. Then settles.
    [[nodiscard]] Result<void> advance(NamespaceId, Duration);
    [[nodiscard]] Result<void> advance(NamespaceId, AdvanceTo);
    void set_clock(NamespaceId, ClockMode mode, double rate);

    // What a runner reports of a step it was given: it is under way there; it has ended so. About an attempt that is
    // over: nothing. What cannot be written is tried again a second later, since nobody outside will repeat it.
    void confirm(const StepRef&);
    void post(const StepRef&, const runners::StepResult&);
    // What a runner needs to perform it, out of the rows; nothing if that attempt is over.
    [[nodiscard]] std::optional<runners::OutsideStep> outside_step(const StepRef&);

    // Says in the log that this row of `events` cannot be read, and why: once, however many read it.
    void tell_unreadable_event(std::int64_t row, std::string_view why);

    // The alarm went off: everything due on real and scaled clocks.
    void wake();

    // After a start of the process: loads every open execution and goes on from its rows.
    void recover();

private:
    friend struct EngineProbe;  // for the test that a plan made of the rows equals the live one
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pipelines::engine
