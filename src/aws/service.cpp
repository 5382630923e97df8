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

Service::Service(http::Client& client, http::Endpoint endpoint, std::string name,
                 std::optional<Credentials> credentials)
    : client_(client), endpoint_(std::move(endpoint)), name_(std::move(name)), credentials_(std::move(credentials)) {}

void Service::send(const NamespaceKey& where, http::ClientCall call,
                   std::function<void(http::ClientOutcome)> done) const {
    call.endpoint = endpoint_;
    sign(call, credentials_.value_or(Credentials{where.account, "test", {}}), {where.region, name_}, system_now());
    client_.send(std::move(call), std::move(done));
}

}  // namespace pipelines::aws
