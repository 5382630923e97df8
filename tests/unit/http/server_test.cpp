// The transport as clients meet it: over the loopback, byte by byte where that matters.
#include "pipelines/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "loopback.hpp"

namespace pipelines::http {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

TEST(Server, AnswersWithAllItsHeaders) {
    Loopback loopback(echo);
    RawClient client(loopback.port());
    client.send(post("/a?b=c", "hello"));
    const Response response = client.receive();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "POST /a?b=c hello");
    EXPECT_THAT(response.head, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(response.header("Content-Type"), "text/plain");
    EXPECT_THAT(response.header("Date"),
                MatchesRegex("[A-Z][a-z][a-z], [0-9][0-9] [A-Z][a-z][a-z] [0-9]+ [0-9:]+ GMT"));
    EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response.header("Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_EQ(response.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(response.header("x-amzn-RequestId").size(), 36U);
    EXPECT_EQ(response.header("Connection"), "");
    EXPECT_EQ(response.header("Server"), "");
    EXPECT_EQ(response.header("Access-Control-Allow-Origin"), "");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    Loopback loopback(echo);
    RawClient client(loopback.port());
    std::string requests;
    for (int count = 0; count < 100; ++count)
        requests += post("/" + std::to_string(count), std::string(static_cast<std::size_t>(count), 'x'));
    client.send(requests);
    for (int count = 0; count < 100; ++count) {
        const std::string body(static_cast<std::size_t>(count), 'x');
        ASSERT_EQ(client.receive().body, "POST /" + std::to_string(count) + "? " + body);
    }
}

TEST(Server, DoesNotCareWhereTheBytesAreCut) {
    Loopback loopback(echo);
    const std::string bytes = post("/one", "first", "Expect: 100-continue\r\n") +
                              "POST /two HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "3;x=y\r\nabc\r\n3\r\ndef\r\n0\r\nHost: evil\r\n\r\n";
    RawClient whole(loopback.port());
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        whole.send(bytes.substr(0, cut));
        whole.send(bytes.substr(cut));
        Response first = whole.receive();
        if (first.status == 100) first = whole.receive();
        ASSERT_EQ(first.body, "POST /one? first") << cut;
        ASSERT_EQ(whole.receive().body, "POST /two? abcdef") << cut;
    }
    RawClient drop_by_drop(loopback.port());
    for (const char byte : bytes) drop_by_drop.send({&byte, 1});
    Response first = drop_by_drop.receive();
    if (first.status == 100) first = drop_by_drop.receive();
    EXPECT_EQ(first.body, "POST /one? first");
    EXPECT_EQ(drop_by_drop.receive().body, "POST /two? abcdef");
}

TEST(Server, KeepsTrailersOutOfTheHeaders) {
    Loopback loopback([](const HttpRequest& request, const Reply& reply) {
        HttpResponse response;
        for (const auto& [name, value] : request.headers) response.body += name + "=" + value + ";";
        reply(std::move(response));
    });
    RawClient client(loopback.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: x\r\n\r\n");
    EXPECT_EQ(client.receive().body, "Host=a;Transfer-Encoding=chunked;");
}

TEST(Server, SaysContinueBeforeTheBodyAndNotToTheRefused) {
    Loopback loopback(echo);
    RawClient client(loopback.port());
    client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.receive().status, 100);
    client.send("ok");
    EXPECT_EQ(client.receive().body, "PUT /? ok");

    client.send("PUT / HTTP/1.1\r\nHost: evil.test\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    const Response refused = client.receive();
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.header("Connection"), "close");
    EXPECT_THAT(refused.body, HasSubstr("--allowed-hosts=evil.test"));
    EXPECT_EQ(refused.header("Content-Type"), "application/json");
    EXPECT_EQ(refused.header("x-amzn-RequestId").size(), 36U);
    EXPECT_TRUE(client.is_closed());
}

TEST(Server, RefusesAndCloses) {
    Loopback loopback(echo);
    struct Case {
        std::string bytes;
        int status;
    };
    for (const Case& each : std::vector<Case>{
             {"GET / HTTP/1.1\r\n\r\n", 400},
             {"GET / HTTP/1.1\nHost: a\n\n", 400},
             {"\x16\x03\x01", 400},
             {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
             {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n", 400},
             {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 13631489\r\n\r\n", 413},
             {"GET / HTTP/1.1\r\nHost: a\r\nOrigin: null\r\n\r\n", 403},
             {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n", 431},
             {"GET /" + std::string(100'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431},
             {std::string(100'000, 'A') + " / HTTP/1.1\r\nHost: a\r\n\r\n", 431},
             {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=" + std::string(65'536, 'a') +
                  "\r\n",
              431},
         }) {
        RawClient client(loopback.port());
        client.send(each.bytes);
        const Response response = client.receive();
        EXPECT_EQ(response.status, each.status) << each.bytes.substr(0, 80);
        EXPECT_EQ(response.header("Connection"), "close");
        EXPECT_TRUE(client.is_closed()) << each.bytes.substr(0, 80);
    }
}

TEST(Server, TakesABodyOfTheWholeLimitAndNotOneByteMore) {
    Loopback loopback([](const HttpRequest& request, const Reply& reply) {
        HttpResponse response;
        response.body = std::to_string(request.body.size());
        reply(std::move(response));
    });
    const std::size_t most = Limits{}.body_bytes;
    const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string chunk = "80000\r\n" + std::string(0x80000, 'x') + "\r\n";
    RawClient client(loopback.port());
    client.send(post("/", std::string(most, 'x')));
    EXPECT_EQ(client.receive().body, std::to_string(most));

    client.send(chunked);
    for (std::size_t sent = 0; sent < most; sent += 0x80000) client.send(chunk);
    client.send("0\r\n\r\n");
    EXPECT_EQ(client.receive().body, std::to_string(most));

    client.send(chunked);
    for (std::size_t sent = 0; sent < most; sent += 0x80000) client.send(chunk);
    client.send("1\r\nx\r\n0\r\n\r\n");
    EXPECT_EQ(client.receive().status, 413);

    // The answer is seen although the client goes on sending all of it first.
    RawClient stubborn(loopback.port());
    stubborn.send(post("/", std::string(most + 1, 'x')));
    EXPECT_EQ(stubborn.receive().status, 413);
}

TEST(Server, TakesAHeadOfTheWholeLimitAndNotOneByteMore) {
    Loopback loopback(echo);
    const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    const std::size_t room = Limits{}.head_bytes - start.size() - 4;
    RawClient client(loopback.port());
    client.send(start + std::string(room, 'x') + "\r\n\r\n");
    EXPECT_EQ(client.receive().status, 200);
    client.send(start + std::string(room + 1, 'x') + "\r\n\r\n");
    EXPECT_EQ(client.receive().status, 431);
}

TEST(Server, SendsLargeAnswersWhole) {
    const std::string large(5'000'000, 'y');
    Loopback loopback([&large](const HttpRequest&, const Reply& reply) {
        HttpResponse response;
        response.body = large;
        reply(std::move(response));
    });
    RawClient client(loopback.port());
    for (int count = 0; count < 2; ++count) {
        client.send(post("/", ""));
        EXPECT_EQ(client.receive().body, large);
    }
}

TEST(Server, AnswersHeadWithoutABody) {
    Loopback loopback(echo);
    RawClient client(loopback.port());
    client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive("HEAD").header("Content-Length"), std::to_string(std::string("HEAD /x? ").size()));
    client.send(post("/", "next"));
    EXPECT_EQ(client.receive().body, "POST /? next");
}

TEST(Server, EndsConnectionsAsAsked) {
    Loopback loopback(echo);
    RawClient closes(loopback.port());
    closes.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(closes.receive().header("Connection"), "close");
    EXPECT_TRUE(closes.is_closed());
    RawClient old(loopback.port());
    old.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(old.receive().header("Connection"), "keep-alive");
    old.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    EXPECT_EQ(old.receive().header("Connection"), "close");
    EXPECT_TRUE(old.is_closed());
}

TEST(Server, AnswersPreflightsOfListedOriginsOnly) {
    Loopback loopback(echo, {}, {{}, {"http://localhost:3000"}});
    RawClient client(loopback.port());
    client.send("OPTIONS /x HTTP/1.1\r\nHost: a\r\n\r\n");
    const Response plain = client.receive();
    EXPECT_EQ(plain.status, 204);
    EXPECT_EQ(plain.header("Content-Length"), "");
    EXPECT_THAT(plain.head, Not(HasSubstr("Access-Control")));

    const std::string origin = "Origin: http://localhost:3000\r\n";
    client.send(
        "OPTIONS /x HTTP/1.1\r\nHost: a\r\n" + origin +
        "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type,x-amz-target\r\n\r\n");
    const Response preflight = client.receive();
    EXPECT_EQ(preflight.status, 204);
    EXPECT_EQ(preflight.header("Access-Control-Allow-Origin"), "http://localhost:3000");
    EXPECT_EQ(preflight.header("Access-Control-Allow-Headers"), "content-type,x-amz-target");
    EXPECT_EQ(preflight.header("Vary"), "Origin");

    client.send(post("/", "", origin));
    EXPECT_EQ(client.receive().header("Access-Control-Allow-Origin"), "http://localhost:3000");
    client.send("OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: http://localhost:3001\r\n\r\n");
    EXPECT_EQ(client.receive().status, 403);
}

// A reply may come in a later turn of the loop, also when nobody waits for it any more.
TEST(Server, WaitsForLaterReplies) {
    Keeper keeper;
    Loopback loopback(std::ref(keeper));
    {
        RawClient leaves(loopback.port());
        leaves.send(post("/", ""));
        keeper.asked.acquire();
    }
    RawClient client(loopback.port());
    client.send(post("/", "") + post("/", ""));
    keeper.asked.acquire();
    loopback.on_loop([&keeper] {
        for (const Reply& reply : std::exchange(keeper.replies, {})) {
            HttpResponse response;
            response.body = "late";
            reply(response);
            response.body = "later still";
            reply(response);
        }
        EXPECT_TRUE(keeper.replies.empty()) << "the next request is not served inside the reply to the one before";
    });
    EXPECT_EQ(client.receive().body, "late");
    keeper.asked.acquire();
    loopback.on_loop([&keeper] { std::exchange(keeper.replies, {}).front()({}); });
    EXPECT_EQ(client.receive().body, "") << "of two replies to one request the first counts";
}

TEST(Server, MayGoAwayWithRequestsUnanswered) {
    Keeper keeper;
    {
        Loopback loopback(std::ref(keeper));
        RawClient client(loopback.port());
        client.send(post("/", "") + post("/", ""));
        keeper.asked.acquire();
    }
    keeper.replies.front()({});
    EXPECT_EQ(keeper.replies.size(), 1U);
}

TEST(Server, AnswersForAHandlerThatFails) {
    Loopback loopback([](const HttpRequest& request, const Reply& reply) {
        if (request.path == "/throw") throw std::runtime_error("secret");
        if (request.path == "/after") {
            reply({});
            throw std::runtime_error("too late");
        }
        // "/forget": never replies
    });
    for (const char* path : {"/throw", "/forget"}) {
        RawClient client(loopback.port());
        client.send(post(path, ""));
        const Response response = client.receive();
        EXPECT_EQ(response.status, 500);
        EXPECT_THAT(response.body, Not(HasSubstr("secret")));
        EXPECT_EQ(response.header("x-amzn-RequestId").size(), 36U);
    }
    RawClient client(loopback.port());
    client.send(post("/after", ""));
    EXPECT_EQ(client.receive().status, 200);
}

TEST(Server, NeverLetsAHeaderBreakTheHead) {
    Loopback loopback([](const HttpRequest&, const Reply& reply) {
        HttpResponse response;
        response.headers = {{"X-Good", "1"}, {"X-Bad", "1\r\nX-Injected: 1"}, {"X Bad", "1"}};
        reply(std::move(response));
    });
    RawClient client(loopback.port());
    client.send(post("/", ""));
    const Response response = client.receive();
    EXPECT_EQ(response.header("X-Good"), "1");
    EXPECT_THAT(response.head, Not(HasSubstr("Bad")));
    EXPECT_THAT(response.head, Not(HasSubstr("Injected")));
}

}  // namespace
}  // namespace pipelines::http
