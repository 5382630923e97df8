#include "app/outside.hpp"

#include <utility>

namespace pipelines::app {

Outside::Outside(boost::asio::io_context& loop, const Options& options, const runners::Answers& answers)
    : client_(loop), event_client_(loop) {
    const auto credentials = aws::credentials_from_environment();
    if (options.s3_endpoint) objects_.emplace(aws::Service{client_, *options.s3_endpoint, "s3", credentials});
    if (options.eventbridge_endpoint)
        event_bus_.emplace(event_client_, *options.eventbridge_endpoint, "events", credentials);
    if (options.lambda_endpoint) {
        lambda_.emplace(aws::Service{client_, *options.lambda_endpoint, "lambda", credentials}, answers,
                        options.lambda_timeout);
        runners_.emplace(JobKind::Lambda, &*lambda_);
    }
    if (options.sqs_endpoint) {
        sqs_.emplace(aws::Service{client_, *options.sqs_endpoint, "sqs", credentials}, answers);
        runners_.emplace(JobKind::Callback, &*sqs_);
    }
}

decltype(engine::Options::fetch) Outside::fetch() const {
    if (!objects_) return {};
    return [this](const NamespaceKey& where, const store::ObjectName& object, std::size_t limit,
                  std::function<void(Result<std::string>)> done) {
        objects_->get(where, {object.bucket, object.key, {}}, limit, std::move(done));
    };
}

}  // namespace pipelines::app
