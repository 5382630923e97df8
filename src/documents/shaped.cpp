#include "documents/shaped.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "pipelines/base/number.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/model/validate.hpp"

namespace pipelines::documents {
namespace {

using model::Shape;
using model::Type;

constexpr std::string_view kSimulated = "simulated";

std::optional<Json> project_scalar(const Json& value, const Shape& shape) {
    switch (shape.type) {
        case Type::String:
        case Type::Blob:
            if (value.is_string()) return value;
            if (value.is_number() || value.is_boolean()) return dump(value);
            return std::nullopt;
        case Type::Integer:
        case Type::Long:
            if (const auto number = whole_number(value)) return *number;
            if (const auto text = as_string(value))
                if (const auto number = parse_number<std::int64_t>(*text)) return *number;
            return std::nullopt;
        case Type::Float:
        case Type::Double:
        case Type::Timestamp:
            if (value.is_number()) return value;
            if (const auto text = as_string(value))
                if (const auto number = parse_decimal(*text)) return *number;
            return std::nullopt;
        case Type::Boolean:
            if (value.is_boolean()) return value;
            if (const auto text = as_string(value)) {
                if (equal_ignoring_case(*text, "true")) return true;
                if (equal_ignoring_case(*text, "false")) return false;
            }
            return std::nullopt;
        default: return std::nullopt;
    }
}

// "ModelPackageGroupArn" -> "model-package-group", "S3OutputPath" -> "s3-output-path"
std::string kebab(std::string_view member) {
    std::string text;
    for (std::size_t i = 0; i < member.size(); ++i) {
        const char c = member[i];
        const bool upper = c >= 'A' && c <= 'Z';
        const bool after_lower = i > 0 && (member[i - 1] < 'A' || member[i - 1] > 'Z');
        const bool before_lower = i + 1 < member.size() && member[i + 1] >= 'a' && member[i + 1] <= 'z';
        if (upper && i > 0 && (after_lower || before_lower)) text += '-';
        text += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

std::string hinted(std::string_view member) {
    if (member == "RoleArn" || member.ends_with("RoleArn")) return "arn:aws:iam::123456789012:role/simulated";
    if (member.ends_with("Arn"))
        return "arn:aws:sagemaker:us-east-1:123456789012:" + kebab(member.substr(0, member.size() - 3)) + "/simulated";
    for (const std::string_view end : {"S3Uri", "Uri", "Url", "Path", "Location", "Artifacts"})
        if (member.ends_with(end)) return "s3://simulated/" + kebab(member);
    return std::string(kSimulated);
}

bool fits(const Shape& shape, std::string_view text) {
    return static_cast<double>(text.size()) >= shape.min.value_or(0) && model::matches_pattern(shape, text);
}

Json plausible_text(const Shape& shape, std::string_view member) {
    if (!shape.values.empty()) return std::string(shape.values.front());
    std::string first = hinted(member);
    if (fits(shape, first)) return first;
    constexpr std::array<std::string_view, 6> kOthers{
        kSimulated, "s3://simulated/object",
        "1.0.0",    "123456789012",
        "0",        "arn:aws:sagemaker:us-east-1:123456789012:simulated/simulated"};
    for (const std::string_view other : kOthers)
        if (fits(shape, other)) return std::string(other);
    return first;
}

// Required members never recur in the model; the bound only keeps a mistaken one from overflowing the stack.
constexpr int kDeepest = 16;

Json make_up(const Shape& shape, std::string_view member, int depth) {
    switch (shape.type) {
        case Type::Structure: {
            Json object = Json::object();
            if (depth >= kDeepest) return object;
            for (const model::Member& part : shape.members)
                if (part.required) object[std::string(part.name)] = make_up(*part.shape, part.name, depth + 1);
            return object;
        }
        case Type::List: {
            Json list = Json::array();
            if (shape.min.value_or(0) >= 1 && depth < kDeepest)
                list.push_back(make_up(*shape.element, member, depth + 1));
            return list;
        }
        case Type::Map: return Json::object();
        case Type::String: return plausible_text(shape, member);
        case Type::Blob: return "";
        case Type::Integer:
        case Type::Long: return static_cast<std::int64_t>(std::ceil(shape.min.value_or(0)));
        case Type::Float:
        case Type::Double: return shape.min.value_or(0.0);
        case Type::Timestamp: return 0;
        case Type::Boolean: return false;
    }
    return nullptr;
}

}  // namespace

Json project(const Json& value, const Shape& shape) {
    if (value.is_null()) return nullptr;
    switch (shape.type) {
        case Type::Structure: {
            if (!value.is_object()) return nullptr;
            Json::object_t object;  // a request has few of the many members that a shape knows
            for (const auto& [name, part] : value.get_ref<const Json::object_t&>())
                if (const model::Member* member = model::find_member(shape, name))
                    if (Json fitted = project(part, *member->shape); !fitted.is_null())
                        object.emplace_hint(object.end(), name, std::move(fitted));
            return object;
        }
        case Type::List: {
            if (!value.is_array()) return nullptr;
            Json list = Json::array();
            for (const Json& item : value)
                if (Json fitted = project(item, *shape.element); !fitted.is_null()) list.push_back(std::move(fitted));
            return list;
        }
        case Type::Map: {
            if (!value.is_object()) return nullptr;
            Json::object_t map;
            for (const auto& [key, item] : value.get_ref<const Json::object_t&>())
                if (Json fitted = project(item, *shape.element); !fitted.is_null())
                    map.emplace_hint(map.end(), key, std::move(fitted));
            return map;
        }
        default: return project_scalar(value, shape).value_or(nullptr);
    }
}

Json plausible(const Shape& shape, std::string_view member) { return make_up(shape, member, 0); }

void add_required(Json& document, const Shape& shape, std::string_view only) {
    for (const model::Member& member : shape.members)
        if (member.required && (only.empty() || only == member.name) && !document.contains(member.name))
            document[std::string(member.name)] = plausible(*member.shape, member.name);
}

}  // namespace pipelines::documents
