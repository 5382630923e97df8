#include <re2/re2.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "pipelines/base/text.hpp"
#include "pipelines/model/validate.hpp"

namespace pipelines::model {
namespace {

// Compiled on first use. Each thread has its own, so that no lock stands in the way of the one thread that serves.
const re2::RE2& compiled(std::string_view pattern) {
    thread_local std::unordered_map<std::string, re2::RE2, TextHash, std::equal_to<>> cache;
    auto found = cache.find(pattern);
    if (found == cache.end())
        found =
            cache.try_emplace(std::string{pattern}, re2::StringPiece{pattern.data(), pattern.size()}, re2::RE2::Quiet)
                .first;
    const re2::RE2& made = found->second;
    // Every pattern of the tables is compiled by a test, so this is a bug and no matter of input.
    if (!made.ok()) throw std::logic_error("pattern of the API model: " + std::string{pattern} + ": " + made.error());
    return made;
}

}  // namespace

bool matches_pattern(const Shape& shape, std::string_view text) {
    if (shape.pattern.empty()) return true;
    if (shape.pattern == ".*") return text.find('\n') == std::string_view::npos;  // by far the most frequent one
    const std::string_view pattern = shape.re2_pattern.empty() ? shape.pattern : shape.re2_pattern;
    return re2::RE2::FullMatch(re2::StringPiece{text.data(), text.size()}, compiled(pattern));
}

}  // namespace pipelines::model
