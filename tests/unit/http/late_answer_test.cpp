// Answers that take long to come: nothing is kept for a client that left, and a shutdown does not wait for them.
#include <gmock/gmock.h>

#include "loopback.hpp"
#include "pipelines/http/pending_answer.hpp"

namespace pipelines::http {
namespace {

using namespace std::chrono_literals;

// Used on the loop's thread, but for `alive`.
class Promise final : public PendingAnswer {
public:
    explicit Promise(std::atomic<int>& alive) : alive_(alive) { ++alive_; }
    Promise(const Promise&) = delete;
    Promise& operator=(const Promise&) = delete;
    ~Promise() override { --alive_; }

    HttpResponse interrupted() override { return text(503, "stopped"); }

    static HttpResponse text(int status, std::string body) {
        HttpResponse response;
        response.status = status;
        response.content_type = "text/plain";
        response.body = std::move(body);
        return response;
    }

private:
    std::atomic<int>& alive_;
};

class LateAnswers : public testing::Test {
protected:
    [[nodiscard]] Handler handler() {
        return [this](const HttpRequest& request, const Reply& reply) {
            if (request.path != "/late") return reply(Promise::text(200, request.path));
            HttpResponse response;
            auto promise = std::make_shared<Promise>(alive);
            last = promise;
            response.late = std::move(promise);
            reply(std::move(response));
        };
    }

    std::atomic<int> alive{0};
    std::weak_ptr<Promise> last;
};

constexpr std::string_view kLate = "GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::string_view kNext = "GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n";

// The connection then goes on as behind any other answer, several times over.
TEST_F(LateAnswers, AreSentWhenTheyAreThere) {
    Loopback loopback(handler());
    RawClient client(loopback.port());
    for (int time = 0; time < 3; ++time) {
        client.send(kLate);
        expect_becomes(alive, 1);
        loopback.on_loop([this] { last.lock()->give(Promise::text(200, "here")); });
        EXPECT_EQ(client.receive().body, "here");
        EXPECT_EQ(alive, 0);
        client.send(kNext);
        EXPECT_EQ(client.receive().body, "/next");
    }
}

// Its place is another's then.
TEST_F(LateAnswers, AreLetGoOfWhenTheClientLeaves) {
    Limits limits;
    limits.connections = 1;
    Loopback loopback(handler(), limits);
    {
        RawClient client(loopback.port());
        client.send(kLate);
        expect_becomes(alive, 1);
    }
    expect_becomes(alive, 0);
    RawClient next(loopback.port());
    next.send(kNext);
    EXPECT_EQ(next.receive().body, "/next");
}

// Its next request is no reason to think that it left.
TEST_F(LateAnswers, AreKeptForAClientThatHasMoreToAsk) {
    Loopback loopback(handler());
    RawClient client(loopback.port());
    client.send(kLate);
    expect_becomes(alive, 1);
    client.send(kNext);
    loopback.on_loop([] {});
    loopback.on_loop([this] { last.lock()->give(Promise::text(200, "here")); });
    EXPECT_EQ(client.receive().body, "here");
    EXPECT_EQ(client.receive().body, "/next");
}

TEST_F(LateAnswers, AreGivenUpWhenTheServerStops) {
    Loopback loopback(handler());
    RawClient client(loopback.port());
    client.send(kLate);
    expect_becomes(alive, 1);
    EXPECT_EQ(loopback.stop().wait_for(10s), std::future_status::ready);
    const Response answer = client.receive();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.body, "stopped");
    EXPECT_TRUE(client.is_closed());
    EXPECT_EQ(alive, 0);
}

TEST_F(LateAnswers, MayBeAbandoned) {
    {
        Loopback loopback(handler());
        RawClient client(loopback.port());
        client.send(kLate);
        expect_becomes(alive, 1);
    }
    EXPECT_EQ(alive, 0);
}

}  // namespace
}  // namespace pipelines::http
