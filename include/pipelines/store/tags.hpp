// Tags of resources, by ARN.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "pipelines/domain/pipeline.hpp"
#include "pipelines/domain/tag.hpp"
#include "pipelines/store/database.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::store {

// What a tag stands on. The numbers stand in rows.
enum class TaggedKind : std::uint8_t { Pipeline = 0, Execution = 1, Job = 2 };

struct Tagged {
    TaggedKind kind = TaggedKind::Pipeline;
    std::int64_t id = 0;  // key of the row in its table
};

class Tags {
public:
    explicit Tags(Database& database) : database_(database) {}

    void put(const Tagged&, std::span<const Tag>);  // a key that exists gets the new value
    void erase(const Tagged&, std::span<const std::string> keys);
    [[nodiscard]] std::size_t count(const Tagged&);
    [[nodiscard]] Page<Tag> list(const Tagged&, const PageRequest&);  // by key, ascending

private:
    Database& database_;
};

}  // namespace pipelines::store
