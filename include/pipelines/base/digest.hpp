// SHA-256 and what is made of it. Digests are 32 raw bytes.
#pragma once

#include <string>
#include <string_view>

namespace pipelines {

[[nodiscard]] std::string sha256(std::string_view bytes);
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);
[[nodiscard]] std::string hexadecimal(std::string_view bytes);  // lower case

}  // namespace pipelines
