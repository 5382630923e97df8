#include <fmt/format.h>

#include "control/route.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::control {

Result<NamedExecution> find_execution(const Services& services, std::string_view arn) {
    const auto name = parse_execution_arn(arn);
    if (!name)
        return validation_error(fmt::format(
            "'{}' is no ARN of an execution: arn:aws:sagemaker:<region>:<account>:pipeline/<name>/execution/<id>.",
            arn));
    const Error missing{ErrorKind::NotFound, fmt::format("Pipeline execution '{}' does not exist.", arn)};
    const auto space = services.engine.find_space({name->account, name->region});
    if (!space) return missing;
    auto execution = services.store.executions.find(space->id, name->id);
    if (!execution) return missing;
    auto pipeline = services.store.pipelines.find(execution->pipeline);
    if (!pipeline || !equal_ignoring_case(pipeline->name, name->pipeline)) return missing;
    return NamedExecution{*space, std::move(*pipeline), std::move(*execution)};
}

Result<std::string> required_text(const Json& body, std::string_view member) {
    const Json* value = find(body, member);
    if (const auto text = value == nullptr ? std::nullopt : as_string(*value)) return std::string{*text};
    return validation_error(
        fmt::format("{} must be given, as text; it is {}.", member, value == nullptr ? "missing" : kind_name(*value)));
}

}  // namespace pipelines::control
