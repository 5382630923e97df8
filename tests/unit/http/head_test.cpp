// The head is where request smuggling happens: every way of reading one twice that is known must be refused.
#include "http/head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pipelines::http {
namespace {

struct Read {
    int status = 0;  // 0: accepted
    RequestHead head;
    std::string text;
};

// As a session does it: delimit, then read.
Read read(std::string text, const Limits& limits = {}) {
    Read result;
    result.text = std::move(text);
    HeadScan scan;
    switch (scan.look(result.text)) {
        case HeadScan::Found::Incomplete: result.status = -1; return result;
        case HeadScan::Found::Fault: result.status = scan.fault().status; return result;
        case HeadScan::Found::Complete: break;
    }
    const auto refusal = read_head(std::string_view(result.text).substr(0, scan.size()), limits, result.head);
    result.status = refusal ? refusal->status : 0;
    return result;
}

std::string with_fields(std::string_view fields) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n";
}

TEST(Head, ReadsAnOrdinaryRequest) {
    const Read read_one =
        read("POST /a/b?c=d&e=%20 HTTP/1.1\r\nhost:\tlocalhost:7243 \r\nContent-Length: 12\r\nX-Empty:\r\n\r\nrest");
    ASSERT_EQ(read_one.status, 0);
    const RequestHead& head = read_one.head;
    EXPECT_EQ(head.method, "POST");
    EXPECT_EQ(head.path, "/a/b");
    EXPECT_EQ(head.query, "c=d&e=%20");
    EXPECT_EQ(head.host, "localhost:7243");
    EXPECT_EQ(head.host_name, "localhost");
    EXPECT_EQ(head.content_length, 12U);
    EXPECT_FALSE(head.chunked);
    EXPECT_TRUE(head.keep_alive);
    ASSERT_EQ(head.fields.size(), 3U);
    EXPECT_EQ(head.fields[2].name, "X-Empty");
    EXPECT_EQ(head.fields[2].value, "");
}

TEST(Head, IsFoundWhereverItIsCut) {
    const std::string text = "\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        HeadScan scan;
        EXPECT_EQ(scan.look(std::string_view(text).substr(0, cut)), HeadScan::Found::Incomplete) << cut;
        EXPECT_EQ(scan.look(text), HeadScan::Found::Complete) << cut;
        EXPECT_EQ(scan.size(), text.size());
    }
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
        {"GET / HTTP/1.2", 505},
        {"PRI * HTTP/2.0", 505},
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
        {"Content-Length: 8388608\r\n", 0},
        {"Content-Length: 8388609\r\n", 413},
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

// Noise and half-modern line ends would otherwise occupy a connection until a timeout.
TEST(Head, RefusesWhatCannotBecomeOneAtOnce) {
    EXPECT_EQ(read("\x16\x03\x01\x02").status, 400) << "TLS";
    EXPECT_EQ(read("GET / HTTP/1.1\n").status, 400);
    EXPECT_EQ(read("\n").status, 400);
    EXPECT_EQ(read("\r\n\r\n").status, 400);
    EXPECT_EQ(read("   \r\n\r\n").status, 400);
    EXPECT_EQ(read("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 0) << "one empty line before a request is allowed";
}

TEST(Head, HasABoundedNumberOfFields) {
    Limits limits;
    limits.fields = 3;
    EXPECT_EQ(read(with_fields("A: 1\r\nB: 2\r\n"), limits).status, 0);
    EXPECT_EQ(read(with_fields("A: 1\r\nB: 2\r\nC: 3\r\n"), limits).status, 431);
}

}  // namespace
}  // namespace pipelines::http
