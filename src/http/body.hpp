// The body of a request out of the bytes behind its head: by Content-Length or in chunks. No I/O.
//
// As strict as the head: sizes are hexadecimal digits and nothing else, lines end with CR LF, extensions and trailers
// have to be well-formed and are dropped (a trailer must never pass for a header field).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/head.hpp"

namespace pipelines::http {

class BodyReader {
public:
    BodyReader(const RequestHead& head, const Limits& limits);

    // Takes what it can from the front of `bytes`, appends it to `body`, returns how many bytes it took. Bytes left
    // over belong to the next request if is_done(), else they have to be offered again with more behind them.
    [[nodiscard]] std::size_t take(std::string_view bytes, std::string& body);

    [[nodiscard]] bool is_done() const { return state_ == State::Done; }
    [[nodiscard]] const std::optional<Refusal>& refusal() const { return refusal_; }  // after which nothing is taken

private:
    enum class State { Length, ChunkSize, ChunkData, ChunkEnd, Trailer, Done };

    std::size_t take_data(std::string_view bytes, std::string& body, State next);
    std::size_t take_size(std::string_view bytes, const std::string& body);
    std::size_t take_chunk_end(std::string_view bytes);
    std::size_t take_trailer(std::string_view bytes);
    std::size_t refuse(int status, std::string message);

    Limits limits_;
    State state_;
    std::uint64_t remaining_ = 0;  // of the body, or of the chunk
    std::size_t trailers_ = 0;     // their bytes so far
    std::optional<Refusal> refusal_;
};

}  // namespace pipelines::http
