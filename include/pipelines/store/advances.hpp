// Advances of manual clocks that are not over: where each leads. A row stands only between the turns of one that was
// cut.
#pragma once

#include <optional>

#include "pipelines/domain/namespace.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

class Advances {
public:
    explicit Advances(Database& database) : database_(database) {}

    [[nodiscard]] std::optional<Time> find(NamespaceId);
    void put(NamespaceId, std::optional<Time> target);  // replaces; none: it is over

private:
    Database& database_;
};

}  // namespace pipelines::store
