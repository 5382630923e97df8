// Accounts in regions, with their clock and seed.
#pragma once

#include <vector>

#include "pipelines/domain/namespace.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

class Namespaces {
public:
    explicit Namespaces(Database& database) : database_(database) {}

    [[nodiscard]] std::optional<Namespace> find(const NamespaceKey&);
    [[nodiscard]] std::optional<Namespace> find(NamespaceId);
    [[nodiscard]] std::vector<Namespace> all();
    [[nodiscard]] NamespaceId insert(const Namespace&);
    void update(const Namespace&);  // clock and count

private:
    Database& database_;
};

}  // namespace pipelines::store
