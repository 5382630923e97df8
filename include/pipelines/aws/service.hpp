// A service of AWS at the endpoint the user configured for it (moto, LocalStack, MinIO, ...): calls signed for the
// namespace they are made for. Each has connections of its own, so that a slow one takes none from the others.
#pragma once

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
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
    Service(boost::asio::io_context&, http::Endpoint endpoint, std::string name,
            std::optional<Credentials> credentials);

    // As Client::send(). What `make` makes has no endpoint yet, and is signed with the system's time as it leaves: how
    // long it has waited for its turn does not count.
    http::CallId send(NamespaceKey where, http::MakeCall make, std::function<void(http::ClientOutcome)> done) const;
    bool withdraw(http::CallId call) const { return client_->withdraw(call); }
    void close() const { client_->close(); }

    [[nodiscard]] const http::Endpoint& endpoint() const { return target_->endpoint; }

private:
    struct Target {
        http::Endpoint endpoint;
        std::string name;
        std::optional<Credentials> credentials;
    };
    std::shared_ptr<http::Client> client_;
    std::shared_ptr<const Target> target_;  // of the calls that wait too
};

}  // namespace pipelines::aws
