// Numbers of JSON, where a writer without integers has written one as 30.0.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>

#include "pipelines/base/json.hpp"

namespace pipelines {

// The integer that a number is, also if it is written as a float; nothing for a fraction, or where a float is no longer
// exact.
[[nodiscard]] inline std::optional<std::int64_t> whole_number(const Json& value) {
    if (const auto number = as_integer(value)) return number;
    if (!value.is_number_float()) return std::nullopt;
    const auto number = value.get<double>();
    if (std::abs(number) >= 9e15 || std::trunc(number) != number) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

}  // namespace pipelines
