// Answers from outside may come late, twice, or for something that is gone: such events change nothing at all.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "support/plan_runner.hpp"

namespace pipelines::testing {
namespace {

namespace event = plan::event;

constexpr Verdict kFailed{StepStatus::Failed, StepError::CapacityError, {}};

struct Case {
    const char* name;
    const char* picture;
    const char* script;
    int until;
    plan::Event event;
};
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

class Stale : public ::testing::TestWithParam<Case> {};

TEST_P(Stale, ChangesNothing) {
    PlanRunner runner(GetParam().picture, GetParam().script);
    runner.run(from_millis(GetParam().until));
    plan::Plan plan = runner.plan();
    const plan::Actions actions = plan.apply(GetParam().event, from_millis(99));
    EXPECT_TRUE(plan == runner.plan());
    EXPECT_TRUE(actions.launch.empty() && actions.conclude.empty() && actions.halt.empty() && actions.wake.empty());
    EXPECT_TRUE(actions.changed.empty());
    EXPECT_FALSE(actions.status);
    EXPECT_FALSE(actions.released);
}

constexpr const char* kRetried = "A ~SageMaker.CAPACITY_ERROR:100x9";
constexpr const char* kTwice = "A 5 Failed:SageMaker.CAPACITY_ERROR, held";

const Case kCases[] = {
    {"EndOfNoRow", "A", "A held", 5, event::Ended{7, 1, {}}},
    {"DueOfNoRow", "A", "A held", 5, event::Due{7, 1}},
    {"ExpandedOfNoRow", "A", "A held", 5, event::Expanded{7, 1, 2}},
    {"UnderwayOfNoRow", "A", "A held", 5, event::Underway{7, 1, StepStatus::Executing, Phase::Outside, {}}},
    {"SecondEnd", "A; B", "A 5; B held", 6, event::Ended{0, 1, kFailed}},
    {"EndOfAnEarlierAttempt", kRetried, kTwice, 200, event::Ended{0, 1, {}}},
    {"EndOfAFutureAttempt", "A", "A held", 5, event::Ended{0, 2, {}}},
    // The attempt is over, only the step is not.
    {"SecondEndWhileBackingOff", kRetried, kTwice, 50, event::Ended{0, 1, kFailed}},
    {"SuccessWhileBackingOff", kRetried, kTwice, 50, event::Ended{0, 1, {}}},
    {"EndThatIsNone", "A", "A held", 5, event::Ended{0, 1, {StepStatus::Executing, StepError::None, {}}}},
    {"ConfirmationWhileBackingOff", kRetried, kTwice, 50,
     event::Underway{0, 1, StepStatus::Executing, Phase::Outside, {}}},
    {"ConfirmationOfAnEarlierAttempt", kRetried, kTwice, 200,
     event::Underway{0, 1, StepStatus::Executing, Phase::Outside, {}}},
    {"ConfirmationAfterTheEnd", "A; B", "A 5; B held", 6,
     event::Underway{0, 1, StepStatus::Executing, Phase::Outside, {}}},
    {"DueWhileRunning", "A", "A held", 5, event::Due{0, 1}},
    {"SecondDue", kRetried, kTwice, 200, event::Due{0, 1}},
    {"DueAfterTheEnd", "A; B", "A 5; B held", 6, event::Due{0, 1}},
    {"ExpandedOfWork", "A", "A held", 5, event::Expanded{0, 1, 2}},
    {"ExpandedTwice", "E* 1; T in E", "E [2]; T held", 5, event::Expanded{0, 1, 3}},
    {"ExpandedAfterTheEnd", "E* 1; T in E; B", "E [0]; B held", 5, event::Expanded{0, 1, 3}},
    {"LoopsEndWhileAChildRuns", "E* 1; T in E", "E [2]; T held", 5, event::Ended{0, 1, {}}},
    {"ConfirmationOfALoop", "E* 1; T in E", "E [2]; T held", 5,
     event::Underway{0, 1, StepStatus::Executing, Phase::Outside, {}}},
    {"EndAfterTheRun", "A", "", 50, event::Ended{0, 1, kFailed}},
    {"StopAfterTheRun", "A", "", 50, event::Stop{}},
    {"StopAfterAFailure", "A", "A 5 Failed", 50, event::Stop{}},
    {"LookAfterTheRun", "A; B <- A", "A 5 Failed", 50, event::Look{}},
    {"LookWhileNothingCanStart", "A; B <- A", "A held", 5, event::Look{}},
    {"RetryOfASuccess", "A", "", 50, event::Retry{3}},
    {"RetryOfARunningOne", "A", "A held", 5, event::Retry{3}},
};
INSTANTIATE_TEST_SUITE_P(Plan, Stale, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

// A row left behind by a retry has ended for good, whoever still speaks of it.
TEST(StaleAlone, RowLeftBehind) {
    PlanRunner runner("A", "A 5 Failed, held");
    runner.run();
    runner.retry();
    runner.run();
    plan::Plan plan = runner.plan();
    for (const std::uint32_t attempt : {1u, 2u})
        EXPECT_TRUE(plan.apply(event::Ended{0, attempt, {}}, from_millis(9)).changed.empty());
    EXPECT_TRUE(plan == runner.plan());
    EXPECT_EQ(plan.apply(event::Ended{1, 2, {}}, from_millis(9)).changed, (std::vector<StepSeq>{1}));
}

// Each row that differs is named once, so that it is written once.
TEST(StaleAlone, ChangedRowsAreNamedOnce) {
    PlanRunner runner("A; B; C", "A held; B outside; C 3");
    runner.run();
    plan::Plan plan = runner.plan();
    EXPECT_EQ(plan.apply(event::Stop{}, from_millis(9)).changed, (std::vector<StepSeq>{0, 1}));
}

}  // namespace
}  // namespace pipelines::testing
