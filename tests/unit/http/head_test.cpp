// The head is where request smuggling happens: every way of reading one twice that is known must be refused.
#include "http/request_parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pipelines::http {
namespace {

// What a session makes of the bytes. Status 0: a head that is served; -1: it is not complete.
struct Read {
    int status = 0;
    HttpRequest request;
    RequestHead head;
    std::size_t size = 0;
};

// In pieces of `piece` bytes, what was not taken again in front of the next, as they come from a connection.
Read read(std::string_view text, const Limits& limits = {}, std::size_t piece = std::string_view::npos) {
    RequestParser parser(limits);
    Read result;
    for (std::size_t offered = 0; !parser.has_head() && !parser.refusal() && offered < text.size();) {
        offered += std::min(piece, text.size() - offered);
        result.size += parser.take(text.substr(result.size, offered - result.size));
    }
    result.status = parser.refusal() ? parser.refusal()->status : parser.has_head() ? 0 : -1;
    result.request = std::move(parser.request());
    result.head = parser.head();
    return result;
}

std::string with_fields(std::string_view fields) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n";
}

TEST(Head, ReadsAnOrdinaryRequestWhereverItIsCut) {
    const std::string text =
        "\r\nPOST /a/b?c=d&e=%20 HTTP/1.1\r\nhost:\tlocalhost:7243 \r\nContent-Length: 12\r\nX-Empty:\r\n\r\nrest";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        const Read one = read(text, {}, piece);
        ASSERT_EQ(one.status, 0) << piece;
        EXPECT_EQ(one.size, text.size() - 4) << "the body is left";
        EXPECT_EQ(one.request.method, "POST");
        EXPECT_EQ(one.request.path, "/a/b");
        EXPECT_EQ(one.request.query, "c=d&e=%20");
        EXPECT_EQ(one.head.host, "localhost:7243");
        EXPECT_EQ(one.head.host_name, "localhost");
        EXPECT_EQ(one.head.minor_version, 1);
        EXPECT_TRUE(one.head.keep_alive);
        EXPECT_THAT(one.request.headers, testing::ElementsAre(Header{"host", "localhost:7243"},
                                                              Header{"Content-Length", "12"}, Header{"X-Empty", ""}));
    }
    for (std::size_t cut = 0; cut < text.size() - 4; ++cut) EXPECT_EQ(read(text.substr(0, cut)).status, -1) << cut;
}

struct Case {
    std::string text;
    int status;
};

TEST(Head, RequestLines) {
    const std::vector<Case> cases{
        {"GET / HTTP/1.1", 0},
        {"GET / HTTP/1.0", 0},
        {"OPTIONS * HTTP/1.1", 0},
        {"GET http://localhost HTTP/1.1", 0},
        {"GET HTTP://LOCALHOST/x?y HTTP/1.1", 0},
        {"GET http://localhost?y HTTP/1.1", 0},
        {"M-SEARCH / HTTP/1.1", 0},
        {"GET /a|b\"{c} HTTP/1.1", 0},
        {"GET http://elsewhere/ HTTP/1.1", 400},
        {"GET http:///x HTTP/1.1", 400},
        {"GET http://user@localhost/ HTTP/1.1", 400},
        {"GET https://localhost/ HTTP/1.1", 400},
        {"GET * HTTP/1.1", 400},
        {"GET x HTTP/1.1", 400},
        {"GET  HTTP/1.1", 400},
        {"GET  / HTTP/1.1", 400},
        {"GET / HTTP/1.1 ", 400},
        {" GET / HTTP/1.1", 400},
        {"GET\t/ HTTP/1.1", 400},
        {"GET / x HTTP/1.1", 400},
        {"GET /#fragment HTTP/1.1", 400},
        {"GET /caf\xc3\xa9 HTTP/1.1", 400},
        {std::string("GET /\0 HTTP/1.1", 15), 400},
        {"GET /\x7f HTTP/1.1", 400},
        {"GET / HTTP/1.1\rX: y", 400},
        {"GET /", 400},
        {"GET / HTTP/1", 400},
        {"GET / HTTP/01.1", 400},
        {"GET / http/1.1", 400},
        {"GET / HTTP/1.2", 400},
        {"PRI * HTTP/2.0", 400},
        {"CONNECT localhost:80 HTTP/1.1", 400},
        {"TRACE / HTTP/1.1", 400},
        {"G@T / HTTP/1.1", 400},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(read(each.text + "\r\nHost: localhost\r\n\r\n").status, each.status) << each.text;
    }
}

TEST(Head, Framing) {
    const std::vector<Case> cases{
        {"", 0},
        {"Content-Length: 0\r\n", 0},
        {"Content-Length:\t5 \r\n", 0},
        {"Content-Length: 13631488\r\n", 0},
        {"Content-Length: 13631489\r\n", 413},
        {"Content-Length: 18446744073709551615\r\n", 413},
        {"Content-Length: 18446744073709551616\r\n", 400},
        {"Content-Length:\r\n", 400},
        {"Content-Length: +5\r\n", 400},
        {"Content-Length: -1\r\n", 400},
        {"Content-Length: 0x5\r\n", 400},
        {"Content-Length: 05\r\n", 400},
        {"Content-Length: 5, 5\r\n", 400},
        {"Content-Length: 1 0\r\n", 400},
        {"Content-Length: 5\r\nContent-Length: 5\r\n", 400},
        {"Content-Length: 5\r\ncontent-length: 6\r\n", 400},
        {"Transfer-Encoding: chunked\r\n", 0},
        {"TRANSFER-ENCODING:\tChunked \r\n", 0},
        {"Transfer-Encoding: gzip\r\n", 400},
        {"Transfer-Encoding: identity\r\n", 400},
        {"Transfer-Encoding: xchunked\r\n", 400},
        {"Transfer-Encoding: chunked, chunked\r\n", 400},
        {"Transfer-Encoding: gzip, chunked\r\n", 400},
        {"Transfer-Encoding: chunked;q=1\r\n", 400},
        {"Transfer-Encoding:\r\n", 400},
        {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400},
        {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400},
        {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400},
        {"Transfer-Encoding : chunked\r\n", 400},
        {"Transfer-Encoding:\r\n chunked\r\n", 400},
        {"Transfer-Encoding: \x0b"
         "chunked\r\n",
         400},
        {"Expect: 100-Continue\r\n", 0},
        {"Expect: 200-ok\r\n", 417},
    };
    for (const Case& each : cases) EXPECT_EQ(read(with_fields(each.text)).status, each.status) << each.text;
    EXPECT_EQ(read("GET / HTTP/1.0\r\nHost: localhost\r\nExpect: 200-ok\r\n\r\n").status, 0) << "not of that version";
    EXPECT_EQ(read("POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n").status, 400);
}

TEST(Head, Fields) {
    const std::vector<Case> cases{
        {"X: \xe4\xf6\xfc\t~\r\n", 0},
        {"!#$%&'*+-.^_`|~09az: y\r\n", 0},
        {"X : y\r\n", 400},
        {" X: y\r\n", 400},
        {"X: y\r\n z\r\n", 400},
        {"X: y\r\n\tz\r\n", 400},
        {"X\r\n", 400},
        {": y\r\n", 400},
        {"X[: y\r\n", 400},
        {"X\xc3\xab: y\r\n", 400},
        {"X: a\x01\r\n", 400},
        {"X: a\x7f\r\n", 400},
        {"X: a\rb\r\n", 400},
        {"X: a\nY: b\r\n", 400},
        {std::string("X: a\0b\r\n", 8), 400},
    };
    for (const Case& each : cases) EXPECT_EQ(read(with_fields(each.text)).status, each.status) << each.text;
}

TEST(Head, Hosts) {
    const std::vector<Case> cases{
        {"Host: localhost\r\n", 0},
        {"Host: localhost:7243\r\n", 0},
        {"Host: localhost:\r\n", 0},
        {"Host: LocalHost.\r\n", 0},
        {"Host: 127.0.0.1:7243\r\n", 0},
        {"Host: [::1]:7243\r\n", 0},
        {"Host: [::1]\r\n", 0},
        {"Host: my_service\r\n", 0},
        {"", 400},
        {"Host:\r\n", 400},
        {"Host: a\r\nHost: a\r\n", 400},
        {"Host: a\r\nhost: b\r\n", 400},
        {"Host: a, b\r\n", 400},
        {"Host: a b\r\n", 400},
        {"Host: user@localhost\r\n", 400},
        {"Host: localhost/path\r\n", 400},
        {"Host: localhost:x\r\n", 400},
        {"Host: localhost:65536\r\n", 400},
        {"Host: localhost:1:2\r\n", 400},
        {"Host: :7243\r\n", 400},
        {"Host: ::1\r\n", 400},
        {"Host: [::1\r\n", 400},
        {"Host: [::1]x\r\n", 400},
        {"Host: [::1%25lo]\r\n", 400},
        {"Host: [localhost]\r\n", 400},
        {"Host: .\r\n", 400},
        {"Host: 0.0.0.0=5000\r\n", 400},
        {"Host: \xe4\r\n", 400},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(read("GET / HTTP/1.1\r\n" + each.text + "\r\n").status, each.status) << each.text;
    }
}

TEST(Head, KeepsConnectionsAsTheVersionSays) {
    const auto keeps = [](std::string_view version, std::string_view connection) {
        return read("GET / " + std::string(version) + "\r\nHost: a\r\n" + std::string(connection) + "\r\n")
            .head.keep_alive;
    };
    EXPECT_TRUE(keeps("HTTP/1.1", ""));
    EXPECT_FALSE(keeps("HTTP/1.1", "Connection: Close\r\n"));
    EXPECT_FALSE(keeps("HTTP/1.1", "Connection: keep-alive , close\r\n"));
    EXPECT_FALSE(keeps("HTTP/1.0", ""));
    EXPECT_TRUE(keeps("HTTP/1.0", "Connection: Keep-Alive\r\n"));
}

// Noise would otherwise occupy a connection until a timeout.
TEST(Head, RefusesWhatCannotBecomeOneAtOnce) {
    EXPECT_EQ(read("\x16\x03\x01\x02").status, 400) << "TLS";
    EXPECT_EQ(read("GET / HTTP/1.1\nH").status, 400) << "lines that end with a line feed alone";
    EXPECT_EQ(read("\n").status, 400);
    for (const std::size_t piece : {1U, 2U, 4U}) EXPECT_EQ(read("\r\n\r\n", {}, piece).status, 400) << piece;
    EXPECT_EQ(read("   \r\n\r\n").status, 400);
}

// Beast bounds the request line and the fields each, the two together are ours to bound.
TEST(Head, IsBounded) {
    Limits limits;
    limits.head_bytes = 64;
    const auto of_size = [](std::size_t size) {
        const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
        return head + std::string(size - head.size() - 4, 'x') + "\r\n\r\n";
    };
    for (const std::size_t piece : {std::size_t{1}, std::size_t{16}, std::size_t{1000}}) {
        EXPECT_EQ(read(of_size(64), limits, piece).status, 0) << piece;
        EXPECT_EQ(read(of_size(65), limits, piece).status, 431) << piece;
        EXPECT_EQ(read(of_size(500), limits, piece).status, 431) << piece;
        EXPECT_EQ(read("GET /" + std::string(60, 'x'), limits, piece).status, 431) << piece;
        EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: a\r\n" + std::string(40, 'x'), limits, piece).status, 431) << piece;
    }
}

TEST(Head, HasABoundedNumberOfFields) {
    Limits limits;
    limits.fields = 3;
    EXPECT_EQ(read(with_fields("A: 1\r\nB: 2\r\n"), limits).status, 0);
    EXPECT_EQ(read(with_fields("A: 1\r\nB: 2\r\nC: 3\r\n"), limits).status, 431);
}

}  // namespace
}  // namespace pipelines::http
