// Random definitions, outcomes and interruptions against a second, simple reading of the rules (oracle.hpp). After
// every event: the plan rebuilt from its rows is the live one (plan_runner.hpp), nothing started that may not and
// nothing that may was left, limits hold, what is over stays as it was; and every run ends as it has to.
//
// PIPELINES_SEED=n runs that seed alone, as a failure names it; PIPELINES_RUNS=n runs as many.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "oracle.hpp"
#include "random_graph.hpp"
#include "support/plan_runner.hpp"

namespace pipelines::testing {
namespace {

constexpr std::uint64_t kRuns = 2000;
constexpr std::size_t kMostEvents = 100'000;  // far more than any of them needs: a run that does not end is caught

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

bool nothing_in(const plan::Actions& actions) {
    return actions.launch.empty() && actions.conclude.empty() && actions.halt.empty() && actions.wake.empty() &&
           actions.changed.empty() && !actions.status && !actions.released;
}

class RandomRun {
public:
    explicit RandomRun(std::uint64_t seed)
        : dice_(seed), failing_(kFailing[dice_.below(4)]), interrupted_(dice_.percent(60)) {
        definition::Graph graph = random_graph(dice_);
        RandomSelection selection;
        if (dice_.percent(20)) selection = random_selection(dice_, graph);
        selected_ = selection.selected;
        runner_.emplace(
            std::move(graph),
            [this](const definition::Node& node, const StepState&) {
                return random_performance(dice_, node, failing_);
            },
            random_limit(), std::move(selection.selected), std::move(selection.reused));
        runner_->observe([this](const plan::Event& event, const std::vector<StepState>& before,
                                const plan::Actions& actions) { check(event, before, actions); });
    }

    PlanRunner& runner() { return *runner_; }

    void drive() {
        for (int retries = static_cast<int>(dice_.below(4)); !::testing::Test::HasFailure(); --retries) {
            while (!::testing::Test::HasFailure() && runner_->step()) interrupt();
            const ExecutionStatus status = runner_->plan().run().status;
            ASSERT_TRUE(is_terminal(status)) << "the run does not end: " << runner_->list();
            if (retries <= 0 || (status != ExecutionStatus::Failed && status != ExecutionStatus::Stopped)) return;
            stopping_ = over_ = false;
            runner_->retry(random_limit());
        }
    }

private:
    static constexpr std::uint32_t kFailing[] = {0, 5, 20, 50};

    std::optional<int> random_limit() {
        if (dice_.percent(50)) return std::nullopt;
        return 1 + static_cast<int>(dice_.below(4));
    }

    void interrupt() {
        ASSERT_LT(runner_->applied(), kMostEvents) << "the run does not end";
        if (!interrupted_) return;
        const std::uint32_t lot = dice_.below(400);
        if (lot == 0) runner_->stop();
        if (lot >= 1 && lot < 6) runner_->set_parallelism(random_limit());
        if (lot >= 6 && lot < 12) runner_->crash();
        if (lot >= 12 && lot < 40) apply_stale();
    }

    // An event that names what is gone. The plan has to ignore it.
    void apply_stale() {
        const auto rows = runner_->plan().rows();
        const auto seq = static_cast<StepSeq>(dice_.below(static_cast<std::uint32_t>(rows.size()) + 1));
        const std::uint32_t attempt = 1 + dice_.below(3);
        const bool gone =
            seq >= rows.size() || rows[seq].superseded || is_terminal(rows[seq].status) || rows[seq].attempt != attempt;
        const bool waiting = !gone && rows[seq].phase == Phase::BackOff;
        if (!gone && !waiting) return;
        const plan::Event events[] = {
            plan::event::Ended{seq, attempt, {StepStatus::Failed, StepError::Throttling, {}}},
            plan::event::Ended{seq, attempt, {}},
            plan::event::Underway{seq, attempt, StepStatus::Executing, Phase::Outside, {}},
            plan::event::Expanded{seq, attempt, 3},
            plan::event::Due{seq, attempt},
        };
        stale_ = true;
        runner_->apply(events[dice_.below(waiting ? 4 : 5)]);
        stale_ = false;
    }

    void check(const plan::Event& event, const std::vector<StepState>& before, const plan::Actions& actions) {
        const auto rows = runner_->plan().rows();
        const plan::RunState& run = runner_->plan().run();
        if (stale_) {
            EXPECT_TRUE(nothing_in(actions)) << "a stale event did something";
        }
        check_final_rows(before, rows, std::holds_alternative<plan::event::Retry>(event));
        if (std::holds_alternative<plan::event::Stop>(event) && actions.status) stopping_ = true;
        if (!std::holds_alternative<plan::event::Look>(event)) {
            EXPECT_EQ(rows.size(), before.size()) << "only Look starts steps";
            return;
        }
        const Oracle oracle(runner_->graph(), selected_, rows);
        if (actions.status) {
            EXPECT_EQ(*actions.status, oracle.final_status(stopping_));
        }
        if (stopping_) {
            EXPECT_EQ(rows.size(), before.size()) << "started after a stop";
        }
        if (over_ && !actions.status) {
            EXPECT_EQ(rows.size(), before.size()) << "started after the end";
        }
        over_ = is_terminal(run.status);
        if (stopping_ || (over_ && !actions.status)) return;
        EXPECT_EQ(oracle.check_starts(static_cast<StepSeq>(before.size()), run.max_parallel), "");
    }

    // Terminal is final; only a retry leaves rows behind, and changes nothing else in them.
    static void check_final_rows(const std::vector<StepState>& before, std::span<const StepState> rows, bool retry) {
        for (std::size_t seq = 0; seq < before.size(); ++seq) {
            if (!is_terminal(before[seq].status)) continue;
            StepState expected = before[seq];
            if (retry && (expected.status != StepStatus::Succeeded) && !expected.reused)
                expected.superseded = rows[seq].superseded;
            EXPECT_TRUE(rows[seq] == expected) << "row " << seq << " was over and changed";
        }
    }

    Dice dice_;
    std::uint32_t failing_;
    bool interrupted_;
    bool stopping_ = false;
    bool over_ = false;
    bool stale_ = false;
    std::vector<bool> selected_;
    std::optional<PlanRunner> runner_;
};

TEST(Property, RandomRunsKeepTheRules) {
    const std::uint64_t first = number_from_environment("PIPELINES_SEED", 1);
    const std::uint64_t runs =
        number_from_environment("PIPELINES_RUNS", std::getenv("PIPELINES_SEED") == nullptr ? kRuns : 1);
    std::map<ExecutionStatus, std::uint64_t> ends;
    for (std::uint64_t seed = first; seed < first + runs; ++seed) {
        RandomRun run(seed);
        run.runner().without_trace();
        run.drive();
        ASSERT_FALSE(HasFailure()) << "PIPELINES_SEED=" << seed;
        ++ends[run.runner().plan().run().status];
    }
    if (runs < 1000) return;
    for (const auto status : {ExecutionStatus::Stopped, ExecutionStatus::Failed, ExecutionStatus::Succeeded,
                              ExecutionStatus::CompletedWithFailures})
        EXPECT_GT(ends[status], runs / 200) << to_string(status) << ": the random runs no longer reach it";
}

// Same seed, same run: nothing in the plan depends on addresses or on the order of a hash.
TEST(Property, SameSeedSameTrace) {
    const std::uint64_t first = number_from_environment("PIPELINES_SEED", 1);
    for (std::uint64_t seed = first; seed < first + 100; ++seed) {
        std::string traces[2];
        for (std::string& trace : traces) {
            RandomRun run(seed);
            run.drive();
            trace = run.runner().run();
        }
        ASSERT_EQ(traces[0], traces[1]) << "PIPELINES_SEED=" << seed;
        ASSERT_NE(traces[0], "");
    }
}

}  // namespace
}  // namespace pipelines::testing
