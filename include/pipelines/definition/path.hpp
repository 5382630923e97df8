// Paths into documents, as property references and Std:JsonGet write them: a.b['key'][0].c.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace pipelines::definition {

struct PathSegment {
    enum class Kind : std::uint8_t { Name, Key, Index };  // a, ['a'], [0]
    Kind kind = Kind::Name;
    std::string_view text;   // Name, Key: a view into the path
    std::int64_t index = 0;  // Index; negative ones count from the end
    std::size_t end = 0;     // where the path goes on behind it
};

// The segments of a path, none for an empty one; nothing if it is malformed. The SDK writes keys as they are, without
// escapes, so a key ends at the first quote that a bracket follows.
[[nodiscard]] std::optional<std::vector<PathSegment>> parse_path(std::string_view path);

}  // namespace pipelines::definition
