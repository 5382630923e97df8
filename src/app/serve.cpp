#include "app/serve.hpp"

#include <fmt/core.h>
#include <sys/stat.h>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "app/banner.hpp"
#include "app/wiring.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::app {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kLastMoment = 4s;  // what is in flight gets this long after the first signal

int refuse(const Error& error) {
    fmt::print(stderr, "pipelines-local: {}\n", error.message);
    return EXIT_FAILURE;
}

// The first signal lets what is in flight finish; the second ends at once.
class Signals {
public:
    explicit Signals(Program& program) : program_(program), signals_(program.loop(), SIGINT, SIGTERM) { wait(); }

private:
    void wait() {
        signals_.async_wait([this](const boost::system::error_code& cancelled, int signal) {
            if (cancelled) return;
            if (stopping_) std::_Exit(128 + signal);
            stopping_ = true;
            log::info("signal {}: finishing what is in flight", signal);
            program_.stop(kLastMoment);
            wait();
        });
    }

    Program& program_;
    boost::asio::signal_set signals_;
    bool stopping_ = false;
};

}  // namespace

int serve(const Options& options) {
    ::umask(077);
    log::configure(options.log_level, options.log_format);
    auto inputs = open_inputs(options);
    if (!inputs) return refuse(inputs.error());
    Program program{options, std::move(*inputs)};
    const auto server = program.listen();
    if (!server) return refuse(server.error());
    fmt::print("{}", banner(options, (*server)->addresses(), (*server)->port()));
    Signals signals{program};
    program.run([] {
        fmt::print("Ready.\n");
        std::fflush(stdout);
    });
    return EXIT_SUCCESS;
}

}  // namespace pipelines::app
