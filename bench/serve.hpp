// A bare HTTP/1.1 server on Beast: one thread, C++20 coroutines, async_read and async_write, keep-alive, no limits.
//
// What it costs to speak HTTP the way Beast's own examples do: the yardstick of bar 1 and the shell of bar 2's
// prototype.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <cstdio>
#include <string>
#include <utility>

namespace bench {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Request = http::request<http::string_body>;

inline constexpr asio::use_awaitable_t<Executor> kAwait{};
inline constexpr auto kAwaitTuple = asio::as_tuple(kAwait);

// Handler: asio::awaitable<std::string, Executor>(const Request&), the body of the answer.
template <class Handler>
asio::awaitable<void, Executor> serve_connection(Socket socket, Handler& handler) {
    boost::beast::flat_buffer buffer;
    for (;;) {
        Request request;
        const auto [read_error, read] = co_await http::async_read(socket, buffer, request, kAwaitTuple);
        if (read_error) co_return;
        http::response<http::string_body> response{http::status::ok, request.version()};
        response.set(http::field::content_type, "application/x-amz-json-1.1");
        response.set("x-amzn-RequestId", "4f0c7f4e-5f0f-4b0b-9d5b-3c1a4f5e6d7c");
        response.keep_alive(request.keep_alive());
        response.body() = co_await handler(request);
        response.prepare_payload();
        const auto [write_error, written] = co_await http::async_write(socket, response, kAwaitTuple);
        if (write_error || !response.keep_alive()) co_return;
    }
}

template <class Handler>
asio::awaitable<void, Executor> accept_connections(Acceptor& acceptor, Handler& handler) {
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(kAwaitTuple);
        if (error) continue;
        boost::system::error_code ignored;
        socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        asio::co_spawn(acceptor.get_executor(), serve_connection(std::move(socket), handler), asio::detached);
    }
}

// Listens on a free port of 127.0.0.1, prints its URL and serves until the process is ended.
template <class Handler>
void serve(asio::io_context& loop, Handler& handler) {
    Acceptor acceptor(loop.get_executor(), {asio::ip::address_v4::loopback(), 0});
    asio::co_spawn(loop.get_executor(), accept_connections(acceptor, handler), asio::detached);
    std::printf("http://127.0.0.1:%d\nReady.\n", static_cast<int>(acceptor.local_endpoint().port()));
    std::fflush(stdout);
    loop.run();
}

}  // namespace bench
