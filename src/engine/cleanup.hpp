// What a Cleanup step makes of its sources: it decides what the service would delete; nothing is deleted.
#pragma once

#include <cstdint>
#include <string>

#include "engine/run.hpp"
#include "engine/scope.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::engine {

struct Cleaning {
    enum class End : std::uint8_t { Cleaned, Skipped, Failed };
    End end = End::Cleaned;
    std::string reason{};  // of a failure
};

// `document` is what references read of the source (documents::properties), null if it did not succeed; `uris` are the
// resolved S3Uris, null if it has none. Skipped: nothing is known of what the source wrote. Failed: the source sets a
// VpcConfig, or a URI is none or does not stand beneath the source's output location.
[[nodiscard]] Cleaning clean(const definition::Step& source, const Json* document, const Json* uris);

// What a Cleanup makes of each source of its resolved `arguments`, in the shape of its metadata.
[[nodiscard]] Json clean_up(const Reader&, const NamespaceKey&, Run&, StepSeq, const Json& arguments);

// The end of a Cleanup, whichever way it came: what it `found` (null if it was never launched), what the result returns
// laid over it; it fails if one of the sources did. A result that is no success tells nothing of them.
[[nodiscard]] runners::StepResult end_cleanup(Json found, runners::StepResult);

}  // namespace pipelines::engine
