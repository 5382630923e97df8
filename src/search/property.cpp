#include "pipelines/search/property.hpp"

#include <fmt/format.h>

#include <utility>

#include "pipelines/base/text.hpp"

namespace pipelines::search {
namespace {

using model::Shape;
using model::Type;
using Way = PathStep::Way;

Kind kind_of(const Shape& shape) {
    switch (shape.type) {
        case Type::Integer:
        case Type::Long:
        case Type::Float:
        case Type::Double: return Kind::Number;
        case Type::Boolean: return Kind::Flag;
        case Type::Timestamp: return Kind::Moment;
        case Type::String:
        case Type::Blob: return Kind::Text;
        default: return Kind::Group;
    }
}

std::vector<std::string_view> member_names(const Shape& structure) {
    std::vector<std::string_view> names;
    for (const model::Member& member : structure.members) names.push_back(member.name);
    return names;
}

// What to say of a part of a name that leads nowhere. `holder` is the name up to there, or the resource's.
Error unknown(std::string_view name, std::string_view part, const Shape& structure, std::string_view holder) {
    const auto known = member_names(structure);
    const auto near = nearest(part, known);
    return validation_error(
        fmt::format("'{}' is no property that can be searched: {} has no member '{}'. {}Known are: {}.", name, holder,
                    part, near ? fmt::format("Did you mean '{}'? ", *near) : "", fmt::join(known, ", ")));
}

// The name, part by part, through the shape.
class Walk {
public:
    Walk(std::string_view name, std::string_view holder, const Shape& start) : holder_(holder), shape_(&start) {
        found_.name = name;
    }

    Result<Property> to_end(std::string_view rest) {
        for (bool more = true; more;) {
            while (shape_->type == Type::List) enter_list();
            if (shape_->type == Type::Map && !rest.empty()) {  // a key may hold dots: it is all that is left
                found_.path.push_back({Way::Member, std::string(rest)});
                shape_ = shape_->element;
                break;
            }
            const auto dot = rest.find('.');
            if (const auto checked = enter_member(rest.substr(0, dot)); !checked) return checked.error();
            more = dot != std::string_view::npos;
            if (more) rest.remove_prefix(dot + 1);
        }
        if (shape_->type == Type::List && kind_of(*shape_->element) != Kind::Group) enter_list();
        found_.shape = shape_;
        found_.kind = kind_of(*shape_);
        return std::move(found_);
    }

private:
    void enter_list() {
        found_.path.push_back({Way::Each});
        shape_ = shape_->element;
    }

    Result<void> enter_member(std::string_view part) {
        if (shape_->type != Type::Structure)
            return validation_error(fmt::format("'{}' is no property that can be searched: {} has no part '{}'.",
                                                found_.name, holder_, part));
        const model::Member* member = model::find_member(*shape_, part);
        if (member == nullptr) return unknown(found_.name, part, *shape_, holder_);
        found_.path.push_back({Way::Member, std::string(part)});
        holder_ = part;
        shape_ = member->shape;
        return {};
    }

    Property found_;
    std::string_view holder_;
    const Shape* shape_;
};

// AWS's own notebooks sort by "metrics.<name>.max"; of no other property is a second spelling known.
bool is_metrics(std::string_view first) { return equal_ignoring_case(first, "Metrics"); }

// Tags.<key> and, of a training job, Metrics.<name>: a value of the item of a list that has that name. Both stand for
// what is left of the name, dots included.
std::optional<Property> find_named(const Resource& resource, std::string_view name) {
    const auto rest_behind = [name](std::string_view prefix) {
        return name.starts_with(prefix) && name.size() > prefix.size() ? std::optional{name.substr(prefix.size())}
                                                                       : std::nullopt;
    };
    const Shape& record = *resource.shape();
    if (const auto key = rest_behind("Tags.")) {
        const model::Member* tags = model::find_member(record, "Tags");
        if (tags == nullptr && resource.own_member.empty()) return std::nullopt;
        return Property{std::string(name),
                        {{Way::Member, "Tags"}, {Way::Named, std::string(*key), "Key", "Value"}},
                        Kind::Text,
                        false,
                        model::find_shape("TagValue")};
    }
    const auto first = name.substr(0, name.find('.'));
    if (const auto metric = is_metrics(first) ? rest_behind(name.substr(0, first.size() + 1)) : std::nullopt;
        metric && model::find_member(record, "FinalMetricDataList") != nullptr)
        return Property{
            std::string(name),
            {{Way::Member, "FinalMetricDataList"}, {Way::Named, std::string(*metric), "MetricName", "Value"}},
            Kind::Number,
            false,
            model::find_shape("Float")};
    return std::nullopt;
}

// The two forms above without the name that they want.
std::optional<Error> find_unnamed(const Resource& resource, std::string_view name) {
    const auto refuse = [name](std::string_view form) {
        return validation_error(
            fmt::format("'{}' is no property that can be searched: it must have the form {}.", name, form));
    };
    if (name == "Tags.") return refuse("Tags.<key>");
    const auto first = name.substr(0, name.find('.'));
    if (is_metrics(first) && name.size() <= first.size() + 1 &&
        model::find_member(*resource.shape(), "FinalMetricDataList") != nullptr)
        return refuse("Metrics.<name>");
    return std::nullopt;
}

// A record may keep what is the resource's own one level down: "Model.ModelName" is also "ModelName".
std::string_view without_own_member(const Resource& resource, std::string_view name) {
    const std::string_view own = resource.own_member;
    if (own.empty() || !name.starts_with(own) || name.size() <= own.size() || name[own.size()] != '.') return name;
    return name.substr(own.size() + 1);
}

Result<Property> find_in_record(const Resource& resource, std::string_view name) {
    const Shape& record = *resource.shape();
    if (auto named = find_named(resource, name)) return std::move(*named);
    if (auto fault = find_unnamed(resource, name)) return *std::move(fault);
    const auto first = name.substr(0, name.find('.'));
    if (!resource.own_member.empty() && model::find_member(record, first) == nullptr)
        return Walk{name, resource.name, *model::find_member(record, resource.own_member)->shape}.to_end(name);
    auto found = Walk{name, resource.name, record}.to_end(name);
    if (found && name.starts_with("HyperParameters.")) found->decimal_text = true;
    return found;
}

}  // namespace

Result<Property> find_property(const Resource& resource, std::string_view given) {
    const std::string_view name = without_own_member(resource, given);
    if (resource.holder == Holder::Nowhere) {
        const auto first = name.substr(0, name.find('.'));
        const bool pseudo = first == "Tags" || is_metrics(first);
        if (resource.shape() != nullptr && !pseudo && model::find_member(*resource.shape(), first) == nullptr)
            return unknown(given, first, *resource.shape(), resource.name);
        return Property{std::string(name), {}, Kind::Any, false, nullptr};
    }
    auto found = find_in_record(resource, name);
    if (!found) return found;
    // The path leads from the record, where the resource's own members stand under their member.
    if (!resource.own_member.empty() && !found->path.empty() &&
        model::find_member(*resource.shape(), found->path.front().name) == nullptr)
        found->path.insert(found->path.begin(), PathStep{Way::Member, std::string(resource.own_member)});
    return found;
}

Result<Property> find_item_property(const Property& list, std::string_view name) {
    if (list.kind == Kind::Any) return Property{std::string(name), {}, Kind::Any, false, nullptr};
    if (list.shape->type != Type::List)
        return validation_error(fmt::format(
            "'{}' is no list of structures: NestedFilters are for the items of one, such as InputDataConfig.",
            list.name));
    if (!name.starts_with(list.name + '.') || name.size() == list.name.size() + 1)
        return validation_error(
            fmt::format("The filters of NestedPropertyName '{}' are on properties of its items: "
                        "'{}' does not begin with '{}.'.",
                        list.name, name, list.name));
    return Walk{name, list.name, *list.shape->element}.to_end(name.substr(list.name.size() + 1));
}

}  // namespace pipelines::search
