#include "pipelines/base/digest.hpp"

// OpenSSL's plain SHA-256, not its EVP layer (which its HMAC is on, too): that one links every algorithm there is into
// a static program (3.6 MB).
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/sha.h>

#include <stdexcept>

namespace pipelines {

std::string sha256(std::string_view bytes) {
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256_CTX state;
    if (SHA256_Init(&state) != 1 || SHA256_Update(&state, bytes.data(), bytes.size()) != 1 ||
        SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), &state) != 1)
        throw std::runtime_error("OpenSSL could not compute a SHA-256");
    return digest;
}

// RFC 2104.
std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    std::string block = key.size() > SHA256_CBLOCK ? sha256(key) : std::string(key);
    block.resize(SHA256_CBLOCK, '\0');
    std::string inner = block, outer = block;
    for (char& byte : inner) byte = static_cast<char>(byte ^ 0x36);
    for (char& byte : outer) byte = static_cast<char>(byte ^ 0x5c);
    return sha256(outer.append(sha256(inner.append(bytes))));
}

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const char byte : bytes) {
        text.push_back(kDigits[static_cast<unsigned char>(byte) >> 4U]);
        text.push_back(kDigits[static_cast<unsigned char>(byte) & 0xFU]);
    }
    return text;
}

}  // namespace pipelines
