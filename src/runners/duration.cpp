#include "pipelines/base/duration.hpp"
#include "pipelines/runners/scenario.hpp"

namespace pipelines::runners {

std::optional<Duration> read_duration(const Json& value) {
    if (value.is_number()) return duration_of_seconds(value.get<double>());
    const auto text = as_string(value);
    return text ? parse_duration(*text) : std::nullopt;
}

}  // namespace pipelines::runners
