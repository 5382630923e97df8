#include "pipelines/store/deliveries.hpp"

#include "store/columns.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kFind = "SELECT event, change FROM deliveries WHERE namespace = ?";
constexpr const char* kPut = "INSERT OR REPLACE INTO deliveries (namespace, event, change) VALUES (?, ?, ?)";

}  // namespace

std::optional<Delivered> Deliveries::find(NamespaceId space) {
    auto statement = database_.prepare(kFind);
    if (!statement.bind(space).step()) return std::nullopt;
    Columns columns{statement};
    const std::int64_t event = columns.integer();
    return Delivered{event, columns.as<std::uint32_t>()};
}

void Deliveries::put(NamespaceId space, const Delivered& delivered) {
    database_.prepare(kPut).bind(space).bind(delivered.event).bind(std::int64_t{delivered.change}).run();
}

}  // namespace pipelines::store
