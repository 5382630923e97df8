// One connection: reads requests, has them answered in order, writes the answers. A coroutine on the loop's thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/answer.hpp"
#include "http/head.hpp"
#include "pipelines/http/message.hpp"
#include "pipelines/http/server.hpp"

namespace pipelines::http {

class RequestParser;

// The concrete executor: any_io_executor costs a virtual call and an allocation for each operation.
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using SteadyTime = std::chrono::steady_clock::time_point;

// What all sessions of a server share.
struct SessionSettings {
    GuardOptions guard;
    Limits limits;
    Handler handler;
    bool stopping = false;  // answers end their connection
};

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(Socket socket, std::shared_ptr<const SessionSettings> settings);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    // Serves the connection to its end. The caller keeps the session alive until then.
    [[nodiscard]] boost::asio::awaitable<void, Executor> run();

    // Ends what takes longer than its limit. Called every now and then: no timer per connection, no timer per request.
    void check_deadline(SteadyTime now);

    // No byte of a request is here: nobody loses anything if the connection ends.
    [[nodiscard]] bool is_idle() const { return phase_ == Phase::Idle; }
    [[nodiscard]] SteadyTime deadline() const { return deadline_; }

    // The connection ends as soon as it is idle; what is half received gets Limits::stop_time, a late answer is given
    // up.
    void stop();

    // Ends the connection now, whatever it is doing; a request that is being answered stays without an answer, none is
    // handed out any more.
    void abandon();

private:
    class Ticket;
    struct Waiter;
    template <class CompletionHandler>
    struct WaiterOf;

    enum class Phase { Idle, Head, Body, Answering, Waiting, Writing, Streaming, Closing };
    enum class Step { Ready, Refused, Ended };

    boost::asio::awaitable<bool, Executor> fill();
    boost::asio::awaitable<Step, Executor> receive_head(RequestParser& parser);
    boost::asio::awaitable<Step, Executor> receive_body(RequestParser& parser);
    boost::asio::awaitable<void, Executor> ask(HttpRequest request);
    boost::asio::awaitable<bool, Executor> await_late_answer();
    boost::asio::awaitable<bool, Executor> send();
    boost::asio::awaitable<bool, Executor> send_rest(std::size_t sent);
    boost::asio::awaitable<void, Executor> stream();
    boost::asio::awaitable<void, Executor> rest();
    boost::asio::awaitable<void, Executor> linger();

    void enter(Phase phase, std::chrono::milliseconds limit);
    Step refuse(const HttpRequest& request, const Refusal& refusal);
    Step end_of_input(const HttpRequest& request, std::string_view what);
    [[nodiscard]] std::string_view pending() const { return {buffer_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t count);
    void answer(HttpResponse response);
    void wake();
    void watch_client();
    void stop_watching();
    [[nodiscard]] bool is_cut();

    Socket socket_;
    std::shared_ptr<const SessionSettings> shared_;
    const SessionSettings& settings_;

    std::vector<char> buffer_;  // what was read and not yet used stands at [begin_, end_)
    std::size_t begin_ = 0;
    std::size_t end_ = 0;

    Phase phase_ = Phase::Idle;
    SteadyTime deadline_ = SteadyTime::max();
    bool expired_ = false;
    bool abandoned_ = false;

    AnswerContext context_;  // of the request at hand
    HttpResponse response_;  // its answer, once answered_
    bool answered_ = false;
    bool client_left_ = false;        // while it was listening to a stream, or waiting for a late answer
    std::size_t watch_ = 0;           // counts watches: one that is over is not to be heard
    std::unique_ptr<Waiter> waiter_;  // the coroutine, while it waits for the answer, or for more to send
    std::string out_;                 // the answer as bytes
    std::size_t in_a_row_ = 0;        // requests answered out of the buffer without giving way to others
};

}  // namespace pipelines::http
