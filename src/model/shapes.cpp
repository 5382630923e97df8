#include "pipelines/model/shapes.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "model/tables.hpp"

namespace pipelines::model {
namespace {

// The entry of that name in a table sorted by name.
template <class Entry>
const Entry* look_up(std::span<const Entry> table, std::string_view name) {
    const auto found = std::ranges::lower_bound(table, name, std::less<>{}, &Entry::name);
    return found != table.end() && found->name == name ? &*found : nullptr;
}

bool looks_like_instance_type(std::string_view text) {
    return text.starts_with("ml.") && std::ranges::count(text, '.') == 2 && !text.ends_with('.') &&
           text.find("..") == std::string_view::npos &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos;
}

}  // namespace

bool is_value(const Shape& shape, std::string_view text) {
    if (shape.values.empty() || std::ranges::find(shape.values, text) != shape.values.end()) return true;
    return looks_like_instance_type(text) && std::ranges::any_of(shape.values, looks_like_instance_type);
}

const Member* find_member(const Shape& structure, std::string_view name) {
    const auto found = std::ranges::find(structure.members, name, &Member::name);
    return found == structure.members.end() ? nullptr : &*found;
}

const Operation* find_operation(std::string_view name) { return look_up(tables::sagemaker_operations, name); }

const Shape* find_shape(std::string_view name) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return look_up(tables::sagemaker_shapes, name);
    const std::pair<std::string_view, std::span<const Shape>> services[] = {
        {"athena", tables::athena_shapes},
        {"bedrock", tables::bedrock_shapes},
        {"emr", tables::emr_shapes},
        {"emr-serverless", tables::emr_serverless_shapes},
    };
    for (const auto& [service, shapes] : services)
        if (name.substr(0, dot) == service) return look_up(shapes, name);
    return nullptr;
}

std::string_view made_from() { return tables::made_from; }

bool is_sagemaker_operation(std::string_view name) { return std::ranges::binary_search(tables::operation_names, name); }

}  // namespace pipelines::model
