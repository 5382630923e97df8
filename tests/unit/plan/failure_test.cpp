// What a failure stops and what it sets off, and how the run ends then.
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

class Failure : public ::testing::TestWithParam<Case> {};

TEST_P(Failure, Does) {
    PlanRunner runner(GetParam().picture, GetParam().script, GetParam().max_parallel);
    EXPECT_EQ(runner.run(), GetParam().trace);
}

const Case kCases[] = {
    {"RunningStepsDrain",
     "A; B; C <- A; D <- B",
     "A 5 Failed; B 20",
     {},
     "0 start A, start B; 5 A Failed; 20 B Succeeded, run Failed"},
    {"ReadyStepsDoNotStart", "A; B; C", "A 5 Failed", 1, "0 start A; 5 A Failed, run Failed"},
    {"IndependentBranchesDoNotStart",
     "A; B; C <- B; D <- C",
     "A 15 Failed",
     {},
     "0 start A, start B; 10 B Succeeded, start C; 15 A Failed; 20 C Succeeded, run Failed"},
    {"ConditionThatFails",
     "C?; X <- C=true; Y <- C=false; Z <- C",
     "C 0 Failed",
     {},
     "0 start C, C Failed, run Failed"},
    {"FailStep",
     "A; F! <- A; B",
     "B 50",
     {},
     "0 start A, start B; 10 A Succeeded, start F, F Failed; 50 B Succeeded, run Failed"},
    {"StoppedByTheOutsideIsAFailure",
     "A; B; C <- B",
     "A 5 Stopped",
     {},
     "0 start A, start B; 5 A Stopped; 10 B Succeeded, run Failed"},
    // Triggers
    {"HandlerOfAFailure",
     "A; H <- A:Failed",
     "A 5 Failed",
     {},
     "0 start A; 5 A Failed, start H; 15 H Succeeded, run CompletedWithFailures"},
    {"HandlerOfAStop",
     "A; H <- A:Stopped; I <- A:Failed",
     "A 5 Stopped",
     {},
     "0 start A; 5 A Stopped, start H; 15 H Succeeded, run CompletedWithFailures"},
    {"AnyAfterAFailure",
     "A; H <- A:Any",
     "A 5 Failed",
     {},
     "0 start A; 5 A Failed, start H; 15 H Succeeded, run CompletedWithFailures"},
    {"WhatFollowsAHandler",
     "A; B; H <- A:Failed; I <- H; J <- B",
     "A 5 Failed; B 7",
     {},
     "0 start A, start B; 5 A Failed, start H; 7 B Succeeded; 15 H Succeeded, start I; 25 I Succeeded, run "
     "CompletedWithFailures"},
    // G answers no failure itself: a handler is not enough to set everything going again.
    {"AnyOfASuccessAnswersNothing",
     "A; B; G <- B:Any",
     "A 5 Failed",
     {},
     "0 start A, start B; 5 A Failed; 10 B Succeeded, run Failed"},
    {"HandlerOfTwo",
     "A; B; H <- A:Failed, B",
     "A 5 Failed",
     {},
     "0 start A, start B; 5 A Failed; 10 B Succeeded, start H; 20 H Succeeded, run CompletedWithFailures"},
    {"HandlersRespectTheLimit", "A; B; H <- A:Failed; I <- A:Failed", "A 5 Failed; B 20", 2,
     "0 start A, start B; 5 A Failed, start H; 15 H Succeeded, start I; 20 B Succeeded; 25 I Succeeded, run "
     "CompletedWithFailures"},
    {"ConditionAsHandler",
     "A; C? <- A:Failed; X <- C=true; Y <- C=false",
     "A 5 Failed; C false",
     {},
     "0 start A; 5 A Failed, start C, C Succeeded, start Y; 15 Y Succeeded, run CompletedWithFailures"},
    // How the run ends
    {"HandlerThatFails",
     "A; H <- A:Failed",
     "A 5 Failed; H 5 Failed",
     {},
     "0 start A; 5 A Failed, start H; 10 H Failed, run Failed"},
    {"HandlerOfTheHandler",
     "A; H <- A:Failed; I <- H:Failed",
     "A 5 Failed; H 5 Failed",
     {},
     "0 start A; 5 A Failed, start H; 10 H Failed, start I; 20 I Succeeded, run Failed"},
    {"OneOfTwoHandlersSucceeds",
     "A; H <- A:Failed; I <- A:Any, H:Failed",
     "A 5 Failed; H 5 Failed",
     {},
     "0 start A; 5 A Failed, start H; 10 H Failed, start I; 20 I Succeeded, run CompletedWithFailures"},
    {"OneUnhandledFailure",
     "A; B; H <- A:Failed",
     "A 5 Failed; B 7 Failed",
     {},
     "0 start A, start B; 5 A Failed, start H; 7 B Failed; 15 H Succeeded, run Failed"},
    {"OneHandlerForTwoFailures",
     "A; B; H <- A:Failed, B:Any",
     "A 5 Failed; B 7 Failed",
     {},
     "0 start A, start B; 5 A Failed; 7 B Failed, start H; 17 H Succeeded, run CompletedWithFailures"},
    {"IndirectHandlerDoesNotCount",
     "A; B; H <- A:Failed; I <- H, B:Any",
     "A 5 Failed; B 7 Failed; H 5 Failed",
     {},
     "0 start A, start B; 5 A Failed, start H; 7 B Failed; 10 H Failed, run Failed"},
    {"FailStepBehindAHandler",
     "A; H <- A:Failed; F! <- H",
     "A 5 Failed",
     {},
     "0 start A; 5 A Failed, start H; 15 H Succeeded, start F, F Failed, run Failed"},
    {"FailStepAsHandler",
     "A; F! <- A:Failed",
     "A 5 Failed",
     {},
     "0 start A; 5 A Failed, start F, F Failed, run Failed"},
    {"HandledFailStep", "F!; H <- F:Failed", "", {}, "0 start F, F Failed, start H; 10 H Succeeded, run Failed"},
};
INSTANTIATE_TEST_SUITE_P(Plan, Failure, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace pipelines::testing
