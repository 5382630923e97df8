// What others have found out about reading HTTP wrongly. Every exception stands here by name, with its reason; one that
// is no longer needed fails too.
#include "corpus.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace pipelines::http {
namespace {

using Exceptions = std::map<std::string, std::string>;

// Checks `is_right` unless the case is an exception, and keeps account of the exceptions that were met.
class Account {
public:
    explicit Account(Exceptions exceptions) : exceptions_(std::move(exceptions)) {}
    void check(const std::string& name, bool is_right, const Outcome& outcome, const std::string& expected) {
        ++count_;
        if (is_right) return;
        met_.insert(name);
        EXPECT_TRUE(exceptions_.contains(name))
            << "\"" << name << "\": expected " << expected << ", got " << outcome.status << " " << outcome.message;
    }
    void close(std::size_t least) const {
        EXPECT_GE(count_, least) << "the corpus has shrunk";
        for (const auto& [name, reason] : exceptions_)
            EXPECT_TRUE(met_.contains(name)) << name << " is no exception any more";
    }

private:
    Exceptions exceptions_;
    std::set<std::string> met_;
    std::size_t count_ = 0;
};

TEST(Corpus, Http11Probe) {
    const auto corpus = read_corpus("http/http11probe-cases.json");
    if (!corpus) GTEST_SKIP() << "no shared corpora";
    Account account({});
    for (const Json& each : *corpus) {
        if (!each["request_b64"].is_string() || each["request_b64"] == "")
            continue;  // too long to be written down, or no bytes at all: see server_test
        const std::string expected = each["expected"];
        const bool may_be_served = expected.find('2') != std::string::npos || expected == "!101";
        const bool may_be_refused =
            expected.find("400") != std::string::npos || expected.find("417") != std::string::npos ||
            expected.find("505") != std::string::npos || expected.find("501") != std::string::npos;
        const Outcome outcome =
            outcome_of(from_base64(each["request_b64"].get_ref<const std::string&>()), MissingHosts::Stay);
        const bool is_right = outcome.status == 0 ? may_be_served : may_be_refused;
        account.check(each["id"], is_right, outcome, expected);
    }
    account.close(130);
}

TEST(Corpus, AwsHttpDesyncGuardian) {
    const auto corpus = read_corpus("http/aws-http-desync-guardian.json");
    if (!corpus) GTEST_SKIP() << "no shared corpora";
    // Severe and Ambiguous must be refused, Compliant served.
    const std::string other_name = "a name that merely resembles one of framing is a field like any other here";
    const std::string plain_get = "a body of GET or HEAD has a plain end: it is read and of no account";
    const std::string only_chunked =
        "transfer codings other than chunked are not taken (RFC 9112 leaves that to a server)";
    Account account({
        {"Ambiguous: Transfer_Encoding with underscore.", other_name},
        {"Ambiguous: Content_Length with underscore.", other_name},
        {"Ambiguous: Transfer-Encoding with multiple hyphens", other_name},
        {"Ambiguous: Transfer-Encoding with multiple delimiters", other_name},
        {"Ambiguous: Get with a body and Content-Length", plain_get},
        {"Ambiguous: Get with a body and Transfer-Encoding", plain_get},
        {"Ambiguous: Head with a body and Content-Length", plain_get},
        {"Ambiguous: Head with a body and Transfer-Encoding", plain_get},
        {"Ambiguous: Has a CL in GET", plain_get},
        {"Ambiguous: Has a TE in GET", plain_get},
        {"Compliant: Correct TE OK", only_chunked},
        {"Compliant: Transfer-Encoding: identity and chunked OK", only_chunked},
        {"Compliant: Multiple transfer encoding headers in a single request OK", only_chunked},
        {"Compliant: TE with custom parameters OK", only_chunked},
        {"Compliant: Different Transfer-Encoding headers", only_chunked},
        {"Compliant: Different Transfer-Encoding headers combined", only_chunked},
        {"Compliant: Transfer-Encoding with a param: chunked;custom_param", only_chunked},
        {"Compliant: Compliant URL", "a fragment is never sent to a server"},
        {"Compliant: Empty URI", "RFC 9112 knows no empty target"},
    });
    for (const Json& each : *corpus) {
        const std::string tier = each["expected"]["tier"];
        if (tier == "Acceptable") continue;  // not plain, not dangerous: either answer will do
        const Outcome outcome =
            outcome_of(from_base64(each["head_b64"].get_ref<const std::string&>()), MissingHosts::AreGiven);
        // There are only heads here: a body that is missing counts as served.
        const bool is_served = outcome.status <= 0;
        account.check(tier + ": " + each["name"].get<std::string>(), is_served == (tier == "Compliant"), outcome, tier);
    }
    account.close(140);
}

TEST(Corpus, Llhttp) {
    const auto corpus = read_corpus("http/llhttp-requests.json");
    if (!corpus) GTEST_SKIP() << "no shared corpora";
    const std::string closed = "what follows a request that ends the connection is never read";
    const std::string any_method = "a method is any token; which ones do something is the handler's business";
    const std::string zeros = "a length with leading zeros may be read as octal";
    const std::string only_http = "only HTTP/1.1 and HTTP/1.0 are spoken";
    const std::string no_host = "that is no host";
    const std::string fragment = "a fragment is never sent to a server";
    const std::string other_authority = "the target names another host than Host (here one that the test put in)";
    Account account({
        {"connection.md: No restart when keep-alive is off (1.0)", closed},
        {"connection.md: Setting a flag and pausing", "Upgrade may be ignored, and is"},
        {"content-length.md: `Content-Length` with zeroes", zeros},
        {"content-length.md: `Content-Length` with follow-up headers", zeros},
        {"invalid.md: HTTP protocol and ANNOUNCE method", any_method},
        {"invalid.md: Invalid method", any_method},
        {"method.md: M-SEARCH request", "'*' is for OPTIONS"},
        {"method.md: SOURCE request with ICE", only_http},
        {"method.md: OPTIONS request with RTSP", only_http},
        {"method.md: ANNOUNCE request with RTSP", only_http},
        {"sample.md: No HTTP version", only_http},
        {"sample.md: curl GET", no_host},
        {"sample.md: Firefox GET", no_host},
        {"transfer-encoding.md: POST with `chunked` as last transfer-encoding",
         "only chunked alone is taken; a fragment besides"},
        {"transfer-encoding.md: POST with `chunked` as last transfer-encoding (multiple headers)",
         "only chunked alone is taken; a fragment besides"},
        {"uri.md: Fragment in URI", fragment},
        {"uri.md: Host terminated by a query string", other_authority},
        {"uri.md: `host:port` terminated by a query string", other_authority},
        {"uri.md: `host:port` terminated by a space", other_authority},
        {"uri.md: `host:port` and basic auth", other_authority},
    });
    for (const Json& each : *corpus) {
        const bool is_error = !each["llhttp_error"].is_null();
        const std::string type = each["meta"].value("type", "request");
        if (!is_error && type != "request") continue;  // what a lenient mode takes
        const Outcome outcome =
            outcome_of(from_base64(each["request_b64"].get_ref<const std::string&>()), MissingHosts::AreGiven);
        const bool is_right = is_error ? outcome.status != 0 : outcome.status <= 0;
        account.check(each["file"].get<std::string>() + ": " + each["title"].get<std::string>(), is_right, outcome,
                      is_error ? each["llhttp_error"].get<std::string>() : "served");
    }
    account.close(100);
}

TEST(Corpus, RequestsOfForeignPages) {
    const auto corpus = read_corpus("security/browser-attack-requests.json");
    if (!corpus) GTEST_SKIP() << "no shared corpora";
    std::size_t count = 0;
    for (const Json& each : (*corpus)["requests"]) {
        std::string text = each["method"].get<std::string>() + " / HTTP/1.1\r\n";
        for (const auto& [name, value] : each["headers"].items())
            text += name + ": " + value.get<std::string>() + "\r\n";
        text += "\r\n";
        const Limits limits;
        RequestParser parser(limits);
        ASSERT_EQ(parser.take(text), text.size()) << each["case"];
        const auto refusal = check_source(parser.request(), parser.head(), {});
        ASSERT_TRUE(refusal) << each["case"];
        EXPECT_EQ(refusal->status, 403);
        ++count;
    }
    EXPECT_GE(count, 10U);
}

}  // namespace
}  // namespace pipelines::http
