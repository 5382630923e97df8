// What the name of a job tells: it has no index of its own, but the execution that made it has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pipelines {

// The execution ids that a job's name may carry: its hyphenated parts that look like one.
[[nodiscard]] std::vector<std::string> execution_ids_in(std::string_view job_name);

}  // namespace pipelines
