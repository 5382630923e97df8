// Connections that are slow, idle or too many, a server that stops, and where it listens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <vector>

#include "loopback.hpp"

namespace pipelines::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

TEST(Connections, EndsWhatIsTooSlow) {
    Limits limits;
    limits.head_time = limits.body_time = limits.linger_time = milliseconds{30};
    Loopback loopback(echo, limits);
    RawClient slow_head(loopback.port());
    slow_head.send("GET / HTTP/1.1\r\n");
    EXPECT_EQ(slow_head.receive().status, 408);
    EXPECT_TRUE(slow_head.is_closed());
    RawClient slow_body(loopback.port());
    slow_body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
    EXPECT_EQ(slow_body.receive().status, 408);
    EXPECT_TRUE(slow_body.is_closed());
}

TEST(Connections, EndsIdleConnectionsWithoutAWord) {
    Limits limits;
    limits.idle_time = milliseconds{30};
    Loopback loopback(echo, limits);
    RawClient silent(loopback.port());
    EXPECT_TRUE(silent.is_closed());
    RawClient used(loopback.port());
    used.send(post("/", ""));
    EXPECT_EQ(used.receive().status, 200);
    EXPECT_TRUE(used.is_closed());
}

TEST(Connections, EndsClientsThatDoNotRead) {
    Limits limits;
    limits.write_time = milliseconds{30};
    limits.stop_time = std::chrono::seconds{60};
    Loopback loopback(
        [](const HttpRequest&, const Reply& reply) {
            HttpResponse response;
            response.body.assign(64'000'000, 'x');
            reply(std::move(response));
        },
        limits);
    RawClient client(loopback.port());
    client.send(post("/", ""));
    // The server gives up on its own: nothing of this client is left, or it could not stop without waiting for it.
    EXPECT_EQ(loopback.stop().wait_for(std::chrono::seconds{5}), std::future_status::ready);
}

TEST(Connections, GivesTheLongestIdleConnectionUpForANewOne) {
    Limits limits;
    limits.connections = 2;
    Loopback loopback(echo, limits);
    RawClient first(loopback.port());
    first.send(post("/", "1"));
    EXPECT_EQ(first.receive().status, 200);
    RawClient second(loopback.port());
    second.send(post("/", "2"));
    EXPECT_EQ(second.receive().status, 200);
    RawClient third(loopback.port());
    third.send(post("/", "3"));
    EXPECT_EQ(third.receive().body, "POST /? 3");
    EXPECT_TRUE(first.is_closed());
    second.send(post("/", "4"));
    EXPECT_EQ(second.receive().body, "POST /? 4");
}

TEST(Connections, StopsWhenWhatIsInFlightIsAnswered) {
    Keeper keeper;
    Loopback loopback([&keeper](HttpRequest request, Reply reply) {
        if (request.path != "/held") return echo(std::move(request), reply);
        keeper(request, std::move(reply));
    });
    RawClient idle(loopback.port());
    idle.send(post("/", ""));
    EXPECT_EQ(idle.receive().status, 200);
    RawClient in_flight(loopback.port());
    in_flight.send(post("/held", "") + post("/", "never answered"));
    keeper.asked.acquire();

    std::future<void> stopped = loopback.stop();
    EXPECT_TRUE(idle.is_closed());
    EXPECT_THROW(RawClient{loopback.port()}, std::runtime_error) << "accepts no more";
    EXPECT_EQ(stopped.wait_for(milliseconds{0}), std::future_status::timeout) << "one request is not answered";
    loopback.on_loop([&keeper] { keeper.replies.front()({}); });
    const Response last = in_flight.receive();
    EXPECT_EQ(last.status, 200);
    EXPECT_EQ(last.header("Connection"), "close");
    EXPECT_TRUE(in_flight.is_closed());
    EXPECT_EQ(stopped.wait_for(std::chrono::seconds{5}), std::future_status::ready);
}

TEST(Connections, StopsInSpiteOfHalfARequest) {
    Limits limits;
    limits.stop_time = milliseconds{20};
    limits.linger_time = milliseconds{20};
    Loopback loopback(echo, limits);
    RawClient half(loopback.port());
    half.send(post("/", "") + "GET / HT");
    EXPECT_EQ(half.receive().status, 200);
    EXPECT_EQ(loopback.stop().wait_for(std::chrono::seconds{5}), std::future_status::ready);
}

// Who goes on to the next part of a request is not given the time that a server which stays would give.
TEST(Connections, StopsInSpiteOfABodyThatBeginsMeanwhile) {
    Limits limits;
    limits.stop_time = milliseconds{200};
    limits.linger_time = milliseconds{20};
    Loopback loopback(echo, limits);
    RawClient half(loopback.port());
    half.send(post("/", "") + "POST / HTTP/1.1\r\nHost: a\r\n");
    EXPECT_EQ(half.receive().status, 200);
    auto stopped = loopback.stop();
    half.send("Content-Length: 2\r\n\r\nx");
    EXPECT_EQ(half.receive().status, 408);
    EXPECT_EQ(stopped.wait_for(std::chrono::seconds{5}), std::future_status::ready);
}

// Out of file descriptors, an accept loop without a pause spins and fills the log; and somebody who is idle makes room.
TEST(Connections, OutlivesALackOfDescriptors) {
    Loopback loopback(echo);
    RawClient idle(loopback.port());
    idle.send(post("/", ""));
    EXPECT_EQ(idle.receive().status, 200);
    rlimit limit{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    rlimit few = limit;
    few.rlim_cur = 64;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    std::vector<int> taken;
    for (int copy = ::dup(STDERR_FILENO); copy >= 0; copy = ::dup(STDERR_FILENO)) taken.push_back(copy);
    ASSERT_FALSE(taken.empty());
    ::close(taken.back());  // for the client's side; the server's finds none
    taken.pop_back();
    RawClient newcomer(loopback.port());
    EXPECT_TRUE(idle.is_closed());
    newcomer.send(post("/", "x"));
    EXPECT_EQ(newcomer.receive().body, "POST /? x");
    for (const int copy : taken) ::close(copy);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

class Listen : public testing::Test {
protected:
    Result<std::unique_ptr<Server>> listen(std::vector<std::string> addresses, std::uint16_t port) {
        ServerOptions options;
        options.addresses = std::move(addresses);
        options.port = port;
        return Server::listen(io_, std::move(options), echo);
    }
    boost::asio::io_context io_{1};
};

TEST_F(Listen, ATakenPortIsNamedWithTheWayOut) {
    const auto first = listen({"127.0.0.1"}, 0);
    ASSERT_TRUE(first);
    const std::uint16_t port = (*first)->port();
    const auto second = listen({"127.0.0.1"}, port);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
    EXPECT_THAT(second.error().message, HasSubstr("127.0.0.1:" + std::to_string(port)));
    EXPECT_THAT(second.error().message, HasSubstr("process " + std::to_string(::getpid()) + " "));
    EXPECT_THAT(second.error().message, HasSubstr("--port 0"));
}

TEST_F(Listen, OnSeveralAddressesThePortIsTheSame) {
    const auto both = listen({"127.0.0.1", "127.0.0.2"}, 0);
    ASSERT_TRUE(both);
    EXPECT_FALSE(listen({"127.0.0.2"}, (*both)->port())) << "taken there too";
}

// Else the second would find the port taken, by this very process.
TEST_F(Listen, AnAddressGivenTwiceOrCoveredIsListenedOnOnce) {
    EXPECT_TRUE(listen({"127.0.0.1", "localhost", "127.0.0.1"}, 0));
    EXPECT_TRUE(listen({"127.0.0.1", "0.0.0.0"}, 0));
    EXPECT_TRUE(listen({"0.0.0.0", "127.0.0.1", "::", "::1"}, 0));
}

TEST_F(Listen, AddressesAreCheckedAndMissingIPv6IsSkipped) {
    const auto wrong = listen({"localhost.test"}, 0);
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message, HasSubstr("'localhost.test'"));
    EXPECT_FALSE(listen({}, 0));
    EXPECT_FALSE(listen({"192.0.2.1"}, 0)) << "not an address of this machine";
    EXPECT_FALSE(listen({"2001:db8::1"}, 0)) << "skipped, but then nothing is left";
    EXPECT_TRUE(listen({"127.0.0.1", "2001:db8::1"}, 0));
    EXPECT_TRUE(listen({"localhost"}, 0));
}

TEST_F(Listen, MayBeDestroyedUnstarted) {
    auto server = listen({"127.0.0.1"}, 0);
    ASSERT_TRUE(server);
    bool is_done = false;
    (*server)->stop([&is_done] { is_done = true; });
    io_.run();
    EXPECT_TRUE(is_done);
}

}  // namespace
}  // namespace pipelines::http
