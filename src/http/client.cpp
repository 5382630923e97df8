#include "pipelines/http/client.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <exception>
#include <map>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include "http/answer_parser.hpp"
#include "http/resolver.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
constexpr asio::use_awaitable_t<Executor> kAwait{};
constexpr auto kAwaitTuple = asio::as_tuple(kAwait);
constexpr std::size_t kReadAtOnce = 16 * 1024;

std::string request_head(const ClientCall& call) {
    std::string text = fmt::format("{} {}{} HTTP/1.1\r\nHost: {}\r\n", call.method, call.endpoint.path, call.target,
                                   call.endpoint.authority());
    for (const auto& [name, value] : call.headers) text.append(name).append(": ").append(value).append("\r\n");
    if (!call.body.empty() || call.method != "GET")
        text.append(fmt::format("Content-Length: {}\r\n", call.body.size()));
    return text.append("Accept-Encoding: identity\r\nConnection: close\r\n\r\n");
}

// Other codings say nothing about the bytes: S3 keeps whatever an object was uploaded with ("aws-chunked").
bool is_compressed(std::string_view coding) {
    constexpr std::array<std::string_view, 6> kCompressions{"gzip", "x-gzip", "deflate", "compress", "br", "zstd"};
    return std::ranges::any_of(kCompressions, [coding](auto each) { return equal_ignoring_case(coding, each); });
}

}  // namespace

void throw_exception_from_error(const ClientFault& fault, const boost::source_location&) {
    throw std::logic_error("value() of a failed call: " + fault.message);
}

std::string_view ClientAnswer::header(std::string_view name) const {
    for (const auto& [known, value] : headers)
        if (equal_ignoring_case(known, name)) return value;
    return {};
}

// What calls are waiting and going on. Held by those that go on, which outlive the Client until their operations end.
class Client::Core : public std::enable_shared_from_this<Core> {
public:
    Core(asio::io_context& io, ClientLimits limits) : io_(io), limits_(limits) {}

    CallId add(MakeCall make, std::function<void(ClientOutcome)> done);
    bool withdraw(CallId id) { return waiting_.erase(id) != 0; }
    void remove(const std::shared_ptr<Transfer>&);
    void close();
    void abandon();

    [[nodiscard]] asio::io_context& io() { return io_; }
    [[nodiscard]] const ClientLimits& limits() const { return limits_; }

private:
    struct Waiting {
        MakeCall make;
        std::function<void(ClientOutcome)> done;
    };
    void start_later();
    void start_next();
    void start(Waiting);

    asio::io_context& io_;
    ClientLimits limits_;
    CallId last_ = 0;
    std::map<CallId, Waiting> waiting_;  // in the order of their turns
    bool is_closed_ = false;
    std::unordered_set<std::shared_ptr<Transfer>> going_on_;
};

// One call on its connection.
class Client::Transfer : public std::enable_shared_from_this<Transfer> {
public:
    Transfer(std::shared_ptr<Core> core, ClientCall call, std::function<void(ClientOutcome)> done)
        : core_(std::move(core)),
          call_(std::move(call)),
          done_(std::move(done)),
          socket_(core_->io()),
          deadline_(core_->io()),
          parser_(core_->limits(), call_.most_bytes) {}

    void start() {
        deadline_.expires_after(call_.patience);
        deadline_.async_wait([self = shared_from_this()](const error_code& cancelled) {
            if (!cancelled) self->expire();
        });
        auto addresses = known_addresses(call_.endpoint.host);
        if (!addresses.empty()) return run(std::move(addresses));
        resolve(core_->io(), call_.endpoint.host, [weak = weak_from_this()](auto found) {
            const auto self = weak.lock();
            if (!self || !self->done_) return;
            if (!found)
                return self->fail(ClientFault::Kind::Unreachable, "cannot be reached: " + found.error().message);
            self->run(std::move(*found));
        });
    }

    // Without an answer to anybody.
    void abandon() {
        done_ = nullptr;
        end();
    }

private:
    void run(std::vector<asio::ip::address> addresses) {
        asio::co_spawn(
            core_->io(), [self = shared_from_this(), to = std::move(addresses)] { return self->exchange(to); },
            [](const std::exception_ptr& fault) {  // of a `done`: whoever runs the loop hears of it
                if (fault) std::rethrow_exception(fault);
            });
    }

    asio::awaitable<void, Executor> exchange(std::vector<asio::ip::address> addresses) {
        if (!co_await connect(addresses)) co_return;
        const std::string head = request_head(call_);
        const std::array<asio::const_buffer, 2> request{asio::buffer(head), asio::buffer(call_.body)};
        const auto [fault, written] = co_await asio::async_write(socket_, request, kAwaitTuple);
        // A server that answers before it has read all (413) may have closed: what it says counts, not the broken pipe.
        if (!fault && call_.sent && done_) call_.sent();
        co_await receive();
    }

    asio::awaitable<bool, Executor> connect(const std::vector<asio::ip::address>& addresses) {
        error_code reason;
        for (const auto& address : addresses) {
            if (!done_) co_return false;
            error_code ignored;
            socket_.close(ignored);
            std::tie(reason) =
                co_await socket_.async_connect(asio::ip::tcp::endpoint(address, call_.endpoint.port), kAwaitTuple);
            if (!reason) {
                socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
                co_return done_ != nullptr;
            }
        }
        fail(ClientFault::Kind::Unreachable, "cannot be reached: " + reason.message());
        co_return false;
    }

    asio::awaitable<void, Executor> receive() {
        std::array<char, kReadAtOnce> buffer;  // NOLINT: read into before it is read from
        while (done_) {
            const auto [fault, count] = co_await socket_.async_read_some(asio::buffer(buffer), kAwaitTuple);
            const bool is_end = fault == asio::error::eof;
            if (fault && !is_end)
                co_return fail(ClientFault::Kind::Unreachable, "broke the connection off: " + fault.message());
            const auto nonsense = is_end ? parser_.end() : parser_.take({buffer.data(), count});
            if (nonsense) co_return fail(ClientFault::Kind::Nonsense, "answered " + *nonsense);
            if (parser_.is_done()) co_return take(parser_.release());
        }
    }

    void take(ClientAnswer answer) {
        if (const auto coding = answer.header("Content-Encoding"); is_compressed(coding))
            return fail(ClientFault::Kind::Nonsense,
                        fmt::format("answered with a body in {}, which was not asked for", coding));
        finish(std::move(answer));
    }

    void expire() {
        fail(ClientFault::Kind::TimedOut,
             fmt::format("did not answer within {} s", static_cast<double>(call_.patience.count()) / 1000.0));
    }

    void fail(ClientFault::Kind kind, std::string_view what) {
        finish(ClientFault{kind, fmt::format("{} {}", call_.endpoint.url(), what)});
    }

    // The first end counts: what the operations say that the deadline has cut short is not heard.
    void finish(ClientOutcome outcome) {
        if (!done_) return;
        const auto done = std::exchange(done_, nullptr);
        const auto self = shared_from_this();
        end();
        core_->remove(self);
        done(std::move(outcome));
    }

    void end() {
        deadline_.cancel();
        error_code ignored;
        socket_.close(ignored);
    }

    std::shared_ptr<Core> core_;
    ClientCall call_;
    std::function<void(ClientOutcome)> done_;  // empty: it is over
    Socket socket_;
    asio::steady_timer deadline_;
    AnswerParser parser_;
};

CallId Client::Core::add(MakeCall make, std::function<void(ClientOutcome)> done) {
    const CallId id = ++last_;
    if (is_closed_) return id;
    waiting_.emplace(id, Waiting{std::move(make), std::move(done)});
    start_later();
    return id;
}

void Client::Core::remove(const std::shared_ptr<Transfer>& transfer) {
    going_on_.erase(transfer);
    start_later();
}

// Never inside send(), nor inside what a `done` does.
void Client::Core::start_later() {
    if (waiting_.empty() || going_on_.size() >= limits_.calls) return;
    asio::post(io_, [self = shared_from_this()] { self->start_next(); });
}

void Client::Core::start_next() {
    while (!waiting_.empty() && going_on_.size() < limits_.calls)
        start(std::move(waiting_.extract(waiting_.begin()).mapped()));
}

void Client::Core::start(Waiting next) {
    std::optional<ClientCall> call;
    try {
        call = next.make();
    } catch (const std::exception& fault) {
        return next.done(
            ClientFault{ClientFault::Kind::Unreachable, fmt::format("the call could not be made: {}", fault.what())});
    }
    if (!call) return;
    const auto transfer = std::make_shared<Transfer>(shared_from_this(), std::move(*call), std::move(next.done));
    going_on_.insert(transfer);
    transfer->start();
}

void Client::Core::close() {
    is_closed_ = true;
    const auto dropped = std::exchange(waiting_, {});  // what their functions own may come back here
}

void Client::Core::abandon() {
    close();
    for (const auto& transfer : std::exchange(going_on_, {})) transfer->abandon();
}

Client::Client(asio::io_context& io, ClientLimits limits) : core_(std::make_shared<Core>(io, limits)) {}

Client::~Client() { core_->abandon(); }

CallId Client::send(MakeCall make, std::function<void(ClientOutcome)> done) {
    return core_->add(std::move(make), std::move(done));
}

bool Client::withdraw(CallId id) { return core_->withdraw(id); }

void Client::close() { core_->close(); }

}  // namespace pipelines::http
