// The driver: applies an event and everything that follows from it until only the outside (or time) is left, each row
// written once, all in the caller's savepoint. What reaches over one turn of the loop stands in turns.cpp.
#pragma once

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/run.hpp"
#include "engine/scope.hpp"
#include "engine/space.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/engine/bell.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

class Driver {
public:
    Driver(store::Store& rows, const Options& options, Loop loop);

    // Spaces and runs, loaded from their rows on first use. One that is to be recovered is recovered first, so inside
    // store::Turn::within() only.
    [[nodiscard]] Space& space(NamespaceId);
    // For reads.
    [[nodiscard]] Time now(NamespaceId);
    [[nodiscard]] Run& load(ExecutionKey);
    // The same for an execution that was just written, without reading it back.
    [[nodiscard]] Run& begin(Execution, const Pipeline&, std::shared_ptr<const definition::Definition>,
                             std::vector<StepState> rows);
    // Error: the stored text no longer compiles.
    [[nodiscard]] Result<std::shared_ptr<const definition::Definition>> compiled(VersionKey);
    // Throws instead: of an execution that is open, and so was readable when this process began.
    [[nodiscard]] std::shared_ptr<const definition::Definition> definition(VersionKey);

    // What is in memory of the namespace is dropped, and loaded again, if the savepoint does not come to stand: to be
    // called before anything in memory is changed, other than by reading a row into it.
    void reload_if_undone(Space&);

    // The execution has a row from here on: before any row that refers to its key. settle() sees to it in the end.
    void ensure_row(Run&);

    // Queues an event; settle() applies it.
    void post(Space&, ExecutionKey, plan::Event);

    // Applies what is queued and what follows from it.
    void settle(Space&);

    // A request begins: when_settled() speaks of what is set off from here on.
    void begin_request() { cut_.clear(); }
    // `done` runs behind the COMMIT of the turn, and of the turns in which the settles end that this request set off
    // and that were cut; at once if nothing is open. A later turn that is undone only delays it: the rows of the
    // request stand.
    void when_settled(std::function<void()> done);

    // Ends the attempt of a step with a result (Outside, held, or due): drafts its content and queues its Ended.
    void finish(Space&, Run&, StepSeq, runners::StepResult);
    // The same because a caller says so, before its time if it has one; then settles.
    void end_early(Space&, Run&, StepSeq, runners::StepResult);

    // What runners report (runner.hpp), each in a turn of its own. (outside.cpp)
    void confirm(const StepRef&);
    void post_result(const StepRef&, const runners::StepResult&);

    [[nodiscard]] Draft& draft(Run& run, StepSeq seq) { return engine::draft(rows_, run, seq); }
    [[nodiscard]] definition::Scope scope(const Space& space, Run& run, std::optional<StepSeq> asking,
                                          std::string job_name) const {
        return reader_.scope(space.row.key, space.clock.now(), run, asking, std::move(job_name));
    }

    // The namespace of an execution that is under way is loaded again from its rows, soon.
    void recover_later(ExecutionKey);

    // A change that settles, and that nobody would repeat: if it does not come to stand the namespace is recovered a
    // second later. Throws nothing of the change's. (turns.cpp)
    void attempt_settle(NamespaceId, const std::function<void()>& change);

    // Puts the open executions of a namespace back on its timers, and settles. (recovery.cpp)
    void recover(NamespaceId);
    // Recovers all that was undone, each namespace in a savepoint of its own: outside store::Turn::within() only.
    void recover_undone();
    void drop(NamespaceId);

    // Sets the alarm to the earliest thing that real time brings.
    void set_alarm();
    // Settles every namespace whose real or scaled clock has something due.
    void wake();

    // Whoever listens is told after the COMMIT of what changed, in a later turn.
    [[nodiscard]] Bell& bell() { return bell_; }

    // What a check step compares with, if it is for its group to say. (packages.cpp)
    [[nodiscard]] Json group_baselines(const Space&, const definition::Step&, const Json& extra);

private:
    [[nodiscard]] Space& loaded(NamespaceId);
    void give_up(Space&, Execution, const Error& why);
    void resume(Space&, Run&);
    // Does something for an execution. What throws then, but for the database, is a fault of this program, which every
    // recovery would meet again: it is passed on, and the next recovery ends the execution, so that the others of its
    // namespace go on.
    template <class Work>
    void blame(const Space& space, ExecutionKey key, const Work& work) {
        try {
            work();
        } catch (const store::DatabaseError&) {
            throw;
        } catch (const std::exception& fault) {
            hopeless_[space.row.id].insert_or_assign(key, fault.what());
            throw;
        }
    }
    // As much of it as the API shows.
    [[nodiscard]] static std::string as_reason(std::string_view);
    void apply(Space&, Run&, const plan::Event&);
    [[nodiscard]] bool pop_due(Space&);
    void expire(Space&, const Timer&);
    void go_on_later(NamespaceId);
    void reload_later(NamespaceId);
    // A change of its own that nobody would repeat: `missed` is called once if it does not come to stand, be it that
    // the turn cannot be opened, that the change throws, or that the COMMIT fails. Throws nothing of theirs that is a
    // std::exception: all that this program and its libraries throw is one, and what is not may end the process.
    void attempt(std::string_view what, const std::function<void()>& change, const std::function<void()>& missed);
    void answer_waiting(NamespaceId);
    void write(Space&);
    void write(Run&);
    void write_execution(Run&);
    void write_job(Run&, Draft&);
    void write(Run&, StepSeq, Draft&);
    void stop_job(Space&, Run&, StepSeq);

    // Statuses that changed, for whoever watches. (events.cpp)
    static void note(Run&, const plan::Actions&, Time now);
    void write_transitions(const Execution&, TransitionLog&);
    void announce();

    void launch(Space&, Run&, StepSeq);
    void launch_condition(Space&, Run&, StepSeq);
    void launch_fail(Space&, Run&, StepSeq);
    void launch_for_each(Space&, Run&, StepSeq);
    void conclude_for_each(Space&, Run&, StepSeq);
    void launch_work(Space&, Run&, StepSeq);
    [[nodiscard]] Job make_job(Space&, Run&, StepSeq, std::string name, Json arguments);
    [[nodiscard]] Result<Json> custom_name(const Space&, Run&, StepSeq) const;
    void leave_earlier_attempt(Run&, StepSeq);
    // What a row begins with: its name, and what it iterates over.
    void introduce(Run&, StepSeq, StepContent&);
    [[nodiscard]] definition::Resolved selected(Space&, Run&, StepSeq loop);
    void become_endpoint(Run&, Job&);  // endpoints.cpp
    // packages.cpp
    using Accepts = std::function<bool(const Job&)>;
    [[nodiscard]] std::int64_t next_number(Space&, const std::string& group);
    [[nodiscard]] const Job* completed_package(const Space&, std::string_view group, const Accepts&) const;
    void refuse(Space&, Run&, StepSeq, const Error&);
    // A value that cannot be had yet (a file has to be fetched), or never: the step waits, or fails. True: that is so.
    template <class Found>
    [[nodiscard]] bool hindered(Space& space, Run& run, StepSeq seq, const Found& found) {
        if (const auto* fetch = std::get_if<definition::Fetch>(&found)) prepare(space, run, seq, *fetch);
        if (const auto* error = std::get_if<Error>(&found)) refuse(space, run, seq, *error);
        return found.index() != 0;
    }
    void prepare(Space&, Run&, StepSeq, const definition::Fetch&);  // files.cpp

    // outside.cpp: a change that an answer from outside makes to the step it names, if that still is in `phase` and on
    // the attempt that was asked for; then settles.
    using OutsideChange = std::function<void(Space&, Run&, StepSeq)>;
    void from_outside(const StepRef&, Phase phase, const OutsideChange&);
    // Who performs a step outside; null: it is simulated, or waits to be answered.
    [[nodiscard]] runners::StepRunner* runner_of(const Run&, StepSeq) const;
    void hand_out(const Space&, Run&, StepSeq, runners::StepRunner&);
    void resume_outside(Space&, Run&, StepSeq);

    [[nodiscard]] bool take_from_cache(Space&, Run&, StepSeq, const Json& arguments, const Json& extra);
    void end_cached(Run&, StepSeq);

    store::Store& rows_;
    const Options& options_;
    Reader reader_;
    Loop loop_;
    Bell bell_;
    Bell::Changed news_;                       // since the bell rang
    bool is_announcing_ = false;               // it is about to ring
    std::set<NamespaceId> undone_;             // to be recovered: when somebody wants them, at retry_at_ at last
    std::vector<std::function<void()>> owed_;  // answers from outside that could not be written: for retry_at_
    std::optional<Time> retry_at_;             // by system time; set_alarm() sets it while there is one of these
    std::map<NamespaceId, std::map<ExecutionKey, std::string>> hopeless_;  // until their recovery, and why: see blame()
    std::set<NamespaceId> cut_;       // whose settle was cut in the request that is going on
    std::set<NamespaceId> going_on_;  // whose settle was cut, and goes on in a turn to come
    std::map<NamespaceId, std::vector<std::function<void()>>> waiting_;  // for the end of a settle that was cut
    std::map<NamespaceId, std::unique_ptr<Space>> spaces_;
    std::unordered_map<ExecutionKey, std::unique_ptr<Run>> runs_;
    std::unordered_map<VersionKey, std::shared_ptr<const definition::Definition>> definitions_;
};

}  // namespace pipelines::engine
