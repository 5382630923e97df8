#include "app/banner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "app/version.hpp"

namespace pipelines::app {
namespace {

std::string clock_line(const ClockOptions& clock) {
    switch (clock.mode) {
        case ClockMode::Instant: return "instant (simulated durations cost no time)";
        case ClockMode::Real: return "real";
        case ClockMode::Scaled: return fmt::format("scaled, {} simulated seconds a second", clock.rate);
        case ClockMode::Manual: return "manual (moves by POST /_local/clock/advance)";
    }
    return {};
}

bool is_loopback(const std::string& host) { return boost::asio::ip::make_address(host).is_loopback(); }

// What a client on this machine should use: IPv4 loopback where it is served, for the sake of old tools.
std::string best_host(std::span<const std::string> addresses) {
    const auto served = [addresses](std::string_view host) {
        return std::ranges::find(addresses, host) != addresses.end();
    };
    if (served("127.0.0.1") || served("0.0.0.0")) return "127.0.0.1";
    return addresses.front();
}

}  // namespace

std::string endpoint_url(const std::string& host, std::uint16_t port) {
    const auto address = boost::asio::ip::make_address(host);
    if (address.is_v4()) return fmt::format("http://{}:{}", address.is_unspecified() ? "127.0.0.1" : host, port);
    return fmt::format("http://[{}]:{}", address.is_unspecified() ? "::1" : host, port);
}

std::string banner(const Options& options, std::span<const std::string> addresses, std::uint16_t port) {
    const auto url = endpoint_url(best_host(addresses), port);
    auto text = fmt::format("SageMaker Pipelines Local {}\n", program_version());
    text += fmt::format("  endpoint  {}\n", url);
    text += fmt::format("  data      {}\n",
                        options.database ? options.database->string() : "in memory, gone when the server stops");
    text += fmt::format("  clock     {}\n", clock_line(options.clock));
    text +=
        fmt::format("  clients   region {}, and any credentials: AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n",
                    options.region);
    if (options.config_file) text += fmt::format("  config    {}\n", options.config_file->string());
    for (const auto& host : addresses)
        if (!is_loopback(host))
            text += fmt::format(
                "  warning   bound to {}: other machines can reach this server, and it asks nobody for a password\n",
                host);
    text += fmt::format("export AWS_ENDPOINT_URL_SAGEMAKER={}\n", url);
    return text;
}

}  // namespace pipelines::app
