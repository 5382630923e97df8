#include "pipelines/aws/protocol.hpp"

#include <fmt/format.h>

#include "pipelines/base/text.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::aws {

namespace {

struct Row {
    std::string_view type;
    int status;
};

// The one table of AWS's names. The kinds that SageMaker's model knows (ResourceNotFound, ConflictException,
// ResourceLimitExceeded) are all sent with 400; so are the common errors of the JSON protocol but InternalFailure.
Row row_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Validation: return {"ValidationException", 400};
        case ErrorKind::Serialization: return {"SerializationException", 400};
        case ErrorKind::NotFound: return {"ResourceNotFound", 400};
        case ErrorKind::Conflict: return {"ConflictException", 400};
        case ErrorKind::LimitExceeded: return {"ResourceLimitExceeded", 400};
        case ErrorKind::UnknownOperation: return {"UnknownOperationException", 400};
        case ErrorKind::AccessDenied: return {"AccessDeniedException", 400};
        case ErrorKind::Internal: break;
    }
    return {"InternalFailure", 500};
}

}  // namespace

http::HttpResponse respond(const Error& error, std::string_view request_id) {
    // Clients read "message" or "Message", depending on the shape of the error: both are there.
    const Row row = row_of(error.kind);
    const Json body{{"__type", row.type}, {"message", error.message}, {"Message", error.message}};
    http::HttpResponse response = respond_text(dump(body), request_id);
    response.status = row.status;
    response.error = row.type;
    return response;
}

Error unknown_operation(std::string_view name, std::span<const std::string_view> served) {
    if (model::is_sagemaker_operation(name)) {
        return {ErrorKind::UnknownOperation,
                fmt::format("SageMaker has the operation {}, but it is not emulated here.", name)};
    }
    std::string message = fmt::format("SageMaker has no operation {}.", name);
    if (const auto near = nearest(name, served)) message += fmt::format(" Did you mean {}?", *near);
    return {ErrorKind::UnknownOperation, std::move(message)};
}

}  // namespace pipelines::aws
