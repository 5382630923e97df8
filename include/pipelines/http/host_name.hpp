// What a host may be called, in the Host of a request, the URL of an endpoint and a setting alike.
#pragma once

#include <string_view>

namespace pipelines::http {

// Letters, digits, '-', '.' and '_' (names of containers have it), no dot in front, 253 characters at most. An IPv4
// address is one, too.
[[nodiscard]] bool is_host_name(std::string_view);

}  // namespace pipelines::http
