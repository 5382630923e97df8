// Who looks for what a client really sent reads the log: it tells of each request, and never what it must not hold.
#include "http/request_log.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>

#include "loopback.hpp"
#include "pipelines/base/log.hpp"
#include "pipelines/http/pending_answer.hpp"

namespace pipelines::http {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;

HttpRequest request_of(std::string path, std::string target) {
    HttpRequest request;
    request.method = "POST";
    request.path = std::move(path);
    request.query = "X-Amz-Signature=secret";
    request.headers = {{"Authorization", "secret"}, {"X-Amz-Target", std::move(target)}};
    request.body = "secret";
    return request;
}

// A presigned query, a signature and a body are credentials, or carry them; so may any field that is no plain name.
TEST(RequestLog, HoldsMethodPathAndOperationOnly) {
    EXPECT_EQ(what_is_asked(request_of("/", "SageMaker.StartPipelineExecution")),
              "POST / SageMaker.StartPipelineExecution");
    for (const std::string& target :
         {std::string(), std::string("a secret"), std::string("a\nb"), std::string(257, 'a')})
        EXPECT_EQ(what_is_asked(request_of("/_local/health", target)), "POST /_local/health");
}

// A client may send a line of the log that is as long as its head may be.
TEST(RequestLog, ShortensWhatAClientMadeLong) {
    HttpRequest request = request_of('/' + std::string(1'000, 'p'), "");
    request.method = std::string(1'000, 'M');
    EXPECT_EQ(what_is_asked(request), std::string(256, 'M') + "... /" + std::string(255, 'p') + "...");
}

// Whatever the answer is: its status, what kind of error it is, and the bytes that are really sent.
TEST(RequestLog, TellsOfEachKindOfAnswer) {
    struct Endless final : BodyStream {
        void listen(std::function<void()>) override {}
        std::string next() override { return {}; }
        std::string heartbeat() override { return {}; }
    };
    AnswerContext context;
    HttpResponse response;
    response.body = "12345";
    EXPECT_EQ(what_is_answered(response, context), "200 5 B");
    response.status = 400;
    response.error = "ValidationException";
    EXPECT_EQ(what_is_answered(response, context), "400 ValidationException 5 B");
    context.is_head = true;
    EXPECT_EQ(what_is_answered(response, context), "400 ValidationException 0 B");
    response = HttpResponse{};
    response.stream = std::make_shared<Endless>();
    EXPECT_EQ(what_is_answered(response, context), "200 stream");
}

// What is logged at a level while it exists; the level of other tests again afterwards.
class CapturedLog {
public:
    explicit CapturedLog(log::Level level) {
        log::configure(level, log::Format::Text);
        testing::internal::CaptureStderr();
    }
    CapturedLog(const CapturedLog&) = delete;
    CapturedLog& operator=(const CapturedLog&) = delete;
    ~CapturedLog() { log::configure(log::Level::Warn, log::Format::Text); }

    // Once.
    [[nodiscard]] static std::string lines() { return testing::internal::GetCapturedStderr(); }
};

// The log at a level, while a client asks twice and leaves.
std::string logged_at(log::Level level) {
    const CapturedLog log(level);
    {
        Loopback loopback(echo);
        {
            RawClient client(loopback.port());
            client.send(post("/one?secret", "secret", "X-Amz-Target: SageMaker.ListPipelines\r\nCookie: secret\r\n"));
            (void)client.receive();
            client.send("GET /two?secret HTTP/1.1\r\nHost: evil.test\r\n\r\n");
            (void)client.receive();
        }
        loopback.stop().wait();
    }
    return CapturedLog::lines();
}

// At debug each request has one line, the refused as well; at trace there is more; at info, the default, nothing.
TEST(RequestLog, HasALineForEachAnswer) {
    EXPECT_THAT(logged_at(log::Level::Info), IsEmpty());
    const std::string lines = logged_at(log::Level::Debug);
    EXPECT_THAT(lines, MatchesRegex(
                           "[^\n]* debug POST /one SageMaker.ListPipelines 200 23 B [0-9.]+ ms, request [^\n]+\n"
                           "[^\n]* debug GET /two refused with 403, request [^\n]+: Host 'evil.test' is not [^\n]+\n"));
    EXPECT_THAT(lines, Not(HasSubstr("secret")));
    const std::string more = logged_at(log::Level::Trace);
    EXPECT_THAT(more, MatchesRegex("[^\n]* trace Connection from 127.0.0.1 port [0-9]+ opened\n"
                                   "[^\n]* trace POST /one SageMaker.ListPipelines with 6 B is request [^\n]+\n"
                                   "[^\n]* debug POST /one SageMaker.ListPipelines 200 [^\n]+\n"
                                   "[^\n]* debug GET /two refused with 403[^\n]+\n"
                                   "[^\n]* trace Connection from 127.0.0.1 port [0-9]+ closed\n"));
    EXPECT_THAT(more, Not(HasSubstr("secret")));
}

// As much as was read of it; what it is refused for is the client's, and may be as long as its head.
TEST(RequestLog, TellsWhatWasRefused) {
    const CapturedLog log(log::Level::Debug);
    {
        Loopback loopback(echo);
        for (const std::string& bytes :
             {std::string("garbage\r\n\r\n"), std::string("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"),
              "GET /x HTTP/1.1\r\nHost: a\r\nOrigin: http://" + std::string(10'000, 'o') + "\r\n\r\n"}) {
            RawClient client(loopback.port());
            client.send(bytes);
            (void)client.receive();
        }
    }
    const std::string lines = CapturedLog::lines();
    EXPECT_THAT(lines, MatchesRegex("[^\n]* debug A request refused with 400, request [^\n]+\n"
                                    "[^\n]* debug CONNECT refused with 400, request [^\n]+: CONNECT is not served.\n"
                                    "[^\n]* debug GET /x refused with 403, request [^\n]+: Requests [^\n]+oo[.]{3}\n"));
    EXPECT_LT(lines.size(), 1'000U);
}

// Who left before the answer was there has asked all the same: a wait that was given up would leave no trace else.
TEST(RequestLog, HasALineForAClientThatLeft) {
    class Never final : public PendingAnswer {
    public:
        explicit Never(std::atomic<int>& alive) : alive_(alive) { ++alive_; }
        Never(const Never&) = delete;
        Never& operator=(const Never&) = delete;
        ~Never() override { --alive_; }
        HttpResponse interrupted() override { return {}; }

    private:
        std::atomic<int>& alive_;
    };
    std::atomic<int> alive{0};
    const CapturedLog log(log::Level::Debug);
    {
        Loopback loopback([&alive](const HttpRequest&, const Reply& reply) {
            HttpResponse response;
            response.late = std::make_shared<Never>(alive);
            reply(std::move(response));
        });
        {
            RawClient client(loopback.port());
            client.send(post("/wait", ""));
            expect_becomes(alive, 1);
        }
        expect_becomes(alive, 0);
    }
    EXPECT_THAT(
        CapturedLog::lines(),
        MatchesRegex("[^\n]* debug POST /wait unanswered, the client left after [0-9.]+ ms, request [0-9a-f-]+\n"));
}

// The client is told no more than an id, by which the line with the reason is found.
TEST(RequestLog, NamesTheRequestThatFailed) {
    const CapturedLog log(log::Level::Error);
    std::string failed, dropped;
    {
        Loopback loopback([](const HttpRequest& request, const Reply&) {
            if (request.path == "/throw") throw std::runtime_error("disk I/O error");
        });
        RawClient client(loopback.port());
        client.send(post("/throw", "", "X-Amz-Target: SageMaker.ListPipelines\r\n"));
        failed = client.receive().header("x-amzn-RequestId");
        RawClient other(loopback.port());
        other.send(post("/forget", ""));
        dropped = other.receive().header("x-amzn-RequestId");
    }
    const std::string lines = CapturedLog::lines();
    EXPECT_THAT(lines, HasSubstr("Request " + failed + " failed: disk I/O error\n"));
    EXPECT_THAT(lines, HasSubstr("Request " + dropped + " was dropped without an answer.\n"));
}

}  // namespace
}  // namespace pipelines::http
