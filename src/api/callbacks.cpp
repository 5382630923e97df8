// SendPipelineExecutionStepSuccess and SendPipelineExecutionStepFailure: the answers to Callback steps.

#include "api/input.hpp"
#include "api/operation.hpp"
#include "pipelines/base/arn.hpp"

namespace pipelines::api {
namespace {

Result<Answer> answer(Context& context, const Result<ExecutionKey>& ended) {
    if (!ended) return ended.error();
    const Execution execution = context.services.store.executions.find(*ended).value();
    const Pipeline pipeline = context.services.store.pipelines.find(execution.pipeline).value();
    return Answer{{{"PipelineExecutionArn", execution_arn(context.where(), pipeline.name, execution.public_id)}},
                  pipeline.id};
}

}  // namespace

Result<Answer> send_pipeline_execution_step_success(Context& context, const Json& input) {
    const auto outputs = named_values(input, "OutputParameters");
    return answer(context, context.services.engine.succeed(context.space->id, text(input, "CallbackToken"), outputs));
}

Result<Answer> send_pipeline_execution_step_failure(Context& context, const Json& input) {
    const std::string reason = text(input, "FailureReason");
    return answer(context, context.services.engine.fail(context.space->id, text(input, "CallbackToken"), reason));
}

}  // namespace pipelines::api
