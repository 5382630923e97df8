// The driver: applies an event and everything that follows from it until only the outside (or time) is left, each row
// written once, all in the caller's savepoint. What it does not do itself: performer.hpp (a step's attempt), writer.hpp
// (rows), cut_settles.hpp. What reaches over one turn of the loop stands in turns.cpp.
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
#include <variant>
#include <vector>

#include "engine/cut_settles.hpp"
#include "engine/definitions.hpp"
#include "engine/performer.hpp"
#include "engine/run.hpp"
#include "engine/space.hpp"
#include "engine/writer.hpp"
#include "pipelines/engine/bell.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

class Driver {
public:
    Driver(store::Store& rows, const Options& options, Definitions& definitions, Loop loop);

    // Spaces and runs, loaded from their rows on first use. One that is to be recovered is recovered first, so inside
    // store::Turn::within() only.
    [[nodiscard]] Space& space(NamespaceId);
    // For reads.
    [[nodiscard]] Time now(NamespaceId);
    [[nodiscard]] Run& load(ExecutionKey);
    // Begins an execution, which has a row once it settles. `reused`: the rows that a selective one shows of its
    // source.
    [[nodiscard]] Run& start(Execution, const Pipeline&, std::shared_ptr<const definition::Definition>,
                             std::vector<ParameterValue>, const std::vector<StepRow>& reused);

    // What is in memory of the namespace is dropped, and loaded again, if the savepoint does not come to stand: to be
    // called before anything in memory is changed, other than by reading a row into it. If it does, what changed is
    // announced before anything else that is done then.
    void begin_change(Space&);

    // Applies what is queued and what follows from it.
    void settle(Space&);

    // Ends the attempt of a step because a caller says so, before its time if it has one; then settles.
    void end_early(Space&, Run&, StepSeq, runners::StepResult);

    // What runners report (runner.hpp), each in a turn of its own. (outside.cpp)
    void confirm(const StepRef&);
    void post_result(const StepRef&, const runners::StepResult&);

    // The namespace of an execution that is under way is loaded again from its rows, soon.
    void recover_later(ExecutionKey);

    // A change that settles, and that nobody would repeat: if it does not come to stand the namespace is recovered a
    // second later. Throws nothing of the change's. (turns.cpp)
    void attempt_settle(NamespaceId, const std::function<void()>& change);

    // Puts the open executions of a namespace back on its timers, and settles. (recovery.cpp)
    void recover(NamespaceId);
    // The same of every namespace, when the process begins: their clocks take on its mode.
    void recover_all();
    // Recovers all that was undone, each namespace in a savepoint of its own: outside store::Turn::within() only. One
    // at which that fails is left out until its second is over: it costs whoever asks for another as much each time.
    void recover_undone();
    void drop(NamespaceId);

    // Sets the alarm to the earliest thing that real time brings.
    void set_alarm();
    // Settles every namespace whose real or scaled clock has something due.
    void wake();

    // Whoever listens is told after the COMMIT of what changed, in a later turn.
    [[nodiscard]] Bell& bell() { return bell_; }

    [[nodiscard]] CutSettles& cut_settles() { return cut_settles_; }
    [[nodiscard]] Performer& performer() { return performer_; }

private:
    [[nodiscard]] Space& loaded(NamespaceId);
    [[nodiscard]] Run& hold(Execution, const Pipeline&, std::shared_ptr<const definition::Definition>,
                            std::vector<StepState> rows);
    void switch_clock(Space&);
    void give_up(Space&, ExecutionKey, const Error& why);
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
    void apply(Space&, Run&, const plan::Event&);
    [[nodiscard]] bool pop_due(Space&);
    void expire(Space&, const Timer&);
    void go_on(NamespaceId);
    void reload_later(NamespaceId);
    // `act` runs in a later turn, when what the COMMIT lets go has been sent.
    void behind_answers(std::function<void()> act);
    // Once a turn, behind its COMMIT: what changed is announced, and the alarm set.
    void after_turn();
    void announce();
    using Subject = std::variant<NamespaceId, StepRef>;  // a namespace's settle, or an answer for a step
    // A change of its own that nobody would repeat: `missed` is called once if it does not come to stand, be it that
    // the turn cannot be opened, that the change throws, or that the COMMIT fails. Throws nothing of theirs that is a
    // std::exception: all that this program and its libraries throw is one, and what is not may end the process.
    void attempt(const Subject&, std::string_view what, const std::function<void()>& change,
                 const std::function<void()>& missed);
    [[nodiscard]] std::string name_of(const Subject&);
    void write(Space&);
    // outside.cpp: a change that an answer from outside makes to the step it names, if that still is in `phase` and on
    // the attempt that was asked for; then settles.
    using OutsideChange = std::function<void(Space&, Run&, StepSeq)>;
    void from_outside(const StepRef&, Phase phase, const OutsideChange&);
    // Brings a file that a step waits for, and launches it again; nothing if it waits no more. (files.cpp)
    void fetch(const StepRef&, const NamespaceKey&, const std::string& uri);

    store::Store& rows_;
    const Options& options_;
    Definitions& definitions_;
    Loop loop_;
    CutSettles cut_settles_;
    Writer writer_;
    Performer performer_;
    Bell bell_;
    bool is_turn_seen_to_ = false;         // after_turn() was called in it
    bool is_announcing_ = false;           // the bell is about to ring
    std::set<NamespaceId> to_switch_;      // to the mode of this process, in their next recovery
    std::set<NamespaceId> undone_;         // to be recovered: when somebody wants them, at retry_at_ at last
    std::set<NamespaceId> failing_;        // of undone_, whose recovery has failed: for who wants them, or retry_at_
    std::map<Subject, std::string> told_;  // the log, of what attempt() fails with
    std::vector<std::function<void()>> owed_;  // answers from outside that could not be written: for retry_at_
    std::optional<Time> retry_at_;             // by system time; set_alarm() sets it while there is one of these
    std::map<NamespaceId, std::map<ExecutionKey, std::string>> hopeless_;  // until their recovery, and why: see blame()
    std::map<NamespaceId, std::unique_ptr<Space>> spaces_;
    std::set<NamespaceId> timed_;  // of spaces_, those with timers: all that is looked at behind a turn
    std::unordered_map<ExecutionKey, std::unique_ptr<Run>> runs_;
};

}  // namespace pipelines::engine
