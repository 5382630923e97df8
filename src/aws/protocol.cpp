#include "pipelines/aws/protocol.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "pipelines/base/text.hpp"

namespace pipelines::aws {

namespace {

constexpr std::string_view kContentType = "application/x-amz-json-1.1";
constexpr std::string_view kTargetPrefix = "SageMaker.";
constexpr std::size_t kLongestOperation = 128;

Result<std::string> read_operation(const http::HttpRequest& request) {
    if (request.method != "POST") {
        return Error{ErrorKind::UnknownOperation,
                     fmt::format("Operations of SageMaker are called with POST, not with {}.", request.method)};
    }
    const std::string_view target = request.header("X-Amz-Target");
    if (target.empty()) {
        return Error{ErrorKind::UnknownOperation, "The request names no operation: there is no X-Amz-Target header."};
    }
    const std::string_view name =
        target.starts_with(kTargetPrefix) ? target.substr(kTargetPrefix.size()) : std::string_view{};
    if (name.empty() || name.size() > kLongestOperation || !std::all_of(name.begin(), name.end(), is_letter_or_digit)) {
        return Error{ErrorKind::UnknownOperation, "X-Amz-Target must be 'SageMaker.' and the name of an operation."};
    }
    return std::string(name);
}

// "application/x-amz-json-1.1; charset=utf-8" is it too. Nothing else: what a page can send without asking is refused.
bool is_json_1_1(std::string_view content_type) {
    std::string_view type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
    return equal_ignoring_case(type, kContentType);
}

Result<Json> read_input(const http::HttpRequest& request) {
    const std::string_view content_type = request.header("Content-Type");
    if (!is_json_1_1(content_type)) {
        return Error{ErrorKind::Serialization,
                     fmt::format("Content-Type must be {}{}.", kContentType,
                                 content_type.empty() ? "" : fmt::format(", not '{}'", content_type))};
    }
    const std::string_view encoding = request.header("Content-Encoding");
    if (!encoding.empty() && !equal_ignoring_case(encoding, "identity")) {
        return Error{ErrorKind::Serialization, fmt::format("Content-Encoding '{}' is not taken.", encoding)};
    }
    if (request.body.empty()) return Json::object();
    auto input = parse_json(request.body);
    if (!input) {
        return Error{ErrorKind::Serialization,
                     fmt::format("The request's body is not JSON: {}", describe(input.error()))};
    }
    if (!input->is_object()) {
        return Error{ErrorKind::Serialization,
                     fmt::format("The request's body must be a JSON object, not {}.", kind_name(*input))};
    }
    return std::move(*input);
}

}  // namespace

Result<Call> read_call(const http::HttpRequest& request, const Defaults& defaults) {
    auto operation = read_operation(request);
    if (!operation) return operation.error();
    auto input = read_input(request);
    if (!input) return input.error();
    return Call{std::move(*operation), std::move(*input), namespace_of(scope_of(request), defaults), request.id};
}

http::HttpResponse respond_text(std::string output, std::string_view request_id) {
    http::HttpResponse response;
    response.content_type = kContentType;
    response.body = std::move(output);
    response.headers.emplace_back("x-amzn-RequestId", request_id);
    return response;
}

http::HttpResponse respond(const Json& output, std::string_view request_id) {
    return respond_text(output.is_null() ? std::string("{}") : dump(output), request_id);
}

}  // namespace pipelines::aws
