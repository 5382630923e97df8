// What the program was asked to do: typed, checked values, whatever flag, variable or file they came from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pipelines/api/quotas.hpp"
#include "pipelines/base/clock.hpp"
#include "pipelines/base/log.hpp"
#include "pipelines/http/client.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::app {

struct ClockOptions {
    ClockMode mode = ClockMode::Instant;
    double rate = 1.0;  // Scaled: simulated seconds a real one; positive and finite
};

// Defaults are those of a program started without any setting, except `hosts` and `database`, which
// read_command_line() fills in (they depend on the machine).
struct Options {
    std::vector<std::string> hosts;                 // IP literals without brackets; never empty after reading
    std::uint16_t port = 7243;                      // 0: any free one
    std::optional<std::filesystem::path> database;  // none: everything in memory
    ClockOptions clock;
    Duration step_duration{0};  // of a step that no scenario speaks of
    std::optional<std::uint64_t> seed;
    log::Level log_level = log::Level::Info;
    log::Format log_format = log::Format::Text;
    std::string account = "123456789012";  // of a request whose credentials name none
    std::string region = "us-east-1";
    std::vector<std::string> allowed_hosts;    // lower case, without a port
    std::vector<std::string> allowed_origins;  // "https://tool.example:8443"
    std::optional<std::filesystem::path> s3_directory;
    // None is called unless it is given.
    std::optional<http::Endpoint> s3_endpoint, lambda_endpoint, sqs_endpoint, eventbridge_endpoint;
    Duration lambda_timeout{120'000};  // AWS's default
    std::optional<std::filesystem::path> scenarios;
    api::Quotas quotas = api::Quotas::None;
    store::Durability durability = store::Durability::Normal;
    std::optional<std::filesystem::path> config_file;  // the one that was read, for the banner
};

}  // namespace pipelines::app
