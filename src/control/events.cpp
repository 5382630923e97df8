// GET /_local/events: status changes as EventBridge carries them, as server-sent events or as a page of JSON.

#include <fmt/format.h>

#include <functional>
#include <iterator>
#include <memory>
#include <utility>

#include "control/route.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/engine/event_reader.hpp"

namespace pipelines::control {
namespace {

constexpr std::size_t kUsualPage = 100, kLargestPage = 1000;

struct Asked {
    std::optional<NamespaceKey> space;
    std::optional<ExecutionKey> execution;
    std::optional<engine::EventPosition> after;
};

// Whose events, and behind which: ?execution= or ?account=&region=; Last-Event-ID or ?last-event-id=.
Result<Asked> read_request(const Services& services, const http::HttpRequest& request) {
    if (const std::string format = request.query_parameter("format"); !format.empty() && format != "json")
        return validation_error(fmt::format("format can only be json; it is '{}'.", format));
    Asked asked;
    auto key = chosen_namespace(request);
    if (!key) return key.error();
    asked.space = std::move(*key);
    if (const std::string arn = request.query_parameter("execution"); !arn.empty()) {
        const auto found = find_execution(services, arn);
        if (!found) return found.error();
        asked.execution = found->execution.id;
    }
    std::string last{request.header("Last-Event-ID")};
    if (const std::string given = request.query_parameter("last-event-id"); !given.empty()) last = given;
    if (last.empty()) return asked;
    asked.after = engine::parse_event_position(last);
    if (!asked.after)
        return validation_error(
            fmt::format("'{}' is no id of an event: they look like 12-3, and 0 stands before the first.", last));
    return asked;
}

// Found anew for each read: a namespace comes to be by the first call in it.
store::EventFilter filter_of(const Services& services, const Asked& asked) {
    store::EventFilter filter;
    filter.execution = asked.execution;
    if (asked.space) {
        const auto space = services.engine.find_space(*asked.space);
        filter.space = space ? space->id : 0;
    }
    return filter;
}

Result<std::size_t> page_limit(const http::HttpRequest& request) {
    const std::string text = request.query_parameter("limit");
    if (text.empty()) return kUsualPage;
    const auto limit = parse_number<std::size_t>(text);
    if (limit && *limit >= 1 && *limit <= kLargestPage) return *limit;
    return validation_error(fmt::format("limit must be a number from 1 to {}; it is '{}'.", kLargestPage, text));
}

// A listener that comes back to a server with a new data file brings an id that nothing has yet: all is news to it.
engine::EventPosition known_place(const engine::EventPosition& given, const Services& services) {
    return given.row > services.store.events.newest() ? engine::EventPosition{} : given;
}

// Server-sent events: where it is, and nothing else, is kept for a listener; the rows are read as it takes them. Rows
// of a turn that has not committed yet are not shown: they might not come to stand.
class EventStream final : public http::BodyStream, public std::enable_shared_from_this<EventStream> {
public:
    EventStream(const Services& services, Asked asked) : services_(services), asked_(std::move(asked)) {
        reader_.catch_up();
        // One execution's story is told from its beginning, all others from now on.
        position_ = asked_.execution ? engine::EventPosition{} : reader_.newest();
        if (asked_.after) position_ = known_place(*asked_.after, services_);
    }

    void listen(std::function<void()> woken) override {
        woken_ = std::move(woken);
        listener_ = services_.engine.bell().listen([this](const engine::Bell::Changed&) {
            reader_.catch_up();
            woken_();
        });
    }

    std::string next() override {
        std::string text = std::exchange(greeting_, {});
        const auto page = reader_.after(position_, filter_of(services_, asked_), kUsualPage);
        position_ = page.reached;
        if (page.is_held && !std::exchange(is_held_, true))
            services_.store.turn.when_over([stream = weak_from_this()] {
                if (const auto self = stream.lock()) self->pass_gone();
            });
        for (const engine::StatusEvent& event : page.events)
            fmt::format_to(std::back_inserter(text), "id: {}\nevent: {}\ndata: {}\n\n", to_string(event.position),
                           event.of_step ? "step" : "execution", dump(event.envelope));
        return text;
    }

    std::string heartbeat() override { return ":\n\n"; }

private:
    // Here, and not by reading once more: another turn may be open by then.
    void pass_gone() {
        is_held_ = false;
        woken_();  // though this read may fail; the next one comes behind it
        position_ = reader_.after(position_, filter_of(services_, asked_), 0).reached;
    }

    Services services_;
    Asked asked_;
    engine::EventReader reader_{services_.store, services_.engine};
    engine::EventPosition position_;
    engine::Bell::Listener listener_;
    std::function<void()> woken_;
    bool is_held_ = false;                      // pass_gone() will be called
    std::string greeting_ = "retry: 1000\n\n";  // a listener that lost its connection comes back after a second
};

}  // namespace

Result<http::HttpResponse> stream_events(const Services& services, const http::HttpRequest& request, const Json&) {
    auto asked = read_request(services, request);
    if (!asked) return asked.error();
    http::HttpResponse response;
    response.content_type = "text/event-stream";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.stream = std::make_shared<EventStream>(services, std::move(*asked));
    return response;
}

Result<Json> list_events(const Services& services, const http::HttpRequest& request, const Json&) {
    const auto asked = read_request(services, request);
    if (!asked) return asked.error();
    const auto limit = page_limit(request);
    if (!limit) return limit.error();
    const engine::EventReader reader{services.store, services.engine};
    const auto after = asked->after ? known_place(*asked->after, services) : engine::EventPosition{};
    auto page = reader.after(after, filter_of(services, *asked), *limit);
    Json events = Json::array();
    for (engine::StatusEvent& event : page.events) events.push_back(std::move(event.envelope));
    return Json{{"Events", std::move(events)}, {"LastEventId", to_string(page.reached)}};
}

}  // namespace pipelines::control
