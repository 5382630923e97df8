#include "http/answer.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>

#include <fmt/format.h>

#include "pipelines/base/json.hpp"
#include "pipelines/base/log.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::http {

namespace {

constexpr std::string_view kRequestId = "x-amzn-RequestId";

constexpr std::string_view kSecurityHeaders =
    "X-Content-Type-Options: nosniff\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Referrer-Policy: no-referrer\r\n";

std::string_view reason(int status) {
    switch (status) {
        case 200: return "OK";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 503: return "Service Unavailable";
        default: return "-";
    }
}

// "Date: Tue, 24 Nov 2026 02:33:56 GMT" with its line end, made once a second.
std::string_view date_line() {
    thread_local std::time_t made_at = -1;
    thread_local std::string line;
    const std::time_t now = std::time(nullptr);
    if (now != made_at) {
        constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm utc{};
        gmtime_r(&now, &utc);
        line = fmt::format("Date: {}, {:02} {} {} {:02}:{:02}:{:02} GMT\r\n",
                           kDays.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                           kMonths.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                           utc.tm_min, utc.tm_sec);
        made_at = now;
    }
    return line;
}

// A field that would break the head is a bug of ours, or an attempt to use one: it is left out.
void append_field(std::string_view name, std::string_view value, std::string& out) {
    const auto is_control = [](char character) {
        return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
    };
    const auto ends_name = [is_control](char character) {
        return is_control(character) || character == ' ' || character == ':';
    };
    if (name.empty() || std::ranges::any_of(name, ends_name) || std::ranges::any_of(value, is_control)) {
        log::error("A header field of an answer is malformed and left out: {}", dump(Json(std::string(name))));
        return;
    }
    out.append(name).append(": ").append(value).append("\r\n");
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace

bool has_body(const HttpResponse& response, const AnswerContext& context) {
    return !context.is_head && may_have_body(response.status) && !response.body.empty();
}

void write_head(const HttpResponse& response, const AnswerContext& context, std::string& out) {
    const auto end = std::back_inserter(out);
    if (response.status == 200) {
        out.append("HTTP/1.1 200 OK\r\n");
    } else {
        fmt::format_to(end, "HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    }
    out.append(date_line());
    if (!response.content_type.empty()) append_field("Content-Type", response.content_type, out);
    if (may_have_body(response.status) && !response.stream)
        fmt::format_to(end, "Content-Length: {}\r\n", response.body.size());
    out.append(kSecurityHeaders);
    if (!context.allowed_origin.empty()) {
        append_field("Access-Control-Allow-Origin", context.allowed_origin, out);
        out.append("Access-Control-Expose-Headers: x-amzn-RequestId\r\nVary: Origin\r\n");
    }
    for (const auto& [name, value] : response.headers) append_field(name, value, out);
    if (!context.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (context.minor_version == 0) {
        out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

HttpResponse refusal_answer(const Refusal& refusal, const AnswerContext& context) {
    HttpResponse response;
    response.status = refusal.status;
    response.content_type = "application/json";
    response.body = dump(Json{{"message", refusal.message}});
    response.headers.emplace_back(kRequestId, context.id);
    response.close = true;
    return response;
}

HttpResponse failure_answer(const AnswerContext& context) {
    return refusal_answer({500, "The server failed to answer this request; its log says why."}, context);
}

HttpResponse options_answer(const HttpRequest& request, const AnswerContext& context) {
    HttpResponse response;
    response.status = 204;
    response.headers.emplace_back(kRequestId, context.id);
    if (context.allowed_origin.empty()) return response;
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    response.headers.emplace_back("Access-Control-Max-Age", "600");
    if (const auto asked = request.header("Access-Control-Request-Headers"); !asked.empty()) {
        response.headers.emplace_back("Access-Control-Allow-Headers", asked);
    }
    if (request.header("Access-Control-Request-Private-Network") == "true") {
        response.headers.emplace_back("Access-Control-Allow-Private-Network", "true");
    }
    return response;
}

}  // namespace pipelines::http
