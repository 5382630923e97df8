// What expressions read of a run: parameters, execution variables, the documents of steps, property files.
//
// Errors are those of definition::Scope: returned, in the sentence that becomes the FailureReason of the step that
// asks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/run.hpp"
#include "pipelines/definition/evaluate.hpp"
#include "pipelines/domain/namespace.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

// A file that the directory of objects has, kept in `known` once it is read, or why it is of no use. Nothing: it is not
// there, or there is no directory. (files.cpp)
[[nodiscard]] std::optional<definition::FileAnswer> file_of_directory(const Options&,
                                                                      std::map<std::string, Json>& known,
                                                                      const definition::FileReference&);

class Reader {
public:
    // Both outlive the reader.
    Reader(store::Store& rows, const Options& options) : rows_(rows), options_(options) {}

    // The scope in which the Arguments of a step are resolved, at the time `now`. Lives no longer than the settle: it
    // refers to the run and its namespace.
    // `asking`: the step; none: the execution itself, which is in no iteration. `job_name`: what
    // Execution.TrainingJobName and ProcessingJobName mean; empty outside a job's own Arguments.
    [[nodiscard]] definition::Scope scope(const NamespaceKey&, Time now, Run&, std::optional<StepSeq> asking,
                                          std::string job_name) const;

    // What there is to read of a step. `iteration`: whose, where the step stands in a body; else it means nothing.
    // `member`: the one that is read (documents::properties); empty: all.
    [[nodiscard]] Result<const Json*> document(const NamespaceKey&, Run&, definition::NodeIndex, int iteration,
                                               std::string_view member = {}) const;

    // What a step of an iteration iterates over. (for_each.cpp)
    [[nodiscard]] const Json& item(Run&, StepSeq child) const;

private:
    [[nodiscard]] Result<definition::Property> property(const NamespaceKey&, Run&, int iteration, std::string_view step,
                                                        std::string_view path) const;
    [[nodiscard]] Result<definition::Property> outcome(const NamespaceKey&, Run&, definition::NodeIndex loop,
                                                       std::string_view path) const;  // (for_each.cpp)
    // files.cpp
    [[nodiscard]] definition::FileAnswer file(const NamespaceKey&, Run&, int iteration,
                                              definition::FileReference&) const;
    [[nodiscard]] definition::FileAnswer fetched_file(Run&, const definition::FileReference&) const;

    store::Store& rows_;
    const Options& options_;
};

}  // namespace pipelines::engine
