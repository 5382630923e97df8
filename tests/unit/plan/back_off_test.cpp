// Retry policies of a step: which one decides, how often, how long it waits. (docs/compatibility.md, "Running")
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
    const char* trace;
};
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

class BackOff : public ::testing::TestWithParam<Case> {};

TEST_P(BackOff, Is) {
    PlanRunner runner(GetParam().picture, GetParam().script, 1);
    EXPECT_EQ(runner.run(), GetParam().trace);
}

const Case kCases[] = {
    {"GrowsByItsRateAndEnds", "A ~SageMaker.CAPACITY_ERROR:100*3x3", "A 0 Failed:SageMaker.CAPACITY_ERROR",
     "0 start A, back off A until 100; 100 start A #2, back off A until 400; 400 start A #3, back off A until 1300; "
     "1300 start A #4, A Failed, run Failed"},
    {"SucceedsInBetween", "A ~SageMaker.CAPACITY_ERROR:100x3; B <- A", "A 5 Failed:SageMaker.CAPACITY_ERROR, 5; B 5",
     "0 start A; 5 back off A until 105; 105 start A #2; 110 A Succeeded, start B; 115 B Succeeded, run Succeeded"},
    {"KeepsItsSlot", "A ~SageMaker.CAPACITY_ERROR:100x1; B", "A 5 Failed:SageMaker.CAPACITY_ERROR, 5",
     "0 start A; 5 back off A until 105; 105 start A #2; 110 A Succeeded, start B; 120 B Succeeded, run Succeeded"},
    {"DefaultsToFiveTimesDoubled", "A ~SageMaker.RESOURCE_LIMIT", "A 0 Failed:SageMaker.RESOURCE_LIMIT",
     "0 start A, back off A until 1000; 1000 start A #2, back off A until 3000; 3000 start A #3, back off A until "
     "7000; "
     "7000 start A #4, back off A until 15000; 15000 start A #5, back off A until 31000; 31000 start A #6, A Failed, "
     "run Failed"},
    {"NotForOtherErrors", "A ~SageMaker.CAPACITY_ERROR:100x3", "A 5 Failed:SageMaker.RESOURCE_LIMIT",
     "0 start A; 5 A Failed, run Failed"},
    {"NotForClientErrors", "A ~SageMaker.CAPACITY_ERROR|Step.THROTTLING:100x3", "A 5 Failed",
     "0 start A; 5 A Failed, run Failed"},
    {"NotForAStop", "A ~SageMaker.CAPACITY_ERROR:100x3", "A 5 Stopped", "0 start A; 5 A Stopped, run Failed"},
    {"NoAttemptsMeansNever", "A ~SageMaker.CAPACITY_ERROR:100x0", "A 5 Failed:SageMaker.CAPACITY_ERROR",
     "0 start A; 5 A Failed, run Failed"},
    // An end of its own, counted from the step's start: 1005 would be past 1000.
    {"ExpiresAfter", "A ~SageMaker.CAPACITY_ERROR:500/1s", "A 5 Failed:SageMaker.CAPACITY_ERROR",
     "0 start A; 5 back off A until 505; 505 start A #2; 510 A Failed, run Failed"},
    {"ExpiresExactlyAt", "A ~SageMaker.CAPACITY_ERROR:500/1s", "A 0 Failed:SageMaker.CAPACITY_ERROR",
     "0 start A, back off A until 500; 500 start A #2, back off A until 1000; 1000 start A #3, A Failed, run Failed"},
    {"ExpiresAtOnceMeansNever", "A ~SageMaker.CAPACITY_ERROR:500/0", "A 5 Failed:SageMaker.CAPACITY_ERROR",
     "0 start A; 5 A Failed, run Failed"},
    {"FirstPolicyThatListsTheErrorDecides", "A ~SageMaker.CAPACITY_ERROR:100x1 ~SageMaker.CAPACITY_ERROR:7x9",
     "A 0 Failed:SageMaker.CAPACITY_ERROR", "0 start A, back off A until 100; 100 start A #2, A Failed, run Failed"},
    {"PoliciesCountApart", "A ~SageMaker.CAPACITY_ERROR:100*2x2 ~SageMaker.RESOURCE_LIMIT:10x1",
     "A 0 Failed:SageMaker.CAPACITY_ERROR, 0 Failed:SageMaker.RESOURCE_LIMIT, 0 Failed:SageMaker.CAPACITY_ERROR, 0 "
     "Failed:SageMaker.RESOURCE_LIMIT",
     "0 start A, back off A until 100; 100 start A #2, back off A until 110; 110 start A #3, back off A until 310; "
     "310 start A #4, A Failed, run Failed"},
    {"BuiltInForThrottling", "A", "A 0 Failed:Step.THROTTLING, 0 Failed:Step.SERVICE_FAULT, 5",
     "0 start A, back off A until 1000; 1000 start A #2, back off A until 3000; 3000 start A #3; 3005 A Succeeded, run "
     "Succeeded"},
    {"BuiltInEndsAfterFive", "A", "A 0 Failed:Step.SERVICE_FAULT",
     "0 start A, back off A until 1000; 1000 start A #2, back off A until 3000; 3000 start A #3, back off A until "
     "7000; "
     "7000 start A #4, back off A until 15000; 15000 start A #5, back off A until 31000; 31000 start A #6, A Failed, "
     "run Failed"},
    {"OwnPolicyInsteadOfTheBuiltIn", "A ~Step.THROTTLING:10x1", "A 0 Failed:Step.THROTTLING",
     "0 start A, back off A until 10; 10 start A #2, A Failed, run Failed"},
    {"BuiltInBesideAPolicyForSomethingElse", "A ~SageMaker.CAPACITY_ERROR:10x1", "A 0 Failed:Step.THROTTLING, 5",
     "0 start A, back off A until 1000; 1000 start A #2; 1005 A Succeeded, run Succeeded"},
    {"JobErrors", "A ~SageMaker.JOB_INTERNAL_ERROR:10x1", "A 0 Failed:SageMaker.JOB_INTERNAL_ERROR, 5",
     "0 start A, back off A until 10; 10 start A #2; 15 A Succeeded, run Succeeded"},
    {"NeverJobErrorsOfTuning", "A tuning ~SageMaker.JOB_INTERNAL_ERROR|SageMaker.CAPACITY_ERROR:10x1",
     "A 5 Failed:SageMaker.JOB_INTERNAL_ERROR", "0 start A; 5 A Failed, run Failed"},
    {"OtherErrorsOfTuning", "A tuning ~SageMaker.JOB_INTERNAL_ERROR|SageMaker.CAPACITY_ERROR:10x1",
     "A 5 Failed:SageMaker.CAPACITY_ERROR, 5",
     "0 start A; 5 back off A until 15; 15 start A #2; 20 A Succeeded, run Succeeded"},
    {"ConditionsHaveNone", "C?", "C 0 Failed:Step.THROTTLING", "0 start C, C Failed, run Failed"},
    {"LoopsHaveNone", "E* 1; T in E", "E 0 Failed:Step.THROTTLING", "0 start E, E Failed, run Failed"},
    {"ChildrenHaveTheirOwn", "E* 1; T in E ~SageMaker.CAPACITY_ERROR:10x1",
     "E [2]; T-0 0 Failed:SageMaker.CAPACITY_ERROR, 5; T 5",
     "0 start E, start T-0, back off T-0 until 10; 10 start T-0 #2; 15 T-0 Succeeded, start T-1; 20 T-1 Succeeded, E "
     "Succeeded, run Succeeded"},
};
INSTANTIATE_TEST_SUITE_P(Plan, BackOff, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

// It runs, so it goes on, through its back-off too.
TEST(BackOffAlone, GoesOnAfterAFailureElsewhere) {
    PlanRunner runner("A ~SageMaker.CAPACITY_ERROR:100x1; B; C <- A",
                      "A 5 Failed:SageMaker.CAPACITY_ERROR, 5; B 10 Failed");
    EXPECT_EQ(runner.run(),
              "0 start A, start B; 5 back off A until 105; 10 B Failed; 105 start A #2; 110 A Succeeded, run Failed");
}

// The longest policies allow more attempts than a small counter holds; the counter must not start again from nothing,
// nor the delay leave the range of time.
TEST(BackOffAlone, SurvivesManyAttempts) {
    auto graph = std::make_shared<const definition::Graph>(parse_picture("A ~SageMaker.CAPACITY_ERROR:1s/1200m"));
    plan::Plan plan(graph, {}, {}, {});
    (void)plan.apply(plan::event::Look{}, Time{});
    Time now{};
    std::uint32_t attempt = 1;
    for (; !is_terminal(plan.row(0).status); ++attempt) {
        (void)plan.apply(plan::event::Ended{0, attempt, {StepStatus::Failed, StepError::CapacityError}}, now);
        if (plan.row(0).due) now = *plan.row(0).due;
        (void)plan.apply(plan::event::Due{0, attempt}, now);
        ASSERT_TRUE(plan.row(0).retries.at(0) > 0);
    }
    EXPECT_EQ(attempt, 72'002u);
    EXPECT_EQ(now, from_millis(72'000'000));

    PlanRunner steep("A ~SageMaker.CAPACITY_ERROR:43200s*1000000x20", "A 0 Failed:SageMaker.CAPACITY_ERROR");
    steep.run(Time::max());
    EXPECT_EQ(steep.plan().row(0).attempt, 21u);
}

}  // namespace
}  // namespace pipelines::testing
