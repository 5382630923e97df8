#include "pipelines/base/ids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "pipelines/base/digest.hpp"

namespace pipelines {
namespace {

constexpr std::string_view kLowerAlphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kHexadecimal = "0123456789abcdef";

// The finalizer of SplitMix64: a bijection in which every bit of the input moves every bit of the output.
constexpr std::uint64_t mix(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

std::string digits_of(std::uint64_t number, std::string_view digits, std::size_t count) {
    std::string text(count, digits.front());
    for (char& character : text) {
        character = digits[number % digits.size()];
        number /= digits.size();
    }
    return text;
}

std::mt19937_64 seeded_generator() {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64(seed);
}

}  // namespace

// Seven digits that count from a place the seed gives, and five of a hash. The count makes ids unique, and rows that
// are made one after the other neighbours in every index of ids: with ids of hashes alone, each start wrote two pages
// more.
std::string execution_id(std::uint64_t seed, std::uint64_t ordinal) {
    constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;
    constexpr std::uint64_t kPlaces = 78'364'164'096 / 2;  // half of 36^7, so that the count never runs over
    const std::uint64_t start = mix(seed + kGolden);
    std::string count = digits_of(start % kPlaces + ordinal, kLowerAlphanumeric, 7);
    std::ranges::reverse(count);
    return count + digits_of(mix(start + ordinal * kGolden), kLowerAlphanumeric, 5);
}

std::string attempt_id(std::uint64_t seed, std::string_view execution_id, std::string_view step, std::uint32_t attempt,
                       std::string_view purpose) {
    // Lengths first, so that no two different inputs are the same bytes.
    std::string bytes = fmt::format("{}:{}:{}:", execution_id.size(), step.size(), attempt);
    bytes.append(execution_id).append(step).append(purpose);
    return digits_of(stable_hash(bytes, seed), kAlphanumeric, 10);
}

std::string random_uuid() {
    thread_local std::mt19937_64 generator = seeded_generator();
    std::uint64_t high = generator();
    std::uint64_t low = generator();
    high = (high & ~0xF000ULL) | 0x4000ULL;              // version 4
    low = (low & ~(0b11ULL << 62U)) | (0b10ULL << 62U);  // the variant of RFC 9562
    std::string text(36, '-');
    std::size_t at = 0;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) ++at;
        std::uint64_t& half = nibble < 16 ? high : low;
        text[at++] = kHexadecimal[half >> 60U];
        half <<= 4U;
    }
    return text;
}

// FNV-1a over the bytes, finished by SplitMix64's mix, since FNV alone leaves the high bits of short inputs poor.
std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ mix(seed);
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
    return mix(hash);
}

std::string sha256_hex(std::string_view bytes) { return hexadecimal(sha256(bytes)); }

}  // namespace pipelines
