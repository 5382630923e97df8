// A stop request, in every phase that a step may be in.
#include <gtest/gtest.h>

#include "support/plan_runner.hpp"

namespace pipelines::testing {
namespace {

TEST(Stop, EndsWhatIsSimulatedAtOnce) {
    PlanRunner runner("A; B; C <- A", "A 20; B held");
    runner.run(from_millis(5));
    runner.stop();
    EXPECT_EQ(runner.run(), "5 A Stopped, B Stopped, run Stopping, run Stopped");
    EXPECT_EQ(runner.row("A").ended, from_millis(5));
}

TEST(Stop, BeforeTheFirstStep) {
    PlanRunner runner("A; B", "");
    runner.stop();
    EXPECT_EQ(runner.run(), "0 run Stopping, run Stopped");
}

TEST(Stop, WhileNothingRuns) {
    PlanRunner runner("A; B <- A", "A 10");
    runner.run(from_millis(5));
    runner.post(plan::event::Ended{0, 1, {}});
    runner.stop();
    EXPECT_EQ(runner.run(), "5 A Succeeded, run Stopping, run Stopped");
}

// A step that is being prepared has nothing outside: nothing has to be told, and its answer comes too late.
TEST(Stop, EndsWhatIsPreparing) {
    plan::Plan plan(std::make_shared<const definition::Graph>(parse_picture("A")), {}, {}, {});
    (void)plan.apply(plan::event::Look{}, Time{});
    const auto stopped = plan.apply(plan::event::Stop{}, from_millis(1));
    EXPECT_EQ(stopped.halt, (std::vector<StepSeq>{0}));
    EXPECT_EQ(plan.row(0).status, StepStatus::Stopped);
    EXPECT_TRUE(plan.apply(plan::event::Underway{0, 1, StepStatus::Executing, Phase::Simulated, {}}, from_millis(2))
                    .changed.empty());
}

TEST(Stop, EndsABackOff) {
    PlanRunner runner("A ~SageMaker.CAPACITY_ERROR:1s", "A 5 Failed:SageMaker.CAPACITY_ERROR");
    EXPECT_EQ(runner.run(from_millis(500)), "0 start A; 5 back off A until 1005");
    runner.stop();
    EXPECT_EQ(runner.run(), "500 A Stopped, run Stopping, run Stopped");
}

// What is outside has to be told; its late end decides how the step ended.
TEST(Stop, WaitsForTheOutside) {
    for (const StepStatus status : {StepStatus::Stopped, StepStatus::Succeeded}) {
        PlanRunner runner("A; B <- A; H <- A:Any", "A outside");
        runner.run(from_millis(5));
        runner.stop();
        EXPECT_EQ(runner.run(from_millis(9)), "5 A Stopping, run Stopping");
        runner.end("A", status);
        EXPECT_EQ(runner.run(), "9 A " + std::string(to_string(status)) + ", run Stopped");
    }
}

// Nobody can say that the stop did this: a failure is a failure, and is not tried again.
TEST(Stop, LateFailureFailsTheRun) {
    PlanRunner runner("A ~Step.THROTTLING:1s; H <- A:Failed", "A outside");
    runner.run(from_millis(5));
    runner.stop();
    runner.run(from_millis(9));
    runner.end("A", StepStatus::Failed, StepError::Throttling);
    EXPECT_EQ(runner.run(), "9 A Failed, run Failed");
}

TEST(Stop, TellsTheOutsideAndWhatItEndedOnce) {
    PlanRunner runner("A; B; C", "A outside; B held; C 3");
    std::vector<StepSeq> halted;
    runner.observe([&halted](const auto&, const auto&, const plan::Actions& actions) {
        halted.insert(halted.end(), actions.halt.begin(), actions.halt.end());
    });
    runner.run();
    runner.stop();
    runner.run();
    EXPECT_EQ(halted, (std::vector<StepSeq>{0, 1}));
    runner.stop();
    EXPECT_EQ(runner.run(), "");
    EXPECT_EQ(halted.size(), 2u);
}

// Confirmed after the stop: it stays Stopping.
TEST(Stop, LateConfirmationChangesNoStatus) {
    plan::Plan plan(std::make_shared<const definition::Graph>(parse_picture("A")), {}, {}, {});
    (void)plan.apply(plan::event::Look{}, Time{});
    (void)plan.apply(plan::event::Underway{0, 1, StepStatus::Starting, Phase::Outside, {}}, Time{});
    EXPECT_EQ(plan.row(0).status, StepStatus::Starting);
    (void)plan.apply(plan::event::Stop{}, Time{});
    (void)plan.apply(plan::event::Underway{0, 1, StepStatus::Executing, Phase::Outside, {}}, Time{});
    EXPECT_EQ(plan.row(0).status, StepStatus::Stopping);
}

TEST(Stop, LoopEndsWithItsChildren) {
    PlanRunner runner("E* 2; T in E; U in E <- T; Z <- E:Any", "E [3]; T-0 5; T held; U-0 outside");
    EXPECT_EQ(runner.run(from_millis(8)), "0 start E, start T-0, start T-1; 5 T-0 Succeeded, start U-0");
    runner.stop();
    EXPECT_EQ(runner.run(from_millis(9)), "8 E Stopping, T-1 Stopped, U-0 Stopping, run Stopping");
    runner.end("U-0", StepStatus::Succeeded);
    EXPECT_EQ(runner.run(), "9 U-0 Succeeded, E Stopped, run Stopped");
}

// The handler of a child is as good as started when its loop ends, and never starts all the same.
TEST(Stop, LoopWithAHandlerThatIsReady) {
    PlanRunner runner("E* 1; T in E; H in E <- T:Stopped", "E [1]; T held");
    runner.run(from_millis(5));
    runner.stop();
    EXPECT_EQ(runner.run(), "5 E Stopping, T-0 Stopped, run Stopping, E Stopped, run Stopped");
    EXPECT_EQ(runner.plan().standing(2, 0), plan::Standing::Never);
}

// Handled or not: who asked for a stop gets one, but a failure that nobody handled is not hidden by it.
TEST(Stop, AfterAFailure) {
    PlanRunner handled("A; B; H <- A:Failed", "A 5 Failed; B held; H 2");
    handled.run(from_millis(20));
    handled.stop();
    EXPECT_EQ(handled.run(), "20 B Stopped, run Stopping, run Stopped");
    PlanRunner unhandled("A; B", "A 5 Failed; B held");
    unhandled.run(from_millis(20));
    unhandled.stop();
    EXPECT_EQ(unhandled.run(), "20 B Stopped, run Stopping, run Failed");
}

TEST(Stop, StartsNothingWhateverTheLimit) {
    PlanRunner runner("A; B; C", "A outside", 1);
    runner.run(from_millis(5));
    runner.stop();
    runner.set_parallelism(5);
    EXPECT_EQ(runner.run(), "5 A Stopping, run Stopping");
}

}  // namespace
}  // namespace pipelines::testing
