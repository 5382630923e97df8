// Host, as far as its grammar goes. Whether a host is one of ours is the guard's question.
#pragma once

#include <optional>
#include <string_view>

namespace pipelines::http {

// The host of "host[:port]" without the port; an IPv6 address without its brackets. Nothing if the text is not exactly
// one host: empty, a list, with user, path or blanks, a port that is no number, an IPv6 address that is none.
[[nodiscard]] std::optional<std::string_view> read_host(std::string_view text);

[[nodiscard]] bool is_ip_address(std::string_view host);

}  // namespace pipelines::http
