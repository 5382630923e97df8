// Durations of CacheConfig.ExpireAfter.
#pragma once

#include <optional>
#include <string_view>

#include "pipelines/base/clock.hpp"

namespace pipelines::definition {

// AWS reads them loosely (SDK docstrings, developer guide): ISO 8601 in either case, the P may be missing, and the time
// may stand alone behind its T: "P30D", "p4dt12h", "30dT5h", "T16m", "5y". Before the T an M is a month, behind it a
// minute. A year is taken as 365 days and a month as 30. Nothing if it is none, or beyond a hundred thousand of a unit.
[[nodiscard]] std::optional<Duration> parse_expire_after(std::string_view text);

}  // namespace pipelines::definition
