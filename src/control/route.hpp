// What a control route is, and what the routes share.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "pipelines/base/json.hpp"
#include "pipelines/control/control.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/namespace.hpp"

namespace pipelines::control {

enum class Access : std::uint8_t { Read, Write };

using Act = Result<Json> (*)(const Services&, const http::HttpRequest&, const Json& body);

// A read whose answer is made behind the COMMIT of what it may see: a stream, or an answer that is still to come.
using Open = Result<http::HttpResponse> (*)(const Services&, const http::HttpRequest&, const Json& body);

struct Route {
    std::string_view method, path;            // "POST", "/_local/clock/advance"
    std::span<const std::string_view> query;  // what it may have; of a route that has none anything is ignored
    Access access;
    Act run;
    Act show = nullptr;   // of a write: makes the answer when what it set off is over; null: what `run` answered
    Open open = nullptr;  // of a read: instead of `run`, which is there for who asks for JSON, or null
};

// THE table (routes.cpp).
[[nodiscard]] std::span<const Route> routes();

// The namespace that ?account=&region= name; nothing when both are absent. Errors: one without the other, what is
// no account or no region.
[[nodiscard]] Result<std::optional<NamespaceKey>> chosen_namespace(const http::HttpRequest&);

// The namespaces that ?account=&region= name; all there are when both are absent. Errors: those of chosen_namespace(),
// and a namespace that nothing was ever done in.
[[nodiscard]] Result<std::vector<Namespace>> chosen_namespaces(const Services&, const http::HttpRequest&);

// The execution that an ARN names. Errors: it is no ARN of one, or there is none (404).
struct NamedExecution {
    Namespace space;
    Pipeline pipeline;
    Execution execution;
};
[[nodiscard]] Result<NamedExecution> find_execution(const Services&, std::string_view arn);

// The answer to a route's call.
[[nodiscard]] http::HttpResponse answer(const Result<Json>&);
[[nodiscard]] http::HttpResponse refusal(int status, std::string_view message);
[[nodiscard]] http::HttpResponse failure();  // of what broke here, which was logged

// A member of a body that has to be there, as text.
[[nodiscard]] Result<std::string> required_text(const Json& body, std::string_view member);

// Refuses members of a body that a route does not know.
[[nodiscard]] Result<void> check_members(const Json& body, std::span<const std::string_view> known);

Result<Json> health(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> show_clock(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> set_clock(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> advance_clock(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> show_scenarios(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> put_scenarios(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> merge_scenarios(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> clear_scenarios(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> choose_test_case(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> release_step(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> succeed_step(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> fail_step(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> stop_step(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> show_step(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> list_events(const Services&, const http::HttpRequest&, const Json& body);
Result<http::HttpResponse> stream_events(const Services&, const http::HttpRequest&, const Json& body);
Result<http::HttpResponse> wait(const Services&, const http::HttpRequest&, const Json& body);
Result<Json> show_lineage(const Services&, const http::HttpRequest&, const Json& body);

}  // namespace pipelines::control
