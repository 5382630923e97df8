// A job: one attempt of a step that exists outside the pipeline (a training job, a model, a callback token, ...).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines {

// What kind of resource a row of `jobs` is. The numbers stand in rows: never change one.
enum class JobKind : std::uint8_t {
    Training = 0,
    Processing = 1,
    Transform = 2,
    Tuning = 3,
    AutoML = 4,
    Model = 5,
    ModelPackage = 6,
    ModelPackageGroup = 7,
    EndpointConfig = 8,
    Endpoint = 9,
    InferenceComponent = 10,
    Job = 11,
    Emr = 12,
    EmrServerless = 13,
    Callback = 14,
    Lambda = 15,
    Bedrock = 16,
    Lineage = 17,
    Athena = 18,
    HubContent = 19,
};

enum class JobStatus : std::uint8_t { InProgress = 0, Completed = 1, Failed = 2, Stopping = 3, Stopped = 4 };

struct Job {
    JobKey id = 0;
    std::int64_t namespace_id = 0;
    ExecutionKey execution = 0;
    StepSeq step = 0;
    std::uint32_t attempt = 1;
    JobKind kind = JobKind::Training;
    std::string name;                    // the job's name; a Callback: its token
    std::string group;                   // ModelPackage: its group's name; empty otherwise
    std::optional<std::int64_t> number;  // ModelPackage: its version in the group
    JobStatus status = JobStatus::InProgress;
    Time created{}, modified{};
    std::optional<Time> ended;
    Json arguments;       // the step's Arguments, every expression resolved
    Json result;          // what the outcome adds to the synthetic Describe document; null if nothing
    std::string failure;  // FailureReason of the job; empty if none
};

}  // namespace pipelines
