#include "runners/outside_errors.hpp"

#include <fmt/format.h>

#include "pipelines/base/json.hpp"
#include "pipelines/base/text.hpp"
#include "runners/returned.hpp"

namespace pipelines::runners {
namespace {

constexpr std::size_t kMostShown = 1024;

std::string member_text(const Json& document, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        const Json* value = find(document, name);
        const auto text = value == nullptr ? std::nullopt : as_string(*value);
        if (text) return std::string(*text);
    }
    return {};
}

// "HTTP 404 ResourceNotFoundException: Function not found": the error documents of AWS's JSON and REST-JSON protocols.
std::string describe(const http::ClientAnswer& answer) {
    const auto body = parse_json(answer.body);
    const Json document = body && body->is_object() ? *body : Json::object();
    std::string type = member_text(document, {"__type", "Type"});
    if (const auto header = answer.header("X-Amzn-ErrorType"); !header.empty())
        type = header.substr(0, header.find(':'));
    if (const auto hash = type.rfind('#'); hash != std::string::npos) type.erase(0, hash + 1);
    const std::string message = member_text(document, {"message", "Message"});
    std::string text = fmt::format("HTTP {}", answer.status);
    if (!type.empty()) text += " " + shortened(type);
    if (!message.empty()) text += ": " + shortened(message);
    return text;
}

StepError kind_of(int status) {
    if (status == 429) return StepError::Throttling;
    return status >= 500 ? StepError::ServiceFault : StepError::ClientError;
}

}  // namespace

std::string shortened(std::string_view text) {
    const auto front = first_code_points(text, kMostShown);
    return front.size() == text.size() ? std::string(text) : std::string(front) + "...";
}

StepResult refused_call(std::string_view action, const http::Endpoint& endpoint, const http::ClientOutcome& outcome) {
    const std::string details =
        outcome ? fmt::format("{} answered {}", endpoint.url(), describe(*outcome)) : outcome.error().message;
    return failed(outcome ? kind_of(outcome->status) : StepError::ClientError,
                  fmt::format("ClientError: Failed to invoke {}. Error Details: {}{}", action, details,
                              details.ends_with('.') ? "" : "."));
}

}  // namespace pipelines::runners
