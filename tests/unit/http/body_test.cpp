// Where a body ends decides where the next request begins; a chunk's size that is read leniently is a smuggling hole.
#include "http/request_parser.hpp"

#include <gtest/gtest.h>

namespace pipelines::http {
namespace {

struct Taken {
    std::string body;
    std::size_t count = 0;
    bool is_done = false;
    int status = 0;
};

const std::string kChunked = "Transfer-Encoding: chunked\r\n";

std::string length(std::size_t bytes) { return "Content-Length: " + std::to_string(bytes) + "\r\n"; }

// Offers the bytes behind such a head in pieces of `piece`, each time with what was left over in front, as a session
// does.
Taken take(const std::string& framing, std::string_view bytes, std::size_t piece, const Limits& limits = {}) {
    RequestParser parser(limits);
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n";
    EXPECT_EQ(parser.take(head), head.size());
    EXPECT_TRUE(parser.has_head());
    Taken taken;
    for (std::size_t offered = 0; !parser.is_done() && !parser.refusal() && offered < bytes.size();) {
        offered = std::min(bytes.size(), offered + piece);
        taken.count += parser.take(bytes.substr(taken.count, offered - taken.count));
    }
    taken.body = parser.request().body;
    taken.is_done = parser.is_done();
    taken.status = parser.refusal() ? parser.refusal()->status : 0;
    return taken;
}

TEST(Body, OfALengthLeavesTheNextRequest) {
    for (std::size_t piece = 1; piece < 12; ++piece) {
        const Taken taken = take(length(5), "helloGET /", piece);
        EXPECT_TRUE(taken.is_done);
        EXPECT_EQ(taken.body, "hello");
        EXPECT_EQ(taken.count, 5U);
    }
    EXPECT_TRUE(take(length(0), "", 1).is_done);
    EXPECT_FALSE(take(length(6), "hello", 5).is_done);
}

TEST(Body, InChunksWhateverTheCut) {
    const std::string bytes =
        "5\r\nhello\r\n006;a;b=c;d=\"e;\\\"f\"\r\n world\r\nA\r\n0123456789\r\n000\r\nHost: evil\r\nX: \r\n\r\nGET";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const Taken taken = take(kChunked, bytes, piece);
        ASSERT_TRUE(taken.is_done) << piece;
        EXPECT_EQ(taken.body, "hello world0123456789");
        EXPECT_EQ(bytes.substr(taken.count), "GET");
    }
}

TEST(Body, WithoutAByteInChunks) {
    for (const std::size_t piece : {1U, 2U, 3U, 4U, 5U, 6U}) {
        const Taken taken = take(kChunked, "0\r\n\r\nGET", piece);
        EXPECT_TRUE(taken.is_done) << piece;
        EXPECT_EQ(taken.count, 5U);
    }
}

// What follows makes sure that the parser has all it wants to see before it decides.
TEST(Body, MalformedChunks) {
    using namespace std::string_literals;
    const std::string rest = "\"\r\n\r\n";
    for (const std::string& bytes : {"\r\n"s,
                                     "x\r\n"s,
                                     "-1\r\n"s,
                                     "+1\r\n"s,
                                     "0x1\r\n"s,
                                     " 1\r\n"s,
                                     "1 \r\n"s,
                                     "1_0\r\n"s,
                                     "1;\r\n"s,
                                     "1;;\r\n"s,
                                     "1;a=\r\n"s,
                                     "1;a=\"b\r\n"s,
                                     "1;a=\"b\"c\r\n"s,
                                     "1;a b\r\n"s,
                                     "1;a=\"\x01\"\r\n"s,
                                     "1;a=\"\n\"\r\n"s,
                                     "1;\0a\r\n"s,
                                     "1;a\rX\r\n"s,
                                     "1\n"s,
                                     "1\ra\r\n"s,
                                     "FFFFFFFFFFFFFFFF0\r\n"s,
                                     "1\r\nab"s,
                                     "1\r\na\n"s,
                                     "1\r\na\r\r"s,
                                     "5\r\nhello0\r\n\r\n"s,
                                     "0\r\n\n"s,
                                     "0\r\nX : y\r\n\r\n"s,
                                     "0\r\n x\r\n\r\n"s,
                                     "0\r\nX: y\r\n z\r\n\r\n"s,
                                     "0\r\nX: \0\r\n\r\n"s,
                                     "0\r\n: y\r\n\r\n"s}) {
        for (const std::size_t piece : {std::size_t{1}, bytes.size(), bytes.size() + rest.size()}) {
            EXPECT_EQ(take(kChunked, bytes + rest, piece).status, 400) << bytes << " in pieces of " << piece;
        }
    }
}

TEST(Body, IsBounded) {
    Limits limits;
    limits.body_bytes = 10;
    limits.between_chunks_bytes = 16;
    EXPECT_TRUE(take(kChunked, "4\r\nabcd\r\n6\r\nefghij\r\n0\r\n\r\n", 99, limits).is_done);
    EXPECT_EQ(take(kChunked, "4\r\nabcd\r\n7\r\nefghijk", 99, limits).status, 413);
    EXPECT_EQ(take(kChunked, "FFFFFFFFFFFFFFFF\r\n", 99, {}).status, 413);
    for (const std::size_t piece : {1U, 7U, 99U}) {
        EXPECT_TRUE(take(kChunked, "1;aaaaaaaaaaaa\r\nx\r\n0\r\n\r\n", piece, limits).is_done) << "16 bytes";
        EXPECT_EQ(take(kChunked, "1;aaaaaaaaaaaaa\r\nx\r\n0\r\n\r\n", piece, limits).status, 431);
        EXPECT_EQ(take(kChunked, "1;aaaaaaaaaaaaaaaaaaaaaaaaa", piece, limits).status, 431)
            << "however long the line gets";
        EXPECT_TRUE(take(kChunked, "0\r\nA: 1\r\nB:\r\n\r\n", piece, limits).is_done) << "16 bytes";
        EXPECT_EQ(take(kChunked, "0\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n", piece, limits).status, 431);
    }
}

}  // namespace
}  // namespace pipelines::http
