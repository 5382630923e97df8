// Lines of the log about requests. Of what a client sent they hold the method, the path and what can be the name of an
// operation, and the Host or Origin that a request is refused for, each cut where it is long: other fields, queries and
// bodies carry credentials.
#pragma once

#include <chrono>
#include <string>

#include "http/answer.hpp"
#include "http/head.hpp"
#include "pipelines/http/message.hpp"

namespace pipelines::http {

// "POST / SageMaker.StartPipelineExecution"; "A request" if it was refused before anything of it could be read.
[[nodiscard]] std::string what_is_asked(const HttpRequest&);

// "400 ValidationException 312 B": the bytes of the body, which a stream has no number of.
[[nodiscard]] std::string what_is_answered(const HttpResponse&, const AnswerContext&);

// Kept from before the handler takes a request until it is answered, where the log has level debug.
struct Asked {
    std::string what;
    std::chrono::steady_clock::time_point since;
};
[[nodiscard]] Asked log_request(const HttpRequest&);
void log_answer(const Asked&, const HttpResponse&, const AnswerContext&);
void log_departure(const Asked&, const AnswerContext&);  // of the client, before its answer was there
void log_refusal(const HttpRequest&, const Refusal&, const AnswerContext&);

}  // namespace pipelines::http
