// Compiled definitions by version. The newest versions are kept.
#pragma once

#include <map>
#include <memory>

#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"
#include "pipelines/domain/pipeline.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

class Definitions {
public:
    explicit Definitions(store::Store& rows) : rows_(rows) {}

    // Error: the stored text no longer compiles.
    [[nodiscard]] Result<std::shared_ptr<const definition::Definition>> find(VersionKey);
    // Throws instead: of an execution that is open, and so was readable when this process began.
    [[nodiscard]] std::shared_ptr<const definition::Definition> get(VersionKey);

private:
    store::Store& rows_;
    std::map<VersionKey, std::shared_ptr<const definition::Definition>> compiled_;
};

}  // namespace pipelines::engine
