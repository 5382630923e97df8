// Answers without an end: written as they come, to whoever still listens.
#include <gmock/gmock.h>

#include <deque>

#include "loopback.hpp"

namespace pipelines::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// Sends what is put into it. Used on the loop's thread, but for `alive`.
class Source final : public BodyStream {
public:
    explicit Source(std::atomic<int>& alive) : alive_(alive) { ++alive_; }
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    ~Source() override { --alive_; }

    void listen(std::function<void()> woken) override { woken_ = std::move(woken); }
    std::string next() override {
        if (endless) return std::string(64 * 1024, 'x');
        if (pieces_.empty()) return {};
        std::string piece = std::move(pieces_.front());
        pieces_.pop_front();
        return piece;
    }
    std::string heartbeat() override { return "beat\n"; }

    void put(std::string piece) {
        pieces_.push_back(std::move(piece));
        if (woken_) woken_();
    }
    bool endless = false;

private:
    std::atomic<int>& alive_;
    std::function<void()> woken_;
    std::deque<std::string> pieces_;
};

class Streams : public testing::Test {
protected:
    [[nodiscard]] Handler handler() {
        return [this](const HttpRequest& request, const Reply& reply) {
            HttpResponse response;
            response.content_type = "text/plain";
            auto source = std::make_shared<Source>(alive);
            source->endless = request.path == "/endless";
            last = source;
            response.stream = std::move(source);
            reply(std::move(response));
        };
    }

    std::atomic<int> alive{0};
    std::weak_ptr<Source> last;
};

constexpr std::string_view kListen = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n";

// Head and pieces arrive as they are made; the body has no length and ends with the connection.
TEST_F(Streams, SendPiecesAsTheyCome) {
    Loopback loopback(handler());
    RawClient client(loopback.port());
    client.send(kListen);
    const Response head = client.receive();
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), "");
    EXPECT_EQ(head.header("Connection"), "close");
    for (const std::string piece : {"one\n", "two\n"}) {
        loopback.on_loop([this, piece] { last.lock()->put(piece); });
        EXPECT_EQ(client.receive_bytes(piece.size()), piece);
    }
}

// Silence is no reason to end a stream, and a client that is gone is noticed by what is sent into it.
TEST_F(Streams, BeatWhileTheyAreQuiet) {
    Limits limits;
    limits.quiet_time = 10ms;
    limits.idle_time = limits.head_time = 20ms;
    Loopback loopback(handler(), limits);
    RawClient client(loopback.port());
    client.send(kListen);
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_EQ(client.receive_bytes(15), "beat\nbeat\nbeat\n");
}

// Nothing is kept for a client that left, though nothing was sent since.
TEST_F(Streams, EndWhenTheClientLeaves) {
    Loopback loopback(handler());
    {
        RawClient client(loopback.port());
        client.send(kListen);
        EXPECT_EQ(client.receive().status, 200);
        EXPECT_EQ(alive, 1);
    }
    expect_becomes(alive, 0);
}

// A listener that reads nothing is let go of instead of being written into memory.
TEST_F(Streams, EndWhenTheClientReadsNothing) {
    Limits limits;
    limits.write_time = 50ms;
    Loopback loopback(handler(), limits);
    RawClient client(loopback.port());
    client.send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.receive().status, 200);
    expect_becomes(alive, 0);
}

// A shutdown does not wait for those who only listen.
TEST_F(Streams, EndWhenTheServerStops) {
    Loopback loopback(handler());
    RawClient quiet(loopback.port()), busy(loopback.port());
    quiet.send(kListen);
    busy.send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(quiet.receive().status, 200);
    EXPECT_EQ(busy.receive().status, 200);
    EXPECT_EQ(loopback.stop().wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(quiet.is_closed());
    EXPECT_EQ(alive, 0);
}

// The head of the answer to GET, and no stream behind it.
TEST_F(Streams, HaveNoBodyForHead) {
    Loopback loopback(handler());
    RawClient client(loopback.port());
    client.send("HEAD /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.receive("HEAD").status, 200);
    EXPECT_TRUE(client.is_closed());
}

// The server goes away under a stream: its source is let go of with it.
TEST_F(Streams, MayBeAbandoned) {
    {
        Loopback loopback(handler());
        RawClient client(loopback.port());
        client.send(kListen);
        EXPECT_EQ(client.receive().status, 200);
    }
    EXPECT_EQ(alive, 0);
}

}  // namespace
}  // namespace pipelines::http
