#include "engine/space.hpp"

namespace pipelines::engine {

Space::Space(Namespace stored, std::function<Time()> system)
    : row(std::move(stored)), clock(row.clock, std::move(system)) {}

}  // namespace pipelines::engine
