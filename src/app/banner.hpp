// What the program says on stdout when it serves.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "app/options.hpp"

namespace pipelines::app {

// "http://127.0.0.1:7243": an address of this machine at which a server with these options is reached. A wildcard
// address is reached at its loopback one; an IPv6 address is bracketed.
[[nodiscard]] std::string endpoint_url(const std::string& host, std::uint16_t port);

// The lines between the start and `Ready.`: endpoint, data file, clock, the variable to export, and a warning when
// other machines can reach the server. Ends with a newline. `addresses` and `port`: what was bound, which may be less
// than the options ask for (http::ServerOptions).
[[nodiscard]] std::string banner(const Options&, std::span<const std::string> addresses, std::uint16_t port);

}  // namespace pipelines::app
