// A tag of a resource.
#pragma once

#include <string>

namespace pipelines {

struct Tag {
    std::string key, value;

    friend bool operator==(const Tag&, const Tag&) = default;
};

}  // namespace pipelines
