// GET, PUT, PATCH and DELETE /_local/scenarios, POST /_local/scenarios/next. ?account=&region= means that namespace, no
// query all namespaces that have none of their own.

#include <fmt/format.h>

#include <array>
#include <utility>

#include "control/route.hpp"

namespace pipelines::control {
namespace {

using engine::ScenarioBook;

Json describe(const Services& services, NamespaceId id) {
    const auto [scenarios, source] = services.scenarios.in(id);
    return {{"Source", to_string(source)}, {"Scenarios", scenarios.document()}};
}

// What is said of a namespace where nothing was done yet holds once something is: a test scripts first, then calls.
Result<NamespaceId> level_to_change(const Services& services, const http::HttpRequest& request) {
    const auto key = chosen_namespace(request);
    if (!key) return key.error();
    return *key ? services.engine.space(**key).id : ScenarioBook::kAll;
}

Result<Json> replace(const Services& services, NamespaceId id, Json document) {
    auto scenarios = runners::Scenarios::check(std::move(document));
    if (!scenarios) return scenarios.error();
    services.scenarios.put(id, std::move(*scenarios));
    return describe(services, id);
}

Result<void> check_given(const http::HttpRequest& request) {
    if (!request.body.empty()) return {};
    return validation_error(
        "The body must be a scenario document: {\"Pipelines\": {...}, \"MockedResponses\": {...}}; {} scripts "
        "nothing.");
}

}  // namespace

Result<Json> show_scenarios(const Services& services, const http::HttpRequest& request, const Json&) {
    const auto key = chosen_namespace(request);
    if (!key) return key.error();
    const auto space = *key ? services.engine.find_space(**key) : std::nullopt;
    return describe(services, space ? space->id : ScenarioBook::kAll);
}

Result<Json> put_scenarios(const Services& services, const http::HttpRequest& request, const Json& body) {
    if (const auto checked = check_given(request); !checked) return checked.error();
    const auto id = level_to_change(services, request);
    if (!id) return id.error();
    return replace(services, *id, body);
}

// A JSON merge patch (RFC 7396) over what holds there.
Result<Json> merge_scenarios(const Services& services, const http::HttpRequest& request, const Json& body) {
    if (const auto checked = check_given(request); !checked) return checked.error();
    const auto id = level_to_change(services, request);
    if (!id) return id.error();
    Json document = services.scenarios.in(*id).scenarios.document();
    document.merge_patch(body);
    return replace(services, *id, std::move(document));
}

Result<Json> clear_scenarios(const Services& services, const http::HttpRequest& request, const Json&) {
    const auto id = level_to_change(services, request);
    if (!id) return id.error();
    services.scenarios.erase(*id);
    return describe(services, *id);
}

// {"PipelineName", "TestCase"}: for code under test that builds the name it starts by itself.
Result<Json> choose_test_case(const Services& services, const http::HttpRequest& request, const Json& body) {
    static constexpr std::array<std::string_view, 2> kMembers{"PipelineName", "TestCase"};
    if (const auto checked = check_members(body, kMembers); !checked) return checked.error();
    auto pipeline = required_text(body, "PipelineName");
    if (!pipeline) return pipeline.error();
    auto test_case = required_text(body, "TestCase");
    if (!test_case) return test_case.error();
    const auto id = level_to_change(services, request);
    if (!id) return id.error();
    if (const auto known = services.scenarios.in(*id).scenarios.test_case(*pipeline, *test_case); !known)
        return known.error();
    Json answer{{"PipelineName", *pipeline}, {"TestCase", *test_case}};
    if (const auto kept = services.scenarios.choose(*id, *std::move(pipeline), *std::move(test_case)); !kept)
        return kept.error();
    return answer;
}

}  // namespace pipelines::control
