// RetryPipelineExecution: what stays, what is left behind, what starts again.
#include <gtest/gtest.h>

#include "support/plan_runner.hpp"

namespace pipelines::testing {
namespace {

TEST(Retry, FailedStepsStartAgainAndSucceededOnesStay) {
    PlanRunner runner("A; B; C <- A, B; D <- C", "B 5 Failed, 5");
    EXPECT_EQ(runner.run(), "0 start A, start B; 5 B Failed; 10 A Succeeded, run Failed");
    runner.retry();
    EXPECT_EQ(runner.run(),
              "10 leave B, run Executing, start B #2; 15 B Succeeded, start C; 25 C Succeeded, start D; 35 D "
              "Succeeded, run Succeeded");
    EXPECT_EQ(runner.list(), "A Succeeded, B Succeeded #2, C Succeeded, D Succeeded");
}

TEST(Retry, AttemptsCountOnThroughRetriesOfBothKinds) {
    PlanRunner runner("A ~SageMaker.CAPACITY_ERROR:10x1",
                      "A 5 Failed:SageMaker.CAPACITY_ERROR, 5 Failed:SageMaker.CAPACITY_ERROR, 5 Failed, 5 Failed, 5");
    EXPECT_EQ(runner.run(), "0 start A; 5 back off A until 15; 15 start A #2; 20 A Failed, run Failed");
    runner.retry();
    EXPECT_EQ(runner.run(), "20 leave A, run Executing, start A #3; 25 A Failed, run Failed");
    runner.retry();
    EXPECT_EQ(runner.run(), "25 leave A, run Executing, start A #4; 30 A Failed, run Failed");
    runner.retry();
    EXPECT_EQ(runner.run(), "30 leave A, run Executing, start A #5; 35 A Succeeded, run Succeeded");
    EXPECT_EQ(runner.list(), "A Succeeded #5");
    EXPECT_EQ(runner.plan().rows().size(), 4u);
}

// The retries of a policy belong to the row: the new row has them all again.
TEST(Retry, PoliciesCountFromTheBeginning) {
    PlanRunner runner("A ~SageMaker.CAPACITY_ERROR:10x1", "A 5 Failed:SageMaker.CAPACITY_ERROR");
    runner.run();
    runner.retry();
    EXPECT_EQ(runner.run(),
              "20 leave A, run Executing, start A #3; 25 back off A until 35; 35 start A #4; 40 A Failed, run Failed");
}

TEST(Retry, StoppedRunGoesOn) {
    PlanRunner runner("A; B <- A; C <- B", "B held, 10");
    runner.run(from_millis(20));
    runner.stop();
    EXPECT_EQ(runner.run(), "20 B Stopped, run Stopping, run Stopped");
    runner.retry();
    EXPECT_EQ(runner.run(),
              "20 leave B, run Executing, start B #2; 30 B Succeeded, start C; 40 C Succeeded, run Succeeded");
}

// Nothing was stopped, so nothing is left behind: the rest starts.
TEST(Retry, StoppedBetweenTwoSteps) {
    PlanRunner runner("A; B <- A", "A outside");
    runner.run(from_millis(20));
    runner.stop();
    runner.run();
    runner.end("A", StepStatus::Succeeded);
    runner.run();
    runner.retry();
    EXPECT_EQ(runner.run(), "20 run Executing, start B; 30 B Succeeded, run Succeeded");
}

TEST(Retry, HandlersThatSucceededStay) {
    PlanRunner runner("A; B; H <- A:Failed; I <- H", "A 5 Failed, 5; B 7 Failed, 7", 9);
    EXPECT_EQ(
        runner.run(),
        "0 start A, start B; 5 A Failed, start H; 7 B Failed; 15 H Succeeded, start I; 25 I Succeeded, run Failed");
    runner.retry();
    EXPECT_EQ(
        runner.run(),
        "25 leave A, leave B, run Executing, start A #2, start B #2; 30 A Succeeded; 32 B Succeeded, run Succeeded");
}

// I answers because H did, which cannot be seen in A any more.
TEST(Retry, HandlersStillAnswerAfterwards) {
    PlanRunner runner("A; B; H <- A:Failed; I <- H", "A 5 Failed, 5; B 7 Failed, 2 Failed, 9; I 5 Failed, 5", 9);
    EXPECT_EQ(runner.run(),
              "0 start A, start B; 5 A Failed, start H; 7 B Failed; 15 H Succeeded, start I; 20 I Failed, run Failed");
    EXPECT_TRUE(runner.row("H").answers_failure);
    runner.retry(1);
    EXPECT_EQ(
        runner.run(),
        "20 leave A, leave B, leave I, run Executing, start A #2; 25 A Succeeded, start B #2; 27 B Failed, start I #2; "
        "32 I Succeeded, run Failed");
    EXPECT_TRUE(runner.row("I").answers_failure);
}

TEST(Retry, BranchStaysDecided) {
    PlanRunner runner("C?; X <- C=true; Y <- C=false", "C true, false; X 5 Failed, 5");
    runner.run();
    runner.retry();
    EXPECT_EQ(runner.run(), "5 leave X, run Executing, start X #2; 10 X Succeeded, run Succeeded");
}

TEST(Retry, WhatAFailureKeptFromStartingStarts) {
    PlanRunner runner("A; B; C", "A 5 Failed, 5", 1);
    EXPECT_EQ(runner.run(), "0 start A; 5 A Failed, run Failed");
    runner.retry(2);
    EXPECT_EQ(runner.run(),
              "5 leave A, run Executing, start A #2, start B; 10 A Succeeded, start C; 15 B Succeeded; 20 C Succeeded, "
              "run Succeeded");
}

TEST(Retry, KeepsTheLimitUnlessGivenOne) {
    PlanRunner runner("A; B; C", "A 5 Failed, 5", 1);
    runner.run();
    runner.retry();
    EXPECT_EQ(runner.run(from_millis(6)), "5 leave A, run Executing, start A #2");
    EXPECT_EQ(runner.plan().run().max_parallel, 1);
}

// Only what failed or was stopped can be retried.
TEST(Retry, ChangesNothingElsewhere) {
    PlanRunner running("A", "A held");
    running.run();
    running.retry();
    EXPECT_EQ(running.run(), "");
    PlanRunner succeeded("A", "");
    succeeded.run();
    succeeded.retry();
    EXPECT_EQ(succeeded.run(), "");
    PlanRunner completed("A; H <- A:Failed", "A 5 Failed");
    completed.run();
    completed.retry();
    EXPECT_EQ(completed.run(), "");
    PlanRunner stopping("A", "A outside");
    stopping.run();
    stopping.stop();
    stopping.run();
    stopping.retry();
    EXPECT_EQ(stopping.run(), "");
}

}  // namespace
}  // namespace pipelines::testing
