#include "http/host.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "pipelines/base/text.hpp"
#include "pipelines/http/host_name.hpp"

namespace pipelines::http {

namespace {

bool is_ipv6(std::string_view text) {
    in6_addr address{};
    return inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

bool is_ipv4(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos) return false;
    in_addr address{};
    return inet_pton(AF_INET, std::string(text).c_str(), &address) == 1;
}

bool is_port(std::string_view text) {
    return text.empty() ||
           (text.find_first_not_of("0123456789") == std::string_view::npos && parse_number<std::uint16_t>(text));
}

}  // namespace

bool is_host_name(std::string_view text) {
    constexpr std::size_t kLongest = 253;  // RFC 1035
    return !text.empty() && text.size() <= kLongest && text.front() != '.' &&
           std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_'; });
}

bool is_ip_address(std::string_view host) {
    return host.find(':') == std::string_view::npos ? is_ipv4(host) : is_ipv6(host);
}

std::optional<std::string_view> read_host(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view address = text.substr(1, end - 1);
        const std::string_view rest = text.substr(end + 1);
        if (!is_ipv6(address) || (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))))
            return std::nullopt;
        return address;
    }
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return std::nullopt;
    return is_host_name(name) ? std::optional{name} : std::nullopt;
}

}  // namespace pipelines::http
