// PipelineDefinitionS3Location: a definition that stands in an object, read from the directory of objects, else from
// the S3 endpoint.
#pragma once

#include <optional>
#include <string>

#include "api/operation.hpp"
#include "pipelines/aws/s3.hpp"

namespace pipelines::api {

// Four bytes is the most that a character takes in UTF-8; compile() counts characters.
inline constexpr std::size_t kMostDefinitionBytes = std::size_t{4} * 1'048'576;

// The object that a request has to wait for before its savepoint begins: nothing can be awaited inside. Nothing if
// there is no location, no endpoint, or the directory has it.
[[nodiscard]] std::optional<aws::S3Object> object_to_fetch(const Services&, const Json& input);

// The text of PipelineDefinition, or of the object PipelineDefinitionS3Location names (Context::located, where it was
// fetched); nothing if neither is given.
[[nodiscard]] Result<std::optional<std::string>> definition_text(Context&, const Json& input);

}  // namespace pipelines::api
