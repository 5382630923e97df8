// AWS JSON 1.1 at the edge: from an HTTP request to a call, from a reply or an error to an HTTP response.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/http/message.hpp"

namespace pipelines::aws {

// One call of the API, not yet validated against the model.
struct Call {
    std::string operation;  // "CreatePipeline"
    Json input;             // an object; an empty body counts as {}
    NamespaceKey where;     // from the credential scope, else the defaults
    std::string request_id;
};

struct Defaults {
    NamespaceKey where{"123456789012", "us-east-1"};
};

// Is the request meant for SageMaker, as far as X-Amz-Target and its Authorization scope tell? Requests of other
// services (a global AWS_ENDPOINT_URL) get foreign_service_response(). One that tells nothing counts as SageMaker's.
[[nodiscard]] bool is_for_sagemaker(const http::HttpRequest&);

// An error in the format of the service that was meant (XML for IAM, STS and S3; JSON for the JSON protocols), HTTP
// 403, whose message says how to send only SageMaker here (AWS_ENDPOINT_URL_SAGEMAKER).
[[nodiscard]] http::HttpResponse foreign_service_response(const http::HttpRequest&);

// The call a request carries; whether its operation exists is the dispatcher's question. Errors: not POST, no or
// foreign X-Amz-Target (UnknownOperation), a Content-Type other than application/x-amz-json-1.1 (its parameters do not
// count) or a body that is not a JSON object (Serialization, with line and column).
[[nodiscard]] Result<Call> read_call(const http::HttpRequest&, const Defaults&);

// The error for an operation that is not among the served ones: says whether SageMaker has it, and which served one its
// name resembles.
[[nodiscard]] Error unknown_operation(std::string_view name, std::span<const std::string_view> served);

// 200 with the output as application/x-amz-json-1.1 and x-amzn-RequestId; an empty object for operations without
// output.
[[nodiscard]] http::HttpResponse respond(const Json& output, std::string_view request_id);

// The same from text that is already JSON: long lists are appended to it straight.
[[nodiscard]] http::HttpResponse respond_text(std::string output, std::string_view request_id);

// {"__type", "message", "Message"} with the status of its kind: 400, and 500 for Internal only.
[[nodiscard]] http::HttpResponse respond(const Error&, std::string_view request_id);

// Account and region of "Credential=<key>/<date>/<region>/<service>/aws4_request". Fields that are missing or unfit
// come from the defaults: a 12-digit access key id is the account.
struct CredentialScope {
    std::string access_key, region, service;
};
[[nodiscard]] CredentialScope parse_credential_scope(std::string_view authorization);  // empty fields where unreadable
[[nodiscard]] CredentialScope scope_of(const http::HttpRequest&);  // of its Authorization, or of a presigned URL
[[nodiscard]] NamespaceKey namespace_of(const CredentialScope&, const Defaults&);

}  // namespace pipelines::aws
