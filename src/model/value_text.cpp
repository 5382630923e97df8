#include "model/value_text.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

#include "pipelines/base/text.hpp"

namespace pipelines::model {
namespace {

constexpr std::size_t kShownCharacters = 1024;
constexpr std::size_t kEnoughBytes = 4 * kShownCharacters + 1;  // holds more characters than are shown

void append(std::string& text, const Shape& shape, const Json& value);

void append_entry(std::string& text, std::string_view separator, std::string_view key, const Shape& shape,
                  const Json& value) {
    text.append(separator).append(first_code_points(key, kShownCharacters + 1)).append("=");
    append(text, shape, value);
}

void append_structure(std::string& text, const Shape& shape, const Json& value) {
    text += '{';
    std::string_view separator;
    for (const Member& member : shape.members)
        if (const Json* child = find_given(value, member.name))
            append_entry(text, std::exchange(separator, ", "), member.name, *member.shape, *child);
    text += '}';
}

void append_map(std::string& text, const Shape& shape, const Json& value) {
    text += '{';
    for (auto entry = value.begin(); entry != value.end() && text.size() < kEnoughBytes; ++entry)
        append_entry(text, entry == value.begin() ? "" : ", ", entry.key(), *shape.element, *entry);
    text += '}';
}

void append_list(std::string& text, const Shape& shape, const Json& value) {
    text += '[';
    for (std::size_t index = 0; index < value.size() && text.size() < kEnoughBytes; ++index) {
        if (index > 0) text += ", ";
        append(text, *shape.element, value[index]);
    }
    text += ']';
}

void append(std::string& text, const Shape& shape, const Json& value) {
    if (text.size() >= kEnoughBytes) return;
    if (shape.sensitive) {
        text += "***Sensitive Data Redacted***";
    } else if (shape.type == Type::Structure && value.is_object()) {
        append_structure(text, shape, value);
    } else if (shape.type == Type::Map && value.is_object()) {
        append_map(text, shape, value);
    } else if (shape.type == Type::List && value.is_array()) {
        append_list(text, shape, value);
    } else if (const auto string = as_string(value)) {
        text += first_code_points(*string, kShownCharacters + 1);
    } else {
        text += dump(value);
    }
}

}  // namespace

std::string value_text(const Shape& shape, const Json& value) {
    std::string text;
    append(text, shape, value);
    if (code_points(text) <= kShownCharacters) return text;
    return std::string{first_code_points(text, kShownCharacters)} + "...";
}

}  // namespace pipelines::model
