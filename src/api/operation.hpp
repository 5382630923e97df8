// What an operation is to the dispatcher, and what it is given.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "pipelines/api/dispatcher.hpp"
#include "pipelines/aws/protocol.hpp"
#include "pipelines/domain/namespace.hpp"

namespace pipelines::api {

// One call, on its way. `space` is made on first use by operations that write; a read in a namespace nobody has written
// to finds nothing there.
struct Context {
    const Services& services;
    const aws::Call& call;
    std::optional<Namespace> space;
    std::optional<std::string> test_case;          // StartPipelineExecution(PipelineName="name#Case")
    std::optional<Result<std::string>> located{};  // the definition that PipelineDefinitionS3Location names

    [[nodiscard]] const NamespaceKey& where() const { return call.where; }
};

// A read that takes too long for one turn of the loop, cut into parts. It owns all it needs; each part begins in a turn
// that has written nothing, and may find other rows than the last.
class LongRead {
public:
    LongRead() = default;
    LongRead(const LongRead&) = delete;
    LongRead& operator=(const LongRead&) = delete;
    virtual ~LongRead() = default;

    // Reads the next part. The output of the operation once that was the last.
    [[nodiscard]] virtual std::optional<Json> go_on() = 0;
};

struct Answer {
    Json output = Json::object();
    std::optional<PipelineKey> pipeline;  // whose deletion forgets the call's ClientRequestToken
    std::unique_ptr<LongRead> still{};    // of a read: what makes the output, instead
};

enum class Access : std::uint8_t { Read, Write };
// What there is to do with the input before the savepoint begins.
enum class Prepare : std::uint8_t { Nothing, CutTestCase, LocateDefinition };

struct Operation {
    std::string_view name;
    Access access;
    Result<Answer> (*run)(Context&, const Json& input);
    Prepare prepare = Prepare::Nothing;
};

// What is answered where something threw, and where the server stops before the answer is there.
[[nodiscard]] Error internal_error();
[[nodiscard]] Error stopping_error();

// THE table.
[[nodiscard]] std::span<const Operation> operations();
[[nodiscard]] const Operation* find_operation(std::string_view name);

// pipelines.cpp
Result<Answer> create_pipeline(Context&, const Json& input);
Result<Answer> update_pipeline(Context&, const Json& input);
Result<Answer> delete_pipeline(Context&, const Json& input);
Result<Answer> describe_pipeline(Context&, const Json& input);
Result<Answer> list_pipelines(Context&, const Json& input);
// versions.cpp
Result<Answer> list_pipeline_versions(Context&, const Json& input);
Result<Answer> update_pipeline_version(Context&, const Json& input);
// executions.cpp
Result<Answer> start_pipeline_execution(Context&, const Json& input);
Result<Answer> describe_pipeline_execution(Context&, const Json& input);
Result<Answer> describe_pipeline_definition_for_execution(Context&, const Json& input);
Result<Answer> list_pipeline_executions(Context&, const Json& input);
Result<Answer> list_pipeline_parameters_for_execution(Context&, const Json& input);
Result<Answer> retry_pipeline_execution(Context&, const Json& input);
Result<Answer> stop_pipeline_execution(Context&, const Json& input);
Result<Answer> update_pipeline_execution(Context&, const Json& input);
// steps.cpp
Result<Answer> list_pipeline_execution_steps(Context&, const Json& input);
// callbacks.cpp
Result<Answer> send_pipeline_execution_step_success(Context&, const Json& input);
Result<Answer> send_pipeline_execution_step_failure(Context&, const Json& input);
// jobs.cpp: the operation's row in job_operations.cpp says which
Result<Answer> describe_job(Context&, const Json& input);
Result<Answer> list_jobs(Context&, const Json& input);
// tuning_trainings.cpp
Result<Answer> list_training_jobs_of_tuning_job(Context&, const Json& input);
// search.cpp
Result<Answer> search_resources(Context&, const Json& input);
// search_suggestions.cpp
Result<Answer> get_search_suggestions(Context&, const Json& input);
// tags.cpp
Result<Answer> add_tags(Context&, const Json& input);
Result<Answer> list_tags(Context&, const Json& input);
Result<Answer> delete_tags(Context&, const Json& input);

}  // namespace pipelines::api
