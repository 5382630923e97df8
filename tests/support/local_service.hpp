// The whole server without its transport: a call in, its answer out, on an in-memory database and a loop that the test
// turns by hand. Time is a number the test holds.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "pipelines/api/dispatcher.hpp"
#include "pipelines/aws/protocol.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/control/control.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::testing {

struct Reply {
    int status = 0;
    Json body;

    // The error's name and sentence, as "ValidationException: ...".
    [[nodiscard]] std::string error() const {
        return body.value("__type", std::string{}) + ": " + body.value("message", std::string{});
    }
};

class LocalService {
public:
    struct Options {
        ClockState clock{};
        Duration step_duration{0};
        std::size_t budget = 10'000;  // events that one turn applies of a settle
        std::size_t records_a_turn = 1'000;
        std::string scenarios;  // text of a scenario document; empty: none
        std::unique_ptr<store::Database> database = store::Database::in_memory();
    };

    LocalService() : LocalService(Options{}) {}
    explicit LocalService(Options options)
        : database_(std::move(options.database)),
          store_(*database_, [this](std::function<void()> later) { queue_.push_back(std::move(later)); }),
          engine_(store_,
                  {.clock = options.clock,
                   .step_duration = options.step_duration,
                   .seed = 7,
                   .objects = nullptr,
                   .fetch = {},
                   .runners = {},
                   .system_time = [this] { return time_; },
                   .budget = options.budget},
                  {.post = [this](std::function<void()> later) { queue_.push_back(std::move(later)); },
                   .set_alarm = [this](std::optional<Duration> after) { alarm_ = after; }}),
          scenarios_(store_, options.scenarios.empty() ? runners::Scenarios{}
                                                       : runners::Scenarios::parse(options.scenarios).value()),
          dispatcher_({.store = store_,
                       .engine = engine_,
                       .scenarios = scenarios_,
                       .objects = nullptr,
                       .post = [this](std::function<void()> later) { queue_.push_back(std::move(later)); },
                       .records_a_turn = options.records_a_turn}),
          controller_({.store = store_,
                       .engine = engine_,
                       .scenarios = scenarios_,
                       .version = "test",
                       .later = [this](Duration, std::function<void()> act) {
                           put_off_.push_back(std::move(act));
                           return [] {};
                       }}) {}

    // Runs the loop until nothing is ready.
    void turn() {
        while (step()) {
        }
    }

    // Runs the next thing that is ready, if there is one.
    bool step() {
        if (queue_.empty()) return false;
        auto next = std::move(queue_.front());
        queue_.pop_front();
        next();
        return true;
    }

    void dispatch(std::string operation, Json input, const http::Reply& reply) {
        dispatcher_.handle({std::move(operation), std::move(input), where, "request"}, reply);
    }

    // Hands a call in without turning the loop; the answer stands in `reply` once it is there.
    void send(std::string operation, Json input, std::shared_ptr<std::optional<Reply>> reply) {
        dispatch(std::move(operation), std::move(input), [reply](const http::HttpResponse& response) {
            const auto stand = [reply](const http::HttpResponse& answer) {
                *reply = Reply{answer.status, parse_json(answer.body).value()};
            };
            if (!response.late) return stand(response);
            // As a connection does, which holds it until it has taken the answer.
            const auto held = std::make_shared<std::shared_ptr<http::LateAnswer>>(response.late);
            response.late->listen([held, stand] {
                stand((*held)->take().value());
                held->reset();
            });
        });
    }

    [[nodiscard]] Reply call(std::string operation, Json input) {
        const auto reply = std::make_shared<std::optional<Reply>>();
        send(std::move(operation), std::move(input), reply);
        turn();
        return reply->value();
    }

    // The same for a control route.
    void send_control(std::string method, std::string path, const Json& body, std::string query,
                      std::shared_ptr<std::optional<Reply>> reply) {
        http::HttpRequest request;
        request.method = std::move(method);
        request.path = std::move(path);
        request.query = std::move(query);
        request.body = dump(body);
        controller_.handle(request, [reply](const http::HttpResponse& response) {
            *reply = Reply{response.status, parse_json(response.body).value()};
        });
    }

    [[nodiscard]] Reply control(std::string method, std::string path, const Json& body = Json::object(),
                                std::string query = {}) {
        const auto reply = std::make_shared<std::optional<Reply>>();
        send_control(std::move(method), std::move(path), body, std::move(query), reply);
        turn();
        return reply->value();
    }

    // POST to a control route whose answer is still to come.
    [[nodiscard]] std::shared_ptr<http::LateAnswer> wait_for(std::string path, const Json& body) {
        http::HttpRequest request;
        request.method = "POST";
        request.path = std::move(path);
        request.body = dump(body);
        std::shared_ptr<http::LateAnswer> late;
        controller_.handle(request, [&late](const http::HttpResponse& response) { late = response.late; });
        turn();
        return late;
    }

    // Whoever waits has lost patience.
    void time_out() {
        for (const auto& act : std::exchange(put_off_, {})) act();
        turn();
    }

    // A call's 32-character token, a new one each time.
    [[nodiscard]] std::string token() { return "token-" + std::string(26, '0') + std::to_string(1000 + ++tokens_); }

    // Shortcuts that expect success.
    Json create(std::string_view name, const Json& definition) {
        return call("CreatePipeline", {{"PipelineName", name},
                                       {"PipelineDefinition", dump(definition)},
                                       {"RoleArn", "arn:aws:iam::123456789012:role/Test"},
                                       {"ClientRequestToken", token()}})
            .body;
    }
    std::string start(std::string_view name, Json more = Json::object()) {
        more["PipelineName"] = name;
        more["ClientRequestToken"] = token();
        return call("StartPipelineExecution", std::move(more)).body.value("PipelineExecutionArn", std::string{});
    }
    [[nodiscard]] Json describe(std::string_view arn) {
        return call("DescribePipelineExecution", {{"PipelineExecutionArn", arn}}).body;
    }
    [[nodiscard]] Json steps(std::string_view arn, std::string_view order = "Ascending") {
        return call("ListPipelineExecutionSteps", {{"PipelineExecutionArn", arn}, {"SortOrder", order}})
            .body.at("PipelineExecutionSteps");
    }

    // "A Succeeded, B Executing": the steps in the order of their starts.
    [[nodiscard]] std::string picture(std::string_view arn) {
        std::string text;
        for (const Json& step : steps(arn)) {
            if (!text.empty()) text += ", ";
            text += step.at("StepName").get<std::string>() + " " + step.at("StepStatus").get<std::string>();
        }
        return text;
    }

    // Hands the database over, as a killed process leaves it behind.
    [[nodiscard]] std::unique_ptr<store::Database> take_database() && { return std::move(database_); }

    [[nodiscard]] engine::Engine& engine() { return engine_; }
    [[nodiscard]] store::Store& store() { return store_; }
    [[nodiscard]] std::optional<Duration> alarm() const { return alarm_; }

    NamespaceKey where{"123456789012", "us-east-1"};
    void pass(Duration time) { time_ += time; }  // system time

private:
    std::deque<std::function<void()>> queue_;
    std::deque<std::function<void()>> put_off_;
    Time time_ = from_millis(1'700'000'000'000);
    std::optional<Duration> alarm_;
    int tokens_ = 0;
    std::unique_ptr<store::Database> database_;
    store::Store store_;
    engine::Engine engine_;
    engine::ScenarioBook scenarios_;
    api::Dispatcher dispatcher_;
    control::Controller controller_;
};

}  // namespace pipelines::testing
