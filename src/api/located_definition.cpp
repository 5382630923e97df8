#include "api/located_definition.hpp"

#include <fmt/format.h>

#include <utility>

#include "api/input.hpp"

namespace pipelines::api {
namespace {

constexpr std::string_view kLocation = "PipelineDefinitionS3Location";
constexpr std::string_view kBoth = "Both Pipeline Definition and Pipeline Definition S3 Location shouldn't be present";

aws::S3Object object_of(const Json& location) {
    return {text(location, "Bucket"), text(location, "ObjectKey"), optional_text(location, "VersionId").value_or("")};
}

std::string unreadable(const aws::S3Object& object, std::string_view why) {
    return fmt::format("{} s3://{}/{} cannot be read{}", kLocation, object.bucket, object.key, why);
}

// Error: NotFound where an endpoint may have the object instead.
Result<std::string> read_from_directory(const store::Objects* objects, const aws::S3Object& object) {
    if (objects == nullptr)
        return Error{
            ErrorKind::NotFound,
            unreadable(object, fmt::format(": start the server with --s3-dir DIR, where DIR/{}/{} is the definition, "
                                           "or with --s3-endpoint URL, the S3 that has it.",
                                           object.bucket, object.key))};
    if (!object.version.empty())
        return Error{
            ErrorKind::NotFound,
            "PipelineDefinitionS3Location.VersionId means nothing to --s3-dir: a directory holds no versions of an "
            "object. Start the server with --s3-endpoint URL, an S3 that does."};
    auto bytes = objects->read({object.bucket, object.key}, kMostDefinitionBytes);
    if (bytes) return bytes;
    return Error{bytes.error().kind,
                 unreadable(object, fmt::format(" below the directory given by --s3-dir: {}", bytes.error().message))};
}

}  // namespace

Located locate(const Services& services, const Json& input) {
    const Json* location = find_given(input, kLocation);
    if (location == nullptr || find_given(input, "PipelineDefinition") != nullptr) return {};
    aws::S3Object object = object_of(*location);
    auto here = read_from_directory(services.objects, object);
    if (here) return here;
    if (here.error().kind == ErrorKind::NotFound && services.remote_objects != nullptr) return object;
    return Result<std::string>{validation_error(here.error().message)};
}

Result<std::string> fetched_text(const aws::S3Object& object, Result<std::string> fetched) {
    if (fetched) return fetched;
    return validation_error(
        unreadable(object, fmt::format(" from the S3 given by --s3-endpoint: {}", fetched.error().message)));
}

Result<std::optional<std::string>> definition_text(Context& context, const Json& input) {
    auto inline_text = optional_text(input, "PipelineDefinition");
    if (find_given(input, kLocation) == nullptr) return inline_text;
    if (inline_text) return validation_error(std::string(kBoth));
    auto located = std::exchange(context.located, std::nullopt).value();
    if (!located) return located.error();
    return std::optional{std::move(*located)};
}

}  // namespace pipelines::api
