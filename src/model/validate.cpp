#include "pipelines/model/validate.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "model/path.hpp"
#include "model/violations.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::model {
namespace {

enum class Constraint { Max, Min, Pattern, Enum };

// In the order in which AWS names them.
constexpr Constraint kConstraints[] = {Constraint::Max, Constraint::Min, Constraint::Pattern, Constraint::Enum};

bool has_length(Type type) { return type == Type::String || type == Type::List || type == Type::Map; }

bool has_value(Type type) {
    return type == Type::Integer || type == Type::Long || type == Type::Float || type == Type::Double;
}

bool is_scalar(Type type) { return type != Type::Structure && type != Type::List && type != Type::Map; }

bool applies(Constraint constraint, const Shape& shape) {
    const bool is_limited = has_length(shape.type) || has_value(shape.type);
    switch (constraint) {
        case Constraint::Max: return shape.max.has_value() && is_limited;
        case Constraint::Min: return shape.min.has_value() && is_limited;
        case Constraint::Pattern: return !shape.pattern.empty();
        case Constraint::Enum: return !shape.values.empty();
    }
    return false;
}

// Characters, items or entries, or the value itself: what min and max bound. `text` is the value of a string.
double measure(const Shape& shape, const Json& value, std::string_view text) {
    if (shape.type == Type::String) return static_cast<double>(code_points(text));
    return has_length(shape.type) ? static_cast<double>(value.size()) : value.get<double>();
}

bool is_one_of(std::span<const std::string_view> values, std::string_view text) {
    for (const std::string_view value : values)
        if (value == text) return true;
    return false;
}

// A character has one to four bytes, so most texts need not be counted; a definition may have a million.
bool is_short_enough(const Shape& shape, const Json& value, std::string_view text) {
    if (shape.type == Type::String && static_cast<double>(text.size()) <= *shape.max) return true;
    return measure(shape, value, text) <= *shape.max;
}

bool is_long_enough(const Shape& shape, const Json& value, std::string_view text) {
    if (shape.type == Type::String && static_cast<double>(text.size()) >= 4 * *shape.min) return true;
    return measure(shape, value, text) >= *shape.min;
}

bool holds(Constraint constraint, const Shape& shape, const Json& value, std::string_view text) {
    switch (constraint) {
        case Constraint::Max: return is_short_enough(shape, value, text);
        case Constraint::Min: return is_long_enough(shape, value, text);
        case Constraint::Pattern: return matches_pattern(shape, text);
        case Constraint::Enum: return is_one_of(shape.values, text);
    }
    return false;
}

std::string_view text_of(const Json& value) { return as_string(value).value_or(std::string_view{}); }

// "Member must have length less than or equal to 63", ...
std::string sentence(Constraint constraint, const Shape& shape) {
    const std::string_view measured = has_length(shape.type) ? "length" : "value";
    switch (constraint) {
        case Constraint::Max: return fmt::format("Member must have {} less than or equal to {}", measured, *shape.max);
        case Constraint::Min:
            return fmt::format("Member must have {} greater than or equal to {}", measured, *shape.min);
        case Constraint::Pattern:
            return fmt::format("Member must satisfy regular expression pattern: {}", shape.pattern);
        case Constraint::Enum:
            return fmt::format("Member must satisfy enum value set: [{}]", fmt::join(shape.values, ", "));
    }
    return {};
}

// All constraints of the items of a list or map, as AWS tells them when any item breaks any of them:
// "[Member must have length less than or equal to 256, Member must satisfy ...]"
std::string all_sentences(const Shape& shape) {
    std::string text = "[";
    for (const Constraint constraint : kConstraints) {
        if (!applies(constraint, shape)) continue;
        if (text.size() > 1) text += ", ";
        text += sentence(constraint, shape);
    }
    return text + "]";
}

bool holds_all(const Shape& shape, const Json& value, std::string_view text) {
    for (const Constraint constraint : kConstraints)
        if (applies(constraint, shape) && !holds(constraint, shape, value, text)) return false;
    return true;
}

class Walk {
public:
    void visit(const Shape& shape, const Json& value, const Path& path) {
        const std::string_view text = text_of(value);
        for (const Constraint constraint : kConstraints)
            if (applies(constraint, shape) && !holds(constraint, shape, value, text))
                violations_.add(shape, value, path, sentence(constraint, shape));
        switch (shape.type) {
            case Type::Structure: structure(shape, value, path); break;
            case Type::List: list(shape, value, path); break;
            case Type::Map: map(shape, value, path); break;
            default: break;
        }
    }

    [[nodiscard]] Result<void> result() const { return violations_.result(); }

private:
    void structure(const Shape& shape, const Json& object, const Path& path) {
        for (const Member& member : shape.members) {
            const Json* child = find(object, member.name);
            if (child != nullptr && !child->is_null())
                visit(*member.shape, *child, path.member(member.name));
            else if (member.required)
                violations_.add_missing(path.member(member.name));
        }
    }

    // Items with an inside are looked into one by one; plain ones are one violation of the whole list.
    void list(const Shape& shape, const Json& array, const Path& path) {
        const Shape& element = *shape.element;
        bool is_broken = false;
        std::size_t index = 0;
        for (const Json& item : array) {
            const Path place = path.item(index++);
            if (item.is_null())
                violations_.add_missing(place);
            else if (!is_scalar(element.type))
                visit(element, item, place);
            else if (!holds_all(element, item, text_of(item)))
                is_broken = true;
        }
        if (is_broken) violations_.add(shape, array, path, "Member must satisfy constraint: " + all_sentences(element));
    }

    void map(const Shape& shape, const Json& object, const Path& path) {
        const Shape& element = *shape.element;
        bool is_key_broken = false;
        bool is_value_broken = false;
        for (auto entry = object.begin(); entry != object.end(); ++entry) {
            if (!holds_all(*shape.key, Json{}, entry.key())) is_key_broken = true;
            const Path place = path.value(entry.key());
            if (entry->is_null())
                violations_.add_missing(place);
            else if (!is_scalar(element.type))
                visit(element, *entry, place);
            else if (!holds_all(element, *entry, text_of(*entry)))
                is_value_broken = true;
        }
        if (is_key_broken)
            violations_.add(shape, object, path, "Map keys must satisfy constraint: " + all_sentences(*shape.key));
        if (is_value_broken)
            violations_.add(shape, object, path, "Map value must satisfy constraint: " + all_sentences(element));
    }

    Violations violations_;
};

}  // namespace

Result<void> check_constraints(const Shape& shape, const Json& input) {
    Walk walk;
    walk.visit(shape, input, Path{});
    return walk.result();
}

}  // namespace pipelines::model
