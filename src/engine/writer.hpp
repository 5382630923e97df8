// Writes what a settle drafted of a run: each row once, and none before those it refers to. Inside
// store::Turn::within() only.
#pragma once

#include <utility>

#include "engine/run.hpp"
#include "pipelines/engine/bell.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

class Writer {
public:
    explicit Writer(store::Store& rows) : rows_(rows) {}

    // All of it. What only a settle holds of the run is dropped.
    void write(Run&);

    // Ahead of that: the execution's row, for those that refer to its key; the job of an attempt, before the next one
    // takes its place; a step's row, for other runs of the same settle.
    void ensure_row(Run&);
    void write_job(Run&, Draft&);
    void write(Run&, StepSeq, Draft&);

    // What changed, for whoever watches: one row an execution and settle.
    void write_transitions(NamespaceId, ExecutionKey, TransitionLog&);
    // The executions of which that was written since they were last taken.
    [[nodiscard]] bool has_news() const { return !news_.empty(); }
    [[nodiscard]] Bell::Changed take_news() { return std::exchange(news_, {}); }
    void forget_news() { news_.clear(); }

private:
    void write_execution(Run&);

    store::Store& rows_;
    Bell::Changed news_;
};

}  // namespace pipelines::engine
