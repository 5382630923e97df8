// How far status events have been delivered to somebody outside, by namespace.
#pragma once

#include <cstdint>
#include <optional>

#include "pipelines/domain/namespace.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

struct Delivered {
    std::int64_t event = 0;    // EventRow::id
    std::uint32_t change = 0;  // which of its changes

    friend bool operator==(const Delivered&, const Delivered&) = default;
};

class Deliveries {
public:
    explicit Deliveries(Database& database) : database_(database) {}

    // Namespace 0 stands for all that have none of their own.
    [[nodiscard]] std::optional<Delivered> find(NamespaceId);
    void put(NamespaceId, const Delivered&);  // replaces

private:
    Database& database_;
};

}  // namespace pipelines::store
