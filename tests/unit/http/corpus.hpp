// Corpora of requests, read in place from the shared directory.
#pragma once

#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "http/guard.hpp"
#include "http/request_parser.hpp"
#include "pipelines/base/json.hpp"

namespace pipelines::http {

// Nothing where the shared directory is absent: the test is then skipped.
inline std::optional<Json> read_corpus(std::string_view path) {
    const char* set = std::getenv("SHARED_DIR");
    const std::string shared = set != nullptr ? set : std::string(PIPELINES_SOURCE_DIR) + "/../shared";
    std::ifstream file(shared + "/corpora/" + std::string(path), std::ios::binary);
    if (!file) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    auto parsed = parse_json(text.str());
    if (!parsed) return std::nullopt;
    return std::move(*parsed);
}

inline std::string from_base64(std::string_view text) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char digit : text) {
        const std::size_t value = kDigits.find(digit);
        if (value == std::string_view::npos) break;
        bits = (bits << 6U) | static_cast<unsigned>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes.push_back(static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xffU));
    }
    return bytes;
}

// What becomes of the bytes a client sends: the status of the first refusal; 0: all of its requests are served;
// -1: a request is not complete.
struct Outcome {
    int status = 0;
    std::string message;
};

// Most requests of some corpora have no Host, which is refused whatever else they are about: they are given one.
inline std::string with_host(std::string text) {
    const std::size_t start = text.starts_with("\r\n") ? 2 : 0;
    const std::size_t end = text.find("\r\n", start);
    const std::size_t head_end = text.find("\r\n\r\n");
    if (end == std::string::npos || head_end == std::string::npos) return text;
    for (const char* host : {"\r\nHost:", "\r\nhost:", "\r\nHOST:"}) {
        if (text.find(host) < head_end) return text;
    }
    return text.insert(end + 2, "Host: localhost\r\n");
}

// A name of the corpora in place of one that the guard lets in.
inline GuardOptions any_host_of(const RequestHead& head) { return {{head.host_name}, {}}; }

enum class MissingHosts { Stay, AreGiven };

inline Outcome outcome_of(std::string bytes, MissingHosts missing_hosts) {
    while (!bytes.empty()) {
        if (missing_hosts == MissingHosts::AreGiven) bytes = with_host(std::move(bytes));
        const Limits limits;
        RequestParser parser(limits);
        std::size_t taken = parser.take(bytes);
        if (parser.refusal()) return {parser.refusal()->status, parser.refusal()->message};
        if (!parser.has_head()) return {-1, "the head has no end"};
        if (auto refusal = check_source(parser.request(), parser.head(), any_host_of(parser.head())))
            return {refusal->status, refusal->message};
        taken += parser.take(std::string_view(bytes).substr(taken));
        if (parser.refusal()) return {parser.refusal()->status, parser.refusal()->message};
        if (!parser.is_done()) return {-1, "the body has no end"};
        if (!parser.head().keep_alive) return {};
        bytes.erase(0, taken);
    }
    return {};
}

}  // namespace pipelines::http
