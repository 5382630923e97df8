// An engine over a store in memory, with a loop that the test turns by hand and a system time that it moves. A crash
// leaves only what was committed.
#pragma once

#include <fmt/format.h>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipelines/engine/engine.hpp"
#include "pipelines/store/store.hpp"
#include "support/steps.hpp"

namespace pipelines::engine {

struct HarnessOptions {
    ClockState clock{};
    Duration step_duration{0};
    std::size_t budget = 10'000;
    std::map<JobKind, runners::StepRunner*> runners{};
    decltype(Options::fetch) fetch{};
};

class Harness {
public:
    explicit Harness(HarnessOptions options = {}) : options_(options) {
        restart();
        use_space("us-east-1");
    }

    // What is added and started from here on is in that region.
    void use_space(std::string_view region) {
        within([this, region] { space_ = engine().space({"123456789012", std::string{region}}).id; });
        turn();
    }

    // Runs the next thing that is ready, if there is one.
    bool step() {
        if (queue_.empty()) return false;
        auto next = std::move(queue_.front());
        queue_.pop_front();
        next();
        return true;
    }

    // Runs the loop until nothing is ready.
    void turn() {
        while (step()) {
        }
    }

    void post(std::function<void()> later) { queue_.push_back(std::move(later)); }

    void within(const std::function<void()>& change) { store().turn.within(change); }

    // The process is killed: what was posted and what no COMMIT closed is lost. Then a new one recovers.
    void crash() {
        kill();
        restart();
        engine().recover();
    }

    // The process is killed, and another one has opened the rows but not recovered yet.
    void kill() {
        queue_.clear();
        engine_.reset();
        store_.reset();
        if (database_->in_transaction()) database_->execute("ROLLBACK");
        restart();
    }

    // `steps` as in a definition, `more` its other members.
    Pipeline add(std::string name, Json steps, Json more = Json::object()) {
        Pipeline pipeline;
        within([this, &name, &steps, &more, &pipeline] {
            pipeline = insert(std::move(name), std::move(steps), std::move(more));
        });
        turn();
        return pipeline;
    }

    // Inside within(): the same.
    Pipeline insert(std::string name, Json steps, Json more = Json::object()) {
        more["Version"] = "2020-12-01";
        more["Steps"] = std::move(steps);
        Pipeline pipeline;
        pipeline.namespace_id = space_;
        pipeline.name = pipeline.display_name = std::move(name);
        pipeline.id = store().pipelines.insert(pipeline);
        PipelineVersion version;
        version.namespace_id = space_;
        version.pipeline = pipeline.id;
        (void)store().pipelines.insert_version(version, dump(more));
        return pipeline;
    }

    // Inside within(): starts and answers the key.
    ExecutionKey start_here(const Pipeline& pipeline, StartRequest request = {}) {
        request.pipeline = pipeline;
        request.version = store().pipelines.find_version(pipeline.id, 1).value();
        const auto id = engine().start(request);
        if (!id) throw std::runtime_error(id.error().message);
        return store().executions.find(space_, *id).value().id;
    }

    ExecutionKey start(const Pipeline& pipeline, const StartRequest& request = {}) {
        ExecutionKey key = 0;
        within([this, &pipeline, &request, &key] { key = start_here(pipeline, request); });
        turn();
        return key;
    }

    [[nodiscard]] Execution execution(ExecutionKey key) { return store().executions.find(key).value(); }
    [[nodiscard]] std::string_view status(ExecutionKey key) { return to_string(execution(key).status); }

    // "A Succeeded, B Executing": the steps in the order of their starts, as rows say.
    [[nodiscard]] std::string picture(ExecutionKey key) {
        std::string text;
        for (const StepState& state : store().steps.states(key)) {
            if (!text.empty()) text += ", ";
            text += store().steps.find(key, state.seq).value().content.name;
            text += ' ';
            text += to_string(state.status);
        }
        return text;
    }

    // From now on the COMMIT of this turn fails, as it does on a full disk.
    void break_commit() {
        database_->execute(
            "CREATE TABLE IF NOT EXISTS broken (n REFERENCES namespaces (id) DEFERRABLE INITIALLY DEFERRED)");
        database_->execute("INSERT INTO broken VALUES (999)");
    }

    // A column of all steps of an execution holds that: of a ForEach the outputs are its items, which all code rests
    // on.
    void damage(ExecutionKey key, std::string_view column, std::string_view value) {
        database_->execute(fmt::format("UPDATE steps SET {} = '{}' WHERE execution = {}", column, value, key).c_str());
    }

    void damage_execution(ExecutionKey key, std::string_view column, std::string_view value) {
        database_->execute(fmt::format("UPDATE executions SET {} = '{}' WHERE id = {}", column, value, key).c_str());
    }

    // The next process is started with that --clock.
    void use_clock(ClockState clock) { options_.clock = clock; }

    // No turn can be opened until unblock(), as while another process holds the file.
    void block_turns() { database_->execute("BEGIN"); }
    void unblock_turns() { database_->execute("ROLLBACK"); }

    // Time passes; the alarm goes off if it was set for then.
    void pass(Duration time) {
        time_ += time;
        if (alarm_ && *alarm_ <= time) engine().wake();
        turn();
    }

    void set_back(Duration time) { time_ -= time; }

    [[nodiscard]] Engine& engine() { return *engine_; }
    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] NamespaceId space() const { return space_; }
    [[nodiscard]] std::optional<Duration> alarm() const { return alarm_; }
    [[nodiscard]] std::size_t posted() const { return queue_.size(); }  // what the loop has still to run

private:
    void restart() {
        const auto post = [this](std::function<void()> later) { queue_.push_back(std::move(later)); };
        store_ = std::make_unique<store::Store>(*database_, post);
        Options options;
        options.clock = options_.clock;
        options.step_duration = options_.step_duration;
        options.seed = 7;
        options.system_time = [this] { return time_; };
        options.budget = options_.budget;
        options.runners = options_.runners;
        options.fetch = options_.fetch;
        engine_ = std::make_unique<Engine>(*store_, options,
                                           Loop{post, [this](std::optional<Duration> after) { alarm_ = after; }});
    }

    HarnessOptions options_;
    std::deque<std::function<void()>> queue_;
    Time time_ = from_millis(1'700'000'000'000);
    std::optional<Duration> alarm_;
    std::unique_ptr<store::Database> database_ = store::Database::in_memory();
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Engine> engine_;
    NamespaceId space_ = 0;
};

}  // namespace pipelines::engine
