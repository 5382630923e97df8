#include "http/body.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace pipelines::http {

namespace {

constexpr std::size_t kMostHexDigits = 16;

struct Line {
    std::string_view text;
    std::size_t size = 0;  // with its CR LF; 0: not complete
    bool is_faulty = false;
};

Line next_line(std::string_view bytes) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) return {};
    if (end == 0 || bytes[end - 1] != '\r') return {{}, 0, true};
    return {bytes.substr(0, end - 1), end + 1, false};
}

// A quoted string at the front of the text: its length, or 0.
std::size_t quoted_length(std::string_view text) {
    for (std::size_t at = 1; at < text.size(); ++at) {
        const auto character = static_cast<unsigned char>(text[at]);
        if (character == '"') return at + 1;
        if (character == '\\') ++at;
        if (at >= text.size() || (static_cast<unsigned char>(text[at]) < 0x20 && text[at] != '\t') || text[at] == 0x7f)
            return 0;
    }
    return 0;
}

// ";name", ";name=token" or ";name="quoted"", any number of them.
bool are_extensions(std::string_view text) {
    while (!text.empty()) {
        if (text.front() != ';') return false;
        text.remove_prefix(1);
        const std::size_t name_end = text.find_first_of(";=");
        if (!is_token(text.substr(0, name_end))) return false;
        if (name_end == std::string_view::npos) return true;
        text.remove_prefix(name_end);
        if (text.front() == ';') continue;
        text.remove_prefix(1);
        std::size_t value_end = text.find(';');
        if (text.starts_with('"')) {
            value_end = quoted_length(text);
            if (value_end == 0) return false;
        } else if (!is_token(text.substr(0, value_end))) {
            return false;
        }
        text.remove_prefix(std::min(value_end, text.size()));
    }
    return true;
}

std::optional<std::uint64_t> chunk_size(std::string_view line) {
    const std::size_t digits = std::min(line.find(';'), line.size());
    if (digits == 0 || digits > kMostHexDigits) return std::nullopt;
    std::uint64_t size = 0;
    const auto [end, fault] = std::from_chars(line.data(), line.data() + digits, size, 16);
    if (fault != std::errc{} || end != line.data() + digits) return std::nullopt;
    return are_extensions(line.substr(digits)) ? std::optional(size) : std::nullopt;
}

}  // namespace

BodyReader::BodyReader(const RequestHead& head, const Limits& limits)
    : limits_(limits), state_(head.chunked ? State::ChunkSize : State::Length), remaining_(head.content_length) {
    if (!head.chunked && head.content_length == 0) state_ = State::Done;
}

std::size_t BodyReader::refuse(int status, std::string message) {
    refusal_ = Refusal{status, std::move(message)};
    return 0;
}

std::size_t BodyReader::take_data(std::string_view bytes, std::string& body, State next) {
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), remaining_));
    body.append(bytes.substr(0, taken));
    remaining_ -= taken;
    if (remaining_ == 0) state_ = next;
    return taken;
}

std::size_t BodyReader::take_size(std::string_view bytes, const std::string& body) {
    const Line line = next_line(bytes.substr(0, limits_.chunk_line_bytes));
    if (line.is_faulty || (line.size == 0 && bytes.size() >= limits_.chunk_line_bytes)) {
        return refuse(400, "A chunk's size line is malformed or too long.");
    }
    if (line.size == 0) return 0;
    const auto size = chunk_size(line.text);
    if (!size) return refuse(400, "A chunk's size line is malformed.");
    if (*size > limits_.body_bytes - body.size()) {
        return refuse(413, fmt::format("The body has more than {} bytes.", limits_.body_bytes));
    }
    remaining_ = *size;
    state_ = *size == 0 ? State::Trailer : State::ChunkData;
    return line.size;
}

std::size_t BodyReader::take_chunk_end(std::string_view bytes) {
    if (!std::string_view("\r\n").starts_with(bytes.substr(0, 2)))
        return refuse(400, "A chunk is longer than its size.");
    if (bytes.size() < 2) return 0;
    state_ = State::ChunkSize;
    return 2;
}

std::size_t BodyReader::take_trailer(std::string_view bytes) {
    const std::size_t left = limits_.trailer_bytes - trailers_;
    const Line line = next_line(bytes.substr(0, left));
    if (line.is_faulty) return refuse(400, "A trailer is malformed.");
    if (line.size == 0) return bytes.size() >= left ? refuse(431, "The trailers are too long.") : 0;
    trailers_ += line.size;
    if (line.text.empty()) {
        state_ = State::Done;
    } else if (!read_field(line.text)) {
        return refuse(400, "A trailer is malformed.");
    }
    return line.size;
}

std::size_t BodyReader::take(std::string_view bytes, std::string& body) {
    std::size_t taken = 0;
    while (taken < bytes.size() && state_ != State::Done && !refusal_) {
        const std::string_view rest = bytes.substr(taken);
        std::size_t step = 0;
        switch (state_) {
            case State::Length: step = take_data(rest, body, State::Done); break;
            case State::ChunkSize: step = take_size(rest, body); break;
            case State::ChunkData: step = take_data(rest, body, State::ChunkEnd); break;
            case State::ChunkEnd: step = take_chunk_end(rest); break;
            case State::Trailer: step = take_trailer(rest); break;
            case State::Done: break;
        }
        if (step == 0) break;
        taken += step;
    }
    return taken;
}

}  // namespace pipelines::http
