#include "pipelines/aws/s3.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pipelines/base/percent.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::aws {
namespace {

constexpr std::chrono::seconds kPatience{30};

// The Code of S3's error document, for a sentence: " NoSuchKey"; nothing if the body is something else.
std::string error_code(std::string_view body) {
    constexpr std::string_view kOpen = "<Code>", kClose = "</Code>";
    const auto from = body.find(kOpen);
    if (from == std::string_view::npos) return {};
    const auto rest = body.substr(from + kOpen.size());
    const auto code = rest.substr(0, std::min(rest.find(kClose), rest.size()));
    const bool is_name = !code.empty() && code.size() <= 64 && std::ranges::all_of(code, is_letter_or_digit);
    return is_name ? fmt::format(" {}", code) : std::string();
}

Result<std::string> content(const http::Endpoint& endpoint, http::ClientOutcome outcome) {
    if (!outcome) return Error{ErrorKind::Validation, outcome.error().message};
    if (outcome->status == 200) return std::move(outcome->body);
    const bool missing = outcome->status == 404;
    return Error{missing ? ErrorKind::NotFound : ErrorKind::Validation,
                 fmt::format("{} {} HTTP {}{}", endpoint.url(), missing ? "has no such object:" : "answered",
                             outcome->status, error_code(outcome->body))};
}

}  // namespace

http::ClientCall get_object(const S3Object& object) {
    http::ClientCall call;
    call.target = fmt::format("/{}/{}", percent_encoded(object.bucket), percent_encoded(object.key, "/"));
    if (!object.version.empty()) call.target += "?versionId=" + percent_encoded(object.version);
    return call;
}

http::CallId ObjectReader::get(const NamespaceKey& where, const S3Object& object, std::size_t limit,
                               std::function<void(Result<std::string>)> done) const {
    const auto make = [object, limit] {
        http::ClientCall call = get_object(object);
        call.patience = kPatience;
        call.most_bytes = limit;
        return std::optional{std::move(call)};
    };
    return service_.send(where, make, [endpoint = service_.endpoint(), done = std::move(done)](auto outcome) {
        done(content(endpoint, std::move(outcome)));
    });
}

}  // namespace pipelines::aws
