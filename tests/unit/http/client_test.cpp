// The client against a server that behaves as each test says: nothing that another server does may hurt more than the
// one call, and every failure says which endpoint it was.
#include "pipelines/http/client.hpp"

#include <gmock/gmock.h>

#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <optional>

#include "support/fake_peer.hpp"

namespace pipelines::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

// A client with its loop; ask() runs the loop until the answer is there.
class ClientTest : public testing::Test {
protected:
    [[nodiscard]] static ClientCall to(const Endpoint& endpoint) {
        ClientCall call;
        call.endpoint = endpoint;
        call.patience = 10s;
        call.most_bytes = 1024;
        return call;
    }
    [[nodiscard]] static ClientCall to(const FakePeer& peer) { return to(Endpoint{"127.0.0.1", peer.port(), ""}); }

    [[nodiscard]] ClientOutcome ask(ClientCall call) {
        std::optional<ClientOutcome> outcome;
        client_.send([&call] { return std::optional{std::move(call)}; },
                     [&outcome](ClientOutcome found) { outcome = std::move(found); });
        EXPECT_FALSE(outcome) << "answered inside send()";
        io_.restart();
        while (!outcome && io_.run_one() > 0) {
        }
        return outcome.value();
    }

    boost::asio::io_context io_{1};
    Client client_{io_};
};

TEST_F(ClientTest, SendsTheRequestAndReadsTheAnswer) {
    FakePeer peer([](Connection& connection) {
        connection.receive_request();
        connection.send("HTTP/1.1 201 Created\r\nX-Kind: a\r\nContent-Length: 5\r\n\r\nhello");
    });
    auto call = to(peer);
    call.endpoint.path = "/gateway";
    call.method = "POST";
    call.target = "/a%20b?x=1";
    call.headers = {{"X-Amz-Date", "20261125T000000Z"}};
    call.body = "question";
    const auto outcome = ask(call);
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->status, 201);
    EXPECT_EQ(outcome->header("x-kind"), "a");
    EXPECT_EQ(outcome->body, "hello");
    EXPECT_EQ(peer.received(), "POST /gateway/a%20b?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(peer.port()) +
                                   "\r\nX-Amz-Date: 20261125T000000Z\r\nContent-Length: 8\r\nAccept-Encoding: "
                                   "identity\r\nConnection: close\r\n\r\n"
                                   "question");
}

TEST_F(ClientTest, ResolvesLocalhostByItself) {
    FakePeer peer([](Connection& connection) {
        connection.receive_request();
        connection.send("HTTP/1.1 204 No Content\r\n\r\n");
    });
    const auto outcome = ask(to(Endpoint{"localhost", peer.port(), ""}));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->status, 204);
}

struct Framing {
    const char* name;
    const char* answer;
    const char* body;
};

class ClientFraming : public ClientTest, public testing::WithParamInterface<Framing> {};

TEST_P(ClientFraming, IsReadWhereverTheBytesAreCut) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
        FakePeer peer([&piece](Connection& connection) {
            connection.receive_request();
            const std::string_view text = GetParam().answer;
            for (std::size_t at = 0; at < text.size(); at += piece) connection.send(text.substr(at, piece));
        });
        const auto outcome = ask(to(peer));
        ASSERT_TRUE(outcome) << outcome.error().message;
        EXPECT_EQ(outcome->status, 200);
        EXPECT_EQ(outcome->body, GetParam().body);
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, ClientFraming,
    testing::Values(Framing{"Length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc"},
                    Framing{"Chunked",
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\nT: "
                            "v\r\n\r\n",
                            "abc"},
                    Framing{"UntilClosed", "HTTP/1.0 200 OK\r\n\r\nabc", "abc"},
                    Framing{"BehindContinue",
                            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc"},
                    Framing{"Empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""}),
    [](const auto& one) { return one.param.name; });

struct Broken {
    const char* name;
    std::string answer;
    const char* message;
};

class ClientNonsense : public ClientTest, public testing::WithParamInterface<Broken> {};

TEST_P(ClientNonsense, IsAFaultThatNamesTheEndpoint) {
    FakePeer peer([](Connection& connection) {
        connection.receive_request();
        connection.send(GetParam().answer);
    });
    const auto outcome = ask(to(peer));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ClientFault::Kind::Nonsense);
    EXPECT_THAT(outcome.error().message, StartsWith("http://127.0.0.1:" + std::to_string(peer.port()) + " answered "));
    EXPECT_THAT(outcome.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    All, ClientNonsense,
    testing::Values(
        Broken{"Nothing", "", "with nothing"}, Broken{"Garbage", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "not HTTP/1.1"},
        Broken{"HalfAHead", "HTTP/1.1 200 OK\r\nContent-", "in part only"},
        Broken{"HalfABody", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "in part only"},
        Broken{"HalfAChunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "in part"},
        Broken{"Compressed", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
               "a body in gzip, which was not asked for"},
        Broken{"NoLength", "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc", "not HTTP/1.1"},
        Broken{"TwoLengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", "not HTTP/1.1"},
        Broken{"LargeByLength", "HTTP/1.1 200 OK\r\nContent-Length: 1025\r\n\r\n", "more than 1024 bytes"},
        Broken{"LargeUntilClosed", "HTTP/1.1 200 OK\r\n\r\n" + std::string(2000, 'x'), "more than 1024"},
        Broken{"LargeHead", "HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n", "head of more"},
        // What Beast does not count: extensions without end.
        Broken{"EndlessExtension",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(200'000, 'x'),
               "more than 1024"}),
    [](const auto& one) { return one.param.name; });

TEST_F(ClientTest, SaysThatNobodyListens) {
    std::uint16_t closed = 0;
    {
        const FakePeer peer([](Connection&) {});
        closed = peer.port();
    }
    const auto outcome = ask(to(Endpoint{"127.0.0.1", closed, ""}));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ClientFault::Kind::Unreachable);
    EXPECT_THAT(outcome.error().message, HasSubstr("cannot be reached: Connection refused"));
}

TEST_F(ClientTest, SaysThatAHostNameIsUnknown) {
    // RFC 6761: never exists. Where no name server is reachable the reason is another one, and the kind the same.
    auto call = to(Endpoint{"no-such-host.invalid", 80, ""});
    call.patience = 30s;
    const auto outcome = ask(call);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ClientFault::Kind::Unreachable);
    EXPECT_THAT(outcome.error().message, HasSubstr("the host name 'no-such-host.invalid' cannot be resolved"));
}

TEST_F(ClientTest, LosesPatience) {
    FakePeer peer([](Connection& connection) {
        connection.receive_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na");
        connection.wait_for_close();
    });
    auto call = to(peer);
    call.patience = 50ms;
    const auto outcome = ask(call);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ClientFault::Kind::TimedOut);
    EXPECT_THAT(outcome.error().message, HasSubstr("did not answer within 0.05 s"));
}

TEST_F(ClientTest, TellsWhenTheRequestIsOnItsWay) {
    FakePeer peer([](Connection& connection) {
        connection.receive_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    int sent = 0;
    auto call = to(peer);
    call.sent = [&sent] { ++sent; };
    ASSERT_TRUE(ask(call));
    EXPECT_EQ(sent, 1);
}

// A file for each of ten thousand steps must not become as many connections. The peer answers nobody until three calls
// are on their way, so that a fourth would have been made by then.
TEST_F(ClientTest, HasSoManyCallsAtOnceAndNoMore) {
    std::atomic<bool> hang = true;
    FakePeer peer([&hang](Connection& connection) {
        connection.receive_request();
        hang.wait(true);
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    Client client{io_, {.calls = 3}};
    int made = 0, sent = 0, answered = 0;
    for (int i = 0; i < 40; ++i)
        client.send(
            [&] {
                EXPECT_LE(++made - answered, 3);
                auto call = to(peer);
                call.sent = [&sent] { ++sent; };
                return std::optional{std::move(call)};
            },
            [&answered](const ClientOutcome& outcome) {
                EXPECT_TRUE(outcome);
                ++answered;
            });
    while (sent < 3 && io_.run_one() > 0) {
    }
    io_.poll();
    EXPECT_EQ(made, 3);
    hang = false;
    hang.notify_all();
    io_.run();
    EXPECT_EQ(made, 40);
    EXPECT_EQ(answered, 40);
}

// One call that hangs, in a client that has one at a time.
class ClientQueue : public ClientTest {
protected:
    void SetUp() override {
        auto call = to(peer);
        call.sent = [this] { is_sent = true; };
        client.send([call] { return std::optional{call}; }, [this](const ClientOutcome&) { ++answered; });
        while (!is_sent && io_.run_one() > 0) {
        }
    }
    // Lets it be answered, and all that follow.
    void run() {
        hang = false;
        hang.notify_all();
        io_.run();
    }

    std::atomic<bool> hang = true;
    FakePeer peer{[this](Connection& connection) {
        connection.receive_request();
        hang.wait(true);
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }};
    Client client{io_, {.calls = 1}};
    bool is_sent = false;
    int answered = 0;
};

TEST_F(ClientQueue, MakesACallWhenItsTurnHasComeAndNotBefore) {
    int made = 0;
    client.send(
        [this, &made] {
            ++made;
            return std::optional{to(peer)};
        },
        [this](const ClientOutcome&) { ++answered; });
    io_.poll();
    EXPECT_EQ(made, 0);
    run();
    EXPECT_EQ(made, 1);
    EXPECT_EQ(answered, 2);
}

TEST_F(ClientQueue, DoesNotMakeWhatIsTakenBackOrNoLongerWanted) {
    const auto nobody = [](const ClientOutcome&) { FAIL() << "answered to nobody"; };
    const CallId taken_back =
        client.send([]() -> std::optional<ClientCall> { throw std::logic_error("made"); }, nobody);
    client.send([] { return std::optional<ClientCall>{}; }, nobody);
    client.send([this] { return std::optional{to(peer)}; }, [this](const ClientOutcome&) { ++answered; });
    EXPECT_TRUE(client.withdraw(taken_back));
    EXPECT_FALSE(client.withdraw(taken_back));
    run();
    EXPECT_EQ(answered, 2);
}

TEST_F(ClientQueue, BeginsNothingOnceItIsClosed) {
    const auto make = []() -> std::optional<ClientCall> { throw std::logic_error("made"); };
    const auto nobody = [](const ClientOutcome&) { FAIL() << "answered to nobody"; };
    client.send(make, nobody);
    client.close();
    client.send(make, nobody);
    run();
    EXPECT_EQ(answered, 1);  // what was going on
}

TEST_F(ClientTest, FailsACallThatCannotBeMade) {
    std::optional<ClientOutcome> outcome;
    client_.send([]() -> std::optional<ClientCall> { throw std::runtime_error("disk I/O error"); },
                 [&outcome](ClientOutcome found) { outcome = std::move(found); });
    io_.run();
    ASSERT_TRUE(outcome && !*outcome);
    EXPECT_THAT(outcome->error().message, HasSubstr("disk I/O error"));
}

TEST_F(ClientTest, EndsInTheMiddleOfACall) {
    FakePeer peer([](Connection& connection) {
        connection.receive_request();
        connection.wait_for_close();
    });
    {
        Client client{io_};
        bool sent = false;
        auto call = to(peer);
        call.sent = [&sent] { sent = true; };
        client.send([&call] { return std::optional{call}; },
                    [](const ClientOutcome&) { FAIL() << "answered to nobody"; });
        while (!sent && io_.run_one() > 0) {
        }
    }
    io_.run();  // nothing is left to wait for
}

struct Url {
    const char* text;
    Endpoint endpoint;
};

TEST(Endpoint, IsReadFromItsUrl) {
    const std::vector<Url> cases = {
        {"http://moto:5000", {"moto", 5000, ""}},
        {"http://127.0.0.1", {"127.0.0.1", 80, ""}},
        {"HTTP://localhost:1/", {"localhost", 1, ""}},
        {"http://[::1]:9000", {"::1", 9000, ""}},
        {"http://host.docker.internal:4566/a/b/", {"host.docker.internal", 4566, "/a/b"}},
    };
    for (const auto& [text, endpoint] : cases) {
        const auto found = parse_endpoint(text);
        ASSERT_TRUE(found) << text << ": " << found.error().message;
        EXPECT_EQ(*found, endpoint) << text;
        EXPECT_EQ(parse_endpoint(found->url()).value(), endpoint) << text;
    }
}

TEST(Endpoint, IsRefusedWithTheReason) {
    const std::vector<std::pair<const char*, const char*>> cases = {
        {"https://moto:5000", "no TLS"}, {"moto:5000", "http://"},      {"", "http://"},
        {"http://", "host name"},        {"http://a b", "host name"},   {"http://user@moto", "host name"},
        {"http://moto:0", "port"},       {"http://moto:65536", "port"}, {"http://moto:x", "port"},
        {"http://moto/a?b=c", "query"},  {"http://moto#f", "fragment"}, {"http://[moto]:1", "IPv6"},
    };
    for (const auto& [text, reason] : cases) {
        const auto found = parse_endpoint(text);
        ASSERT_FALSE(found) << text;
        EXPECT_THAT(found.error().message, HasSubstr(reason)) << text;
    }
}

}  // namespace
}  // namespace pipelines::http
