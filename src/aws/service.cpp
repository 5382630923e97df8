#include "pipelines/aws/service.hpp"

#include <cstdlib>
#include <utility>

namespace pipelines::aws {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

}  // namespace

std::optional<Credentials> credentials_from_environment() {
    Credentials found{variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN")};
    if (found.access_key.empty() || found.secret_key.empty()) return std::nullopt;
    return found;
}

Service::Service(boost::asio::io_context& loop, http::Endpoint endpoint, std::string name,
                 std::optional<Credentials> credentials)
    : client_(std::make_shared<http::Client>(loop)),
      target_(std::make_shared<const Target>(Target{std::move(endpoint), std::move(name), std::move(credentials)})) {}

http::CallId Service::send(NamespaceKey where, http::MakeCall make,
                           std::function<void(http::ClientOutcome)> done) const {
    const auto make_signed = [target = target_, where = std::move(where), make = std::move(make)] {
        auto call = make();
        if (!call) return call;
        call->endpoint = target->endpoint;
        sign(*call, target->credentials.value_or(Credentials{where.account, "test", {}}), {where.region, target->name},
             system_now());
        return call;
    };
    return client_->send(make_signed, std::move(done));
}

}  // namespace pipelines::aws
