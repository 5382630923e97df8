// ForEach: its children, their limits, and how it ends.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "support/plan_runner.hpp"

namespace pipelines::testing {
namespace {

struct Case {
    const char* name;
    const char* picture;
    const char* script;
    std::optional<int> max_parallel;
    const char* trace;
};
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

class ForEach : public ::testing::TestWithParam<Case> {};

TEST_P(ForEach, Runs) {
    PlanRunner runner(GetParam().picture, GetParam().script, GetParam().max_parallel);
    EXPECT_EQ(runner.run(), GetParam().trace);
}

const Case kCases[] = {
    {"AllItems",
     "E* 9; T in E; Z <- E",
     "E [3]",
     {},
     "0 start E, start T-0, start T-1, start T-2; 10 T-0 Succeeded, T-1 Succeeded, T-2 Succeeded, E Succeeded, start "
     "Z; "
     "20 Z Succeeded, run Succeeded"},
    {"NoItems", "E* 1; T in E; Z <- E", "E [0]", {}, "0 start E, E Succeeded, start Z; 10 Z Succeeded, run Succeeded"},
    {"ConcurrencyCountsSteps",
     "E* 2; T in E; U in E",
     "E [2]",
     {},
     "0 start E, start T-0, start U-0; 10 T-0 Succeeded, U-0 Succeeded, start T-1, start U-1; "
     "20 T-1 Succeeded, U-1 Succeeded, E Succeeded, run Succeeded"},
    {"FirstIterationFirst",
     "E* 1; T in E; U in E <- T",
     "E [2]",
     {},
     "0 start E, start T-0; 10 T-0 Succeeded, start U-0; 20 U-0 Succeeded, start T-1; 30 T-1 Succeeded, start U-1; "
     "40 U-1 Succeeded, E Succeeded, run Succeeded"},
    {"IterationsDoNotWaitForEachOther",
     "E* 2; T in E; U in E <- T",
     "E [2]; T-0 5; T 20; U 5",
     {},
     "0 start E, start T-0, start T-1; 5 T-0 Succeeded, start U-0; 10 U-0 Succeeded; 20 T-1 Succeeded, start U-1; "
     "25 U-1 Succeeded, E Succeeded, run Succeeded"},
    {"LimitOfTheRunBindsToo", "E* 3; T in E; A", "E [2]", 2,
     "0 start E, start A, start T-0; 10 A Succeeded, T-0 Succeeded, start T-1; 20 T-1 Succeeded, E Succeeded, run "
     "Succeeded"},
    {"TakesNoSlotItself", "E* 3; T in E; A", "E [2]", 1,
     "0 start E, start A; 10 A Succeeded, start T-0; 20 T-0 Succeeded, start T-1; 30 T-1 Succeeded, E Succeeded, run "
     "Succeeded"},
    {"TakesNoSlotEvenIfAllAreTaken", "A; B; E* 1; T in E", "E [1]", 1,
     "0 start A, start E; 10 A Succeeded, start B; 20 B Succeeded, start T-0; 30 T-0 Succeeded, E Succeeded, run "
     "Succeeded"},
    {"ChildrenInThePlaceOfTheirLoop", "E* 1; T in E; A; F* 1; U in F; B", "E [2]; F [1]", 1,
     "0 start E, start A, start F; 10 A Succeeded, start T-0; 20 T-0 Succeeded, start T-1; "
     "30 T-1 Succeeded, start U-0, E Succeeded; 40 U-0 Succeeded, start B, F Succeeded; 50 B Succeeded, run Succeeded"},
    {"FullLoopLetsOthersPass", "E* 1; T in E; A <- C; C", "E [2]; C 5; A 5", 2,
     "0 start E, start C, start T-0; 5 C Succeeded, start A; 10 T-0 Succeeded, A Succeeded, start T-1; "
     "20 T-1 Succeeded, E Succeeded, run Succeeded"},
    {"WaitsForWhatItNeeds",
     "A; E* 1 <- A; T in E",
     "E [1]",
     {},
     "0 start A; 10 A Succeeded, start E, start T-0; 20 T-0 Succeeded, E Succeeded, run Succeeded"},
    {"InABranch", "C?; E* 1 <- C=true; T in E; Z <- E", "C false", {}, "0 start C, C Succeeded, run Succeeded"},
    {"ItemsThatCannotBeResolved", "E* 1; T in E; Z <- E", "E 0 Failed", {}, "0 start E, E Failed, run Failed"},
    // A failed child freezes its loop: started children drain, no iteration begins, its own dependents do not start.
    {"FailedChildFreezes",
     "E* 2; T in E; U in E <- T; Z <- E",
     "E [4]; T-0 5 Failed; T 10",
     {},
     "0 start E, start T-0, start T-1; 5 T-0 Failed; 10 T-1 Succeeded, E Failed, run Failed"},
    {"FailedChildFreezesTheRun",
     "E* 1; T in E; A; B <- A",
     "E [2]; T 5 Failed",
     {},
     "0 start E, start A, start T-0; 5 T-0 Failed, E Failed; 10 A Succeeded, run Failed"},
    {"StoppedChild",
     "E* 1; T in E; Z <- E:Stopped",
     "E [2]; T 5 Stopped",
     {},
     "0 start E, start T-0; 5 T-0 Stopped, E Stopped, start Z; 15 Z Succeeded, run CompletedWithFailures"},
    // A loop without a failed child is a running step: it goes on to its last item.
    {"GoesOnAfterAFailureElsewhere",
     "E* 1; T in E; A; Z <- E",
     "E [3]; A 5 Failed",
     {},
     "0 start E, start A, start T-0; 5 A Failed; 10 T-0 Succeeded, start T-1; 20 T-1 Succeeded, start T-2; "
     "30 T-2 Succeeded, E Succeeded, run Failed"},
    {"GoesOnAfterAFailureInAnotherLoop",
     "E* 1; T in E; F* 1; U in F",
     "E [2]; F [2]; T 5 Failed",
     {},
     "0 start E, start F, start T-0, start U-0; 5 T-0 Failed, E Failed; 10 U-0 Succeeded, start U-1; "
     "20 U-1 Succeeded, F Succeeded, run Failed"},
    {"DoesNotStartAfterAFailure",
     "A; B; E* 1 <- B; T in E",
     "A 5 Failed",
     {},
     "0 start A, start B; 5 A Failed; 10 B Succeeded, run Failed"},
    {"ChildThatHandlesAChild",
     "E* 1; T in E; H in E <- T:Failed; I in E <- H",
     "E [2]; T 5 Failed",
     {},
     "0 start E, start T-0; 5 T-0 Failed, start H-0; 15 H-0 Succeeded, start I-0; 25 I-0 Succeeded, E Failed, run "
     "Failed"},
    {"HandledFromOutside",
     "E* 1; T in E; H <- E:Failed",
     "E [2]; T 5 Failed",
     {},
     "0 start E, start T-0; 5 T-0 Failed, E Failed, start H; 15 H Succeeded, run CompletedWithFailures"},
    {"HandlesAFailure",
     "A; E* 1 <- A:Failed; T in E; Z <- E",
     "A 5 Failed; E [2]",
     {},
     "0 start A; 5 A Failed, start E, start T-0; 15 T-0 Succeeded, start T-1; 25 T-1 Succeeded, E Succeeded, start Z; "
     "35 Z Succeeded, run CompletedWithFailures"},
    {"BodyStepsWhoseTriggerDoesNotMatch",
     "E* 9; T in E; H in E <- T:Failed; I in E <- H:Any",
     "E [2]",
     {},
     "0 start E, start T-0, start T-1; 10 T-0 Succeeded, T-1 Succeeded, E Succeeded, run Succeeded"},
};
INSTANTIATE_TEST_SUITE_P(Plan, ForEach, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

// The items are resolved once: the new row has the old one's number, and children that succeeded stay.
TEST(ForEachRetried, InheritsItemsAndSucceededChildren) {
    PlanRunner runner("E* 1; T in E; U in E <- T", "E [3], [99]; T-1 5 Failed, 5");
    EXPECT_EQ(runner.run(),
              "0 start E, start T-0; 10 T-0 Succeeded, start U-0; 20 U-0 Succeeded, start T-1; 25 T-1 Failed, E "
              "Failed, run Failed");
    runner.retry();
    EXPECT_EQ(runner.run(),
              "25 leave E, leave T-1, run Executing, start E #2, start T-1 #2; 30 T-1 Succeeded, start U-1; "
              "40 U-1 Succeeded, start T-2; 50 T-2 Succeeded, start U-2; 60 U-2 Succeeded, E Succeeded, run Succeeded");
    EXPECT_EQ(runner.row("E").items, 3u);
}

// Nothing was resolved the first time, so there is nothing to inherit.
TEST(ForEachRetried, ResolvesItemsIfItHadNone) {
    PlanRunner runner("E* 1; T in E", "E 0 Failed, [1]");
    EXPECT_EQ(runner.run(), "0 start E, E Failed, run Failed");
    runner.retry();
    EXPECT_EQ(runner.run(),
              "0 leave E, run Executing, start E #2, start T-0; 10 T-0 Succeeded, E Succeeded, run Succeeded");
}

TEST(ForEachRetried, GoesOnAfterAStop) {
    PlanRunner runner("E* 1; T in E", "E [2]; T-1 held, 5");
    runner.run(from_millis(20));
    runner.stop();
    EXPECT_EQ(runner.run(), "20 E Stopping, T-1 Stopped, run Stopping, E Stopped, run Stopped");
    runner.retry();
    EXPECT_EQ(
        runner.run(),
        "20 leave E, leave T-1, run Executing, start E #2, start T-1 #2; 25 T-1 Succeeded, E Succeeded, run Succeeded");
}

// Asked again on every Look until it is answered, so that a crash in between loses nothing; answered, never again.
TEST(ForEachAlone, ConcludesUntilAnswered) {
    plan::Plan plan(std::make_shared<const definition::Graph>(parse_picture("E* 1; T in E")), {}, {}, {});
    (void)plan.apply(plan::event::Look{}, Time{});
    (void)plan.apply(plan::event::Expanded{0, 1, 0}, Time{});
    for (int again = 0; again < 2; ++again)
        EXPECT_EQ(plan.apply(plan::event::Look{}, Time{}).conclude, (std::vector<StepSeq>{0}));
    (void)plan.apply(plan::event::Ended{0, 1, {}}, Time{});
    const auto over = plan.apply(plan::event::Look{}, Time{});
    EXPECT_TRUE(over.conclude.empty());
    EXPECT_EQ(over.status, ExecutionStatus::Succeeded);
}

// Whoever waits for a child is told when it can never start: its loop never does, turned out shorter, or is over.
TEST(ForEachAlone, TellsWhichChildrenNeverStart) {
    using plan::Standing;
    PlanRunner open("C?; E* 1; T in E; L* 1 <- C=true; U in L", "C false; E [2]; T held");
    EXPECT_EQ(open.plan().standing(2, 7), Standing::Waiting) << "its loop may become as long";
    open.run();
    EXPECT_EQ(open.plan().standing(2, 0), Standing::Started);
    EXPECT_EQ(open.plan().standing(2, 1), Standing::Waiting);
    EXPECT_EQ(open.plan().standing(2, 2), Standing::Never);
    EXPECT_EQ(open.plan().standing(4, 0), Standing::Never);
    PlanRunner over("E* 1; T in E", "E [1]; T 0 Failed");
    over.run();
    EXPECT_EQ(over.plan().standing(1, 1), Standing::Never);
}

// As large as AWS lets a loop be, at the highest concurrency: every Look must not look at every item.
TEST(ForEachAlone, TwelveThousandItems) {
    plan::Plan plan(std::make_shared<const definition::Graph>(parse_picture("E* 50; T in E; U in E <- T")), {}, {}, {});
    StepSeq ended = 0;
    (void)plan.apply(plan::event::Look{}, Time{});
    (void)plan.apply(plan::event::Expanded{0, 1, 12'000}, Time{});
    for (auto actions = plan.apply(plan::event::Look{}, Time{}); actions.conclude.empty();
         actions = plan.apply(plan::event::Look{}, Time{}))
        (void)plan.apply(plan::event::Ended{++ended, 1, {}}, Time{});
    EXPECT_EQ(ended, 24'000u);
}

}  // namespace
}  // namespace pipelines::testing
