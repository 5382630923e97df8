#include "engine/definitions.hpp"

#include <stdexcept>
#include <utility>

namespace pipelines::engine {

Result<std::shared_ptr<const definition::Definition>> Definitions::find(VersionKey version) {
    constexpr std::size_t kMostKept = 256;  // compiled anew when needed again; a run holds its own
    if (const auto known = compiled_.find(version); known != compiled_.end()) return known->second;
    auto made = definition::compile(rows_.pipelines.definition(version));
    if (!made) return Error{made.error().kind, "The stored definition can no longer be read: " + made.error().message};
    if (compiled_.size() >= kMostKept) compiled_.erase(compiled_.begin());  // the oldest version
    // A version that is undone gives its key back, and the next one gets it.
    rows_.turn.on_undo([this, version] { compiled_.erase(version); });
    return compiled_.emplace(version, std::move(*made)).first->second;
}

std::shared_ptr<const definition::Definition> Definitions::get(VersionKey version) {
    auto known = find(version);
    if (!known) throw std::runtime_error(known.error().message);
    return std::move(*known);
}

}  // namespace pipelines::engine
