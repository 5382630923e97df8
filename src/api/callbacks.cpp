// SendPipelineExecutionStepSuccess and SendPipelineExecutionStepFailure: the answers to Callback steps.

#include "api/input.hpp"
#include "api/operation.hpp"

namespace pipelines::api {
namespace {

Result<Answer> answer(Context& context, const Result<ExecutionKey>& ended) {
    if (!ended) return ended.error();
    auto& executions = context.services.store.executions;
    return Answer{{{"PipelineExecutionArn", executions.arn(*ended).value()}}, executions.find(*ended).value().pipeline};
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
