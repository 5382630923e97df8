#include "pipelines/aws/sigv4.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "pipelines/base/digest.hpp"
#include "pipelines/base/percent.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kDate = "X-Amz-Date";
constexpr std::string_view kS3 = "s3";

std::string canonical_query(std::string_view query) {
    if (query.empty()) return {};
    std::vector<std::pair<std::string, std::string>> parameters;
    for (const std::string_view parameter : split(query, '&')) {
        const auto equals = std::min(parameter.find('='), parameter.size());
        const auto value = parameter.substr(std::min(equals + 1, parameter.size()));
        parameters.emplace_back(percent_encoded(percent_decoded(parameter.substr(0, equals))),
                                percent_encoded(percent_decoded(value)));
    }
    std::ranges::sort(parameters);
    std::string text;
    for (const auto& [name, value] : parameters)
        text.append(text.empty() ? "" : "&").append(name).append("=").append(value);
    return text;
}

// Without blanks around it, a run of them inside made one.
std::string canonical_value(std::string_view value) {
    std::string text;
    for (const char c : value) {
        const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!blank) text.push_back(c);
        if (blank && !text.empty() && text.back() != ' ') text.push_back(' ');
    }
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

std::map<std::string, std::string> canonical_headers(const http::ClientCall& call) {
    std::map<std::string, std::string> headers{{"host", call.endpoint.authority()}};
    for (const auto& [name, value] : call.headers) {
        const auto [place, first] = headers.try_emplace(to_lower(name));
        if (!first) place->second += ',';
        place->second += canonical_value(value);
    }
    return headers;
}

std::string header_of(const http::ClientCall& call, std::string_view name) {
    for (const auto& [known, value] : call.headers)
        if (equal_ignoring_case(known, name)) return value;
    return {};
}

// 2026-11-25T20:11:29.000Z -> 20261125T201129Z
std::string basic_time(Time time) {
    std::string text = to_iso8601(time).substr(0, 19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text + 'Z';
}

}  // namespace

Signature signature_of(const http::ClientCall& call, const Credentials& credentials, const SigningScope& scope) {
    const std::string target = call.endpoint.path + call.target;
    const auto question = std::min(target.find('?'), target.size());
    const std::string path = target.substr(0, question);
    const std::string_view query = std::string_view(target).substr(std::min(question + 1, target.size()));

    std::string headers, names;
    for (const auto& [name, value] : canonical_headers(call)) {
        headers.append(name).append(":").append(value).append("\n");
        names.append(names.empty() ? "" : ";").append(name);
    }
    Signature signature;
    signature.canonical_request =
        fmt::format("{}\n{}\n{}\n{}\n{}\n{}", call.method, scope.service == kS3 ? path : percent_encoded(path, "/"),
                    canonical_query(query), headers, names, hexadecimal(sha256(call.body)));

    const std::string time = header_of(call, kDate);
    const std::string date = time.substr(0, 8);
    const std::string where = fmt::format("{}/{}/{}/aws4_request", date, scope.region, scope.service);
    signature.string_to_sign =
        fmt::format("{}\n{}\n{}\n{}", kAlgorithm, time, where, hexadecimal(sha256(signature.canonical_request)));

    std::string key = hmac_sha256("AWS4" + credentials.secret_key, date);
    for (const std::string_view part :
         {std::string_view(scope.region), std::string_view(scope.service), std::string_view("aws4_request")})
        key = hmac_sha256(key, part);
    signature.authorization =
        fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", kAlgorithm, credentials.access_key, where,
                    names, hexadecimal(hmac_sha256(key, signature.string_to_sign)));
    return signature;
}

void sign(http::ClientCall& call, const Credentials& credentials, const SigningScope& scope, Time now) {
    call.headers.emplace_back(kDate, basic_time(now));
    if (!credentials.session_token.empty())
        call.headers.emplace_back("X-Amz-Security-Token", credentials.session_token);
    if (scope.service == kS3) call.headers.emplace_back("X-Amz-Content-Sha256", hexadecimal(sha256(call.body)));
    auto authorization = signature_of(call, credentials, scope).authorization;
    call.headers.emplace_back("Authorization", std::move(authorization));
}

}  // namespace pipelines::aws
