#include "pipelines/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <unordered_set>
#include <utility>

#include "http/listen.hpp"
#include "http/session.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::http {

namespace asio = boost::asio;

namespace {

using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
using boost::system::error_code;

constexpr asio::use_awaitable_t<Executor> kAwait{};
constexpr auto kAwaitTuple = asio::as_tuple(kAwait);

constexpr std::chrono::milliseconds kBackOff{100};  // after an error of accept (out of descriptors, mostly)
constexpr std::chrono::milliseconds kFullPause{10};
constexpr std::chrono::seconds kLogEvery{1};

std::size_t connection_limit(const Limits& limits) {
    if (limits.connections != 0) return limits.connections;
    rlimit descriptors{};
    if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0 || descriptors.rlim_cur == RLIM_INFINITY) return 4096;
    return std::max<std::size_t>(8, std::min<std::size_t>(4096, descriptors.rlim_cur / 4 * 3));
}

// Deadlines are met within a quarter of the shortest limit, and looked at once a second at most.
std::chrono::milliseconds sweep_period(const Limits& limits) {
    const auto shortest = std::min({limits.head_time, limits.body_time, limits.idle_time, limits.write_time,
                                    limits.quiet_time, limits.linger_time, limits.stop_time});
    return std::clamp<std::chrono::milliseconds>(shortest / 4, std::chrono::milliseconds{1}, std::chrono::seconds{1});
}

// Everything that goes on. Coroutines hold it, so it outlives the Server until the loop has let go of them.
class Core : public std::enable_shared_from_this<Core> {
public:
    Core(asio::io_context& io, ServerOptions options, Handler handler)
        : io_(io),
          settings_(std::make_shared<SessionSettings>()),
          most_connections_(connection_limit(options.limits)),
          sweep_every_(sweep_period(options.limits)),
          sweeper_(io) {
        settings_->guard = std::move(options.guard);
        settings_->limits = options.limits;
        settings_->handler = std::move(handler);
    }

    void start(std::vector<Acceptor> acceptors) {
        acceptors_ = std::move(acceptors);
        for (Acceptor& acceptor : acceptors_) spawn(accept(shared_from_this(), acceptor));
    }

    void stop(std::function<void()> done) {
        settings_->stopping = true;
        done_ = std::move(done);
        close_acceptors();
        for (const auto& session : snapshot()) session->stop();
        finish_if_empty();
    }

    void abandon() {
        settings_->stopping = true;
        done_ = nullptr;
        close_acceptors();
        sweeper_.cancel();
        for (const auto& session : snapshot()) session->abandon();
    }

private:
    // Coroutines that are held by a shared_ptr parameter: a capture would be gone after the first suspension.
    static asio::awaitable<void, Executor> accept(std::shared_ptr<Core> self, Acceptor& acceptor) {
        Timer pause(self->io_);
        while (!self->settings_->stopping) {
            if (self->sessions_.size() >= self->most_connections_) {
                co_await acceptor.async_wait(Acceptor::wait_read, kAwaitTuple);
                self->end_an_idle_one();
                pause.expires_after(kFullPause);
                co_await pause.async_wait(kAwaitTuple);
                continue;
            }
            Socket socket(self->io_.get_executor());
            const auto [error] = co_await acceptor.async_accept(socket, kAwaitTuple);
            if (self->settings_->stopping) break;
            if (!error) {
                self->begin_session(std::move(socket));
                continue;
            }
            if (error == asio::error::connection_aborted) continue;
            self->log_accept_error(error);
            self->end_an_idle_one();
            pause.expires_after(kBackOff);
            co_await pause.async_wait(kAwaitTuple);
        }
    }

    static asio::awaitable<void, Executor> serve(std::shared_ptr<Core> self, std::shared_ptr<Session> session) {
        const Member member(*self, *session);
        co_await session->run();
    }

    // A session's place in the set, given up however its coroutine ends.
    class Member {
    public:
        Member(Core& core, Session& session) : core_(core), session_(session) { core_.sessions_.insert(&session_); }
        Member(const Member&) = delete;
        Member& operator=(const Member&) = delete;
        ~Member() {
            core_.sessions_.erase(&session_);
            core_.finish_if_empty();
        }

    private:
        Core& core_;
        Session& session_;
    };

    void spawn(asio::awaitable<void, Executor> work) {
        asio::co_spawn(io_.get_executor(), std::move(work), [](const std::exception_ptr& fault) {
            if (!fault) return;
            try {
                std::rethrow_exception(fault);
            } catch (const std::exception& error) {
                log::error("A connection failed: {}", error.what());
            }
        });
    }

    void begin_session(Socket socket) {
        error_code ignored;
        socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        socket.non_blocking(true, ignored);
        auto session = std::make_shared<Session>(std::move(socket), settings_);
        spawn(serve(shared_from_this(), std::move(session)));
        if (!is_sweeping_) sweep();
    }

    // One timer for all connections, and only while there are any.
    void sweep() {
        is_sweeping_ = true;
        sweeper_.expires_after(sweep_every_);
        sweeper_.async_wait([self = shared_from_this()](const error_code& error) {
            self->is_sweeping_ = false;
            if (error) return;
            const auto now = std::chrono::steady_clock::now();
            for (const auto& session : self->snapshot()) session->check_deadline(now);
            if (!self->sessions_.empty()) self->sweep();
        });
    }

    // Room for somebody new: whoever has been idle longest loses a connection it can open again at no loss.
    void end_an_idle_one() {
        Session* longest = nullptr;
        for (Session* session : sessions_) {
            if (session->is_idle() && (longest == nullptr || session->deadline() < longest->deadline()))
                longest = session;
        }
        if (longest != nullptr) longest->check_deadline(SteadyTime::max());
    }

    void log_accept_error(const error_code& error) {
        const auto now = std::chrono::steady_clock::now();
        if (now - logged_at_ < kLogEvery) return;
        logged_at_ = now;
        log::error("Connections cannot be accepted: {} ({} are open)", error.message(), sessions_.size());
    }

    // Sessions leave the set while it is walked through.
    [[nodiscard]] std::vector<std::shared_ptr<Session>> snapshot() const {
        std::vector<std::shared_ptr<Session>> sessions;
        sessions.reserve(sessions_.size());
        for (Session* session : sessions_) sessions.push_back(session->shared_from_this());
        return sessions;
    }

    void close_acceptors() {
        error_code ignored;
        for (Acceptor& acceptor : acceptors_) acceptor.close(ignored);
    }

    void finish_if_empty() {
        if (!settings_->stopping || !sessions_.empty() || !done_) return;
        sweeper_.cancel();
        asio::post(io_, std::exchange(done_, nullptr));
    }

    asio::io_context& io_;
    std::shared_ptr<SessionSettings> settings_;
    std::size_t most_connections_;
    std::chrono::milliseconds sweep_every_;
    Timer sweeper_;
    bool is_sweeping_ = false;
    std::vector<Acceptor> acceptors_;
    std::unordered_set<Session*> sessions_;
    std::function<void()> done_;
    SteadyTime logged_at_{};
};

class ListeningServer final : public Server {
public:
    ListeningServer(asio::io_context& io, ServerOptions options, Handler handler, Listening listening)
        : core_(std::make_shared<Core>(io, std::move(options), std::move(handler))), listening_(std::move(listening)) {}
    ListeningServer(const ListeningServer&) = delete;
    ListeningServer& operator=(const ListeningServer&) = delete;
    ~ListeningServer() override { core_->abandon(); }

    [[nodiscard]] std::uint16_t port() const override { return listening_.port; }
    [[nodiscard]] const std::vector<std::string>& addresses() const override { return listening_.addresses; }
    void start() override { core_->start(std::exchange(listening_.acceptors, {})); }
    void stop(std::function<void()> done) override {
        listening_.acceptors.clear();
        core_->stop(std::move(done));
    }

private:
    std::shared_ptr<Core> core_;
    Listening listening_;  // its acceptors until start()
};

}  // namespace

Result<std::unique_ptr<Server>> Server::listen(asio::io_context& io, ServerOptions options, Handler handler) {
    auto listening = listen_on(io, options.addresses, options.port);
    if (!listening) return listening.error();
    return std::make_unique<ListeningServer>(io, std::move(options), std::move(handler), std::move(*listening));
}

}  // namespace pipelines::http
