// A text as a number that can be compared: "nan" and "inf", which the standard library reads too, are none.
#pragma once

#include <cmath>
#include <optional>
#include <string_view>

#include "pipelines/base/text.hpp"

namespace pipelines::search {

[[nodiscard]] inline std::optional<double> parse_decimal(std::string_view text) {
    const auto number = parse_number<double>(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

}  // namespace pipelines::search
