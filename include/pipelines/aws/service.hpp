// A service of AWS at the endpoint the user configured for it (moto, LocalStack, MinIO, ...): calls signed for the
// namespace they are made for.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "pipelines/aws/sigv4.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/http/client.hpp"

namespace pipelines::aws {

// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN; nothing if the first two are not both set.
[[nodiscard]] std::optional<Credentials> credentials_from_environment();

class Service {
public:
    // `name` is the service as signatures call it: "s3". Without `credentials` a call is signed with the namespace's
    // account as access key id and "test" as secret: LocalStack keeps accounts apart by that.
    Service(http::Client& client, http::Endpoint endpoint, std::string name, std::optional<Credentials> credentials);

    // Signs with the system's time and sends. `call` without endpoint; `done` as Client::send() has it.
    void send(const NamespaceKey& where, http::ClientCall call, std::function<void(http::ClientOutcome)> done) const;

    [[nodiscard]] const http::Endpoint& endpoint() const { return endpoint_; }

private:
    http::Client& client_;
    http::Endpoint endpoint_;
    std::string name_;
    std::optional<Credentials> credentials_;
};

}  // namespace pipelines::aws
