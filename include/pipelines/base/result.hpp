// Errors and results.
//
// The policy, for the whole program: an error that input can cause is *returned* (Result<T>), with the sentence the
// caller of the API will read. Broken infrastructure (a disk, a bug) *throws*; it is caught once per request or event,
// logged, and answered InternalFailure. AWS's names for the kinds stand in one table, at the edge (aws/errors.cpp).
#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace pipelines {

// What went wrong, as far as anything but the sentence depends on it.
enum class ErrorKind {
    Validation,        // the input breaks a rule of the operation
    Serialization,     // the input is not what the protocol carries: not JSON, a wrong type
    NotFound,          // a resource that does not exist
    Conflict,          // the state of a resource forbids it
    LimitExceeded,     // a quota
    UnknownOperation,  // no such operation, or one that is not emulated
    AccessDenied,      // the system does not permit it
    Internal,          // ours, never the caller's
};

struct Error {
    ErrorKind kind = ErrorKind::Validation;
    std::string message;

    // Not an aggregate: C++20 would build one from anything that turns into a kind, as Json does by its implicit
    // conversions, and `return json;` from a Result<Json> would be ambiguous.
    Error() = default;
    Error(ErrorKind its_kind, std::string its_message) : kind(its_kind), message(std::move(its_message)) {}

    friend bool operator==(const Error&, const Error&) = default;
};

// Found by boost::system::result when value() is called on an error, which is a bug of the caller's.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::logic_error("value() of an error: " + error.message);
}

template <class T>
using Result = boost::system::result<T, Error>;

[[nodiscard]] inline Error validation_error(std::string message) { return {ErrorKind::Validation, std::move(message)}; }

}  // namespace pipelines
