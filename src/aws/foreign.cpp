// Requests of other services, which a global AWS_ENDPOINT_URL sends here too. Their clients can read an error only in
// the format of their own protocol: JSON to a client of IAM or S3 ends in "unable to parse response".
#include "pipelines/aws/protocol.hpp"

#include <fmt/format.h>

#include "pipelines/base/text.hpp"

namespace pipelines::aws {

namespace {

enum class Format { Json, RestXml, QueryXml };

bool is_form(const http::HttpRequest& request) {
    constexpr std::string_view kForm = "application/x-www-form-urlencoded";
    return equal_ignoring_case(request.header("Content-Type").substr(0, kForm.size()), kForm);
}

Format format_of(const http::HttpRequest& request, std::string_view service) {
    if (!request.header("X-Amz-Target").empty()) return Format::Json;
    if (service.starts_with("s3")) return Format::RestXml;
    if (service == "iam" || service == "sts" || is_form(request)) return Format::QueryXml;
    return Format::Json;
}

std::string escaped_for_xml(std::string_view text) {
    std::string escaped;
    for (const char character : text) {
        switch (character) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            default: escaped.push_back(character);
        }
    }
    return escaped;
}

// What the user knows the service by; of an unknown name only what cannot be anything but a name.
std::string display_name(const http::HttpRequest& request, std::string_view service) {
    if (service.empty()) service = request.header("X-Amz-Target").substr(0, request.header("X-Amz-Target").find('.'));
    if (service == "iam" || service == "sts" || service == "s3") {
        std::string name(service);
        for (char& character : name) {
            if (character >= 'a' && character <= 'z') character = static_cast<char>(character - 'a' + 'A');
        }
        return name;
    }
    if (service == "sagemaker")
        return "What SageMaker is not itself (runtime, metrics, edge, feature store, human loops)";
    constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    constexpr std::size_t kLongestName = 64;
    if (service.empty() || service.size() > kLongestName ||
        service.find_first_not_of(kNameCharacters) != std::string_view::npos) {
        return "The service this request is for";
    }
    return std::string(service);
}

std::string way_out(const http::HttpRequest& request, std::string_view service) {
    std::string message = fmt::format(
        "{} is not emulated here. Set AWS_ENDPOINT_URL_SAGEMAKER instead of AWS_ENDPOINT_URL, so that only SageMaker "
        "is sent to this server.",
        display_name(request, service));
    if (service == "iam")
        message += " The SageMaker SDK does not ask IAM about a role if SAGEMAKER_VALIDATE_ROLE=false.";
    return message;
}

}  // namespace

bool is_for_sagemaker(const http::HttpRequest& request) {
    const std::string_view target = request.header("X-Amz-Target");
    if (!target.empty()) return target.starts_with("SageMaker.");
    const CredentialScope scope = scope_of(request);
    // SageMaker's siblings sign with its name, but have paths.
    if (!scope.service.empty()) return scope.service == "sagemaker" && request.path == "/";
    return !is_form(request);  // STS is asked for some things without a signature
}

http::HttpResponse foreign_service_response(const http::HttpRequest& request) {
    const std::string service = scope_of(request).service;
    const std::string message = way_out(request, service);
    http::HttpResponse response;
    response.status = 403;
    response.headers.emplace_back("x-amzn-RequestId", request.id);
    switch (format_of(request, service)) {
        case Format::RestXml:
            response.content_type = "application/xml";
            response.body = fmt::format(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<Error><Code>AccessDenied</Code><Message>{}</Message><RequestId>{}</RequestId></Error>",
                escaped_for_xml(message), request.id);
            break;
        case Format::QueryXml:
            response.content_type = "text/xml";
            response.body = fmt::format(
                "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>{}</Message></Error>"
                "<RequestId>{}</RequestId></ErrorResponse>",
                escaped_for_xml(message), request.id);
            break;
        case Format::Json: {
            const std::string_view sent = request.header("Content-Type");
            response.content_type = sent.starts_with("application/x-amz-json-") ? sent : "application/json";
            response.headers.emplace_back("x-amzn-ErrorType", "AccessDeniedException");
            response.body = dump(Json{{"__type", "AccessDeniedException"}, {"message", message}, {"Message", message}});
            break;
        }
    }
    return response;
}

}  // namespace pipelines::aws
