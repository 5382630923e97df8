// Every bound of the transport beside its reason. Tests shorten them; the program runs with the defaults.
#pragma once

#include <chrono>
#include <cstddef>

namespace pipelines::http {

struct Limits {
    // Request line and header fields together. A signed request with a session token has 3 kB.
    std::size_t head_bytes = 32 * 1024;

    // Header fields of a request, so that a search through them stays short. SDKs send about 15.
    std::size_t fields = 128;

    // AWS takes a definition of 1,048,576 characters; each may be twelve bytes once it is escaped inside the request's
    // JSON (an emoji is a surrogate pair, and boto3 escapes both halves).
    std::size_t body_bytes = 13 * 1024 * 1024;

    // A chunk's size line with its extensions, the last one's with all trailers: nothing of it is kept or counts as
    // body.
    std::size_t between_chunks_bytes = 8 * 1024;

    // Open connections. 0: three quarters of the process's file descriptors, from 8 to 4,096, so that the accept loop
    // never runs into their end and the database, the log and runners keep theirs.
    std::size_t connections = 0;

    std::chrono::milliseconds head_time{10'000};   // from a request's first byte to the end of its head
    std::chrono::milliseconds body_time{60'000};   // from there to the end of its body
    std::chrono::milliseconds idle_time{75'000};   // between requests; longer than SDKs keep an unused connection
    std::chrono::milliseconds write_time{30'000};  // for a client that reads nothing of its answer
    std::chrono::milliseconds quiet_time{15'000};  // of a stream, until its heartbeat; proxies give up after a minute
    std::chrono::milliseconds linger_time{2'000};  // what is still sent after a refusal is read and dropped, so that
                                                   // the client gets to see the answer instead of a reset connection
    std::chrono::milliseconds stop_time{1'000};    // at shutdown, for what is half received, half sent, or lingers
};

}  // namespace pipelines::http
