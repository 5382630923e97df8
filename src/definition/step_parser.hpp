// One step object: its keys, not the steps nested in it.
#pragma once

#include "definition/compilation.hpp"
#include "definition/fault.hpp"

namespace pipelines::definition {

struct ParsedStep {
    Step step;  // without arguments, which stay in the document until the end
    Node node;  // without dependencies
    std::vector<WrittenDependency> depends_on;
};

[[nodiscard]] Result<ParsedStep> parse_step(const Json& step, const std::vector<Parameter>& parameters,
                                            const Place& place);

}  // namespace pipelines::definition
