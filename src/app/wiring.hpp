// The program put together: every object built in order, in one visible place, and taken down in the reverse.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>

#include "app/options.hpp"
#include "app/outside.hpp"
#include "pipelines/api/dispatcher.hpp"
#include "pipelines/aws/protocol.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/control/control.hpp"
#include "pipelines/engine/engine.hpp"
#include "pipelines/engine/event_delivery.hpp"
#include "pipelines/http/server.hpp"
#include "pipelines/runners/scenario.hpp"
#include "pipelines/store/objects.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::app {

// What is read and opened before anything is built; the first fault stops the start.
struct Inputs {
    std::unique_ptr<store::Database> database;
    runners::Scenarios scenarios;
    std::shared_ptr<const store::Objects> objects;  // null: s3:// leads nowhere
};
[[nodiscard]] Result<Inputs> open_inputs(const Options&);

class Program {
public:
    Program(const Options&, Inputs);

    // Goes on with what was running when the last process ended. Then binds the port; answers what serves, which is
    // ours. Error: the port is taken, ...
    [[nodiscard]] Result<const http::Server*> listen();

    // Answers requests until stop() has let the last one finish.
    void run(const std::function<void()>& ready);

    // Accepts no more; run() returns when what is in flight is answered, after `limit` at the latest.
    void stop(std::chrono::seconds limit);

    [[nodiscard]] boost::asio::io_context& loop() { return loop_; }

private:
    void answer(http::HttpRequest request, http::Reply reply);
    void set_alarm(std::optional<Duration> after);
    [[nodiscard]] std::function<void(std::function<void()>)> poster();
    [[nodiscard]] std::function<std::function<void()>(Duration, std::function<void()>)> timer();

    const Options& options_;
    const aws::Defaults defaults_;
    boost::asio::io_context loop_{1};
    boost::asio::steady_timer alarm_{loop_};
    boost::asio::steady_timer last_moment_{loop_};
    bool armed_ = false;
    Inputs inputs_;
    Outside outside_;
    store::Store store_;
    engine::Engine engine_;
    engine::ScenarioBook scenarios_;
    std::optional<engine::EventDelivery> delivery_;  // none without an endpoint
    api::Dispatcher dispatcher_;
    control::Controller controller_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace pipelines::app
