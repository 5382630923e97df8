#include "pipelines/definition/path.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "pipelines/base/text.hpp"
#include "pipelines/definition/evaluate.hpp"

namespace pipelines::definition {
namespace {

// ['key'] or [12] at the front of `rest`, which is moved behind it.
std::optional<PathSegment> take_bracket(std::string_view& rest) {
    if (rest.size() < 3) return std::nullopt;
    const char quote = rest[1];
    if (quote == '\'' || quote == '"') {
        const std::string closing{quote, ']'};
        const std::size_t end = rest.find(closing, 2);
        if (end == std::string_view::npos) return std::nullopt;
        const PathSegment segment{PathSegment::Kind::Key, rest.substr(2, end - 2)};
        rest.remove_prefix(end + 2);
        return segment;
    }
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const auto index = parse_number<std::int64_t>(rest.substr(1, end - 1));
    if (!index) return std::nullopt;
    rest.remove_prefix(end + 1);
    return PathSegment{PathSegment::Kind::Index, {}, *index};
}

std::optional<PathSegment> take_name(std::string_view& rest) {
    const std::size_t end = std::min(rest.find_first_of(".["), rest.size());
    if (end == 0) return std::nullopt;
    const PathSegment segment{PathSegment::Kind::Name, rest.substr(0, end)};
    rest.remove_prefix(end);
    return segment;
}

const Json* at_index(const Json& list, std::int64_t index) {
    if (!list.is_array()) return nullptr;
    const auto size = static_cast<std::int64_t>(list.size());
    if (index < 0) index += size;
    if (index < 0 || index >= size) return nullptr;
    return &list[static_cast<std::size_t>(index)];
}

bool names_its_element(std::string_view member) { return member.ends_with("Name") || member == "Key"; }

// The element of a list of structures that has this name: its OutputName, InputName, ChannelName, VariantName, Key, ...
const Json* named_element(const Json& list, std::string_view name) {
    for (const Json& element : list) {
        if (!element.is_object()) continue;
        for (const auto& [member, value] : element.items())
            if (names_its_element(member) && value.is_string() && value.get_ref<const std::string&>() == name)
                return &element;
    }
    return nullptr;
}

const Json* step_into(const Json& value, const PathSegment& segment) {
    if (segment.kind == PathSegment::Kind::Index) return at_index(value, segment.index);
    return find(value, segment.text);
}

}  // namespace

std::optional<std::vector<PathSegment>> parse_path(std::string_view path) {
    const std::size_t length = path.size();
    std::vector<PathSegment> segments;
    while (!path.empty()) {
        const bool bracket = path.front() == '[';
        if (!bracket && !segments.empty()) {
            if (path.front() != '.') return std::nullopt;
            path.remove_prefix(1);
        }
        auto segment = bracket ? take_bracket(path) : take_name(path);
        if (!segment) return std::nullopt;
        segment->end = length - path.size();
        segments.push_back(*segment);
    }
    return segments;
}

const Json* find_path(const Json& document, std::string_view path, Json& scratch) {
    const auto segments = parse_path(path);
    if (!segments) return nullptr;
    const Json* value = &document;
    for (const PathSegment& segment : *segments) {
        if (value->is_string()) {
            auto inner = parse_json(value->get_ref<const std::string&>());
            if (!inner) return nullptr;
            scratch = std::move(*inner);
            value = &scratch;
        }
        const bool by_name = value->is_array() && segment.kind != PathSegment::Kind::Index;
        value = by_name ? named_element(*value, segment.text) : step_into(*value, segment);
        if (value == nullptr) return nullptr;
    }
    return value;
}

const Json* find_json_path(const Json& document, std::string_view path) {
    if (path.starts_with('$')) path.remove_prefix(path.starts_with("$.") ? 2 : 1);
    const auto segments = parse_path(path);
    if (!segments) return nullptr;
    const Json* value = &document;
    for (const PathSegment& segment : *segments) {
        value = step_into(*value, segment);
        if (value == nullptr) return nullptr;
    }
    return value;
}

}  // namespace pipelines::definition
