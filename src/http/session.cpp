#include "http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "http/guard.hpp"
#include "http/request_log.hpp"
#include "http/request_parser.hpp"
#include "pipelines/base/ids.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::http {

namespace asio = boost::asio;

namespace {

constexpr asio::use_awaitable_t<Executor> kAwait{};
constexpr auto kAwaitTuple = asio::as_tuple(kAwait);

constexpr std::size_t kSmallBuffer = 4 * 1024;   // what an idle connection keeps, of each direction
constexpr std::size_t kLargeBuffer = 64 * 1024;  // for bodies
constexpr std::size_t kCopiedBody = 16 * 1024;   // larger ones are written from where they are
constexpr std::size_t kUsualHead = 512;          // of an answer
constexpr std::size_t kMostInARow = 16;
constexpr std::size_t kMostLingering = 64 * 1024 * 1024;

// Who is at the other end, if the log has level trace.
std::string traced_peer(const Socket& socket) {
    if (!log::enabled(log::Level::Trace)) return {};
    boost::system::error_code gone;
    const auto peer = socket.remote_endpoint(gone);
    return gone ? "unknown" : fmt::format("{} port {}", peer.address().to_string(), peer.port());
}

}  // namespace

// The coroutine that waits for an answer, whatever type its handler has.
struct Session::Waiter {
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    virtual ~Waiter() = default;
    virtual void resume() = 0;
};

template <class CompletionHandler>
struct Session::WaiterOf final : Waiter {
    explicit WaiterOf(CompletionHandler&& given) : handler(std::move(given)) {}
    // In a later turn: whoever replies is not to find the next request being served inside its call.
    void resume() override { asio::post(std::move(handler)); }
    CompletionHandler handler;
};

// The right to answer one request, shared by the copies of its Reply. The first answer counts; if none ever comes,
// the last copy answers 500, so that a forgotten reply is a visible fault and not a client that waits for ever.
class Session::Ticket {
public:
    explicit Ticket(std::shared_ptr<Session> session) : session_(std::move(session)) {}
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket() {
        if (!session_) return;
        log::error("Request {} was dropped without an answer.", session_->context_.id);
        redeem(failure_answer(session_->context_));
    }
    void redeem(HttpResponse response) {
        if (const auto session = std::exchange(session_, nullptr)) session->answer(std::move(response));
    }

private:
    std::shared_ptr<Session> session_;
};

Session::Session(Socket socket, std::shared_ptr<const SessionSettings> settings)
    : socket_(std::move(socket)), shared_(std::move(settings)), settings_(*shared_) {
    enter(Phase::Idle, settings_.limits.idle_time);
}

Session::~Session() = default;

void Session::enter(Phase phase, std::chrono::milliseconds limit) {
    phase_ = phase;
    expired_ = false;
    if (settings_.stopping) limit = std::min(limit, settings_.limits.stop_time);
    deadline_ = std::chrono::steady_clock::now() + limit;
}

void Session::check_deadline(SteadyTime now) {
    if (now < deadline_) return;
    expired_ = true;
    if (phase_ == Phase::Streaming) return wake();
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Session::stop() {
    const bool is_receiving = phase_ == Phase::Head || phase_ == Phase::Body;
    const auto limit = std::chrono::steady_clock::now() + settings_.limits.stop_time;
    if (is_receiving || phase_ == Phase::Writing || phase_ == Phase::Closing) deadline_ = std::min(deadline_, limit);
    if (phase_ == Phase::Idle) check_deadline(SteadyTime::max());
    if (phase_ == Phase::Streaming || phase_ == Phase::Waiting) wake();
}

void Session::abandon() {
    abandoned_ = true;
    boost::system::error_code ignored;
    socket_.close(ignored);
    waiter_.reset();
}

void Session::consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
}

// Reads more behind what is pending. False: the client has closed, the deadline has passed, the server stops.
asio::awaitable<bool, Executor> Session::fill() {
    if (begin_ != 0 && end_ == buffer_.size()) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == buffer_.size()) buffer_.resize(std::max(kSmallBuffer, buffer_.size() * 2));
    const auto space = asio::buffer(buffer_.data() + end_, buffer_.size() - end_);
    const auto [error, count] = co_await socket_.async_read_some(space, kAwaitTuple);
    if (error) co_return false;
    end_ += count;
    co_return true;
}

Session::Step Session::refuse(const HttpRequest& request, const Refusal& refusal) {
    log_refusal(request, refusal, context_);
    context_.keep_alive = false;
    response_ = refusal_answer(refusal, context_);
    return Step::Refused;
}

// Why no more bytes came: too slow is said, a client that left is not there to read anything.
Session::Step Session::end_of_input(const HttpRequest& request, std::string_view what) {
    if (!expired_) return Step::Ended;
    return refuse(request, {408, fmt::format("The {} of the request did not arrive in time.", what)});
}

asio::awaitable<Session::Step, Executor> Session::receive_head(RequestParser& parser) {
    if (pending().empty()) {
        if (buffer_.size() > kSmallBuffer) std::vector<char>().swap(buffer_);
        if (out_.capacity() > kSmallBuffer) std::string().swap(out_);
        response_ = HttpResponse{};
        enter(Phase::Idle, settings_.limits.idle_time);
        if (settings_.stopping) co_return Step::Ended;
        const bool has_more = co_await fill();
        if (!has_more) co_return Step::Ended;
    }
    phase_ = Phase::Head;
    context_ = AnswerContext{};
    context_.id = random_uuid();
    HttpRequest& request = parser.request();
    bool is_timed = false;
    for (;;) {
        consume(parser.take(pending()));
        if (parser.has_head() || parser.refusal()) break;
        if (!is_timed) enter(Phase::Head, settings_.limits.head_time);
        is_timed = true;
        const bool has_more = co_await fill();
        if (!has_more) co_return end_of_input(request, "head");
    }
    const RequestHead& head = parser.head();
    request.id = context_.id;
    context_.minor_version = head.minor_version;
    context_.is_head = request.method == "HEAD";
    context_.keep_alive = head.keep_alive;
    if (parser.refusal()) co_return refuse(request, *parser.refusal());
    if (const auto refusal = check_source(request, head, settings_.guard)) co_return refuse(request, *refusal);
    context_.allowed_origin = listed_origin(request, settings_.guard);
    if (request.method == "OPTIONS") response_ = options_answer(request, context_);
    co_return Step::Ready;
}

asio::awaitable<Session::Step, Executor> Session::receive_body(RequestParser& parser) {
    if (parser.is_done()) co_return Step::Ready;
    phase_ = Phase::Body;
    const bool is_awaited = parser.head().expects_continue && pending().empty();
    consume(parser.take(pending()));
    if (!parser.is_done() && !parser.refusal()) enter(Phase::Body, settings_.limits.body_time);
    if (is_awaited) {
        out_ = "HTTP/1.1 100 Continue\r\n\r\n";
        const bool is_sent = co_await send_rest(0);
        if (!is_sent) co_return Step::Ended;
        enter(Phase::Body, settings_.limits.body_time);
    }
    while (!parser.is_done() && !parser.refusal()) {
        if (pending().empty() && buffer_.size() < kLargeBuffer) buffer_.resize(kLargeBuffer);
        const bool has_more = co_await fill();
        if (!has_more) co_return end_of_input(parser.request(), "body");
        consume(parser.take(pending()));
    }
    if (parser.refusal()) co_return refuse(parser.request(), *parser.refusal());
    co_return Step::Ready;
}

void Session::answer(HttpResponse response) {
    response_ = std::move(response);
    answered_ = true;
    wake();
}

void Session::wake() {
    if (const auto waiter = std::move(waiter_)) waiter->resume();
}

// Until somebody wakes it.
asio::awaitable<void, Executor> Session::rest() {
    co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
        [this](auto handler) { waiter_ = std::make_unique<WaiterOf<decltype(handler)>>(std::move(handler)); }, kAwait);
}

// Has the handler answer; the answer is in response_ behind it.
asio::awaitable<void, Executor> Session::ask(HttpRequest request) {
    phase_ = Phase::Answering;
    deadline_ = SteadyTime::max();  // how long an answer takes is the handler's business
    answered_ = false;
    auto ticket = std::make_shared<Ticket>(shared_from_this());
    try {
        settings_.handler(std::move(request), [ticket](HttpResponse response) { ticket->redeem(std::move(response)); });
    } catch (const std::exception& fault) {
        log::error("Request {} failed: {}", context_.id, fault.what());
        ticket->redeem(failure_answer(context_));
    }
    ticket.reset();
    if (!answered_) co_await rest();
}

// Writes response_. Most answers leave with one call and without a turn of the loop.
asio::awaitable<bool, Executor> Session::send() {
    const bool with_body = has_body(response_, context_);
    const bool is_copied = with_body && response_.body.size() <= kCopiedBody;
    out_.clear();
    out_.reserve(kUsualHead + (is_copied ? response_.body.size() : 0));  // at once, and not by doubling
    write_head(response_, context_, out_);
    if (is_copied) {
        out_ += response_.body;
    } else if (with_body) {
        const bool is_head_sent = co_await send_rest(0);
        if (!is_head_sent) co_return false;
        out_ = std::move(response_.body);
    }
    boost::system::error_code error;
    const std::size_t sent = socket_.write_some(asio::buffer(out_), error);
    if (!error && sent == out_.size()) co_return true;
    if (error && error != asio::error::would_block) co_return false;
    const bool is_sent = co_await send_rest(error ? 0 : sent);
    co_return is_sent;
}

asio::awaitable<bool, Executor> Session::send_rest(std::size_t sent) {
    while (sent < out_.size()) {
        enter(Phase::Writing, settings_.limits.write_time);
        const auto rest = asio::buffer(out_.data() + sent, out_.size() - sent);
        const auto [error, count] = co_await socket_.async_write_some(rest, kAwaitTuple);
        if (error) co_return false;
        sent += count;
    }
    co_return true;
}

// A client that listens to a stream has nothing more to say: whatever comes from it, or its end, ends the stream. One
// that waits for an answer may have sent its next request already, and is then taken to wait.
void Session::watch_client() {
    client_left_ = false;
    socket_.async_wait(Socket::wait_read,
                       [self = shared_from_this(), watch = ++watch_](const boost::system::error_code& error) {
                           if (error == asio::error::operation_aborted || watch != self->watch_) return;
                           self->client_left_ = self->phase_ != Phase::Waiting || self->is_cut();
                           self->wake();
                       });
}

void Session::stop_watching() {
    ++watch_;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

// Whether the client has closed its side: what is readable is the end.
bool Session::is_cut() {
    char next = 0;
    boost::system::error_code error;
    socket_.receive(asio::buffer(&next, 1), Socket::message_peek, error);
    return error && error != asio::error::would_block;
}

// Puts the answer that is still to come into response_. False: the client has left, which gives its place to others.
asio::awaitable<bool, Executor> Session::await_late_answer() {
    const std::shared_ptr<LateAnswer> late = std::move(response_.late);
    late->listen([session = weak_from_this()] {
        if (const auto self = session.lock()) self->wake();
    });
    phase_ = Phase::Waiting;
    watch_client();
    std::optional<HttpResponse> answer;
    while (!client_left_ && !answer) {
        answer = late->take();
        if (!answer && settings_.stopping) answer = late->interrupted();
        if (!answer) co_await rest();
    }
    stop_watching();
    if (!answer) co_return false;
    response_ = std::move(*answer);
    co_return true;
}

asio::awaitable<void, Executor> Session::stream() {
    const std::shared_ptr<BodyStream> source = std::move(response_.stream);
    source->listen([session = weak_from_this()] {
        if (const auto self = session.lock()) self->wake();
    });
    watch_client();
    enter(Phase::Streaming, settings_.limits.quiet_time);
    while (!client_left_ && !settings_.stopping) {
        out_ = source->next();
        if (out_.empty() && expired_) out_ = source->heartbeat();
        if (out_.empty()) {
            co_await rest();
            continue;
        }
        const bool is_sent = co_await send_rest(0);
        if (!is_sent) break;
        enter(Phase::Streaming, settings_.limits.quiet_time);
    }
}

// After a refusal: the client may still be sending. To close now would reset the connection and with it the answer.
asio::awaitable<void, Executor> Session::linger() {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    enter(Phase::Closing, settings_.limits.linger_time);
    std::size_t dropped = 0;
    while (!expired_ && dropped < kMostLingering) {
        begin_ = end_ = 0;
        const bool has_more = co_await fill();
        if (!has_more) break;
        dropped += end_;
    }
}

asio::awaitable<void, Executor> Session::run() {
    const std::string peer = traced_peer(socket_);
    if (!peer.empty()) log::trace("Connection from {} opened", peer);
    for (;;) {
        RequestParser parser(settings_.limits);
        Step step = co_await receive_head(parser);
        if (step == Step::Ready) step = co_await receive_body(parser);
        if (step == Step::Ended || abandoned_) break;
        std::optional<Asked> asked;  // a refusal has a line of its own
        if (step == Step::Ready && log::enabled(log::Level::Debug)) asked = log_request(parser.request());
        if (step == Step::Ready && parser.request().method != "OPTIONS") co_await ask(std::move(parser.request()));
        if (response_.late) {
            const bool is_there = co_await await_late_answer();
            if (!is_there) {
                if (asked) log_departure(*asked, context_);
                break;
            }
        }
        context_.keep_alive = context_.keep_alive && !response_.close && !response_.stream && !settings_.stopping;
        if (asked) log_answer(*asked, response_, context_);
        const bool is_sent = co_await send();
        if (!is_sent) break;
        if (step == Step::Refused) co_await linger();
        if (response_.stream && !context_.is_head) co_await stream();
        if (!context_.keep_alive) break;
        if (out_.capacity() > kLargeBuffer) std::string().swap(out_);  // also while more is pending
        in_a_row_ = pending().empty() ? 0 : in_a_row_ + 1;
        if (in_a_row_ == kMostInARow) {
            in_a_row_ = 0;
            co_await asio::post(kAwait);
        }
    }
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
    if (!peer.empty()) log::trace("Connection from {} closed", peer);
}

}  // namespace pipelines::http
