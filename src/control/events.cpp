// GET /_local/events: status changes as EventBridge carries them.

#include <fmt/format.h>

#include "control/route.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/engine/event_reader.hpp"

namespace pipelines::control {
namespace {

constexpr std::size_t kUsualPage = 100, kLargestPage = 1000;

struct Asked {
    store::EventFilter filter;
    std::optional<engine::EventPosition> after;
};

// Whose events, and behind which: ?execution= or ?account=&region=; Last-Event-ID or ?last-event-id=.
Result<Asked> read_request(const Services& services, const http::HttpRequest& request) {
    Asked asked;
    const auto key = chosen_namespace(request);
    if (!key) return key.error();
    if (*key) {
        const auto space = services.engine.find_space(**key);
        asked.filter.space = space ? space->id : 0;  // nothing yet
    }
    if (const std::string arn = request.query_parameter("execution"); !arn.empty()) {
        const auto found = find_execution(services, arn);
        if (!found) return found.error();
        asked.filter.execution = found->execution.id;
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

Result<std::size_t> page_limit(const http::HttpRequest& request) {
    const std::string text = request.query_parameter("limit");
    if (text.empty()) return kUsualPage;
    const auto limit = parse_number<std::size_t>(text);
    if (limit && *limit >= 1 && *limit <= kLargestPage) return *limit;
    return validation_error(fmt::format("limit must be a number from 1 to {}; it is '{}'.", kLargestPage, text));
}

}  // namespace

Result<Json> list_events(const Services& services, const http::HttpRequest& request, const Json&) {
    const auto asked = read_request(services, request);
    if (!asked) return asked.error();
    const auto limit = page_limit(request);
    if (!limit) return limit.error();
    const engine::EventReader reader{services.store, services.engine};
    auto page = reader.after(asked->after.value_or(engine::EventPosition{}), asked->filter, *limit);
    Json events = Json::array();
    for (engine::StatusEvent& event : page.events) events.push_back(std::move(event.envelope));
    return Json{{"Events", std::move(events)}, {"LastEventId", to_string(page.reached)}};
}

}  // namespace pipelines::control
