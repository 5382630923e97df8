// Where a walk over an input is: frames on the stack, each pointing to the one above, so that a walk that finds nothing
// wrong allocates nothing. The text is put together only for a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pipelines::model {

struct Path {
    enum class Step { Root, Member, Item, Value };

    const Path* parent = nullptr;
    Step step = Step::Root;
    std::string_view name{};  // of a member, or the key of a map's value
    std::size_t index = 0;    // of a list's item, from 0

    [[nodiscard]] Path member(std::string_view its_name) const { return {this, Step::Member, its_name, 0}; }
    [[nodiscard]] Path item(std::size_t its_index) const { return {this, Step::Item, {}, its_index}; }
    [[nodiscard]] Path value(std::string_view key) const { return {this, Step::Value, key, 0}; }
};

// As in AWS's messages on constraints: "productionVariants.1.member.instanceType", "environment.KEY.member".
[[nodiscard]] std::string constraint_path(const Path& path);

// As in our messages on kinds, with the names of the wire: "ProductionVariants[0].InstanceType", "Environment['KEY']".
[[nodiscard]] std::string wire_path(const Path& path);

}  // namespace pipelines::model
