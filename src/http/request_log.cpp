#include "http/request_log.hpp"

#include <fmt/format.h>

#include <string_view>

#include "pipelines/base/log.hpp"

namespace pipelines::http {
namespace {

constexpr std::size_t kLongest = 256;

std::string shortened(std::string_view text) {
    return text.size() <= kLongest ? std::string(text) : std::string(text.substr(0, kLongest)) + "...";
}

// The field is the client's: what else stands in it is nothing for a log.
bool names_operation(std::string_view target) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._";
    return !target.empty() && target.size() <= kLongest && target.find_first_not_of(kAllowed) == std::string_view::npos;
}

double milliseconds_since(std::chrono::steady_clock::time_point since) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - since).count();
}

}  // namespace

std::string what_is_asked(const HttpRequest& request) {
    std::string what = request.method.empty() ? "A request" : shortened(request.method);
    if (!request.path.empty()) what.append(" ").append(shortened(request.path));
    const std::string_view target = request.header("X-Amz-Target");
    if (names_operation(target)) what.append(" ").append(target);
    return what;
}

std::string what_is_answered(const HttpResponse& response, const AnswerContext& context) {
    std::string what = std::to_string(response.status);
    if (!response.error.empty()) what.append(" ").append(response.error);
    if (response.stream) return what + " stream";
    return fmt::format("{} {} B", what, has_body(response, context) ? response.body.size() : 0);
}

Asked log_request(const HttpRequest& request) {
    Asked asked{what_is_asked(request), std::chrono::steady_clock::now()};
    log::trace("{} with {} B is request {}", asked.what, request.body.size(), request.id);
    return asked;
}

void log_answer(const Asked& asked, const HttpResponse& response, const AnswerContext& context) {
    log::debug("{} {} {:.1f} ms, request {}", asked.what, what_is_answered(response, context),
               milliseconds_since(asked.since), context.id);
}

void log_departure(const Asked& asked, const AnswerContext& context) {
    log::debug("{} unanswered, the client left after {:.1f} ms, request {}", asked.what,
               milliseconds_since(asked.since), context.id);
}

void log_refusal(const HttpRequest& request, const Refusal& refusal, const AnswerContext& context) {
    if (!log::enabled(log::Level::Debug)) return;
    log::debug("{} refused with {}, request {}: {}", what_is_asked(request), refusal.status, context.id,
               shortened(refusal.message));
}

}  // namespace pipelines::http
