#include "pipelines/domain/transition.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace pipelines {
namespace {

TEST(TransitionLogs, ReadBackWhatWasNoted) {
    const std::vector<Transition> changes{
        {from_millis(1000), ExecutionTransition{}},
        {from_millis(1000), StepTransition{0, 1, {}, StepStatus::Starting}},
        {from_millis(61'000), StepTransition{0, 12, StepStatus::Executing, StepStatus::Failed}},
        {from_millis(61'001), StepTransition{1999, 1, StepStatus::Stopping, StepStatus::Stopped}},
        {from_millis(61'001), ExecutionTransition{ExecutionStatus::Executing, ExecutionStatus::CompletedWithFailures}},
    };
    TransitionLog log;
    for (const Transition& change : changes)
        std::visit([&log, &change](const auto& what) { log.note(change.at, what); }, change.what);
    EXPECT_EQ(log.text(), "x:-0 0:-0 +60000 0.12:14 +1 1999:23 x:05");
    EXPECT_EQ(read_transitions(log.began(), log.text()), changes);
}

TEST(TransitionLogs, RefuseWhatTheyNeverWrote) {
    for (const std::string_view text : {"", "x", "x:0", "x:-9", "y:-0", "0:-6", "1.:01", "+x", "x:-0  x:04"})
        EXPECT_THROW((void)read_transitions({}, text), std::runtime_error) << text;
}

}  // namespace
}  // namespace pipelines
