// A property is a name that leads through the shape of a record: "PipelineName", "PipelineParameters.Name" (of any item
// of a list), "HyperParameters.<key>", "Tags.<key>", "Metrics.<name>". Errors name the property and what would be
// valid.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/result.hpp"
#include "pipelines/search/resource.hpp"

namespace pipelines::search {

// Which operators a property knows. Group: a structure or a list, which is there or not. Any: of a resource that holds
// nothing here, so that no operator can be wrong in its answer.
enum class Kind : std::uint8_t { Text, Number, Flag, Moment, Group, Any };

struct PathStep {
    enum class Way : std::uint8_t {
        Member,  // `name` of a structure, or of a map
        Each,    // every item of a list
        Named,   // `value` of the items of a list whose `key` is `name`
    };
    Way way = Way::Member;
    std::string name{};
    std::string_view key{}, value{};
};

struct Property {
    std::string name;  // as a filter writes it, without the own_member of its resource
    std::vector<PathStep> path;
    Kind kind = Kind::Text;
    bool decimal_text = false;            // a hyperparameter: text that compares as a number where both are numbers
    const model::Shape* shape = nullptr;  // of the last step; null for Any
};

[[nodiscard]] Result<Property> find_property(const Resource&, std::string_view name);

// A property of the items of a list; its name is the list's, a dot and what follows, its path starts at an item.
[[nodiscard]] Result<Property> find_item_property(const Property& list, std::string_view name);

}  // namespace pipelines::search
