#include "app/wiring.hpp"

#include <fmt/format.h>
#include <boost/asio/post.hpp>

#include <cerrno>
#include <cstring>
#include <exception>
#include <fstream>
#include <random>
#include <sstream>
#include <utility>

#include "app/version.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::app {
namespace {

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    if (file && file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();  // nothing cannot be copied
    if (!file.is_open() || file.bad() || !text)
        return validation_error(fmt::format("{} cannot be read: {}", path.string(), std::strerror(errno)));
    return text.str();
}

std::uint64_t random_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

engine::Options engine_options(const Options& options, const Inputs& inputs, const Outside& outside) {
    engine::Options made;
    made.clock.mode = options.clock.mode;
    made.clock.rate = options.clock.rate;
    made.step_duration = options.step_duration;
    made.seed = options.seed ? *options.seed : random_seed();
    made.objects = inputs.objects;
    made.fetch = outside.fetch();
    made.runners = outside.runners();
    return made;
}

}  // namespace

Result<Inputs> open_inputs(const Options& options) {
    Inputs inputs;
    if (options.scenarios) {
        const auto text = read_file(*options.scenarios);
        if (!text) return text.error();
        auto scenarios = runners::Scenarios::parse(*text);
        if (!scenarios)
            return validation_error(fmt::format("{}:\n{}", options.scenarios->string(), scenarios.error().message));
        inputs.scenarios = std::move(*scenarios);
    }
    if (options.s3_directory) {
        auto objects = store::Objects::open(*options.s3_directory);
        if (!objects) return objects.error();
        inputs.objects = std::make_shared<const store::Objects>(std::move(*objects));
    }
    if (!options.database) {
        inputs.database = store::Database::in_memory();
        return inputs;
    }
    auto database = store::Database::open(*options.database, options.durability);
    if (!database) return database.error();
    inputs.database = std::move(*database);
    return inputs;
}

Program::Program(const Options& options, Inputs inputs)
    : options_(options),
      defaults_{NamespaceKey{options.account, options.region}},
      inputs_(std::move(inputs)),
      outside_(loop_, options,
               {.confirm = [this](const StepRef& step) { engine_.confirm(step); },
                .post = [this](const StepRef& step, const runners::StepResult& result) { engine_.post(step, result); },
                .read = [this](const StepRef& step) { return engine_.outside_step(step); }}),
      store_(*inputs_.database, poster()),
      engine_(store_, engine_options(options, inputs_, outside_),
              {.post = poster(), .set_alarm = [this](std::optional<Duration> after) { set_alarm(after); }}),
      scenarios_(store_, inputs_.scenarios),
      dispatcher_({.store = store_,
                   .engine = engine_,
                   .scenarios = scenarios_,
                   .objects = inputs_.objects.get(),
                   .remote_objects = outside_.objects(),
                   .post = poster(),
                   .quotas = options.quotas}),
      controller_({.store = store_,
                   .engine = engine_,
                   .scenarios = scenarios_,
                   .version = program_version(),
                   .later = timer()}) {
    if (const aws::Service* bus = outside_.event_bus())
        delivery_.emplace(store_, engine_, *bus, engine::EventDelivery::Loop{.post = poster(), .later = timer()});
}

std::function<void(std::function<void()>)> Program::poster() {
    return [this](std::function<void()> later) { boost::asio::post(loop_, std::move(later)); };
}

std::function<std::function<void()>(Duration, std::function<void()>)> Program::timer() {
    return [this](Duration after, std::function<void()> act) -> std::function<void()> {
        const auto timer = std::make_shared<boost::asio::steady_timer>(loop_, after);
        timer->async_wait([timer, act = std::move(act)](const boost::system::error_code& cancelled) {
            if (!cancelled) act();
        });
        return [running = std::weak_ptr(timer)] {
            if (const auto one = running.lock()) one->cancel();
        };
    };
}

Result<const http::Server*> Program::listen() {
    if (delivery_) delivery_->begin();
    engine_.recover();
    auto server = http::Server::listen(
        loop_,
        {.addresses = options_.hosts,
         .port = options_.port,
         .guard = {options_.allowed_hosts, options_.allowed_origins},
         .limits = {}},
        [this](http::HttpRequest request, http::Reply reply) { answer(std::move(request), std::move(reply)); });
    if (!server) return server.error();
    server_ = std::move(*server);
    return server_.get();
}

void Program::run(const std::function<void()>& ready) {
    server_->start();
    boost::asio::post(loop_, ready);
    for (bool again = true; again;) {
        try {
            loop_.run();
            again = false;
        } catch (const std::exception& fault) {  // of one event: the others go on
            log::error("an event failed: {}", fault.what());
        }
    }
    store_.turn.commit();
}

void Program::stop(std::chrono::seconds limit) {
    alarm_.cancel();
    outside_.close();
    last_moment_.expires_after(limit);
    last_moment_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) loop_.stop();
    });
    server_->stop([this] {
        // Behind what the last answers have posted; the loop then runs dry of work, or is told to end.
        boost::asio::post(loop_, [this] { loop_.stop(); });
    });
}

void Program::answer(http::HttpRequest request, http::Reply reply) {
    if (request.path.starts_with(control::kPrefix)) return controller_.handle(request, std::move(reply));
    if (!aws::is_for_sagemaker(request)) return reply(aws::foreign_service_response(request));
    auto call = aws::read_call(request, defaults_);
    if (!call) return reply(aws::respond(call.error(), request.id));
    dispatcher_.handle(std::move(*call), reply);
}

void Program::set_alarm(std::optional<Duration> after) {
    if (!after) {
        if (std::exchange(armed_, false)) alarm_.cancel();
        return;
    }
    armed_ = true;
    alarm_.expires_after(*after);
    alarm_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) engine_.wake();
    });
}

}  // namespace pipelines::app
