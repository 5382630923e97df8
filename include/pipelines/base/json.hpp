// JSON: one alias, a bounded parser, a canonical dump.
//
// Objects are ordered by key, so dump() of equal values is equal text: what hashes and comparisons rely on. No tree
// much deeper than the bound ever exists, since copying, comparing and dumping one recurse.
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipelines/base/result.hpp"

// Compiled once, in json.cpp: a quarter of what most files take to compile, and a third of their objects.
extern template class nlohmann::basic_json<>;

namespace pipelines {

using Json = nlohmann::json;

enum class DuplicateKeys { LastWins, Refuse };

struct JsonLimits {
    std::size_t depth = 512;        // nested objects and arrays
    std::size_t nodes = 2'000'000;  // values, keys not counted
    DuplicateKeys duplicate_keys = DuplicateKeys::LastWins;
};

// Where and why a text is not JSON (or not within the limits). Line and column count from 1, the column in bytes.
struct JsonFault {
    std::string message;  // "unexpected character '}'", "the key \"Name\" stands twice: /Steps/3/Name", ...
    std::size_t line = 1;
    std::size_t column = 1;
};

// The value of a text, or its first fault. Refuses: anything after the value, invalid UTF-8, a NUL byte, integers
// outside [-2^63, 2^64), numbers that overflow a double, more depth or nodes than the limits allow.
[[nodiscard]] boost::system::result<Json, JsonFault> parse_json(std::string_view text, const JsonLimits& limits = {});

// "line 3, column 7: unexpected ..."
[[nodiscard]] std::string describe(const JsonFault& fault);
[[noreturn]] void throw_exception_from_error(const JsonFault& fault, const boost::source_location&);

// Compact text. Invalid UTF-8 (which parse_json never lets in) is replaced, never thrown at.
[[nodiscard]] std::string dump(const Json& value);

// A member of an object, or null where the value is no object or has no such member.
[[nodiscard]] const Json* find(const Json& object, std::string_view key);
// The same where null means as much as nothing.
[[nodiscard]] const Json* find_given(const Json& object, std::string_view key);

// The value as a string, integer, ... or nothing if it is of another kind. No truncation: 1.5 and 2^63 are not
// integers.
[[nodiscard]] std::optional<std::string_view> as_string(const Json& value);
[[nodiscard]] std::optional<std::int64_t> as_integer(const Json& value);

// A member of an object as text; empty if there is none or it is no string. Views live as long as the object.
[[nodiscard]] std::string_view text_of(const Json& object, std::string_view member);

// Does it nest more than so many objects and arrays?
[[nodiscard]] bool is_deeper_than(const Json& value, std::size_t levels);

// Escapes a key for a JSON pointer (RFC 6901): "~" -> "~0", "/" -> "~1".
[[nodiscard]] std::string pointer_token(std::string_view key);

// "a string", "an object", "null", ...: for messages.
[[nodiscard]] std::string_view kind_name(const Json& value);

}  // namespace pipelines
