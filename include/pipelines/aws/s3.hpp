// Objects at an S3 endpoint: GetObject, path style.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "pipelines/aws/service.hpp"
#include "pipelines/base/result.hpp"

namespace pipelines::aws {

struct S3Object {
    std::string bucket, key;
    std::string version;  // VersionId; empty: the current one
};

// The call that reads an object: "/bucket/a%20key?versionId=x".
[[nodiscard]] http::ClientCall get_object(const S3Object&);

class ObjectReader {
public:
    explicit ObjectReader(Service service) : service_(std::move(service)) {}

    // Reads an object of `limit` bytes at most, within 30 s of its turn. Calls `done` once, in a later turn of the
    // loop. Error: names the endpoint and what it did instead; NotFound where it has no such object.
    http::CallId get(const NamespaceKey& where, const S3Object&, std::size_t limit,
                     std::function<void(Result<std::string>)> done) const;

    bool withdraw(http::CallId call) const { return service_.withdraw(call); }

private:
    Service service_;
};

}  // namespace pipelines::aws
