// An account in a region: pipelines, clock and seed of their own.
#pragma once

#include <cstdint>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/clock.hpp"
#include "pipelines/domain/pipeline.hpp"

namespace pipelines {

// How time passes: a base and a rate on system time, or a stand.
struct ClockState {
    ClockMode mode = ClockMode::Instant;
    double rate = 1.0;   // Scaled: simulated seconds a real one
    Duration offset{0};  // Instant, Real, Scaled: what is added to system time
    Time stand{};        // Manual: now. Scaled: simulated time at `since`
    Time since{};        // Scaled: the system time that `stand` belongs to

    friend bool operator==(const ClockState&, const ClockState&) = default;
};

struct Namespace {
    NamespaceId id = 0;
    NamespaceKey key;
    std::uint64_t seed = 0;
    std::int64_t executions_made = 0;  // counts on; makes execution ids
    ClockState clock;
};

}  // namespace pipelines
