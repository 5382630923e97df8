#include "pipelines/base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

template class nlohmann::basic_json<>;

namespace pipelines {

std::string describe(const JsonFault& fault) {
    return fmt::format("line {}, column {}: {}", fault.line, fault.column, fault.message);
}

void throw_exception_from_error(const JsonFault& fault, const boost::source_location&) {
    throw std::logic_error("value() of a JSON fault: " + describe(fault));
}

const Json* find(const Json& object, std::string_view key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

const Json* find_given(const Json& object, std::string_view key) {
    const Json* value = find(object, key);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string_view> as_string(const Json& value) {
    if (const auto* text = value.get_ptr<const std::string*>()) return *text;
    return std::nullopt;
}

std::optional<std::int64_t> as_integer(const Json& value) {
    if (const auto* number = value.get_ptr<const Json::number_unsigned_t*>()) {
        if (!std::in_range<std::int64_t>(*number)) return std::nullopt;
        return static_cast<std::int64_t>(*number);
    }
    if (const auto* number = value.get_ptr<const Json::number_integer_t*>()) return *number;
    return std::nullopt;
}

std::string_view text_of(const Json& object, std::string_view member) {
    const Json* value = find(object, member);
    return value == nullptr ? std::string_view{} : as_string(*value).value_or(std::string_view{});
}

bool is_deeper_than(const Json& value, std::size_t levels) {
    if (!value.is_structured()) return false;
    return levels == 0 ||
           std::ranges::any_of(value, [levels](const Json& each) { return is_deeper_than(each, levels - 1); });
}

std::string pointer_token(std::string_view key) {
    std::string token;
    token.reserve(key.size());
    for (const char character : key) {
        if (character == '~')
            token.append("~0");
        else if (character == '/')
            token.append("~1");
        else
            token.push_back(character);
    }
    return token;
}

std::string_view kind_name(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null: return "null";
        case Json::value_t::object: return "an object";
        case Json::value_t::array: return "an array";
        case Json::value_t::string: return "a string";
        case Json::value_t::boolean: return "a boolean";
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned: return "an integer";
        case Json::value_t::number_float: return "a number";
        case Json::value_t::binary:
        case Json::value_t::discarded: break;
    }
    return "no JSON value";
}

}  // namespace pipelines
