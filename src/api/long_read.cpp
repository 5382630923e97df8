#include "api/long_read.hpp"

#include <exception>
#include <utility>

#include "pipelines/base/log.hpp"
#include "pipelines/http/pending_answer.hpp"

namespace pipelines::api {
namespace {

class Reading final : public http::PendingAnswer, public std::enable_shared_from_this<Reading> {
public:
    Reading(const Services& services, const aws::Call& call, std::unique_ptr<LongRead> read)
        : services_(services), operation_(call.operation), id_(call.request_id), read_(std::move(read)) {}

    void begin(const http::Reply& reply) {
        // Nobody but this holds it before the reply has been given.
        const auto first = [self = shared_from_this(), reply] {
            self->read();
            if (self->is_given()) return reply(std::move(*self->take()));
            http::HttpResponse response;
            response.late = self;
            reply(std::move(response));
        };
        services_.store.turn.when_over(first);
    }

    http::HttpResponse interrupted() override { return aws::respond(stopping_error(), id_); }

private:
    void go_on_later() {
        services_.post([reading = weak_from_this()] {
            const auto next = [reading] {
                if (const auto self = reading.lock()) self->read();
            };
            if (const auto self = reading.lock()) self->services_.store.turn.when_over(next);
        });
    }

    void read() {
        std::optional<Json> output;
        try {
            services_.store.turn.begin_reading();
            output = read_->go_on();
        } catch (const std::exception& fault) {
            log::error("{} of request {} failed: {}", operation_, id_, fault.what());
            return give(aws::respond(internal_error(), id_));
        }
        output ? give(aws::respond(*output, id_)) : go_on_later();
    }

    const Services& services_;
    std::string operation_, id_;
    std::unique_ptr<LongRead> read_;
};

}  // namespace

void answer_long_read(const Services& services, const aws::Call& call, std::unique_ptr<LongRead> read,
                      const http::Reply& reply) {
    std::make_shared<Reading>(services, call, std::move(read))->begin(reply);
}

}  // namespace pipelines::api
