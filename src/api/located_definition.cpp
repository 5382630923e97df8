#include "api/located_definition.hpp"

#include <fmt/format.h>

#include "api/input.hpp"

namespace pipelines::api {
namespace {

constexpr std::string_view kLocation = "PipelineDefinitionS3Location";
constexpr std::string_view kBoth = "Both Pipeline Definition and Pipeline Definition S3 Location shouldn't be present";

aws::S3Object object_of(const Json& location) {
    return {text(location, "Bucket"), text(location, "ObjectKey"), optional_text(location, "VersionId").value_or("")};
}

Error cannot_read(const aws::S3Object& object, std::string_view why) {
    return validation_error(fmt::format("{} s3://{}/{} cannot be read{}", kLocation, object.bucket, object.key, why));
}

Result<std::string> read_from_directory(const Services& services, const aws::S3Object& object) {
    if (services.objects == nullptr)
        return cannot_read(object,
                           fmt::format(": start the server with --s3-dir DIR, where DIR/{}/{} is the definition, "
                                       "or with --s3-endpoint URL, the S3 that has it.",
                                       object.bucket, object.key));
    if (!object.version.empty())
        return validation_error(
            "PipelineDefinitionS3Location.VersionId means nothing to --s3-dir: a directory holds no versions of an "
            "object. Start the server with --s3-endpoint URL, an S3 that does.");
    auto bytes = services.objects->read({object.bucket, object.key}, kMostDefinitionBytes);
    if (!bytes)
        return cannot_read(object, fmt::format(" below the directory given by --s3-dir: {}", bytes.error().message));
    return std::move(bytes.value());
}

}  // namespace

std::optional<aws::S3Object> object_to_fetch(const Services& services, const Json& input) {
    const Json* location = given(input, kLocation);
    if (location == nullptr || services.remote_objects == nullptr || given(input, "PipelineDefinition") != nullptr)
        return std::nullopt;
    aws::S3Object object = object_of(*location);
    if (services.objects == nullptr || !object.version.empty()) return object;
    const auto here = services.objects->read({object.bucket, object.key}, kMostDefinitionBytes);
    if (here || here.error().kind != ErrorKind::NotFound) return std::nullopt;
    return object;
}

Result<std::optional<std::string>> definition_text(Context& context, const Json& input) {
    auto inline_text = optional_text(input, "PipelineDefinition");
    const Json* location = given(input, kLocation);
    if (location == nullptr) return inline_text;
    if (inline_text) return validation_error(std::string(kBoth));
    const aws::S3Object object = object_of(*location);
    if (context.located && !*context.located)
        return cannot_read(object,
                           fmt::format(" from the S3 given by --s3-endpoint: {}", context.located->error().message));
    auto read = context.located ? *context.located : read_from_directory(context.services, object);
    if (!read) return read.error();
    return std::optional{std::move(*read)};
}

}  // namespace pipelines::api
