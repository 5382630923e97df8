// Which program listens on a port: for the one error message every user meets.
#pragma once

#include <cstdint>
#include <string>

namespace pipelines::http {

// "process 123 (name)", or nothing where the system does not tell (another user's process, no /proc).
[[nodiscard]] std::string port_holder(std::uint16_t port);

}  // namespace pipelines::http
