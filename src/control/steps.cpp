// POST /_local/steps/release, succeed, fail, stop: ends a step that waits.

#include <array>
#include <utility>

#include "control/route.hpp"

namespace pipelines::control {
namespace {

using engine::ByHand;

// `own`: the members that the route has besides those that name the step; what is given of them is `given`.
Result<Json> end_step(const Services& services, const Json& body, ByHand::End end,
                      std::span<const std::string_view> own) {
    std::vector<std::string_view> known{"PipelineExecutionArn", "StepName"};
    known.insert(known.end(), own.begin(), own.end());
    if (const auto checked = check_members(body, known); !checked) return checked.error();
    const auto arn = required_text(body, "PipelineExecutionArn");
    if (!arn) return arn.error();
    const auto step = required_text(body, "StepName");
    if (!step) return step.error();
    const auto found = find_execution(services, *arn);
    if (!found) return found.error();

    ByHand by_hand{end, Json::object()};
    for (const std::string_view member : own)
        if (const Json* value = find(body, member)) by_hand.given[std::string(member)] = *value;
    if (const auto ended = services.engine.end_step(found->execution.id, *step, by_hand); !ended) return ended.error();
    return Json{};
}

}  // namespace

Result<Json> show_step(const Services& services, const http::HttpRequest&, const Json& body) {
    const std::string arn = required_text(body, "PipelineExecutionArn").value();
    const std::string step = required_text(body, "StepName").value();
    const auto found = find_execution(services, arn);  // it may have been deleted meanwhile
    if (!found) return found.error();
    const auto status = services.store.steps.status(found->execution.id, step);
    return Json{{"StepName", step},
                {"StepStatus", status ? Json(to_string(*status)) : Json()},
                {"PipelineExecutionArn", arn},
                {"PipelineExecutionStatus", to_string(found->execution.status)}};
}

Result<Json> release_step(const Services& services, const http::HttpRequest&, const Json& body) {
    return end_step(services, body, ByHand::End::Release, {});
}

Result<Json> succeed_step(const Services& services, const http::HttpRequest&, const Json& body) {
    constexpr std::array<std::string_view, 2> kOwn{"Return", "PropertyFiles"};
    return end_step(services, body, ByHand::End::Succeed, kOwn);
}

Result<Json> fail_step(const Services& services, const http::HttpRequest&, const Json& body) {
    constexpr std::array<std::string_view, 2> kOwn{"Error", "Cause"};
    return end_step(services, body, ByHand::End::Fail, kOwn);
}

Result<Json> stop_step(const Services& services, const http::HttpRequest&, const Json& body) {
    return end_step(services, body, ByHand::End::Stop, {});
}

}  // namespace pipelines::control
