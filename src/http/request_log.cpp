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

}  // namespace

std::string what_is_asked(const HttpRequest& request) {
    std::string what = shortened(request.method) + ' ' + shortened(request.path);
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
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - asked.since;
    log::debug("{} {} {:.1f} ms, request {}", asked.what, what_is_answered(response, context), took.count(),
               context.id);
}

}  // namespace pipelines::http
