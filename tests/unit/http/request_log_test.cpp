// Who looks for what a client really sent reads the log: it tells of each request, and never what it must not hold.
#include "http/request_log.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <string>

#include "loopback.hpp"
#include "pipelines/base/log.hpp"

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

// The log at a level, while a client asks twice and leaves; the level of other tests again afterwards.
std::string logged_at(log::Level level) {
    log::configure(level, log::Format::Text);
    testing::internal::CaptureStderr();
    {
        Loopback loopback(echo);
        {
            RawClient client(loopback.port());
            client.send(post("/one?secret", "secret", "X-Amz-Target: SageMaker.ListPipelines\r\nCookie: secret\r\n"));
            (void)client.receive();
            client.send("GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n");
            (void)client.receive();
        }
        loopback.stop().wait();
    }
    log::configure(log::Level::Warn, log::Format::Text);
    return testing::internal::GetCapturedStderr();
}

// At debug each request has one line, the refused as well; at trace there is more; at info, the default, nothing.
TEST(RequestLog, HasALineForEachAnswer) {
    EXPECT_THAT(logged_at(log::Level::Info), IsEmpty());
    const std::string lines = logged_at(log::Level::Debug);
    EXPECT_THAT(lines,
                MatchesRegex("[^\n]* debug POST /one SageMaker.ListPipelines 200 23 B [0-9.]+ ms, request [^\n]+\n"
                             "[^\n]* debug Request [^\n]+ refused with 403[^\n]+\n"));
    EXPECT_THAT(lines, Not(HasSubstr("secret")));
    const std::string more = logged_at(log::Level::Trace);
    EXPECT_THAT(more, MatchesRegex("[^\n]* trace Connection from 127.0.0.1 port [0-9]+ opened\n"
                                   "[^\n]* trace POST /one SageMaker.ListPipelines with 6 B is request [^\n]+\n"
                                   "[^\n]* debug POST /one SageMaker.ListPipelines 200 [^\n]+\n"
                                   "[^\n]* debug Request [^\n]+ refused with 403[^\n]+\n"
                                   "[^\n]* trace Connection from 127.0.0.1 port [0-9]+ closed\n"));
    EXPECT_THAT(more, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace pipelines::http
