// GET and PUT /_local/clock, POST /_local/clock/advance.

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>

#include "control/route.hpp"
#include "pipelines/domain/clock_mode.hpp"

namespace pipelines::control {
namespace {

constexpr double kLongestAdvance = 10.0 * 366 * 24 * 3600;  // seconds

Duration duration_of(const Json& seconds) { return Duration{std::llround(seconds.get<double>() * 1000)}; }

Json describe(const Services& services, const Namespace& space) {
    const ClockState clock = services.store.namespaces.find(space.id).value().clock;
    return {{"Account", space.key.account},
            {"Region", space.key.region},
            {"Mode", clock_mode_text(clock)},
            {"Now", to_iso8601(services.engine.now(space.id))}};
}

// A test sets the clock of its namespace before it does anything else: one that is named is made. A namespace has a
// clock from the first thing that writes in it: to set none at all would be a silent nothing.
Result<std::vector<Namespace>> clocks_to_set(const Services& services, const http::HttpRequest& request) {
    const auto key = chosen_namespace(request);
    if (!key) return key.error();
    if (*key) return std::vector{services.engine.space(**key)};
    auto spaces = services.store.namespaces.all();
    if (spaces.empty())
        return Error{
            ErrorKind::Conflict,
            "There is no clock yet: an account and region has one from the first call that writes in it. Name one "
            "(?account=123456789012&region=us-east-1), or start the server with --clock."};
    return spaces;
}

Json describe(const Services& services, const std::vector<Namespace>& spaces) {
    Json clocks = Json::array();
    for (const Namespace& space : spaces) clocks.push_back(describe(services, space));
    return {{"Clocks", std::move(clocks)}};
}

}  // namespace

Result<Json> show_clock(const Services& services, const http::HttpRequest& request, const Json&) {
    const auto spaces = chosen_namespaces(services, request);
    if (!spaces) return spaces.error();
    return describe(services, *spaces);
}

Result<Json> set_clock(const Services& services, const http::HttpRequest& request, const Json& body) {
    constexpr std::array<std::string_view, 1> kKnown{"Mode"};
    if (const auto checked = check_members(body, kKnown); !checked) return checked.error();
    const Json* given = find(body, "Mode");
    const auto clock = parse_clock_mode(text_of(body, "Mode"));
    if (!clock)
        return validation_error(
            fmt::format("Mode must be {}; it is {}.", kClockModes, given == nullptr ? "missing" : dump(*given)));
    const auto spaces = clocks_to_set(services, request);
    if (!spaces) return spaces.error();
    for (const Namespace& space : *spaces) services.engine.set_clock(space.id, clock->mode, clock->rate);
    return Json{};
}

Result<Json> advance_clock(const Services& services, const http::HttpRequest& request, const Json& body) {
    constexpr std::array<std::string_view, 2> kKnown{"Seconds", "To"};
    if (const auto checked = check_members(body, kKnown); !checked) return checked.error();
    const Json* seconds = find(body, "Seconds");
    const Json* to = find(body, "To");
    const bool good_seconds = seconds != nullptr && seconds->is_number() && seconds->get<double>() >= 0 &&
                              seconds->get<double>() <= kLongestAdvance;
    const bool good_to = to != nullptr && (*to == "next" || *to == "idle");
    if ((seconds == nullptr) == (to == nullptr) || !(good_seconds || good_to))
        return validation_error(
            "The body must be {\"Seconds\": n} with n from 0 to ten years, {\"To\": \"next\"} (the next simulated "
            "event) or {\"To\": \"idle\"} (until nothing simulated is left).");
    const auto spaces = clocks_to_set(services, request);
    if (!spaces) return spaces.error();
    for (const Namespace& space : *spaces)
        if (good_seconds && services.engine.now(space.id) + duration_of(*seconds) > engine::kLatestTime)
            return validation_error(fmt::format(
                "The clock stands at {}. It goes no further than the year 9999: clients cannot read what is "
                "later.",
                to_iso8601(services.engine.now(space.id))));
    // Of several clocks those move that are manual; if none is, the request meant nothing.
    std::size_t refused = 0;
    for (const Namespace& space : *spaces) {
        const auto moved = good_to ? services.engine.advance(
                                         space.id, *to == "next" ? engine::AdvanceTo::Next : engine::AdvanceTo::Idle)
                                   : services.engine.advance(space.id, duration_of(*seconds));
        if (!moved && ++refused == spaces->size()) return moved.error();
    }
    return Json{};
}

}  // namespace pipelines::control
