// One open execution in memory: its plan, and while a settle goes on the rows it drafts.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/domain/transition.hpp"
#include "pipelines/plan/plan.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

// What a settle holds of a step besides its state, which is the plan's.
struct Draft {
    StepContent content;
    std::optional<Job> job;
    std::string cache_key;     // of a step that may serve later executions, from its launch on; empty: none, or written
    bool changed = false;      // the step's row is to be written
    bool job_changed = false;  // the job's row is to be written: inserted if it has no id yet
};

// Files that were fetched for a step that is being prepared.
struct Fetched {
    std::map<std::string, Result<Json>> files;  // by URI
    bool awaited = false;                       // one more is on its way
    std::shared_ptr<void> call;                 // that brings it: dropped where nobody needs it (Options::fetch)
};

struct Run {
    Run(Execution row, std::string pipeline, std::shared_ptr<const definition::Definition> compiled,
        plan::Plan restored)
        : execution(std::move(row)),
          pipeline_name(std::move(pipeline)),
          definition(std::move(compiled)),
          plan(std::move(restored)) {}

    Execution execution;
    std::string pipeline_name;
    std::shared_ptr<const definition::Definition> definition;
    plan::Plan plan;

    std::unordered_map<StepSeq, Fetched> fetched;  // lost with the process: then they are fetched again
    std::optional<StepSeq> launching;              // whose expressions are being resolved
    std::unordered_map<StepSeq, Json> items;       // what each open ForEach iterates over, once read

    // What is to be written of the execution itself.
    std::optional<std::vector<ParameterValue>> unwritten;  // its parameters, if it has no row yet
    bool execution_changed = false;
    TransitionLog transitions;

    // Only while a settle goes on: what stands in rows afterwards is dropped.
    struct Settling {
        std::unordered_map<StepSeq, Draft> drafts{};
        // What references read of a step, once made: by the member they read, or (empty) whole.
        std::map<std::pair<StepSeq, std::string>, Json> documents{};
        std::map<std::string, Json> files{};  // of the directory of objects, by URI
        std::optional<std::unordered_map<std::string, Json>> parameters{};
    };
    Settling settling;

    [[nodiscard]] const definition::Step& step_of(StepSeq seq) const { return definition->steps[plan.row(seq).node]; }
};

// The content of a step's row: drafted in this settle, or read.
[[nodiscard]] Draft& draft(store::Store&, Run&, StepSeq);

}  // namespace pipelines::engine
