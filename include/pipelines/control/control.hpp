// The control routes, /_local/...: what a test or an operator asks of the emulator itself. Never part of the AWS API.
// Every mistake is answered 4xx with {"message": ...} that says what is wrong and what would be right.
#pragma once

#include <functional>
#include <string_view>

#include "pipelines/engine/engine.hpp"
#include "pipelines/engine/scenario_book.hpp"
#include "pipelines/http/message.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::control {

inline constexpr std::string_view kPrefix = "/_local/";

// What the routes work on. All outlive the controller.
struct Services {
    store::Store& store;
    engine::Engine& engine;
    engine::ScenarioBook& scenarios;
    std::string_view version;  // of the program
    // Runs something after that much real time, unless the function that it answers is called before.
    std::function<std::function<void()>(Duration, std::function<void()>)> later;
};

class Controller {
public:
    explicit Controller(Services services) : services_(services) {}

    // Answers a request whose path starts with kPrefix.
    void handle(const http::HttpRequest&, http::Reply);

private:
    Services services_;
};

}  // namespace pipelines::control
