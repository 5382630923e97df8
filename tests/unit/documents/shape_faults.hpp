// What of a document does not fit its shape: unknown members, wrong kinds, values outside an enum, missing members.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "pipelines/base/json.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::documents {

inline bool fits_kind(const Json& value, model::Type type) {
    using model::Type;
    switch (type) {
        case Type::Structure:
        case Type::Map: return value.is_object();
        case Type::List: return value.is_array();
        case Type::String:
        case Type::Blob: return value.is_string();
        case Type::Integer:
        case Type::Long: return value.is_number_integer();
        case Type::Boolean: return value.is_boolean();
        default: return value.is_number();
    }
}

inline void add_shape_faults(const Json& value, const model::Shape& shape, const std::string& place,
                             std::vector<std::string>& faults) {
    using model::Type;
    if (!fits_kind(value, shape.type)) return faults.push_back(place + " has the wrong kind: " + dump(value));
    if (shape.type == Type::Structure) {
        for (const auto& [name, part] : value.items()) {
            const model::Member* member = model::find_member(shape, name);
            if (member == nullptr)
                faults.push_back(place + '.' + name + " is unknown");
            else
                add_shape_faults(part, *member->shape, place + '.' + name, faults);
        }
        for (const model::Member& member : shape.members)
            if (member.required && !value.contains(member.name))
                faults.push_back(place + '.' + std::string(member.name) + " is missing");
    }
    if (shape.type == Type::List || shape.type == Type::Map)
        for (const Json& part : value) add_shape_faults(part, *shape.element, place + "[]", faults);
    if (!shape.values.empty() && std::ranges::find(shape.values, value.get<std::string>()) == shape.values.end())
        faults.push_back(place + " is outside its enum: " + dump(value));
}

[[nodiscard]] inline std::vector<std::string> shape_faults(const Json& value, const model::Shape& shape) {
    std::vector<std::string> faults;
    add_shape_faults(value, shape, std::string(shape.name), faults);
    return faults;
}

}  // namespace pipelines::documents
