// The rules of pipeline version aliases (docs/compatibility.md, "Pipelines, versions, aliases"; texts are ours).
#pragma once

#include <span>
#include <string>

#include "api/operation.hpp"
#include "pipelines/domain/pipeline.hpp"

namespace pipelines::api {

inline constexpr std::size_t kMostAliases = 10;  // on one version

// Not digits only (a version id would read the same), none twice.
[[nodiscard]] Result<void> check_alias_names(std::span<const std::string> aliases);

// None stands on a version of the pipeline already: adding never steals.
[[nodiscard]] Result<void> check_aliases_free(Context&, const Pipeline&, std::span<const std::string> aliases);

}  // namespace pipelines::api
