// What stands in a slot of the plan besides the sequence number of a row.
#pragma once

#include <cstdint>

namespace pipelines::plan {

inline constexpr std::int32_t kWaiting = -1;  // not started; may still
inline constexpr std::int32_t kNever = -2;    // not started, and nothing can start it any more (but a Retry)

}  // namespace pipelines::plan
