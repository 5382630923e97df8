// The transport: listens, guards, reads, hands each request to a Handler, writes the answer. Knows no AWS.
// One thread: the io_context's, on which everything here is called and every callback runs.
#pragma once

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipelines/base/result.hpp"
#include "pipelines/http/limits.hpp"
#include "pipelines/http/message.hpp"

namespace pipelines::http {

struct GuardOptions {
    // Names without a port, besides IP literals, localhost, *.localhost, dotless names and host.docker.internal.
    // "*.example.com" stands for all names below it.
    std::vector<std::string> allowed_hosts;
    std::vector<std::string> allowed_origins;  // besides our own: "http://localhost:3000"
};

struct ServerOptions {
    // IP addresses, or "localhost" for both of the loopback's; an IPv6 one the machine lacks is skipped with
    // a log line.
    std::vector<std::string> addresses{"127.0.0.1", "::1"};
    std::uint16_t port = 7243;  // 0: any free one, the same for all addresses
    GuardOptions guard;
    Limits limits;
};

// To be destroyed before the io_context it was made on.
class Server {
public:
    // Binds and listens (accepts nothing yet). Errors name the address and port, what holds them, and the way out.
    [[nodiscard]] static Result<std::unique_ptr<Server>> listen(boost::asio::io_context&, ServerOptions, Handler);
    virtual ~Server() = default;

    [[nodiscard]] virtual std::uint16_t port() const = 0;
    // Those that are listened on, in the order given.
    [[nodiscard]] virtual const std::vector<std::string>& addresses() const = 0;

    // Starts to accept. Requests are answered as soon as the io_context runs.
    virtual void start() = 0;

    // Accepts no more, closes idle connections, lets requests in flight finish, then calls `done` once, in a later turn
    // of the loop. A request that is only half received has Limits::stop_time to arrive.
    virtual void stop(std::function<void()> done) = 0;
};

}  // namespace pipelines::http
