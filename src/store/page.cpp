#include "pipelines/store/page.hpp"

#include <fmt/format.h>

#include <array>

#include "pipelines/base/ids.hpp"

namespace pipelines::store {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kChecksumLength = 16;  // hexadecimal digits, before the JSON text

// Base64url without padding (RFC 4648, section 5).
std::string encode(std::string_view bytes) {
    std::string text;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = buffer << 8 | static_cast<unsigned char>(byte);
        for (bits += 8; bits >= 6; bits -= 6) text += kAlphabet[buffer >> (bits - 6) & 63];
    }
    if (bits > 0) text += kAlphabet[buffer << (6 - bits) & 63];
    return text;
}

std::optional<std::string> decode(std::string_view text) {
    std::string bytes;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char digit : text) {
        const auto value = kAlphabet.find(digit);
        if (value == std::string_view::npos) return std::nullopt;
        buffer = buffer << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(buffer >> bits & 255);
    }
    return bytes;
}

std::string hash_text(std::string_view text) { return fmt::format("{:016x}", stable_hash(text)); }

Error refusal(std::string_view why) { return validation_error(fmt::format("Invalid NextToken: the token {}.", why)); }

std::optional<Position> position_of(const Json& content) {
    const Json* const key = find(content, "key");
    const Json* const id = find(content, "id");
    if (key == nullptr || id == nullptr || !as_integer(*id)) return std::nullopt;
    if (!key->is_string() && !key->is_number() && !key->is_null()) return std::nullopt;
    return Position{*key, *as_integer(*id)};
}

}  // namespace

std::string make_token(const Position& position, std::string_view request) {
    const std::string content = dump(Json{{"key", position.key}, {"id", position.id}, {"request", hash_text(request)}});
    return encode(hash_text(content) + content);
}

Result<Position> read_token(std::string_view token, std::string_view request) {
    const auto bytes = decode(token);
    if (!bytes || bytes->size() <= kChecksumLength) return refusal("is garbled");
    const auto content = std::string_view{*bytes}.substr(kChecksumLength);
    if (hash_text(content) != std::string_view{*bytes}.substr(0, kChecksumLength)) return refusal("is garbled");
    const auto value = parse_json(content, {.depth = 4, .nodes = 16});
    if (!value) return refusal("is garbled");
    const Json* const owner = find(*value, "request");
    if (owner == nullptr || *owner != hash_text(request)) return refusal("belongs to another request");
    const auto position = position_of(*value);
    if (!position) return refusal("is garbled");
    return *position;
}

}  // namespace pipelines::store
