// What expressions read of a run: parameters, execution variables, the documents of steps, property files.
//
// Errors are those of definition::Scope: returned, in the sentence that becomes the FailureReason of the step that
// asks.
#pragma once

#include <string>
#include <string_view>

#include "engine/run.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/domain/namespace.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

class Reader {
public:
    // Both outlive the reader.
    Reader(store::Store& rows, const Options& options) : rows_(rows), options_(options) {}

    // The scope in which the Arguments of a step are resolved, at the time `now`. Lives no longer than the settle: it
    // refers to the run and its namespace.
    // `job_name`: what Execution.TrainingJobName and ProcessingJobName mean; empty outside a job's own Arguments.
    [[nodiscard]] definition::Scope scope(const NamespaceKey&, Time now, Run&, std::string job_name) const;

private:
    [[nodiscard]] Result<const Json*> properties(const NamespaceKey&, Run&, std::string_view step) const;
    [[nodiscard]] definition::FileAnswer file(const NamespaceKey&, Run&, const definition::FileReference&) const;

    store::Store& rows_;
    const Options& options_;
};

}  // namespace pipelines::engine
