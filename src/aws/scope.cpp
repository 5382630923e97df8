#include "pipelines/aws/protocol.hpp"

#include "pipelines/base/text.hpp"

namespace pipelines::aws {

namespace {

constexpr std::string_view kEnd = "aws4_request";

// "<key>/<date>/<region>/<service>/aws4_request"; the region is missing in SigV4A, which signs for several.
CredentialScope read_credential(std::string_view credential) {
    const auto parts = split(credential, '/');
    if (parts.back() != kEnd) return {};
    CredentialScope scope;
    if (parts.size() == 5) {
        scope.region = parts[2];
        scope.service = parts[3];
    } else if (parts.size() == 4) {
        scope.service = parts[2];
    } else {
        return {};
    }
    scope.access_key = parts[0];
    return scope;
}

}  // namespace

CredentialScope parse_credential_scope(std::string_view authorization) {
    constexpr std::string_view kStart = "Credential=";
    const std::size_t start = authorization.find(kStart);
    if (!authorization.starts_with("AWS4-") || start == std::string_view::npos) return {};
    const std::string_view rest = authorization.substr(start + kStart.size());
    return read_credential(rest.substr(0, rest.find_first_of(", ")));
}

CredentialScope scope_of(const http::HttpRequest& request) {
    if (const auto authorization = request.header("Authorization"); !authorization.empty()) {
        return parse_credential_scope(authorization);
    }
    if (request.query.empty()) return {};
    return read_credential(request.query_parameter("X-Amz-Credential"));
}

NamespaceKey namespace_of(const CredentialScope& scope, const Defaults& defaults) {
    NamespaceKey where = defaults.where;
    if (is_account(scope.access_key)) where.account = scope.access_key;
    if (is_region(scope.region)) where.region = scope.region;
    return where;
}

}  // namespace pipelines::aws
