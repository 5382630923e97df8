#include "definition/fault.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "pipelines/base/text.hpp"

namespace pipelines::definition {

std::string Place::pointer() const {
    switch (kind_) {
        case Kind::Pointer: return std::string(token_);
        case Kind::Key: return parent_->pointer() + "/" + pointer_token(token_);
        case Kind::Index: break;
    }
    return fmt::format("{}/{}", parent_->pointer(), index_);
}

Error located(std::string_view sentence, const Place& place) {
    const std::string pointer = place.pointer();
    if (pointer.empty()) return validation_error(std::string(sentence));
    return validation_error(fmt::format("{} (at {})", sentence, pointer));
}

Error unparsable(std::string_view sentence, const Place& place) {
    return located(fmt::format("Unable to parse pipeline definition. {}", sentence), place);
}

Fault expect_object(const Json& value, const Place& place) {
    if (value.is_object()) return std::nullopt;
    return unparsable("Expecting start of Json Object.", place);
}

Fault expect_array(const Json& value, const Place& place) {
    if (value.is_array()) return std::nullopt;
    return unparsable("Expecting start of Json Array.", place);
}

Fault expect_string(const Json& value, const Place& place) {
    if (value.is_string()) return std::nullopt;
    return unparsable(fmt::format("Expecting Json String but found {}.", kind_name(value)), place);
}

Fault expect_boolean(const Json& value, const Place& place) {
    if (value.is_boolean()) return std::nullopt;
    return unparsable(fmt::format("Expecting Json Boolean but found {}.", kind_name(value)), place);
}

std::string suggestion(std::string_view name, std::span<const std::string_view> known) {
    if (const auto near = nearest(name, known)) return fmt::format(" Did you mean '{}'?", *near);
    return fmt::format(" Known: {}.", fmt::join(known, ", "));
}

Fault expect_members(const Json& object, std::span<const std::string_view> known, std::string_view what,
                     const Place& place) {
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        const std::string_view blank = what.empty() ? "" : " ";
        return unparsable(fmt::format("Unknown {}{}member '{}'.{}", what, blank, key, suggestion(key, known)),
                          Place(place, key));
    }
    return std::nullopt;
}

Error missing_member(std::string_view key, const Place& place) {
    return unparsable(fmt::format("Missing member '{}'.", key), place);
}

Result<const Json*> required(const Json& object, std::string_view key, const Place& place) {
    const Json* value = find_given(object, key);
    if (value == nullptr) return missing_member(key, place);
    return value;
}

Result<std::string> required_string(const Json& object, std::string_view key, const Place& place) {
    const Result<const Json*> value = required(object, key, place);
    if (!value) return value.error();
    if (auto fault = expect_string(**value, Place(place, key))) return *std::move(fault);
    return (*value)->get<std::string>();
}

Result<std::optional<std::string>> optional_string(const Json& object, std::string_view key, const Place& place) {
    const Json* value = find_given(object, key);
    if (value == nullptr) return std::optional<std::string>{};
    if (auto fault = expect_string(*value, Place(place, key))) return *std::move(fault);
    return std::optional(value->get<std::string>());
}

}  // namespace pipelines::definition
