// `pipelines-local health`: asks a running server GET /_local/health. Small on purpose: it is what a container without
// a shell is checked with.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/options.hpp"
#include "pipelines/base/result.hpp"

namespace pipelines::app {

struct Target {
    std::string address;  // an IP literal
    std::uint16_t port = 0;

    friend bool operator==(const Target&, const Target&) = default;
};

// Where a server with these options is reached from this machine, in the order to try.
[[nodiscard]] std::vector<Target> health_targets(const Options&);

// http://ADDRESS[:PORT][/], ADDRESS an IP literal or localhost: names are not looked up (a static program cannot).
[[nodiscard]] Result<std::vector<Target>> parse_health_url(std::string_view url);

// Asks the targets in turn until one answers 200; the answer is the URL that was asked. Error: what each of them did
// instead. Takes `patience` for each at most.
[[nodiscard]] Result<std::string> ask_health(const std::vector<Target>&, std::chrono::milliseconds patience);

}  // namespace pipelines::app
