// What the transport itself has to know of a request's head, beside the request.
#pragma once

#include <string>

namespace pipelines::http {

// Why a request is not served, and the status that says so.
struct Refusal {
    int status = 400;
    std::string message;
};

struct RequestHead {
    int minor_version = 1;  // of HTTP/1.x
    std::string host;       // the one Host field, as sent
    std::string host_name;  // its host without port; an IPv6 address without its brackets
    bool keep_alive = true;
    bool expects_continue = false;
};

}  // namespace pipelines::http
