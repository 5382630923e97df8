// A request and a response as values, without a socket: what the layers above the transport see.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pipelines::http {

using Header = std::pair<std::string, std::string>;

struct HttpRequest {
    std::string method;           // "POST"
    std::string path;             // the target up to "?", as sent: "/", "/_local/health"
    std::string query;            // behind the "?", as sent; empty if none
    std::vector<Header> headers;  // in the order sent; never trailers
    std::string body;
    std::string id;  // a UUID made for this request: x-amzn-RequestId

    // The first header of that name (case-insensitive); empty if there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;

    // A parameter of the query, percent-decoded; empty if absent.
    [[nodiscard]] std::string query_parameter(std::string_view name) const;
};

// A body without an end, made while it is sent. The connection asks for the next bytes when the last are with the
// client, so nothing is kept for one that reads slowly. On the loop's thread; let go of when the client leaves, reads
// nothing for Limits::write_time, or the server stops.
class BodyStream {
public:
    virtual ~BodyStream() = default;

    // Called once, before anything else: `woken` is to be called, never from within next(), when there is more to send.
    virtual void listen(std::function<void()> woken) = 0;

    // The next bytes; empty if there are none now.
    virtual std::string next() = 0;

    // What is sent after Limits::quiet_time without anything: so a client that is gone is noticed.
    virtual std::string heartbeat() = 0;
};

struct HttpResponse;

// An answer that may take minutes to come. On the loop's thread; let go of when it was taken, when the client leaves,
// or when the server stops.
class LateAnswer {
public:
    virtual ~LateAnswer() = default;

    // Called once, before anything else: `woken` is to be called when the answer is there.
    virtual void listen(std::function<void()> woken) = 0;

    // The answer; nothing if it is still to come.
    virtual std::optional<HttpResponse> take() = 0;

    // What is answered instead when the server stops.
    virtual HttpResponse interrupted() = 0;
};

struct HttpResponse {
    int status = 200;
    std::string content_type;  // empty: no Content-Type header
    std::string body;
    std::vector<Header> headers;         // beyond those the transport adds (Date, Content-Length, the security headers)
    std::string_view error;              // what kind of error it is, for the log: a literal
    bool close = false;                  // end the connection behind it
    std::shared_ptr<BodyStream> stream;  // instead of `body`; ends with the connection
    std::shared_ptr<LateAnswer> late;    // instead of all of this
};

// Called on the loop's thread, exactly once per request, now or in a later turn of the loop.
using Reply = std::function<void(HttpResponse)>;

// What the transport is given: answers every request by calling `reply`. May throw before it has called it: the
// transport logs and answers 500.
using Handler = std::function<void(HttpRequest request, Reply reply)>;

}  // namespace pipelines::http
