// A container's health check hangs on this: "well" must mean an answered 200 and nothing else, and it must never hang.
#include "app/health.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <thread>

namespace pipelines::app {
namespace {

namespace asio = boost::asio;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
constexpr std::chrono::seconds kPatience{5};

// Answers one request with a fixed text, then closes; keeps what it was asked.
class OneAnswer {
public:
    explicit OneAnswer(std::string answer)
        : answer_(std::move(answer)), thread_([this] {
              auto socket = acceptor_.accept();
              asio::read_until(socket, asio::dynamic_buffer(request_), "\r\n\r\n");
              asio::write(socket, asio::buffer(answer_));
          }) {}
    ~OneAnswer() { join(); }

    [[nodiscard]] Target target() const { return {"127.0.0.1", acceptor_.local_endpoint().port()}; }
    [[nodiscard]] const std::string& request() {
        join();
        return request_;
    }

private:
    void join() {
        if (thread_.joinable()) thread_.join();
    }

    asio::io_context context_;
    asio::ip::tcp::acceptor acceptor_{context_, {asio::ip::address_v4::loopback(), 0}};
    std::string answer_, request_;
    std::thread thread_;
};

// A port that was free a moment ago.
Target nobody() {
    asio::io_context context;
    const asio::ip::tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
    return {"127.0.0.1", acceptor.local_endpoint().port()};
}

TEST(Health, AnAnswered200IsWell) {
    OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const auto port = std::to_string(server.target().port);
    EXPECT_EQ(ask_health({server.target()}, kPatience).value(), "http://127.0.0.1:" + port);
    EXPECT_EQ(server.request(),
              "GET /_local/health HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n");
}

TEST(Health, AnyOtherAnswerIsNot) {
    for (const auto* answer : {"HTTP/1.1 503 Service Unavailable\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n"}) {
        OneAnswer server(answer);
        const auto asked = ask_health({server.target()}, kPatience);
        ASSERT_FALSE(asked) << answer;
        EXPECT_THAT(asked.error().message, HasSubstr("answered HTTP/1.1"));
    }
    OneAnswer silent("");
    EXPECT_FALSE(ask_health({silent.target()}, kPatience));
}

TEST(Health, TheNextAddressIsAskedWhenOneDoesNotAnswer) {
    OneAnswer server("HTTP/1.1 200 OK\r\n\r\n");
    EXPECT_TRUE(ask_health({nobody(), server.target()}, kPatience));
    const auto refused = ask_health({nobody()}, kPatience);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("Connection refused"));
}

TEST(Health, AServerThatSaysNothingIsGivenUp) {
    asio::io_context context;
    const asio::ip::tcp::acceptor mute(context, {asio::ip::address_v4::loopback(), 0});
    const auto asked = ask_health({{"127.0.0.1", mute.local_endpoint().port()}}, std::chrono::milliseconds(20));
    ASSERT_FALSE(asked);
    EXPECT_THAT(asked.error().message, HasSubstr("no answer within 20 ms"));
}

TEST(Health, AWildcardAddressIsAskedOnItsLoopback) {
    Options options;
    options.hosts = {"0.0.0.0", "127.0.0.1", "::", "10.0.0.1"};
    options.port = 9;
    EXPECT_THAT(health_targets(options), ElementsAre(Target{"127.0.0.1", 9}, Target{"::1", 9}, Target{"10.0.0.1", 9}));
}

TEST(Health, UrlsAreReadStrictly) {
    EXPECT_THAT(parse_health_url("http://10.0.0.1:99/").value(), ElementsAre(Target{"10.0.0.1", 99}));
    EXPECT_THAT(parse_health_url("http://[::1]:99").value(), ElementsAre(Target{"::1", 99}));
    EXPECT_THAT(parse_health_url("http://[::1]").value(), ElementsAre(Target{"::1", 80}));
    EXPECT_THAT(parse_health_url("http://localhost:99").value(),
                ElementsAre(Target{"127.0.0.1", 99}, Target{"::1", 99}));
    for (const auto* wrong :
         {"https://127.0.0.1:1", "127.0.0.1:1", "http://", "http://example.com:1", "http://127.0.0.1:0",
          "http://127.0.0.1:x", "http://::1:1", "http://127.0.0.1:1/path", "http://[127.0.0.1]:1",
          "http://127.0.0.1:1?query", "http://127.0.0.1:1/?query", "http://[::1"}) {
        const auto parsed = parse_health_url(wrong);
        ASSERT_FALSE(parsed) << wrong;
        EXPECT_EQ(parsed.error().message,
                  std::string("invalid value '") + wrong +
                      "' for url, from the flag --url: allowed is http://ADDRESS:PORT with an IP address or localhost");
    }
}

}  // namespace
}  // namespace pipelines::app
