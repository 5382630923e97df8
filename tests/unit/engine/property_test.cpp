// Random pipelines, scripts and interruptions through the whole engine: store, settle, clock, cache, recovery. Behind
// everything that happens, also between two turns of a settle that was cut: the plan made of the rows is the live one,
// what is over stays as it was, nothing started before what it depends on; and every execution ends as it has to.
//
// Seeds in blocks that run beside each other: 1,000 under the sanitizers, and with PIPELINES_BLOCKS=20 all 5,000 of CI
// in the program random_runs, which is optimised. PIPELINES_SEED=n runs that seed alone, as a failure names it;
// PIPELINES_RUNS=n runs as many from it: PIPELINES_SEED=1 PIPELINES_RUNS=50000 after a change of the engine.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/impl.hpp"
#include "engine/selection.hpp"
#include "random_pipeline.hpp"
#include "unit/plan/oracle.hpp"

namespace pipelines::engine {

struct EngineProbe {
    static Driver& driver(Engine& engine) { return engine.impl_->driver; }
};

namespace {

using pipelines::testing::Oracle;

constexpr std::uint64_t kBlock = 250;
constexpr std::uint64_t kBlocks = 4;
constexpr int kMostMoves = 2000;  // far more than any of them needs: an execution that does not end is caught

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

HarnessOptions random_options(Dice& dice) {
    constexpr std::size_t kBudgets[] = {1, 7, 40, 10'000};
    HarnessOptions options;
    options.clock.mode = dice.percent(50) ? ClockMode::Manual : ClockMode::Instant;
    options.step_duration = Duration{dice.below(3) * 10'000};
    options.budget = kBudgets[dice.below(4)];
    return options;
}

class RandomRuns {
public:
    explicit RandomRuns(std::uint64_t seed)
        : dice_(seed), failing_(kFailing[dice_.below(4)]), manual_(false), harness_(remember(random_options(dice_))) {
        RandomPipeline random{dice_, failing_};
        pipeline_ = harness_.add("p", random.steps());
        scenario_ = random.scenario();
        compiled_ = harness_.engine().definition(harness_.store().pipelines.find_version(pipeline_.id, 1)->id).value();
    }

    void drive() {
        for (std::uint32_t executions = 1 + dice_.below(3); executions > 0; --executions) {
            start();
            for (std::uint32_t moves = dice_.below(12); moves > 0 && !failed(); --moves) interrupt();
        }
        for (int moves = 0; !failed(); ++moves) {
            ASSERT_LT(moves, kMostMoves) << "an execution does not end";
            if (!finish_one()) break;
        }
        for (const auto& [key, run] : runs_)
            trace_ += std::string{harness_.status(key)} + ": " + harness_.picture(key) + "\n";
    }

    [[nodiscard]] const std::string& trace() const { return trace_; }
    [[nodiscard]] std::vector<ExecutionStatus> ends() {
        std::vector<ExecutionStatus> all;
        for (const auto& [key, run] : runs_) all.push_back(harness_.execution(key).status);
        return all;
    }
    [[nodiscard]] std::size_t hits() const { return hits_; }

private:
    static constexpr std::uint32_t kFailing[] = {0, 5, 20, 50};

    struct Known {  // of an execution, from one look to the next
        std::vector<StepState> rows;
        std::vector<bool> selected;
        std::optional<Time> over;  // when it was last changed, once it was found at its end
        bool retried = false;
        bool stopped = false;
    };

    [[nodiscard]] HarnessOptions remember(HarnessOptions options) {
        manual_ = options.clock.mode == ClockMode::Manual;
        return options;
    }
    [[nodiscard]] static bool failed() { return ::testing::Test::HasFailure(); }

    struct Undone {};

    // A change, and what follows from it turn by turn; now and then the process is killed in between.
    void change(const std::function<void()>& act) {
        if (dice_.percent(5)) undo(act);
        harness_.within(act);
        run_loop();
    }

    // The same, but its savepoint is rolled back, or its COMMIT fails. The recovery comes by itself, or before the next
    // change.
    void undo(const std::function<void()>& act) {
        const bool throws = dice_.percent(50);
        try {
            harness_.within([this, &act, throws] {
                act();
                if (throws) throw Undone{};
                harness_.break_commit();
            });
        } catch (const Undone&) {
        }
        run_loop();
        if (dice_.percent(50)) harness_.pass(Duration{1'000});
    }

    void run_loop() {
        const bool doomed = dice_.percent(10);
        for (std::uint32_t left = doomed ? dice_.below(6) : ~0U; harness_.step(); --left) {
            if (doomed && left == 0) {
                harness_.crash();
                continue;
            }
            if (!harness_.store().turn.dirty()) check();
        }
        check();
    }

    [[nodiscard]] std::optional<int> random_limit() {
        if (dice_.percent(50)) return std::nullopt;
        return 1 + static_cast<int>(dice_.below(4));
    }

    void start() {
        StartRequest request;
        request.scenario = scenario_;
        request.max_parallel = random_limit();
        Known known;
        if (dice_.percent(25)) request.selection = random_selection(known);
        std::optional<ExecutionKey> started;
        const auto act = [this, &request, &started] {
            request.pipeline = pipeline_;
            request.version = harness_.store().pipelines.find_version(pipeline_.id, 1).value();
            const auto id = harness_.engine().start(request);
            if (id) started = harness_.store().executions.find(harness_.space(), *id).value().id;
        };
        if (dice_.percent(5)) undo(act);
        harness_.within(act);
        if (started) runs_.emplace(*started, std::move(known));
        run_loop();
        if (started && !harness_.store().executions.find(*started)) runs_.erase(*started);  // it went with a crash
    }

    // Some steps, and a source among what has ended; the engine refuses what does not fit.
    [[nodiscard]] std::optional<Selection> random_selection(Known& known) {
        Selection selection;
        selection.config = {{"SelectedSteps", Json::array()}};
        for (const definition::Step& step : compiled_->steps)
            if (!compiled_->graph.nodes[*compiled_->find(step.name)].parent && dice_.percent(70))
                selection.config["SelectedSteps"].push_back({{"StepName", step.name}});
        const auto selected = plan::select(compiled_->graph, selected_names(selection.config));
        if (!selected) return std::nullopt;
        for (const auto& [key, run] : runs_)
            if (is_terminal(harness_.execution(key).status)) selection.source = harness_.execution(key);
        known.selected = *selected;
        return selection;
    }

    [[nodiscard]] std::optional<ExecutionKey> any_run() {
        if (runs_.empty()) return std::nullopt;
        return std::next(runs_.begin(), dice_.below(static_cast<std::uint32_t>(runs_.size())))->first;
    }

    void interrupt() {
        const auto key = any_run();
        if (!key) return;
        Known& known = runs_.at(*key);
        switch (dice_.below(7)) {
            case 0: return advance(dice_.percent(50) ? AdvanceTo::Next : AdvanceTo::Idle);
            case 1: (void)answer(*key); return;
            case 2: {
                // Not certain: what was refused, or went with a crash, only makes the test ask less.
                known.stopped = true;
                return change([this, key] { (void)harness_.engine().stop(*key); });
            }
            case 3: return retry(*key);
            case 4: {
                const int limit = 1 + static_cast<int>(dice_.below(4));
                return change([this, key, limit] { harness_.engine().update(*key, {{}, {}, limit}); });
            }
            case 5: harness_.crash(); return run_loop();
            default: return advance(AdvanceTo::Next);
        }
    }

    void advance(AdvanceTo to) {
        if (!manual_) return;
        change([this, to] { EXPECT_TRUE(harness_.engine().advance(harness_.space(), to)); });
    }

    void retry(ExecutionKey key) {
        Known& known = runs_.at(key);
        const auto limit = random_limit();
        change([this, key, limit, &known] {
            if (harness_.engine().retry(key, limit)) known.retried = true;
        });
    }

    // Answers a waiting Callback, if one waits.
    bool answer(ExecutionKey key) {
        for (const StepState& row : harness_.store().steps.states(key)) {
            if (row.phase != Phase::Outside || is_terminal(row.status)) continue;
            const auto job = harness_.store().steps.find(key, row.seq).value().content.job;
            const std::string token = harness_.store().jobs.find(*job).value().name;
            const bool fails = dice_.percent(failing_);
            change([this, &token, fails] {
                const auto answered = fails ? harness_.engine().fail(harness_.space(), token, "no")
                                            : harness_.engine().succeed(harness_.space(), token, {});
                EXPECT_TRUE(answered);
            });
            return true;
        }
        return false;
    }

    // Brings one open execution a step nearer to its end. False: there is none.
    [[nodiscard]] bool finish_one() {
        for (const auto& [key, known] : runs_) {
            if (is_terminal(harness_.execution(key).status)) continue;
            if (!answer(key)) {
                advance(AdvanceTo::Next);
                if (!manual_) harness_.pass(Duration{1'000});
            }
            return true;
        }
        return false;
    }

    void check() {
        for (auto& [key, known] : runs_) {
            const auto execution = harness_.store().executions.find(key);
            if (!execution) continue;  // its start went with a crash
            const bool as_it_was = is_terminal(execution->status) && known.over == execution->modified &&
                                   execution->next_seq == static_cast<StepSeq>(known.rows.size());
            if (as_it_was) continue;
            std::vector<StepState> rows = harness_.store().steps.states(key);
            check_plan(*execution, known, rows);
            check_final_rows(known.rows, rows);
            check_starts(*execution, known, rows);
            known.over.reset();
            if (is_terminal(execution->status)) {
                check_end(*execution, known, rows);
                known.over = execution->modified;
            }
            known.rows = std::move(rows);
        }
    }

    void check_plan(const Execution& execution, const Known& known, const std::vector<StepState>& rows) {
        if (is_terminal(execution.status)) return;
        Driver& driver = EngineProbe::driver(harness_.engine());
        const plan::Plan& live = driver.load(execution.id).plan;
        std::shared_ptr<const definition::Graph> graph{compiled_, &compiled_->graph};
        const plan::Plan rebuilt{
            graph, known.selected, {execution.status, execution.max_parallel, execution.next_seq}, rows};
        EXPECT_TRUE(live == rebuilt) << "the live plan is not that of the rows";
    }

    void check_final_rows(const std::vector<StepState>& before, const std::vector<StepState>& rows) {
        ASSERT_GE(rows.size(), before.size()) << "a committed row is gone";
        for (std::size_t seq = 0; seq < before.size(); ++seq) {
            if (!is_terminal(before[seq].status)) continue;
            StepState expected = before[seq];
            if (expected.status != StepStatus::Succeeded && !expected.reused)
                expected.superseded = rows[seq].superseded;
            EXPECT_TRUE(rows[seq] == expected) << "row " << seq << " was over and changed";
        }
    }

    // What has started since the last look, in whatever number of events.
    void check_starts(const Execution& execution, const Known& known, const std::vector<StepState>& rows) {
        const Oracle oracle{compiled_->graph, known.selected, rows};
        const auto first = static_cast<StepSeq>(known.rows.size());
        EXPECT_EQ(oracle.check_dependencies(first), "");
        EXPECT_EQ(oracle.check_loops(), "");
        const bool any_started = std::any_of(rows.begin() + first, rows.end(), [this](const StepState& row) {
            return !row.reused && kind(row) != definition::NodeKind::ForEach;
        });
        if (any_started && execution.max_parallel) {
            EXPECT_LE(oracle.running(), static_cast<std::uint32_t>(*execution.max_parallel))
                << "the limit of the run is exceeded: " << first << " rows before; " << harness_.picture(execution.id);
        }
    }

    void check_end(const Execution& execution, const Known& known, const std::vector<StepState>& rows) {
        for (const StepState& row : rows) {
            EXPECT_TRUE(is_terminal(row.status)) << name(row) << " is left open";
            const auto content = harness_.store().steps.find(execution.id, row.seq).value().content;
            if (content.job) {
                EXPECT_TRUE(harness_.store().jobs.find(*content.job).value().ended) << name(row);
            }
            if (content.source_how != SourceHow::Cache) continue;
            ++hits_;
            EXPECT_EQ(harness_.execution(*content.source).pipeline, pipeline_.id);
        }
        if (!known.retried && !known.stopped) {
            EXPECT_EQ(execution.status, Oracle(compiled_->graph, known.selected, rows).final_status(false));
        }
    }

    [[nodiscard]] definition::NodeKind kind(const StepState& row) const {
        return compiled_->graph.nodes[row.node].kind;
    }
    [[nodiscard]] std::string name(const StepState& row) const {
        return compiled_->graph.nodes[row.node].name + "#" + std::to_string(row.seq);
    }

    Dice dice_;
    std::uint32_t failing_;
    bool manual_;
    Harness harness_;
    Pipeline pipeline_;
    Json scenario_;
    std::shared_ptr<const definition::Definition> compiled_;
    std::map<ExecutionKey, Known> runs_;
    std::size_t hits_ = 0;
    std::string trace_;
};

std::uint64_t blocks() {
    return std::getenv("PIPELINES_SEED") == nullptr ? number_from_environment("PIPELINES_BLOCKS", kBlocks) : 1;
}

class RandomRunsOfABlock : public ::testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(EngineProperty, RandomRunsOfABlock, ::testing::Range(std::uint64_t{0}, blocks()));

TEST_P(RandomRunsOfABlock, KeepTheRules) {
    const std::uint64_t first = number_from_environment("PIPELINES_SEED", GetParam() * kBlock + 1);
    const std::uint64_t runs =
        number_from_environment("PIPELINES_RUNS", std::getenv("PIPELINES_SEED") == nullptr ? kBlock : 1);
    std::map<ExecutionStatus, std::uint64_t> ends;
    std::size_t hits = 0;
    for (std::uint64_t seed = first; seed < first + runs; ++seed) {
        RandomRuns random{seed};
        random.drive();
        ASSERT_FALSE(HasFailure()) << "PIPELINES_SEED=" << seed;
        for (const ExecutionStatus end : random.ends()) ++ends[end];
        hits += random.hits();
    }
    if (first != 1 || runs < kBlock) return;  // one block speaks for all: each has few executions of the rarest end
    for (const auto status : {ExecutionStatus::Stopped, ExecutionStatus::Failed, ExecutionStatus::Succeeded,
                              ExecutionStatus::CompletedWithFailures})
        EXPECT_GT(ends[status], runs / 200) << to_string(status) << ": the random runs no longer reach it";
    EXPECT_GT(hits, runs / 200) << "the random runs no longer hit the cache";
}

// Same seed, same rows: nothing depends on addresses, on the order of a hash, or on the machine's clock.
TEST(EngineProperty, SameSeedSameTrace) {
    const std::uint64_t first = number_from_environment("PIPELINES_SEED", 1);
    for (std::uint64_t seed = first; seed < first + 20; ++seed) {
        RandomRuns one{seed}, other{seed};
        one.drive();
        other.drive();
        ASSERT_EQ(one.trace(), other.trace()) << "PIPELINES_SEED=" << seed;
        ASSERT_NE(one.trace(), "");
    }
}

}  // namespace
}  // namespace pipelines::engine
