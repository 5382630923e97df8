// Who may ask: a local server is reached by every web page its user has open, so Host, Origin and Sec-Fetch-Site of
// every request on every route are checked before anything else looks at it.
//
// All three are needed: a request to 0.0.0.0 and a DNS-rebound one carry no Sec-Fetch-Site, and a rebound GET no Origin
// (both measured with Chromium).
#pragma once

#include <optional>
#include <string_view>

#include "http/head.hpp"
#include "pipelines/http/message.hpp"
#include "pipelines/http/server.hpp"

namespace pipelines::http {

// Why this request is not ours to answer (403, naming the flag that would allow it), or nothing.
[[nodiscard]] std::optional<Refusal> check_source(const HttpRequest&, const RequestHead&, const GuardOptions&);

// The request's Origin if it is one of the allowed ones (not our own): the one case in which CORS headers are sent.
[[nodiscard]] std::string_view listed_origin(const HttpRequest&, const GuardOptions&);

}  // namespace pipelines::http
