// A server on a loop of its own, what it may be told to answer, and a client that sends bytes as they are.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <future>
#include <memory>
#include <semaphore>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "pipelines/base/text.hpp"
#include "pipelines/http/server.hpp"

namespace pipelines::http {

// Runs the loop on a thread until it is destroyed. The handler runs on that thread.
class Loopback {
public:
    explicit Loopback(Handler handler, Limits limits = {}, GuardOptions guard = {}) {
        ServerOptions options;
        options.addresses = {"127.0.0.1"};
        options.port = 0;
        options.limits = limits;
        options.guard = std::move(guard);
        auto listening = Server::listen(io_, std::move(options), std::move(handler));
        if (!listening) throw std::runtime_error(listening.error().message);
        server_ = std::move(*listening);
        server_->start();
        thread_ = std::thread([this] { io_.run(); });
    }
    Loopback(const Loopback&) = delete;
    Loopback& operator=(const Loopback&) = delete;
    ~Loopback() {
        on_loop([this] { server_.reset(); });
        work_.reset();
        thread_.join();
    }

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }

    // Runs something on the loop's thread and waits for its end.
    template <class Work>
    void on_loop(Work work) {
        std::promise<void> done;
        boost::asio::post(io_, [&work, &done] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }

    // Asks the server to stop; ready when it has.
    std::future<void> stop() {
        auto done = std::make_shared<std::promise<void>>();
        auto future = done->get_future();
        on_loop([this, done] { server_->stop([done] { done->set_value(); }); });
        return future;
    }

private:
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

struct Response {
    int status = 0;  // 0: the connection ended instead
    std::string head;
    std::string body;

    [[nodiscard]] std::string header(std::string_view name) const {
        for (const std::string_view line : split(head, '\n')) {
            const std::size_t colon = line.find(": ");
            if (colon == std::string_view::npos || !equal_ignoring_case(line.substr(0, colon), name)) continue;
            return std::string(line.substr(colon + 2, line.size() - colon - 3));
        }
        return {};
    }
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval patience{10, 0};  // a test that hangs fails instead
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const int on = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("cannot connect");
        }
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient() { ::close(socket_); }

    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;  // the server has closed: the test sees what it said before
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    void end_sending() const { ::shutdown(socket_, SHUT_WR); }

    // The next response; `with_body`: Content-Length bytes follow.
    Response receive(std::string_view method = "POST") {
        Response response;
        std::size_t end = 0;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
            if (!read_more()) return response;
        }
        response.head = buffer_.substr(0, end + 2);
        buffer_.erase(0, end + 4);
        response.status = std::stoi(response.head.substr(9, 3));
        const auto length = parse_number<std::size_t>(response.header("Content-Length"));
        if (!length || method == "HEAD") return response;
        while (buffer_.size() < *length) {
            if (!read_more()) return Response{};
        }
        response.body = buffer_.substr(0, *length);
        buffer_.erase(0, *length);
        return response;
    }

    // The next bytes, as many; fewer if the connection ends.
    std::string receive_bytes(std::size_t count) {
        while (buffer_.size() < count && read_more()) continue;
        const std::string bytes = buffer_.substr(0, count);
        buffer_.erase(0, bytes.size());
        return bytes;
    }

    // Nothing more is coming: the server has closed the connection.
    bool is_closed() { return buffer_.empty() && !read_more() && errno != EAGAIN; }

private:
    bool read_more() {
        char bytes[65536];
        errno = 0;
        const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
        if (count <= 0) return false;
        buffer_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    int socket_;
    std::string buffer_;
};

// Answers with what it was asked: "<method> <path>?<query> <body>".
inline void echo(HttpRequest request, const Reply& reply) {
    HttpResponse response;
    response.content_type = "text/plain";
    response.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
    response.headers.emplace_back("x-amzn-RequestId", request.id);
    reply(std::move(response));
}

inline std::string post(std::string_view path, std::string_view body, std::string_view fields = "") {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

// Keeps the replies of the requests it gets; replies on the loop's thread when it is told to.
struct Keeper {
    void operator()(const HttpRequest&, Reply reply) {
        replies.push_back(std::move(reply));
        asked.release();
    }
    std::vector<Reply> replies;
    std::counting_semaphore<> asked{0};
};

// Of what is counted on the loop's thread: waits until it is so, for as long as it may take.
inline void expect_becomes(const std::atomic<int>& count, int wanted) {
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (count != wanted && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
    EXPECT_EQ(count, wanted);
}

}  // namespace pipelines::http
