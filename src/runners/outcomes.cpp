#include "runners/outcomes.hpp"

#include <algorithm>

#include "pipelines/base/text.hpp"

namespace pipelines::runners {

std::optional<AttemptRange> parse_range(std::string_view text) {
    const std::size_t hyphen = text.find('-');
    const auto first = parse_number<std::uint32_t>(text.substr(0, hyphen));
    if (!first) return std::nullopt;
    if (hyphen == std::string_view::npos) return AttemptRange{*first, *first};
    const std::string_view rest = text.substr(hyphen + 1);
    if (rest.empty()) return AttemptRange{*first, std::nullopt};
    const auto last = parse_number<std::uint32_t>(rest);
    if (!last || *last < *first) return std::nullopt;
    return AttemptRange{*first, last};
}

bool overlap(const AttemptRange& left, const AttemptRange& right) {
    return left.contains(right.first) || right.contains(left.first);
}

std::vector<std::string> covered(const Json& response) {
    std::vector<std::string> keys;
    for (const auto& [key, outcome] : response.items())
        if (parse_range(key)) keys.push_back(key);
    std::ranges::sort(keys, {}, [](const std::string& key) { return parse_range(key)->first; });
    return keys;
}

const Json* response_of(const Json& script, std::string_view step) {
    const Json* steps = find(script, "Steps");
    return steps == nullptr ? nullptr : find(*steps, step);
}

const Json* outcome_of(const Json& response, std::uint32_t attempt) {
    for (auto entry = response.begin(); entry != response.end(); ++entry) {
        const auto range = parse_range(entry.key());
        if (range && range->contains(attempt)) return &entry.value();
    }
    return nullptr;
}

}  // namespace pipelines::runners
