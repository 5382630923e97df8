// What the server calls: only services whose endpoint the user configured.
#pragma once

#include <boost/asio/io_context.hpp>

#include <map>
#include <optional>
#include <vector>

#include "app/options.hpp"
#include "pipelines/aws/s3.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/runners/lambda.hpp"
#include "pipelines/runners/sqs.hpp"

namespace pipelines::app {

class Outside {
public:
    Outside(boost::asio::io_context&, const Options&, const runners::Answers&);

    [[nodiscard]] const aws::ObjectReader* objects() const { return objects_ ? &*objects_ : nullptr; }
    [[nodiscard]] const aws::Service* event_bus() const { return event_bus_ ? &*event_bus_ : nullptr; }
    // As the engine is given it; empty without an S3.
    [[nodiscard]] decltype(engine::Options::fetch) fetch() const;
    [[nodiscard]] std::map<JobKind, runners::StepRunner*> runners() const { return runners_; }

    // No new calls: the process ends.
    void close();

private:
    std::vector<aws::Service> services_;
    std::optional<aws::ObjectReader> objects_;
    std::optional<aws::Service> event_bus_;
    std::optional<runners::LambdaRunner> lambda_;
    std::optional<runners::SqsRunner> sqs_;
    std::map<JobKind, runners::StepRunner*> runners_;
};

}  // namespace pipelines::app
