// Identifiers that the outside world would give a job: hashes of its name, so that every read shows the same ones.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pipelines::documents {

// `length` characters of [0-9a-z] or [0-9A-Z]. `purpose` keeps the identifiers of one job apart.
[[nodiscard]] std::string lower_id(std::string_view name, std::string_view purpose, std::size_t length);
[[nodiscard]] std::string upper_id(std::string_view name, std::string_view purpose, std::size_t length);

// Hexadecimal digits, lower case.
[[nodiscard]] std::string hex_id(std::string_view name, std::string_view purpose, std::size_t length);

// "8-4-4-4-12", version 4 as Athena's are.
[[nodiscard]] std::string uuid_id(std::string_view name, std::string_view purpose);

}  // namespace pipelines::documents
