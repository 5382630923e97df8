#include "http/head.hpp"

#include <array>
#include <cstring>

#include <fmt/format.h>

#include "http/host.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::http {

namespace {

using CharacterSet = std::array<bool, 256>;

constexpr CharacterSet make_set(std::string_view members, unsigned first, unsigned last) {
    CharacterSet set{};
    for (const char member : members) set[static_cast<unsigned char>(member)] = true;
    for (unsigned character = first; character <= last; ++character) set[character] = true;
    return set;
}

constexpr CharacterSet kToken = make_set("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                         static_cast<unsigned>('a'), static_cast<unsigned>('z'));
constexpr CharacterSet kFieldValue = [] {
    CharacterSet set = make_set("\t", 0x20, 0x7e);
    for (unsigned character = 0x80; character <= 0xff; ++character) set[character] = true;
    return set;
}();
constexpr CharacterSet kTarget = [] {
    CharacterSet set = make_set("", 0x21, 0x7e);
    set[static_cast<unsigned char>('#')] = false;
    return set;
}();

bool consists_of(std::string_view text, const CharacterSet& set) {
    for (const char character : text) {
        if (!set[static_cast<unsigned char>(character)]) return false;
    }
    return true;
}

std::string_view trim(std::string_view text) {
    const auto is_blank = [](char character) { return character == ' ' || character == '\t'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

Refusal bad_request(std::string message) { return {400, std::move(message)}; }

// "http://host:port/path?query": sent to proxies, but every server must take it. Its host must then be Host's.
std::optional<Refusal> read_absolute_target(std::string_view target, RequestHead& head, std::string_view& authority) {
    target.remove_prefix(std::string_view("http://").size());
    const std::size_t end = target.find_first_of("/?");
    authority = target.substr(0, end);
    if (authority.empty()) return bad_request("The request target names no host.");
    const std::string_view rest = end == std::string_view::npos ? std::string_view{} : target.substr(end);
    const std::size_t mark = rest.find('?');
    head.path = rest.substr(0, mark);
    if (head.path.empty()) head.path = "/";
    head.query = mark == std::string_view::npos ? std::string_view{} : rest.substr(mark + 1);
    return std::nullopt;
}

std::optional<Refusal> read_target(std::string_view target, RequestHead& head, std::string_view& authority) {
    if (target.empty() || !consists_of(target, kTarget)) {
        return bad_request("The request target is empty or has a character that must be percent-encoded.");
    }
    if (target == "*" && head.method == "OPTIONS") {
        head.path = target;
        head.query = {};
        return std::nullopt;
    }
    if (target.front() == '/') {
        const std::size_t mark = target.find('?');
        head.path = target.substr(0, mark);
        head.query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
        return std::nullopt;
    }
    if (equal_ignoring_case(target.substr(0, 7), "http://")) return read_absolute_target(target, head, authority);
    return bad_request("The request target must begin with '/'.");
}

std::optional<Refusal> read_request_line(std::string_view line, RequestHead& head, std::string_view& authority) {
    const std::size_t first = line.find(' ');
    const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) return bad_request("The request line must be: method, target, HTTP/1.1.");
    head.method = line.substr(0, first);
    const std::string_view version = line.substr(second + 1);
    if (version == "HTTP/1.1") {
        head.minor_version = 1;
    } else if (version == "HTTP/1.0") {
        head.minor_version = 0;
    } else if (version.size() == 8 && version.starts_with("HTTP/") && version[5] >= '0' && version[5] <= '9' &&
               version[6] == '.' && version[7] >= '0' && version[7] <= '9') {
        return Refusal{505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
    } else {
        return bad_request("The request line must be: method, target, HTTP/1.1.");
    }
    if (!is_token(head.method)) return bad_request("The method is not a token.");
    if (head.method == "CONNECT" || head.method == "TRACE") {
        return bad_request(fmt::format("{} is not served.", head.method));
    }
    return read_target(line.substr(first + 1, second - first - 1), head, authority);
}

// What the fields that frame the message said.
struct Framing {
    std::size_t hosts = 0;
    std::size_t content_lengths = 0;
    std::size_t transfer_encodings = 0;
    bool close = false;
    bool keep_alive = false;
};

std::optional<Refusal> read_content_length(std::string_view value, const Limits& limits, RequestHead& head) {
    const bool is_digits = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_digits || (value.size() > 1 && value.front() == '0'))
        return bad_request("Content-Length must be one number.");
    const auto length = parse_number<std::uint64_t>(value);
    if (!length) return bad_request("Content-Length is too large a number.");
    if (*length > limits.body_bytes) {
        return Refusal{413, fmt::format("The body has {} bytes; at most {} are taken.", *length, limits.body_bytes)};
    }
    head.content_length = *length;
    return std::nullopt;
}

void read_connection(std::string_view value, Framing& framing) {
    while (!value.empty()) {
        const std::size_t comma = value.find(',');
        const std::string_view option = trim(value.substr(0, comma));
        if (equal_ignoring_case(option, "close")) framing.close = true;
        if (equal_ignoring_case(option, "keep-alive")) framing.keep_alive = true;
        value = comma == std::string_view::npos ? std::string_view{} : value.substr(comma + 1);
    }
}

std::optional<Refusal> note_framing(const Field& field, const Limits& limits, Framing& framing, RequestHead& head) {
    switch (field.name.size()) {  // one comparison for most fields
        case 4:
            if (equal_ignoring_case(field.name, "Host")) {
                ++framing.hosts;
                head.host = field.value;
            }
            break;
        case 6:
            if (equal_ignoring_case(field.name, "Expect") && head.minor_version == 1) {
                if (!equal_ignoring_case(field.value, "100-continue")) {
                    return Refusal{417, "The only expectation that is met is 100-continue."};
                }
                head.expects_continue = true;
            }
            break;
        case 10:
            if (equal_ignoring_case(field.name, "Connection")) read_connection(field.value, framing);
            break;
        case 14:
            if (equal_ignoring_case(field.name, "Content-Length")) {
                ++framing.content_lengths;
                return read_content_length(field.value, limits, head);
            }
            break;
        case 17:
            if (equal_ignoring_case(field.name, "Transfer-Encoding")) {
                ++framing.transfer_encodings;
                if (!equal_ignoring_case(field.value, "chunked")) {
                    return bad_request("The only Transfer-Encoding that is taken is chunked.");
                }
                head.chunked = true;
            }
            break;
        default: break;
    }
    return std::nullopt;
}

std::optional<Refusal> check_framing(const Framing& framing, std::string_view authority, RequestHead& head) {
    if (framing.content_lengths > 1) return bad_request("There is more than one Content-Length.");
    if (framing.transfer_encodings > 1) return bad_request("There is more than one Transfer-Encoding.");
    if (head.chunked && framing.content_lengths != 0) {
        return bad_request("There are a Content-Length and a Transfer-Encoding.");
    }
    if (head.chunked && head.minor_version == 0) return bad_request("HTTP/1.0 has no Transfer-Encoding.");
    if (framing.hosts != 1) return bad_request("There must be exactly one Host.");
    const auto host = read_host(head.host);
    if (!host) return bad_request("Host must be one host name or address, and a port if need be.");
    if (!authority.empty() && !equal_ignoring_case(authority, head.host)) {
        return bad_request("Host differs from the host of the request target.");
    }
    head.host_name = *host;
    head.keep_alive = head.minor_version == 1 ? !framing.close : framing.keep_alive && !framing.close;
    return std::nullopt;
}

}  // namespace

bool is_token(std::string_view text) { return !text.empty() && consists_of(text, kToken); }

std::optional<Field> read_field(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const Field field{line.substr(0, colon), trim(line.substr(colon + 1))};
    if (!is_token(field.name) || !consists_of(field.value, kFieldValue)) return std::nullopt;
    return field;
}

HeadScan::Found HeadScan::refuse(std::string message) {
    fault_ = {400, std::move(message)};
    return Found::Fault;
}

HeadScan::Found HeadScan::look(std::string_view bytes) {
    // Something that is no HTTP at all (TLS, say) is answered at once: it may never send a line feed.
    if (!begun_ && !bytes.empty() && bytes.front() != '\r' && !kToken[static_cast<unsigned char>(bytes.front())]) {
        return refuse("This is not an HTTP request. (https:// is not spoken here, only http://.)");
    }
    while (searched_ < bytes.size()) {
        const void* found = std::memchr(bytes.data() + searched_, '\n', bytes.size() - searched_);
        if (found == nullptr) {
            searched_ = bytes.size();
            return Found::Incomplete;
        }
        const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        if (at == 0 || bytes[at - 1] != '\r') return refuse("A line ends with a line feed alone.");
        const bool is_empty = at - 1 == line_;
        const bool is_first = line_ == 0;
        line_ = searched_ = at + 1;
        if (!is_empty) {
            begun_ = true;
        } else if (begun_) {
            return Found::Complete;
        } else if (!is_first) {
            return refuse("There is more than one empty line before the request line.");
        }
    }
    return Found::Incomplete;
}

std::optional<Refusal> read_head(std::string_view text, const Limits& limits, RequestHead& head) {
    // The memory of the last head's fields is used again.
    std::vector<Field> fields = std::move(head.fields);
    fields.clear();
    head = RequestHead{};
    head.fields = std::move(fields);

    if (text.starts_with("\r\n")) text.remove_prefix(2);
    std::size_t end = text.find("\r\n");
    if (end == std::string_view::npos) return bad_request("The request line has no end.");
    std::string_view authority;
    if (auto refusal = read_request_line(text.substr(0, end), head, authority)) return refusal;

    Framing framing;
    for (text.remove_prefix(end + 2); !text.starts_with("\r\n"); text.remove_prefix(end + 2)) {
        end = text.find("\r\n");
        if (end == std::string_view::npos) return bad_request("The head has no end.");
        if (text.front() == ' ' || text.front() == '\t') return bad_request("A header field goes on in a second line.");
        const auto field = read_field(text.substr(0, end));
        if (!field) return bad_request("A header field is malformed.");
        if (head.fields.size() == limits.fields) {
            return Refusal{431, fmt::format("There are more than {} header fields.", limits.fields)};
        }
        if (auto refusal = note_framing(*field, limits, framing, head)) return refusal;
        head.fields.push_back(*field);
    }
    return check_framing(framing, authority, head);
}

}  // namespace pipelines::http
