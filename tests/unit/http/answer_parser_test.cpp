// Answers of other servers come in any pieces, and what is wrong with one has to be said in words a user understands.
#include "http/answer_parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pipelines::http {
namespace {

using testing::ElementsAre;

struct Parsed {
    std::optional<std::string> fault;
    std::optional<ClientAnswer> answer;
};

Parsed parse(std::string_view text, std::size_t piece, std::size_t most_bytes = 100, const ClientLimits& limits = {}) {
    AnswerParser parser(limits, most_bytes);
    Parsed parsed;
    for (std::size_t at = 0; at < text.size() && !parsed.fault && !parser.is_done(); at += piece)
        parsed.fault = parser.take(text.substr(at, piece));
    if (!parsed.fault && !parser.is_done()) parsed.fault = parser.end();
    if (!parsed.fault) parsed.answer = parser.release();
    return parsed;
}

std::string fault_of(std::string_view text, std::size_t most_bytes = 100, const ClientLimits& limits = {}) {
    return parse(text, text.size(), most_bytes, limits).fault.value_or("none");
}

TEST(AnswerParser, ReadsAnAnswerWhateverTheCut) {
    struct Case {
        std::string text;
        int status;
        std::string body;
    };
    for (const Case& each : std::vector<Case>{
             {"HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"},
             {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nX-A: b\r\nContent-Length: 0\r\n\r\n", 201, ""},
             {"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n", 204, ""},
             {"HTTP/1.0 200 OK\r\nX-A: b\r\n\r\nup to the end", 200, "up to the end"},
             {"HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n5;e\r\nhello\r\n0\r\nT: t\r\n\r\n", 200,
              "hello"},
             {"HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, ""},
         }) {
        for (std::size_t piece = 1; piece <= each.text.size(); ++piece) {
            const Parsed parsed = parse(each.text, piece);
            ASSERT_TRUE(parsed.answer) << *parsed.fault << " in pieces of " << piece << ":\n" << each.text;
            EXPECT_EQ(parsed.answer->status, each.status);
            EXPECT_EQ(parsed.answer->body, each.body);
            EXPECT_EQ(parsed.answer->header("x-a"), "b");
        }
    }
}

TEST(AnswerParser, SaysWhatIsWrong) {
    EXPECT_EQ(fault_of(""), "with nothing: it closed the connection");
    EXPECT_EQ(fault_of("HTTP/1.1 200 OK\r\n"), "in part only: it closed the connection");
    EXPECT_EQ(fault_of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"), "in part only: it closed the connection");
    EXPECT_EQ(fault_of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", 8), "with more than 8 bytes");
    EXPECT_EQ(fault_of("HTTP/1.1 200 OK\r\n\r\nhello", 4), "with more than 4 bytes");
    EXPECT_EQ(fault_of("SSH-2.0-OpenSSH_9.2\r\n"), "with something that is not HTTP/1.1: bad version");
    EXPECT_EQ(fault_of("HTTP/1.1 200 OK\r\nX: " + std::string(64, 'x') + "\r\n\r\n", 100, {.head_bytes = 64}),
              "with a head of more than 64 bytes");
    std::string interims;
    for (int count = 0; count < 20; ++count) interims += "HTTP/1.1 100 Continue\r\n\r\n";
    EXPECT_EQ(fault_of(interims), "with 1xx only, again and again");
}

}  // namespace
}  // namespace pipelines::http
