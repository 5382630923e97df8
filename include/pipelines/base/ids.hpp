// Identifiers. Those of executions, jobs and callbacks are functions of what they identify, so there is no generator
// state to lose: a restart on the same data, or the same --seed on an empty file, gives the same ids.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pipelines {

// 12 characters of [a-z0-9]: the n-th execution made in a namespace. Later ones are greater.
[[nodiscard]] std::string execution_id(std::uint64_t seed, std::uint64_t ordinal);

// 10 characters of [a-zA-Z0-9], for job names and callback tokens: an attempt of a step. `purpose` keeps them apart.
[[nodiscard]] std::string attempt_id(std::uint64_t seed, std::string_view execution_id, std::string_view step,
                                     std::uint32_t attempt, std::string_view purpose);

// A random UUID, version 4: request ids.
[[nodiscard]] std::string random_uuid();

// A 64-bit hash that stays the same across builds and machines.
[[nodiscard]] std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed = 0);

// SHA-256 as 64 hexadecimal digits: cache keys, hashes of idempotent inputs.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace pipelines
