#include "http/request_parser.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "http/host.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::http {

namespace beast = boost::beast;
using beast::http::error;

namespace {

constexpr std::size_t kReservedFields = 16;
constexpr std::size_t kReservedBody = 64 * 1024;

// Beast asserts that so many bytes stand behind the start of a last chunk, and every rest of a body in chunks has them.
constexpr std::size_t kShortestChunk = std::string_view("0\r\n\r\n").size();

constexpr bool is_control(char character) { return static_cast<unsigned char>(character) < 0x20 || character == 0x7f; }

constexpr bool is_target_character(char character) { return character > 0x20 && character < 0x7f && character != '#'; }

// A line that goes on in the next one: Beast joins the two, others may read a field of its own in the second.
bool has_fold(std::string_view lines) {
    for (std::size_t at = lines.find('\n'); at != std::string_view::npos; at = lines.find('\n', at + 1)) {
        if (at + 1 < lines.size() && (lines[at + 1] == ' ' || lines[at + 1] == '\t')) return true;
    }
    return false;
}

Refusal head_too_large(const Limits& limits) {
    return {431, fmt::format("The head of the request has more than {} bytes.", limits.head_bytes)};
}

}  // namespace

RequestParser::RequestParser(const Limits& limits) : limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.head_bytes));
    body_limit(limits.body_bytes);
}

std::size_t RequestParser::take(std::string_view bytes) {
    constexpr std::string_view kEmptyLine = "\r\n";
    // RFC 9112, section 2.2: a client may send one in front of the request line.
    if (!begun_ && bytes == kEmptyLine.substr(0, 1)) return 0;
    std::size_t taken = !begun_ && bytes.starts_with(kEmptyLine) ? kEmptyLine.size() : 0;
    begun_ = begun_ || !bytes.empty();
    while (!refusal_ && !is_done() && taken < bytes.size()) {
        const std::string_view rest = bytes.substr(taken);
        const bool is_data = has_head_ && !is_between_chunks();
        if (is_between_chunks() && rest.size() < kShortestChunk) break;
        Error fault;
        const std::size_t step = put(boost::asio::buffer(rest.data(), rest.size()), fault);
        taken += step;
        if (fault && fault != error::need_more) {
            if (!refusal_) refusal_ = refusal_for(fault, rest);
            break;
        }
        if (is_data) continue;
        unit_ += step;
        bound(fault ? unit_ + rest.size() - step + 1 : unit_);
        if (!refusal_ && has_fold(rest.substr(0, step))) refusal_ = {400, "A header field goes on in a second line."};
        if (fault) break;
        unit_ = 0;
        if (!std::exchange(has_head_, true)) break;
    }
    return taken;
}

void RequestParser::refuse(int status, std::string message, Error& fault) {
    refusal_ = {status, std::move(message)};
    fault = boost::system::errc::make_error_code(boost::system::errc::protocol_error);
}

// `bytes` that the head, or what stands between two chunks, has at least.
void RequestParser::bound(std::size_t bytes) {
    if (!has_head_ && bytes > limits_.head_bytes) {
        refusal_ = head_too_large(limits_);
    } else if (has_head_ && bytes > limits_.between_chunks_bytes) {
        refusal_ = {431, fmt::format("A chunk's size line, or the trailers, have more than {} bytes.",
                                     limits_.between_chunks_bytes)};
    }
}

Refusal RequestParser::refusal_for(const Error& fault, std::string_view bytes) const {
    if (fault == error::header_limit) return head_too_large(limits_);
    if (fault == error::body_limit) return {413, fmt::format("The body has more than {} bytes.", limits_.body_bytes)};
    if (fault == error::bad_version)
        return {400, "The request line must be: method, target, and HTTP/1.1 or HTTP/1.0, which are spoken here."};
    if (fault == error::bad_method && !bytes.empty() && is_control(bytes.front()))
        return {400, "This is not an HTTP request. (https:// is not spoken here, only http://.)"};
    return {400, fmt::format("This is not an HTTP/1.1 request: {}.", fault.message())};
}

// "http://host:port/path?query" is sent to proxies, but every server must take it. Its host must then be Host's.
void RequestParser::read_target(std::string_view target, Error& fault) {
    constexpr std::string_view kScheme = "http://";
    if (!std::ranges::all_of(target, is_target_character))
        return refuse(400, "The request target has a character that must be percent-encoded.", fault);
    if (equal_ignoring_case(target.substr(0, kScheme.size()), kScheme)) {
        target.remove_prefix(kScheme.size());
        authority_ = target.substr(0, target.find_first_of("/?"));
        if (authority_.empty()) return refuse(400, "The request target names no host.", fault);
        target.remove_prefix(authority_.size());
    } else if (target.front() != '/' && (target != "*" || request_.method != "OPTIONS")) {
        return refuse(400, "The request target must begin with '/'.", fault);
    }
    const std::size_t mark = target.find('?');
    request_.path = target.substr(0, mark);
    if (request_.path.empty()) request_.path = "/";
    if (mark != std::string_view::npos) request_.query = target.substr(mark + 1);
}

void RequestParser::on_request_impl(beast::http::verb verb, Text method, Text target, int version, Error& fault) {
    request_.headers.reserve(kReservedFields);
    request_.method = method;
    head_.minor_version = version % 10;
    if (verb == beast::http::verb::connect || verb == beast::http::verb::trace)
        return refuse(400, fmt::format("{} is not served.", request_.method), fault);
    read_target(target, fault);
}

// Beast has read it as a number, or one number many times over.
void RequestParser::read_content_length(std::string_view value, Error& fault) {
    const bool is_digits = value.find_first_not_of("0123456789") == std::string_view::npos;
    if (++content_lengths_ > 1 || !is_digits || (value.size() > 1 && value.front() == '0'))
        return refuse(400, "Content-Length must be there once, and be one number.", fault);
    const auto length = parse_number<std::uint64_t>(value);
    if (!length || *length > limits_.body_bytes) {
        refuse(413, fmt::format("The body has {} bytes; at most {} are taken.", value, limits_.body_bytes), fault);
    }
}

void RequestParser::on_field_impl(beast::http::field field, Text name, Text value, Error& fault) {
    if (has_head_) return;  // a trailer
    if (request_.headers.size() == limits_.fields)
        return refuse(431, fmt::format("There are more than {} header fields.", limits_.fields), fault);
    request_.headers.emplace_back(name, value);
    switch (field) {
        case beast::http::field::host:
            ++hosts_;
            head_.host = value;
            break;
        case beast::http::field::content_length: read_content_length(value, fault); break;
        case beast::http::field::transfer_encoding:
            if (!equal_ignoring_case(value, "chunked"))
                refuse(400, "The only Transfer-Encoding that is taken is chunked.", fault);
            else if (head_.minor_version == 0)
                refuse(400, "HTTP/1.0 has no Transfer-Encoding.", fault);
            break;
        case beast::http::field::expect:
            if (head_.minor_version == 0) break;
            if (!equal_ignoring_case(value, "100-continue"))
                return refuse(417, "The only expectation that is met is 100-continue.", fault);
            head_.expects_continue = true;
            break;
        default: break;
    }
}

void RequestParser::on_header_impl(Error& fault) {
    if (hosts_ != 1) return refuse(400, "There must be exactly one Host.", fault);
    const auto host = read_host(head_.host);
    if (!host) return refuse(400, "Host must be one host name or address, and a port if need be.", fault);
    if (!authority_.empty() && !equal_ignoring_case(authority_, head_.host))
        return refuse(400, "Host differs from the host of the request target.", fault);
    head_.host_name = *host;
    head_.keep_alive = keep_alive();
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) {
    request_.body.reserve(std::min<std::size_t>(length.value_or(0), kReservedBody));
}

std::size_t RequestParser::on_body_impl(Text bytes, Error&) {
    request_.body.append(bytes);
    return bytes.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, Text extensions, Error& fault) {
    if (std::ranges::any_of(extensions, [](char character) { return is_control(character) && character != '\t'; }))
        return refuse(400, "A chunk's size line has a control character.", fault);
    chunk_left_ = size;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t left, Text bytes, Error&) {
    request_.body.append(bytes);
    chunk_left_ = left - bytes.size();
    return bytes.size();
}

}  // namespace pipelines::http
