// Every fault of a document, one a line, each with its place.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/result.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::runners {

class Faults {
public:
    void add(std::string_view place, std::string_view text) {
        lines_.push_back((place.empty() ? std::string("(the whole document)") : std::string(place)) + ": " +
                         std::string(text));
    }
    [[nodiscard]] bool empty() const { return lines_.empty(); }
    [[nodiscard]] Error error() const { return validation_error(join(lines_, "\n")); }

private:
    std::vector<std::string> lines_;
};

// "a, b, c", or "none".
[[nodiscard]] inline std::string list_of(std::span<const std::string_view> names) {
    if (names.empty()) return "none";
    std::string text;
    for (const std::string_view name : names) text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

// " Did you mean 'x'?" or " Known: a, b."
[[nodiscard]] inline std::string hint(std::string_view name, std::span<const std::string_view> known) {
    if (const auto near = nearest(name, known)) return " Did you mean '" + std::string(*near) + "'?";
    return " Known: " + list_of(known) + ".";
}

}  // namespace pipelines::runners
