#include "http/guard.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "http/host.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::http {

namespace {

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return text.size() > end.size() && equal_ignoring_case(text.substr(text.size() - end.size()), end);
}

// "*.example.com" stands for every name below it.
bool matches(std::string_view name, std::string_view allowed) {
    if (allowed.starts_with("*.")) return ends_with_ignoring_case(name, allowed.substr(1));
    return equal_ignoring_case(name, allowed);
}

// "example.com." is example.com, written from the root of all names.
std::string_view without_root(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    return name;
}

bool is_allowed_host(std::string_view host, const GuardOptions& options) {
    if (is_ip_address(host)) return true;
    const std::string_view name = without_root(host);
    // A name without a dot is no name of the public DNS that somebody could rebind: localhost, a compose service.
    if (name.find('.') == std::string_view::npos) return true;
    if (ends_with_ignoring_case(name, ".localhost") || equal_ignoring_case(name, "host.docker.internal")) return true;
    return std::any_of(options.allowed_hosts.begin(), options.allowed_hosts.end(),
                       [name](const std::string& allowed) { return matches(name, allowed); });
}

bool is_own_origin(std::string_view origin, std::string_view host) {
    constexpr std::string_view kScheme = "http://";
    return origin.size() == kScheme.size() + host.size() &&
           equal_ignoring_case(origin.substr(0, kScheme.size()), kScheme) &&
           equal_ignoring_case(origin.substr(kScheme.size()), host);
}

bool is_listed(std::string_view origin, const GuardOptions& options) {
    return std::any_of(options.allowed_origins.begin(), options.allowed_origins.end(),
                       [origin](const std::string& allowed) { return equal_ignoring_case(origin, allowed); });
}

// "none" is what a browser says of an address its user typed: fine for looking at something, nothing else is sent so.
bool is_allowed_site(std::string_view site, std::string_view method) {
    return site == "same-origin" || (site == "none" && (method == "GET" || method == "HEAD"));
}

}  // namespace

std::string_view listed_origin(const HttpRequest& request, const GuardOptions& options) {
    if (options.allowed_origins.empty()) return {};
    for (const auto& [name, value] : request.headers) {
        if (equal_ignoring_case(name, "Origin") && is_listed(value, options)) return value;
    }
    return {};
}

std::optional<Refusal> check_source(const HttpRequest& request, const RequestHead& head, const GuardOptions& options) {
    if (!is_allowed_host(head.host_name, options)) {
        return Refusal{
            403, fmt::format("Host '{0}' is not a name of this server. If it is meant to be reached by that name, "
                             "start it with --allowed-hosts={0}",
                             without_root(head.host_name))};
    }
    bool is_listed_source = false;
    std::string_view site = "same-origin";
    for (const auto& [name, value] : request.headers) {
        if (equal_ignoring_case(name, "Origin")) {
            if (is_listed(value, options)) {
                is_listed_source = true;
            } else if (!is_own_origin(value, head.host)) {
                return Refusal{
                    403, fmt::format("Requests from pages of the origin '{}' are refused. If that page is meant to "
                                     "use this server, start it with --allowed-origins=ORIGIN",
                                     value)};
            }
        } else if (equal_ignoring_case(name, "Sec-Fetch-Site") && !is_allowed_site(value, request.method)) {
            site = value;
        }
    }
    // A page of a listed origin is by its nature of another site.
    if (site != "same-origin" && !is_listed_source) {
        return Refusal{
            403, fmt::format("A browser sent this request from another page (Sec-Fetch-Site: {}). If that page is "
                             "meant to use this server, start it with --allowed-origins=ORIGIN",
                             site)};
    }
    return std::nullopt;
}

}  // namespace pipelines::http
