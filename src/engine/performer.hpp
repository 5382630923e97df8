// How a started step is performed, from the launch of an attempt to its end: its expressions are resolved, then it is
// decided here and now, simulated, or handed out. What comes of it are drafts of the run and events of its namespace,
// for the driver, which settles then. Inside store::Turn::within() only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/run.hpp"
#include "engine/scope.hpp"
#include "engine/space.hpp"
#include "engine/writer.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/runners/runner.hpp"
#include "pipelines/runners/simulated.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

// As much of a FailureReason as the API shows.
[[nodiscard]] std::string as_reason(std::string_view);

class Performer {
public:
    // Brings a file that a step waits for, then launches it again. Called behind the COMMIT.
    using Fetch = std::function<void(const StepRef&, const NamespaceKey&, const std::string& uri)>;
    // All that is referred to outlives it.
    // `later`: runs what there is to do when what changed has been announced.
    Performer(store::Store& rows, const Options& options, Writer& writer, store::Turn::Post later, Fetch fetch);

    // Begins the attempt that the plan started; again if it waited for a file, or the process was started anew.
    void launch(Space&, Run&, StepSeq);
    // The children of a ForEach are over. (for_each.cpp)
    void conclude(Space&, Run&, StepSeq);
    // A step that is outside, after a restart. (outside.cpp)
    void resume(Space&, Run&, StepSeq);

    // Ends an attempt with a result (from outside, by a caller, or due): drafts its content and queues its Ended.
    void finish(Space&, Run&, StepSeq, runners::StepResult);
    // A stop reached the step. What was simulated is over with the request; what is outside is told after the COMMIT,
    // and in a turn of its own: it may answer at once, and who hears of this COMMIT first shall find no more than it
    // wrote.
    void stop(Space&, Run&, StepSeq);

    // What a row begins with: its name, and what it iterates over.
    void introduce(Run&, StepSeq, StepContent&);
    // A cached step is over. A success is entered at once, row and all: another run of the same settle may look for it.
    // (cache.cpp)
    void end_cached(Run&, StepSeq);

    [[nodiscard]] definition::Scope scope(const Space& space, Run& run, std::optional<StepSeq> asking,
                                          std::string job_name) const {
        return reader_.scope(space.row.key, space.clock.now(), run, asking, std::move(job_name));
    }
    // DriftCheckBaselines of the latest approved package that a check step compares with; null if there is none, or the
    // step brings its own. (packages.cpp)
    [[nodiscard]] Json group_baselines(const Space&, const definition::Step&, const Json& extra) const;

private:
    void launch_condition(Space&, Run&, StepSeq);
    void launch_fail(Space&, Run&, StepSeq);
    void launch_for_each(Space&, Run&, StepSeq);
    void launch_work(Space&, Run&, StepSeq);
    void get_under_way(Space&, Run&, StepSeq, const runners::Simulation&);
    // A step that cannot be launched: its expressions have no value.
    void refuse(Space&, Run&, StepSeq, const Error&);
    // A value that cannot be had yet (a file has to be fetched), or never: the step waits, or fails. True: that is so.
    template <class Found>
    [[nodiscard]] bool hindered(Space& space, Run& run, StepSeq seq, const Found& found) {
        if (const auto* fetch = std::get_if<definition::Fetch>(&found)) await(space, run, seq, *fetch);
        if (const auto* error = std::get_if<Error>(&found)) refuse(space, run, seq, *error);
        return found.index() != 0;
    }
    void await(Space&, Run&, StepSeq, const definition::Fetch&);  // files.cpp

    [[nodiscard]] Result<Json> custom_name(const Space&, Run&, StepSeq) const;
    void leave_earlier_attempt(Run&, StepSeq);
    [[nodiscard]] bool take_from_cache(Space&, Run&, StepSeq, const Json& arguments, const Json& extra);
    [[nodiscard]] Job make_job(Space&, Run&, StepSeq, std::string name, Json arguments);
    void become_endpoint(Run&, Job&);                                          // endpoints.cpp
    [[nodiscard]] std::int64_t next_number(Space&, const std::string& group);  // packages.cpp
    [[nodiscard]] definition::Resolved selected(Space&, Run&, StepSeq loop);   // for_each.cpp
    // Who performs a step outside; null: it is simulated, or waits to be answered. (outside.cpp)
    [[nodiscard]] runners::StepRunner* runner_of(const Run&, StepSeq) const;
    void hand_out(const Space&, Run&, StepSeq, runners::StepRunner&);

    store::Store& rows_;
    const Options& options_;
    Reader reader_;
    Writer& writer_;
    store::Turn::Post later_;
    Fetch fetch_;
};

}  // namespace pipelines::engine
