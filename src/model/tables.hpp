// The generated tables: constant data without dynamic initialisation, so they may be read at any time.
#pragma once

#include <span>
#include <string_view>

#include "pipelines/model/shapes.hpp"

namespace pipelines::model::tables {

// Of each service, sorted by name (which carries the service's prefix, "emr.", except for SageMaker).
extern const std::span<const Shape> sagemaker_shapes;
extern const std::span<const Shape> athena_shapes;
extern const std::span<const Shape> bedrock_shapes;
extern const std::span<const Shape> emr_shapes;
extern const std::span<const Shape> emr_serverless_shapes;

// Sorted by name.
extern const std::span<const Operation> sagemaker_operations;
extern const std::span<const std::string_view> operation_names;
extern const std::string_view made_from;

}  // namespace pipelines::model::tables
