// A server that does with each connection what a test says, on a thread of its own; one connection after the other, but
// for as many threads as there are behind it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "pipelines/base/text.hpp"

namespace pipelines::http {

class Connection {
public:
    explicit Connection(int socket) : socket_(socket) {}

    // The head and as much body as its Content-Length says.
    std::string receive_request() {
        std::size_t head = std::string::npos;
        while ((head = bytes_.find("\r\n\r\n")) == std::string::npos)
            if (!read_more()) return bytes_;
        std::size_t length = 0;
        constexpr std::string_view kLength = "Content-Length: ";
        if (const auto at = bytes_.find(kLength); at < head)
            length = parse_number<std::size_t>(std::string_view(bytes_).substr(
                                                   at + kLength.size(), bytes_.find('\r', at) - at - kLength.size()))
                         .value_or(0);
        while (bytes_.size() < head + 4 + length && read_more()) {
        }
        return bytes_;
    }
    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    void wait_for_close() {
        while (read_more()) {
        }
    }
    [[nodiscard]] const std::string& received() const { return bytes_; }

private:
    bool read_more() {
        char block[4096];
        const ssize_t count = ::recv(socket_, block, sizeof block, 0);
        if (count <= 0) return false;
        bytes_.append(block, static_cast<std::size_t>(count));
        return true;
    }

    int socket_;
    std::string bytes_;
};

class FakePeer {
public:
    explicit FakePeer(std::function<void(Connection&)> behave)
        : behave_(std::move(behave)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(listener_, 64) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("cannot listen");
        port_ = ntohs(address.sin_port);
        for (int i = 0; i < 8; ++i) threads_.emplace_back([this] { serve(); });
    }
    FakePeer(const FakePeer&) = delete;
    FakePeer& operator=(const FakePeer&) = delete;
    ~FakePeer() {
        ::shutdown(listener_, SHUT_RDWR);
        for (auto& thread : threads_) thread.join();
        ::close(listener_);
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string received() const {
        const std::lock_guard lock(mutex_);
        return received_;
    }

private:
    void serve() {
        for (;;) {
            const int socket = ::accept(listener_, nullptr, nullptr);
            if (socket < 0) return;
            Connection connection(socket);
            behave_(connection);
            {
                const std::lock_guard lock(mutex_);
                received_ = connection.received();
            }
            ::close(socket);
        }
    }

    std::function<void(Connection&)> behave_;
    int listener_;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::string received_;
    std::vector<std::thread> threads_;
};

}  // namespace pipelines::http
