#include "pipelines/store/advances.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kFind = "SELECT target FROM advances WHERE namespace = ?";
constexpr const char* kPut = "INSERT OR REPLACE INTO advances (namespace, target) VALUES (?, ?)";
constexpr const char* kErase = "DELETE FROM advances WHERE namespace = ?";

}  // namespace

std::optional<Time> Advances::find(NamespaceId space) {
    auto statement = database_.prepare(kFind);
    if (!statement.bind(space).step()) return std::nullopt;
    return statement.time(0);
}

void Advances::put(NamespaceId space, std::optional<Time> target) {
    if (target) return database_.prepare(kPut).bind(space).bind(*target).run();
    database_.prepare(kErase).bind(space).run();
}

}  // namespace pipelines::store
