// Answers as bytes, and the answers the transport gives itself.
#pragma once

#include <string>
#include <string_view>

#include "http/head.hpp"
#include "pipelines/http/message.hpp"

namespace pipelines::http {

// What of the request decides how its answer is written.
struct AnswerContext {
    std::string id;              // x-amzn-RequestId of answers the transport gives itself
    std::string allowed_origin;  // a listed Origin; empty: no CORS headers
    int minor_version = 1;
    bool keep_alive = true;
    bool is_head = false;  // the method is HEAD: the head of the answer to GET, without its body
};

// Appends the answer's head to `out`. The body, if the answer has one (has_body), goes behind it.
void write_head(const HttpResponse&, const AnswerContext&, std::string& out);
[[nodiscard]] bool has_body(const HttpResponse&, const AnswerContext&);

// {"message": "..."} with the refusal's status; ends the connection.
[[nodiscard]] HttpResponse refusal_answer(const Refusal&, const AnswerContext&);

// 500 for a handler that failed; what went wrong is in the log only.
[[nodiscard]] HttpResponse failure_answer(const AnswerContext&);

// 204 to OPTIONS; with what a preflight asks for if, and only if, the origin is a listed one.
[[nodiscard]] HttpResponse options_answer(const HttpRequest&, const AnswerContext&);

}  // namespace pipelines::http
