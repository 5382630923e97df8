// Base64 of RFC 4648, as headers carry it.
#pragma once

#include <string>
#include <string_view>

namespace pipelines {

[[nodiscard]] std::string base64_encoded(std::string_view bytes);

}  // namespace pipelines
