// PutEvents as data: the next call, and what its answer says.

#include <fmt/format.h>

#include <algorithm>

#include "pipelines/base/text.hpp"
#include "pipelines/engine/event_delivery.hpp"

namespace pipelines::engine {
namespace {

constexpr std::size_t kMostEntries = 10, kMostBytes = 256 * 1024;  // the API's
constexpr std::chrono::seconds kPatience{10};
constexpr std::size_t kLargestAnswer = 256 * 1024, kMostShown = 300;
constexpr Duration kFirstBackOff{1000}, kLongestBackOff{60'000};

Json entry_of(const StatusEvent& event) {
    const Json& envelope = event.envelope;
    return {{"Source", envelope["source"]},
            {"DetailType", envelope["detail-type"]},
            {"Detail", dump(envelope["detail"])},
            {"Resources", envelope["resources"]},
            {"Time", to_millis(event.at) / 1000}};
}

std::size_t text_size(const Json& text) { return as_string(text).value_or("").size(); }

// As the API counts it: the texts, and 14 for the time.
std::size_t size_of(const Json& entry) {
    std::size_t size = 14 + text_size(entry["Source"]) + text_size(entry["DetailType"]) + text_size(entry["Detail"]);
    for (const Json& resource : entry["Resources"]) size += text_size(resource);
    return size;
}

// Order counts for more than a repetition: everything from the first that was refused is sent again.
PutReceipt partly_taken(std::size_t sent, const Json& entries) {
    for (std::size_t at = 0; entries.is_array() && at < std::min(sent, entries.size()); ++at)
        if (entries[at].is_object() && entries[at].contains("ErrorCode"))
            return {at, fmt::format("an event was refused: {}: {}", text_of(entries[at], "ErrorCode"),
                                    text_of(entries[at], "ErrorMessage"))};
    return {0, "events were refused, without a word about which"};
}

}  // namespace

PutEvents put_events(std::span<const StatusEvent> events) {
    Json entries = Json::array();
    std::size_t bytes = 0;
    for (const StatusEvent& event : events.first(std::min(events.size(), kMostEntries))) {
        Json entry = entry_of(event);
        bytes += size_of(entry);
        if (bytes > kMostBytes) break;
        entries.push_back(std::move(entry));
    }
    PutEvents made;
    made.count = entries.size();
    made.call.method = "POST";
    made.call.headers = {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", "AWSEvents.PutEvents"}};
    made.call.body = dump(Json{{"Entries", std::move(entries)}});
    made.call.patience = kPatience;
    made.call.most_bytes = kLargestAnswer;
    return made;
}

PutReceipt read_receipt(std::size_t sent, const http::ClientOutcome& outcome) {
    if (!outcome) return {0, outcome.error().message};
    if (outcome->status != 200)
        return {0, fmt::format("the endpoint answered HTTP {}: {}", outcome->status,
                               first_code_points(outcome->body, kMostShown))};
    const auto body = parse_json(outcome->body);
    const Json* refused = body && body->is_object() ? find(*body, "FailedEntryCount") : nullptr;
    if (refused == nullptr || !refused->is_number_integer())
        return {0, fmt::format("the endpoint's answer is none to PutEvents: {}",
                               first_code_points(outcome->body, kMostShown))};
    if (*refused == 0) return {sent, {}};
    const Json* entries = find(*body, "Entries");
    return partly_taken(sent, entries == nullptr ? Json() : *entries);
}

Duration back_off(unsigned failures) {
    constexpr unsigned kDoublings = 6;  // 64 s, and longer than allowed
    const unsigned doublings = std::min(failures == 0 ? 0 : failures - 1, kDoublings);
    return std::min(kFirstBackOff * (1U << doublings), kLongestBackOff);
}

}  // namespace pipelines::engine
