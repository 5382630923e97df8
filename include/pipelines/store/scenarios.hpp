// Scenario documents that were put while the server ran, as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/domain/pipeline.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

class ScenarioTexts {
public:
    explicit ScenarioTexts(Database& database) : database_(database) {}

    // Namespace 0 stands for all that have none of their own.
    [[nodiscard]] std::optional<std::string> find(NamespaceId);
    void put(NamespaceId, std::string_view document);  // replaces
    void erase(NamespaceId);

private:
    Database& database_;
};

}  // namespace pipelines::store
