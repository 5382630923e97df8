// A web page, also one that has rebound its name to us, must not be able to use the server of whoever looks at it.
#include "http/guard.hpp"
#include "http/request_parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pipelines::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::optional<Refusal> check(const std::string& text, const GuardOptions& options) {
    const Limits limits;
    RequestParser parser(limits);
    EXPECT_EQ(parser.take(text), text.size());
    if (parser.refusal()) return parser.refusal();
    return check_source(parser.request(), parser.head(), options);
}

int status_of(std::string_view method, const std::string& fields, const GuardOptions& options = {}) {
    const auto refusal = check(std::string(method) + " / HTTP/1.1\r\n" + fields + "\r\n", options);
    return refusal ? refusal->status : 0;
}

TEST(Guard, Hosts) {
    const GuardOptions options{{"sagemaker.test", "*.dev.test"}, {}};
    for (const char* host :
         {"127.0.0.1", "127.0.0.1:7243", "10.0.0.7", "[::1]:80", "[fe80::1]", "localhost", "LOCALHOST:1", "localhost.",
          "a.localhost", "A.b.LocalHost.", "sagemaker", "my_service:7243", "host.docker.internal:7243",
          "sagemaker.test", "SageMaker.Test.:7243", "a.dev.test"}) {
        EXPECT_EQ(status_of("GET", std::string("Host: ") + host + "\r\n", options), 0) << host;
    }
    for (const char* host :
         {"evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "evillocalhost.test", "x.sagemaker.test",
          "dev.test", "127.1.", "1.2.3", "127.0.0.1.", "256.0.0.1", "docker.internal"}) {
        EXPECT_EQ(status_of("GET", std::string("Host: ") + host + "\r\n", options), 403) << host;
    }
}

TEST(Guard, Origins) {
    const GuardOptions options{{}, {"http://localhost:3000"}};
    struct Case {
        std::string host, origin;
        int status;
    };
    for (const Case& each : std::vector<Case>{
             {"localhost:7243", "http://localhost:7243", 0},
             {"LOCALHOST:7243", "http://localhost:7243", 0},
             {"127.0.0.1:8000", "http://127.0.0.1:8000", 0},
             {"localhost:7243", "http://localhost:3000", 0},
             {"localhost:7243", "http://localhost:3001", 403},
             {"localhost:7243", "http://localhost", 403},
             {"localhost:7243", "https://localhost:7243", 403},
             {"localhost:7243", "http://127.0.0.1:7243", 403},
             {"localhost:7243", "http://evil.test", 403},
             {"localhost:7243", "http://localhost:7243.evil.test", 403},
             {"localhost:7243", "null", 403},
             {"localhost:7243", "", 403},
             {"127.0.0.1:7243", "http://192.168.0.9", 403},
         }) {
        const std::string fields = "Host: " + each.host + "\r\nOrigin: " + each.origin + "\r\n";
        EXPECT_EQ(status_of("POST", fields, options), each.status) << fields;
        EXPECT_EQ(status_of("OPTIONS", fields, options), each.status) << fields;
    }
    EXPECT_EQ(status_of("POST", "Host: a\r\nOrigin: http://a\r\nOrigin: http://evil.test\r\n"), 403)
        << "every one counts";
}

TEST(Guard, Sites) {
    const GuardOptions options{{}, {"http://localhost:3000"}};
    struct Case {
        std::string method, fields;
        int status;
    };
    for (const Case& each : std::vector<Case>{
             {"POST", "Sec-Fetch-Site: same-origin\r\n", 0},
             {"GET", "Sec-Fetch-Site: none\r\n", 0},
             {"HEAD", "Sec-Fetch-Site: none\r\n", 0},
             {"POST", "Sec-Fetch-Site: none\r\n", 403},
             {"GET", "Sec-Fetch-Site: same-site\r\n", 403},
             {"GET", "Sec-Fetch-Site: cross-site\r\n", 403},
             {"GET", "Sec-Fetch-Site:\r\n", 403},
             {"GET", "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n", 403},
             {"GET", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Site: same-origin\r\n", 403},
             {"POST", "Origin: http://localhost:3000\r\nSec-Fetch-Site: same-site\r\n", 0},
             {"POST", "Origin: http://localhost:7243\r\nSec-Fetch-Site: cross-site\r\n", 403},
         }) {
        EXPECT_EQ(status_of(each.method, "Host: localhost:7243\r\n" + each.fields, options), each.status)
            << each.method << " " << each.fields;
    }
}

// The one who is refused by mistake has to find the flag in what he reads.
TEST(Guard, NamesTheWayOut) {
    const auto by_host = check("GET / HTTP/1.1\r\nHost: box.example.com:1\r\n\r\n", {});
    ASSERT_TRUE(by_host);
    EXPECT_THAT(by_host->message, HasSubstr("--allowed-hosts=box.example.com"));
    const auto by_rooted = check("GET / HTTP/1.1\r\nHost: box.example.com.\r\n\r\n", {});
    ASSERT_TRUE(by_rooted);
    EXPECT_THAT(by_rooted->message, EndsWith("--allowed-hosts=box.example.com"));
    const auto by_origin = check("GET / HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\n\r\n", {});
    ASSERT_TRUE(by_origin);
    EXPECT_THAT(by_origin->message, HasSubstr("--allowed-origins"));
}

TEST(Guard, ListsOriginsOnly) {
    HttpRequest request;
    request.headers = {{"Host", "localhost:7243"}, {"origin", "http://localhost:7243"}};
    EXPECT_EQ(listed_origin(request, {{}, {"http://b"}}), "") << "our own needs no CORS headers";
    EXPECT_EQ(listed_origin(request, {{}, {"http://localhost:7243"}}), "http://localhost:7243");
}

}  // namespace
}  // namespace pipelines::http
