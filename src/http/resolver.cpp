#include "http/resolver.hpp"

#include <ares.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "pipelines/base/text.hpp"

namespace pipelines::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr int kPatience = 2'000;  // ms for a name server's answer
constexpr int kTries = 2;

std::optional<asio::ip::address> address_of(const sockaddr& name) {
    if (name.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &name, sizeof v4);
        return asio::ip::address_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (name.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &name, sizeof v6);
        asio::ip::address_v6::bytes_type bytes{};
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
        return asio::ip::address_v6(bytes, v6.sin6_scope_id);
    }
    return std::nullopt;
}

// c-ares says which of its sockets it waits for; the loop waits for them and tells it when they are ready.
class Question : public std::enable_shared_from_this<Question> {
public:
    Question(asio::io_context& io, Resolved done) : io_(io), timer_(io), done_(std::move(done)) {}
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;
    ~Question() {
        done_ = nullptr;
        release();
        if (channel_ != nullptr) ares_destroy(channel_);
    }

    void ask(const std::string& host) {
        host_ = host;
        std::array<char, 3> lookups{"fb"};  // files, then name servers
        ares_options options{};
        options.timeout = kPatience;
        options.tries = kTries;
        options.lookups = lookups.data();
        options.sock_state_cb = [](void* self, ares_socket_t socket, int readable, int writable) {
            static_cast<Question*>(self)->watch(socket, {readable != 0, writable != 0});
        };
        options.sock_state_cb_data = this;
        const int status = ares_init_options(
            &channel_, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB);
        if (status != ARES_SUCCESS) {
            channel_ = nullptr;
            answer_ = failure(status);
            return finish_if_answered();
        }
        ares_addrinfo_hints hints{};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        ares_getaddrinfo(
            channel_, host.c_str(), nullptr, &hints,
            [](void* self, int code, int, ares_addrinfo* found) {
                static_cast<Question*>(self)->answered(code, found);
                ares_freeaddrinfo(found);
            },
            this);
        go_on();
    }

private:
    struct Wanted {
        bool readable = false, writable = false;
    };
    struct Watched {
        explicit Watched(asio::io_context& io) : descriptor(io) {}
        asio::posix::stream_descriptor descriptor;
        Wanted wanted;
        Wanted waiting;
    };

    [[nodiscard]] Error failure(int status) const {
        return {ErrorKind::Internal,
                fmt::format("the host name '{}' cannot be resolved: {}", host_, ares_strerror(status))};
    }

    void answered(int status, const ares_addrinfo* found) {
        if (!done_) return;  // ares_destroy() tells every question that it ends
        std::vector<asio::ip::address> addresses;
        if (found != nullptr)
            for (const ares_addrinfo_node* node = found->nodes; node != nullptr; node = node->ai_next)
                if (const auto address = address_of(*node->ai_addr)) addresses.push_back(*address);
        if (addresses.empty()) {
            answer_ = failure(status == ARES_SUCCESS ? ARES_ENODATA : status);
        } else {
            answer_ = std::move(addresses);
        }
    }

    void watch(ares_socket_t socket, Wanted wanted) {
        if (!wanted.readable && !wanted.writable) {
            const auto closed = sockets_.extract(socket);  // c-ares closes it
            if (!closed.empty()) (void)closed.mapped()->descriptor.release();
            return;
        }
        auto& watched = sockets_[socket];
        if (!watched) {
            watched = std::make_shared<Watched>(io_);
            error_code fault;
            watched->descriptor.assign(socket, fault);  // nothing may be thrown through c-ares
            if (fault) answer_ = failure(ARES_ENOMEM);
        }
        watched->wanted = wanted;
    }

    // Never from inside a call of c-ares: it may close and open sockets while it runs.
    void go_on() {
        if (answer_) return finish_if_answered();
        for (const auto& [socket, watched] : sockets_) {
            if (watched->wanted.readable && !std::exchange(watched->waiting.readable, true))
                watched->descriptor.async_wait(asio::posix::stream_descriptor::wait_read,
                                               [self = shared_from_this(), watched, socket](const error_code& fault) {
                                                   watched->waiting.readable = false;
                                                   if (!fault) self->process(socket, ARES_SOCKET_BAD);
                                               });
            if (watched->wanted.writable && !std::exchange(watched->waiting.writable, true))
                watched->descriptor.async_wait(asio::posix::stream_descriptor::wait_write,
                                               [self = shared_from_this(), watched, socket](const error_code& fault) {
                                                   watched->waiting.writable = false;
                                                   if (!fault) self->process(ARES_SOCKET_BAD, socket);
                                               });
        }
        timeval left{};
        if (ares_timeout(channel_, nullptr, &left) == nullptr) return;
        timer_.expires_after(std::chrono::seconds(left.tv_sec) + std::chrono::microseconds(left.tv_usec) +
                             std::chrono::milliseconds(1));
        timer_.async_wait([self = shared_from_this()](const error_code& cancelled) {
            if (!cancelled) self->process(ARES_SOCKET_BAD, ARES_SOCKET_BAD);
        });
    }

    void process(ares_socket_t readable, ares_socket_t writable) {
        if (!done_) return;
        ares_process_fd(channel_, readable, writable);
        go_on();
    }

    void finish_if_answered() {
        timer_.cancel();
        release();
        asio::post(io_, [done = std::exchange(done_, nullptr), answer = *std::move(answer_)] { done(answer); });
    }

    // The sockets are c-ares's to close.
    void release() {
        for (const auto& [socket, watched] : sockets_) (void)watched->descriptor.release();
        sockets_.clear();
    }

    asio::io_context& io_;
    asio::steady_timer timer_;
    Resolved done_;
    std::string host_;
    ares_channel channel_ = nullptr;
    std::map<ares_socket_t, std::shared_ptr<Watched>> sockets_;
    std::optional<Result<std::vector<asio::ip::address>>> answer_;
};

}  // namespace

void resolve(asio::io_context& io, const std::string& host, Resolved done) {
    std::make_shared<Question>(io, std::move(done))->ask(host);
}

std::vector<asio::ip::address> known_addresses(const std::string& host) {
    if (equal_ignoring_case(host, "localhost"))
        return {asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()};
    error_code fault;
    const auto address = asio::ip::make_address(host, fault);
    if (fault) return {};
    return {address};
}

}  // namespace pipelines::http
