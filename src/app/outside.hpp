// What the server calls: only services whose endpoint the user configured.
#pragma once

#include <boost/asio/io_context.hpp>

#include <optional>

#include "app/options.hpp"
#include "pipelines/aws/s3.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/http/client.hpp"

namespace pipelines::app {

class Outside {
public:
    Outside(boost::asio::io_context&, const Options&);

    [[nodiscard]] const aws::ObjectReader* objects() const { return objects_ ? &*objects_ : nullptr; }
    // As the engine is given it; empty without an S3.
    [[nodiscard]] decltype(engine::Options::fetch) fetch() const;

private:
    http::Client client_;
    std::optional<aws::ObjectReader> objects_;
};

}  // namespace pipelines::app
