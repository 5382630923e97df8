// PipelineDefinitionS3Location: a definition that stands in an object, read from the directory of objects, else from
// the S3 endpoint.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "api/operation.hpp"
#include "pipelines/aws/s3.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::api {

// Four bytes is the most that a character takes in UTF-8; compile() counts characters.
inline constexpr std::size_t kMostDefinitionBytes = 4 * definition::kMaxCharacters;

// A located definition before the savepoint of its request begins, since nothing can be awaited inside: what the
// directory has, or why nobody has it; or what is to be fetched. Neither where the request gives no location, or a
// definition besides.
using Located = std::variant<std::monostate, Result<std::string>, aws::S3Object>;
[[nodiscard]] Located locate(const Services&, const Json& input);

// What an endpoint answered; its error in the sentence that the user will read.
[[nodiscard]] Result<std::string> fetched_text(const aws::S3Object&, Result<std::string> fetched);

// The text of PipelineDefinition, or of the object PipelineDefinitionS3Location names (taken from Context::located);
// nothing if neither is given.
[[nodiscard]] Result<std::optional<std::string>> definition_text(Context&, const Json& input);

}  // namespace pipelines::api
