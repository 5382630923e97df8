// How a step fails: whether there was a job to fail, and the text where a scenario gives none. Known: the sentence
// "Failed to invoke ..." for a request that AWS refused, the exceptions that a request can end with (developer guide:
// Step.*; recorded: SageMaker.RESOURCE_LIMIT), and that the step then has no metadata. The other texts are in the
// manner of the real ones, which differ from job to job.
#include <fmt/format.h>

#include <array>

#include "pipelines/runners/simulated.hpp"
#include "runners/returned.hpp"

namespace pipelines::runners {
namespace {

enum class Moment : std::uint8_t { Request, Job };  // when an error happens: before there is a job, or in it

struct Cause {
    StepError error;
    Moment moment;
    std::string_view text;
};
constexpr std::array<Cause, 6> kCauses{{
    {StepError::ServiceFault, Moment::Request, "The service failed to process the request."},
    {StepError::Throttling, Moment::Request, "Rate exceeded"},
    {StepError::ResourceLimit, Moment::Request, "The account-level service limit was exceeded."},
    {StepError::JobInternalError, Moment::Job,
     "InternalServerError: We encountered an internal error. Please try again."},
    {StepError::CapacityError, Moment::Job,
     "CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance "
     "type."},
    {StepError::ClientError, Moment::Job, "ClientError: The scenario made the step fail."},
}};

const Cause& cause_of(StepError error) {
    for (const Cause& cause : kCauses)
        if (cause.error == error) return cause;
    return kCauses.back();
}

// "CreateTrainingJobRequest" -> "sagemaker:CreateTrainingJob"; empty if the type's request has no shape of its own.
std::string action(const definition::StepType& type) {
    constexpr std::array<std::string_view, 2> kEnds{"Request", "Input"};
    std::string_view shape = type.arguments;
    for (const std::string_view end : kEnds)
        if (shape.ends_with(end)) shape.remove_suffix(end.size());
    const std::size_t dot = shape.find('.');
    if (shape.empty()) return {};
    return dot == std::string_view::npos ? fmt::format("sagemaker:{}", shape)
                                         : fmt::format("{}:{}", shape.substr(0, dot), shape.substr(dot + 1));
}

std::string usual_text(const definition::StepType& type, const Cause& cause) {
    if (cause.moment == Moment::Job) return std::string(cause.text);
    const std::string refused = action(type);
    if (refused.empty()) return fmt::format("ClientError: {}", cause.text);
    return fmt::format("ClientError: Failed to invoke {}. Error Details: {}", refused, cause.text);
}

}  // namespace

StepResult thrown(const definition::Step& step, const Json& scripted) {
    const StepError error =
        parse_step_error(as_string(scripted.at("Error")).value_or("")).value_or(StepError::ClientError);
    const Json* given = find(scripted, "Cause");
    if (given == nullptr) return failed(error, usual_text(*step.type, cause_of(error)));
    auto text = given->get<std::string>();
    constexpr std::string_view kPrefix = "ClientError:";
    if (error == StepError::ClientError && !text.starts_with(kPrefix)) text.insert(0, std::string(kPrefix) + ' ');
    return failed(error, std::move(text));
}

bool leaves_no_job(const definition::StepType& type, const Verdict& verdict) {
    if (verdict.status != StepStatus::Failed || !type.job) return false;
    switch (*type.job) {
        case JobKind::Callback:
        case JobKind::Lambda: return false;  // a token, a function: there before the request
        case JobKind::Model:
        case JobKind::EndpointConfig: return true;  // are made by the request alone
        default: return cause_of(verdict.error).moment == Moment::Request;
    }
}

}  // namespace pipelines::runners
