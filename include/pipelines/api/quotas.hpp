// AWS's published quotas of SageMaker Pipelines, which are only enforced if somebody asks for it: AWS's own test has a
// pipeline of 2,000 steps.
#pragma once

#include <cstdint>

namespace pipelines::api {

enum class Quotas : std::uint8_t { None, Aws };

}  // namespace pipelines::api
