#include "pipelines/base/percent.hpp"

#include <cstddef>

#include "pipelines/base/text.hpp"

namespace pipelines {
namespace {

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

bool is_unreserved(char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

}  // namespace

std::string percent_encoded(std::string_view text, std::string_view kept) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c) || kept.find(c) != std::string_view::npos) {
            encoded.push_back(c);
        } else {
            encoded.push_back('%');
            encoded.push_back(kDigits[static_cast<unsigned char>(c) >> 4U]);
            encoded.push_back(kDigits[static_cast<unsigned char>(c) & 0xFU]);
        }
    }
    return encoded;
}

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool may_escape = text[at] == '%' && at + 2 < text.size();
        const int high = may_escape ? hex_value(text[at + 1]) : -1;
        const int low = may_escape ? hex_value(text[at + 2]) : -1;
        if (high >= 0 && low >= 0) {
            decoded.push_back(static_cast<char>(high * 16 + low));
            at += 2;
        } else {
            decoded.push_back(text[at]);
        }
    }
    return decoded;
}

}  // namespace pipelines
