#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "control/route.hpp"
#include "pipelines/base/percent.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::control {
namespace {

constexpr std::array<std::string_view, 2> kNamespace{"account", "region"};
constexpr std::array<std::string_view, 6> kEvents{"account", "region", "execution", "format", "limit", "last-event-id"};
constexpr std::array<std::string_view, 1> kExecution{"execution"};

constexpr std::array kRoutes{
    Route{"GET", "/_local/health", {}, Access::Read, health},
    Route{"GET", "/_local/ready", {}, Access::Read, health},
    Route{"GET", "/_local/clock", kNamespace, Access::Read, show_clock},
    Route{"PUT", "/_local/clock", kNamespace, Access::Write, set_clock, show_clock},
    Route{"POST", "/_local/clock/advance", kNamespace, Access::Write, advance_clock, show_clock},
    Route{"GET", "/_local/scenarios", kNamespace, Access::Read, show_scenarios},
    Route{"PUT", "/_local/scenarios", kNamespace, Access::Write, put_scenarios},
    Route{"PATCH", "/_local/scenarios", kNamespace, Access::Write, merge_scenarios},
    Route{"DELETE", "/_local/scenarios", kNamespace, Access::Write, clear_scenarios},
    Route{"POST", "/_local/scenarios/next", kNamespace, Access::Write, choose_test_case},
    Route{"POST", "/_local/steps/release", {}, Access::Write, release_step, show_step},
    Route{"POST", "/_local/steps/succeed", {}, Access::Write, succeed_step, show_step},
    Route{"POST", "/_local/steps/fail", {}, Access::Write, fail_step, show_step},
    Route{"POST", "/_local/steps/stop", {}, Access::Write, stop_step, show_step},
    Route{"GET", "/_local/events", kEvents, Access::Read, list_events, nullptr, stream_events},
    Route{"GET", "/_local/lineage", kExecution, Access::Read, show_lineage},
    Route{"POST", "/_local/wait", {}, Access::Read, nullptr, nullptr, wait},
};

http::HttpResponse answer(int status, const Json& body) {
    http::HttpResponse response;
    response.status = status;
    response.content_type = "application/json";
    response.body = dump(body) + "\n";
    return response;
}

int status_of(ErrorKind kind) { return kind == ErrorKind::NotFound ? 404 : kind == ErrorKind::Conflict ? 409 : 400; }

// 404 with the routes there are, or 405 with the methods of this one.
http::HttpResponse no_such_route(const http::HttpRequest& request) {
    std::vector<std::string> methods, paths;
    for (const Route& route : routes()) {
        if (route.path == request.path) methods.emplace_back(route.method);
        paths.push_back(fmt::format("{} {}", route.method, route.path));
    }
    if (methods.empty())
        return refusal(
            404, fmt::format("There is no {} {}. There is: {}.", request.method, request.path, join(paths, ", ")));
    auto response =
        refusal(405, fmt::format("{} takes {}, not {}.", request.path, join(methods, " or "), request.method));
    response.headers.emplace_back("Allow", join(methods, ", "));
    return response;
}

Result<Json> read_body(const http::HttpRequest& request) {
    if (request.body.empty()) return Json::object();
    auto body = parse_json(request.body, {.duplicate_keys = DuplicateKeys::Refuse});
    if (!body) return validation_error("The body is not JSON: " + describe(body.error()));
    if (!body->is_object())
        return validation_error(fmt::format("The body must be a JSON object; it is {}.", kind_name(*body)));
    return std::move(*body);
}

// Who misspells a parameter, or has nothing to fill in, would mean all namespaces and not know it.
Result<void> check_query(const Route& route, const http::HttpRequest& request) {
    if (route.query.empty()) return {};
    std::vector<std::string> seen;
    for (const std::string_view pair : split(request.query, '&')) {
        if (pair.empty()) continue;
        const std::string& name = seen.emplace_back(percent_decoded(pair.substr(0, pair.find('='))));
        if (std::ranges::find(route.query, name) == route.query.end())
            return validation_error(fmt::format("The query has an unknown parameter '{}'. It may have: {}.", name,
                                                fmt::join(route.query, ", ")));
        if (std::ranges::count(seen, name) > 1)
            return validation_error(fmt::format("The query has the parameter '{}' twice.", name));
        if (request.query_parameter(name).empty())
            return validation_error(fmt::format("The query's parameter '{}' is empty.", name));
    }
    return {};
}

// ?format=json, or an Accept that has JSON and no stream.
bool wants_json(const http::HttpRequest& request) {
    const std::string_view accept = request.header("Accept");
    const auto accepts = [accept](std::string_view type) { return accept.find(type) != std::string_view::npos; };
    return request.query_parameter("format") == "json" ||
           (accepts("application/json") && !accepts("text/event-stream"));
}

}  // namespace

http::HttpResponse refusal(int status, std::string_view message) { return answer(status, {{"message", message}}); }

http::HttpResponse failure() { return refusal(500, "An error of the server; its log says more."); }

http::HttpResponse answer(const Result<Json>& result) {
    return result ? answer(200, *result) : refusal(status_of(result.error().kind), result.error().message);
}

std::span<const Route> routes() { return kRoutes; }

void Controller::handle(const http::HttpRequest& request, http::Reply reply) {
    // The transport leaves the body of an answer to HEAD out.
    const std::string_view method = request.method == "HEAD" ? std::string_view{"GET"} : request.method;
    const auto route = std::ranges::find_if(
        kRoutes, [&request, method](const Route& one) { return one.path == request.path && one.method == method; });
    if (route == kRoutes.end()) return reply(no_such_route(request));
    if (const auto checked = check_query(*route, request); !checked)
        return reply(answer(Result<Json>{checked.error()}));
    const auto body = read_body(request);
    if (!body) return reply(answer(body));
    const auto failed = [reply] { reply(failure()); };
    if (route->open != nullptr && (route->run == nullptr || !wants_json(request))) {
        const auto open = [this, act = route->open, request, body = *body, reply] {
            auto response = act(services_, request, body);
            reply(response ? std::move(*response) : answer(Result<Json>{response.error()}));
        };
        return services_.engine.answer_read(open, failed);
    }
    if (route->access == Access::Read) {
        services_.engine.answer_read(
            [reply, response = answer(route->run(services_, request, *body))]() mutable { reply(std::move(response)); },
            failed);
        return;
    }
    const auto write = [this, &route, &request, &body, &reply] {
        const auto result = route->run(services_, request, *body);
        if (result && route->show != nullptr)
            return engine::Answer{true, [this, show = route->show, request, body = *body, reply] {
                                      reply(answer(show(services_, request, body)));
                                  }};
        return engine::Answer{result.has_value(),
                              [reply, response = answer(result)]() mutable { reply(std::move(response)); }};
    };
    services_.engine.answer_write(fmt::format("{} {} of request {}", request.method, request.path, request.id), write,
                                  failed);
}

Result<std::optional<NamespaceKey>> chosen_namespace(const http::HttpRequest& request) {
    NamespaceKey key{request.query_parameter("account"), request.query_parameter("region")};
    if (key.account.empty() != key.region.empty())
        return validation_error(
            "account and region stand together: ?account=123456789012&region=us-east-1, or neither for all "
            "namespaces.");
    if (key.account.empty()) return std::optional<NamespaceKey>{};
    if (!is_account(key.account))
        return validation_error(fmt::format("account must have 12 digits; it is '{}'.", key.account));
    if (!is_region(key.region))
        return validation_error(
            fmt::format("region must be the name of one, such as us-east-1; it is '{}'.", key.region));
    return std::optional{std::move(key)};
}

Result<std::vector<Namespace>> chosen_namespaces(const Services& services, const http::HttpRequest& request) {
    const auto key = chosen_namespace(request);
    if (!key) return key.error();
    if (!*key) return services.store.namespaces.all();
    const auto space = services.engine.find_space(**key);
    if (!space)
        return Error{ErrorKind::NotFound,
                     fmt::format("Nothing was done yet in account {}, region {}.", (*key)->account, (*key)->region)};
    return std::vector{*space};
}

Result<void> check_members(const Json& body, std::span<const std::string_view> known) {
    for (const auto& [name, value] : body.items()) {
        if (std::ranges::find(known, name) != known.end()) continue;
        std::vector<std::string> names{known.begin(), known.end()};
        return validation_error(
            fmt::format("The body has an unknown member '{}'. It may have: {}.", name, join(names, ", ")));
    }
    return {};
}

}  // namespace pipelines::control
