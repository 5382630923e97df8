// Violations of one request, gathered into AWS's sentence.
#pragma once

#include <cstddef>
#include <string>

#include "model/path.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::model {

class Violations {
public:
    // "Value '<value>' at '<path>' failed to satisfy constraint: <constraint>"
    void add(const Shape& shape, const Json& value, const Path& path, const std::string& constraint);

    // "Value null at '<path>' failed to satisfy constraint: Member must not be null"
    void add_missing(const Path& path);

    // "2 validation errors detected: ...; ...". Every violation is counted; beyond the first 50 they are not spelled
    // out, so that a request of some megabytes is not answered by an error of a hundred.
    [[nodiscard]] Result<void> result() const;

private:
    void list(const std::string& sentence);

    std::size_t count_ = 0;
    std::string listed_;
};

}  // namespace pipelines::model
