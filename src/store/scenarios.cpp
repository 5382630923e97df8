#include "pipelines/store/scenarios.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kFind = "SELECT document FROM scenarios WHERE namespace = ?";
constexpr const char* kPut = "INSERT OR REPLACE INTO scenarios (namespace, document) VALUES (?, ?)";
constexpr const char* kErase = "DELETE FROM scenarios WHERE namespace = ?";

}  // namespace

std::optional<std::string> ScenarioTexts::find(NamespaceId space) {
    auto statement = database_.prepare(kFind);
    if (!statement.bind(space).step()) return std::nullopt;
    return std::string{statement.text(0)};
}

void ScenarioTexts::put(NamespaceId space, std::string_view document) {
    database_.prepare(kPut).bind(space).bind(document).run();
}

void ScenarioTexts::erase(NamespaceId space) { database_.prepare(kErase).bind(space).run(); }

}  // namespace pipelines::store
