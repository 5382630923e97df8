#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "pipelines/base/text.hpp"
#include "pipelines/http/client.hpp"
#include "pipelines/http/host_name.hpp"

namespace pipelines::http {
namespace {

bool is_path(std::string_view path) {
    return std::ranges::all_of(path, [](char c) { return c > ' ' && c < 0x7f && c != '?' && c != '#'; });
}

std::string bracketed(const std::string& host) {
    return host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
}

}  // namespace

std::string Endpoint::authority() const {
    return port == 80 ? bracketed(host) : fmt::format("{}:{}", bracketed(host), port);
}

std::string Endpoint::url() const { return fmt::format("http://{}{}", authority(), path); }

Result<Endpoint> parse_endpoint(std::string_view url) {
    const auto refuse = [url](std::string_view why) { return validation_error(fmt::format("'{}' {}", url, why)); };
    constexpr std::string_view kScheme = "http://";
    if (to_lower(url.substr(0, 8)) == "https://")
        return refuse("cannot be called: there is no TLS here, only http:// is spoken");
    if (to_lower(url.substr(0, kScheme.size())) != kScheme) return refuse("does not begin with http://");
    std::string_view rest = url.substr(kScheme.size());
    Endpoint endpoint;
    const auto slash = std::min(rest.find_first_of("/?#"), rest.size());
    endpoint.path = rest.substr(slash);
    while (endpoint.path.ends_with('/')) endpoint.path.pop_back();
    if (!is_path(endpoint.path)) return refuse("has a query, a fragment or characters that no path has");
    rest = rest.substr(0, slash);

    const auto colon = rest.rfind(':');
    if (colon != std::string_view::npos && rest.find(']', colon) == std::string_view::npos) {
        const auto port = parse_number<std::uint16_t>(rest.substr(colon + 1));
        if (!port || *port == 0) return refuse("has a port that is no number from 1 to 65535");
        endpoint.port = *port;
        rest = rest.substr(0, colon);
    }
    if (rest.size() > 2 && rest.front() == '[' && rest.back() == ']') {
        endpoint.host = rest.substr(1, rest.size() - 2);
        boost::system::error_code fault;
        if (!boost::asio::ip::make_address(endpoint.host, fault).is_v6() || fault)
            return refuse("has brackets around something that is no IPv6 address");
        return endpoint;
    }
    if (!is_host_name(rest)) return refuse("has no valid host name");
    endpoint.host = rest;
    return endpoint;
}

}  // namespace pipelines::http
