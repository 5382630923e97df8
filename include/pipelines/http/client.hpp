// Calls to other servers over HTTP/1.1: asynchronous on the loop of the caller, every failure a value.
//
// Only what the user configured an endpoint for is ever called. A connection serves one call: what is called is on this
// machine or beside it, and a fault of one call cannot touch the next. One thread: the io_context's.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/result.hpp"
#include "pipelines/http/message.hpp"

namespace pipelines::http {

// Where a service listens.
struct Endpoint {
    std::string host;  // a name, or an IP literal without brackets
    std::uint16_t port = 80;
    std::string path;  // before every target: "/gateway", or empty; never ends with a slash

    [[nodiscard]] std::string authority() const;  // as Host carries it: "moto:5000", "[::1]:5000", "moto" for port 80
    [[nodiscard]] std::string url() const;        // "http://moto:5000/gateway"

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// http://HOST[:PORT][/PATH]. Error: says what is wrong with it; https:// is refused by name (there is no TLS here).
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view url);

struct ClientLimits {
    std::size_t calls = 64;               // at once; the others wait their turn
    std::size_t head_bytes = 64 * 1024;   // of an answer
    std::size_t extra_bytes = 64 * 1024;  // of an answer: chunk sizes, extensions and trailers, which are no body
};

struct ClientCall {
    Endpoint endpoint;
    std::string method = "GET";
    std::string target = "/";     // behind the endpoint's path, percent-encoded, with its query
    std::vector<Header> headers;  // besides Host, Content-Length and Connection
    std::string body;
    std::chrono::milliseconds patience{};  // from its turn to the end of its answer
    std::size_t most_bytes = 0;            // of the answer's body
    std::function<void()> sent;            // the whole request is on its way; may be empty
};

struct ClientAnswer {
    int status = 0;
    std::vector<Header> headers;
    std::string body;

    [[nodiscard]] std::string_view header(std::string_view name) const;  // the first of that name; empty if none
};

struct ClientFault {
    enum class Kind {
        Unreachable,  // no such host, refused, reset
        TimedOut,     // the patience is over
        Nonsense,     // not HTTP, cut short, larger than allowed
    };
    Kind kind = Kind::Unreachable;
    std::string message;  // names the endpoint: "http://moto:5000 cannot be reached: Connection refused"
};
[[noreturn]] void throw_exception_from_error(const ClientFault&, const boost::source_location&);

using ClientOutcome = boost::system::result<ClientAnswer, ClientFault>;

// Makes a call when its turn has come, so that one which waits for it holds no more than this function does. Nothing:
// it is not wanted any more. What it throws is the fault of the call.
using MakeCall = std::function<std::optional<ClientCall>()>;

using CallId = std::uint64_t;

class Client {
public:
    explicit Client(boost::asio::io_context&, ClientLimits limits = {});
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    // Ends what is going on; its `done` are never called. Before the io_context.
    ~Client();

    // Calls `make` and then `done` once each, in later turns of the loop; `done` not for a call that is not wanted.
    CallId send(MakeCall make, std::function<void(ClientOutcome)> done);

    // Takes a call back that still waits for its turn: neither of its functions is called. False: it had its turn.
    bool withdraw(CallId);
    // All that wait, and all to come: what is going on may end, and nothing new begins.
    void close();

private:
    class Core;
    class Transfer;
    std::shared_ptr<Core> core_;
};

}  // namespace pipelines::http
