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

// Of a located definition, before the savepoint of its request begins: nothing can be awaited inside.
struct Located {
    std::optional<Result<std::string>> text;  // the directory's, or why nobody has it
    std::optional<aws::S3Object> to_fetch;    // what the directory lacks
};
// Neither where the request gives no location, or a definition besides.
[[nodiscard]] Located locate(const Services&, const Json& input);

// What an endpoint answered; its error in the sentence that the user will read.
[[nodiscard]] Result<std::string> fetched_text(const aws::S3Object&, Result<std::string> fetched);

// The text of PipelineDefinition, or of the object PipelineDefinitionS3Location names (taken from Context::located);
// nothing if neither is given.
[[nodiscard]] Result<std::optional<std::string>> definition_text(Context&, const Json& input);

}  // namespace pipelines::api
