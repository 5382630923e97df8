// The head of a request: found in the bytes of a connection, read strictly, framing included.
//
// Pure functions on text. There is one reader of heads in the program and it accepts only what RFC 9112 lets a server
// accept without doubt; whatever two parties could read in two ways is refused, since that is what request smuggling
// lives on. Faults are returned as the answer the client gets; the connection is closed behind each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/http/limits.hpp"

namespace pipelines::http {

// Why a request is not served, and the status that says so.
struct Refusal {
    int status = 400;
    std::string message;
};

// Finds the end of a head in bytes that arrive piecemeal, without looking at any byte twice.
class HeadScan {
public:
    enum class Found { Incomplete, Complete, Fault };

    // `bytes` are all of the request so far. Fault: they cannot become a head, whatever follows.
    [[nodiscard]] Found look(std::string_view bytes);

    [[nodiscard]] std::size_t size() const { return line_; }  // of the complete head, its blank line included
    [[nodiscard]] const Refusal& fault() const { return fault_; }

private:
    Found refuse(std::string message);

    std::size_t line_ = 0;      // where the current line begins
    std::size_t searched_ = 0;  // up to where no line feed is left
    bool begun_ = false;        // the request line was seen: an empty line is now the end
    Refusal fault_;
};

struct Field {
    std::string_view name;
    std::string_view value;  // without the blanks around it
};

// Views into the text it was read from.
struct RequestHead {
    std::string_view method;
    std::string_view path;   // "*" for OPTIONS *
    std::string_view query;  // behind the "?"; empty if none
    int minor_version = 1;   // of HTTP/1.x
    std::vector<Field> fields;

    std::string_view host;       // the one Host field, as sent
    std::string_view host_name;  // its host without port; an IPv6 address without its brackets
    bool chunked = false;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
};

// Reads a complete head (as HeadScan delimits it) into `head`, whose memory is used again. Nothing: it is well-formed,
// its framing is plain and its Host is one host.
[[nodiscard]] std::optional<Refusal> read_head(std::string_view text, const Limits&, RequestHead& head);

// Is it a header field without a fault: "name: value", of a head or of a trailer?
[[nodiscard]] std::optional<Field> read_field(std::string_view line);

// A token of RFC 9110: a method, a field's name.
[[nodiscard]] bool is_token(std::string_view text);

}  // namespace pipelines::http
