#include "pipelines/domain/job_name.hpp"

#include <algorithm>
#include <utility>

#include "pipelines/base/text.hpp"

namespace pipelines {

std::vector<std::string> execution_ids_in(std::string_view name) {
    constexpr std::size_t kIdLength = 12;
    std::vector<std::string> found;
    for (const std::string_view piece : split(name, '-')) {
        std::string id = to_lower(piece);
        if (id.size() == kIdLength && std::ranges::find(found, id) == found.end()) found.push_back(std::move(id));
    }
    return found;
}

}  // namespace pipelines
