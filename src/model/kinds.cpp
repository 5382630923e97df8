#include <limits>

#include "model/path.hpp"
#include "pipelines/model/validate.hpp"

namespace pipelines::model {
namespace {

std::string_view expected_kind(Type type) {
    switch (type) {
        case Type::Structure:
        case Type::Map: return "an object";
        case Type::List: return "an array";
        case Type::String: return "a string";
        case Type::Blob: return "a string in base64";
        case Type::Integer: return "an integer of 32 bits";
        case Type::Long: return "an integer of 64 bits";
        case Type::Float:
        case Type::Double: return "a number";
        case Type::Boolean: return "true or false";
        case Type::Timestamp: return "a number (seconds since 1970)";
    }
    return {};
}

bool is_integer_of(const Json& value, Type type) {
    const auto integer = as_integer(value);
    if (!integer) return false;
    if (type == Type::Long) return true;
    return *integer >= std::numeric_limits<std::int32_t>::min() && *integer <= std::numeric_limits<std::int32_t>::max();
}

bool is_kind(const Json& value, Type type) {
    switch (type) {
        case Type::Structure:
        case Type::Map: return value.is_object();
        case Type::List: return value.is_array();
        case Type::String:
        case Type::Blob: return value.is_string();
        case Type::Integer:
        case Type::Long: return is_integer_of(value, type);
        case Type::Float:
        case Type::Double:
        case Type::Timestamp: return value.is_number();
        case Type::Boolean: return value.is_boolean();
    }
    return false;
}

// What came, as briefly as it can be told apart from what belongs there: a number is named, anything else only by kind.
std::string found_kind(const Json& value) {
    return value.is_number() ? "the number " + dump(value) : std::string{kind_name(value)};
}

Error wrong_kind(const Shape& shape, const Json& value, const Path& path) {
    const std::string place = path.parent == nullptr ? "The request body" : wire_path(path);
    return {ErrorKind::Serialization,
            place + ": expected " + std::string{expected_kind(shape.type)} + ", got " + found_kind(value)};
}

Result<void> check(const Shape& shape, const Json& value, const Path& path) {
    if (!is_kind(value, shape.type)) return wrong_kind(shape, value, path);
    if (shape.type == Type::Structure) {
        for (const Member& member : shape.members) {
            const Json* child = find(value, member.name);
            if (child == nullptr || child->is_null()) continue;
            if (auto checked = check(*member.shape, *child, path.member(member.name)); !checked) return checked;
        }
    } else if (shape.type == Type::List) {
        std::size_t index = 0;
        for (const Json& item : value) {
            const Path place = path.item(index++);
            if (item.is_null()) continue;
            if (auto checked = check(*shape.element, item, place); !checked) return checked;
        }
    } else if (shape.type == Type::Map) {
        for (auto entry = value.begin(); entry != value.end(); ++entry) {
            if (entry->is_null()) continue;
            if (auto checked = check(*shape.element, *entry, path.value(entry.key())); !checked) return checked;
        }
    }
    return {};
}

}  // namespace

Result<void> check_kinds(const Shape& shape, const Json& input) { return check(shape, input, Path{}); }

}  // namespace pipelines::model
