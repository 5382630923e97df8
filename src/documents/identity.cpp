#include "documents/identity.hpp"

#include <cstdint>

#include "pipelines/base/ids.hpp"

namespace pipelines::documents {
namespace {

constexpr std::string_view kLower = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpper = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kHex = "0123456789abcdef";

std::string spell(std::string_view name, std::string_view purpose, std::size_t length, std::string_view alphabet) {
    // A hash is good for eight characters of any of these alphabets; then comes the next one.
    constexpr std::size_t kPerHash = 8;
    const std::string key = std::string(purpose) + '\0' + std::string(name);
    std::string text;
    text.reserve(length);
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < length; ++i) {
        if (i % kPerHash == 0) hash = stable_hash(key, i / kPerHash);
        text += alphabet[static_cast<std::size_t>(hash % alphabet.size())];
        hash /= alphabet.size();
    }
    return text;
}

}  // namespace

std::string lower_id(std::string_view name, std::string_view purpose, std::size_t length) {
    return spell(name, purpose, length, kLower);
}

std::string upper_id(std::string_view name, std::string_view purpose, std::size_t length) {
    return spell(name, purpose, length, kUpper);
}

std::string hex_id(std::string_view name, std::string_view purpose, std::size_t length) {
    return spell(name, purpose, length, kHex);
}

std::string uuid_id(std::string_view name, std::string_view purpose) {
    std::string text = hex_id(name, purpose, 32);
    text[12] = '4';
    text[16] = 'a';
    for (const std::size_t hyphen : {8, 13, 18, 23}) text.insert(hyphen, 1, '-');
    return text;
}

}  // namespace pipelines::documents
