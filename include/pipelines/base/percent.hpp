// Percent-encoding of RFC 3986, as URLs and signatures need it.
#pragma once

#include <string>
#include <string_view>

namespace pipelines {

// Everything but letters, digits, "-._~" and what is in `kept` becomes %XX, upper case.
[[nodiscard]] std::string percent_encoded(std::string_view text, std::string_view kept = {});

// A "%" that begins no escape stays as it is.
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace pipelines
