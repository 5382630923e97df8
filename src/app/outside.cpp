#include "app/outside.hpp"

#include <memory>
#include <utility>

namespace pipelines::app {

Outside::Outside(boost::asio::io_context& loop, const Options& options, const runners::Answers& answers) {
    const auto service = [this, &loop, credentials = aws::credentials_from_environment()](
                             const http::Endpoint& endpoint, const char* name) {
        return services_.emplace_back(loop, endpoint, name, credentials);
    };
    if (options.s3_endpoint) objects_.emplace(service(*options.s3_endpoint, "s3"));
    if (options.eventbridge_endpoint) event_bus_ = service(*options.eventbridge_endpoint, "events");
    if (options.lambda_endpoint) {
        lambda_.emplace(service(*options.lambda_endpoint, "lambda"), answers, options.lambda_timeout);
        runners_.emplace(JobKind::Lambda, &*lambda_);
    }
    if (options.sqs_endpoint) {
        sqs_.emplace(service(*options.sqs_endpoint, "sqs"), answers);
        runners_.emplace(JobKind::Callback, &*sqs_);
    }
}

decltype(engine::Options::fetch) Outside::fetch() const {
    if (!objects_) return {};
    return [this](const NamespaceKey& where, const store::ObjectName& object, std::size_t limit,
                  std::function<void(Result<std::string>)> done) -> std::shared_ptr<void> {
        const http::CallId call = objects_->get(where, {object.bucket, object.key, {}}, limit, std::move(done));
        return {nullptr, [this, call](void*) { objects_->withdraw(call); }};
    };
}

void Outside::close() {
    for (const aws::Service& service : services_) service.close();
}

}  // namespace pipelines::app
