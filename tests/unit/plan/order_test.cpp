// When a step starts while nothing fails: dependencies, branches, limits, and the order among those that are ready.
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

class Order : public ::testing::TestWithParam<Case> {};

TEST_P(Order, Is) {
    PlanRunner runner(GetParam().picture, GetParam().script, GetParam().max_parallel);
    EXPECT_EQ(runner.run(), GetParam().trace);
}

const Case kCases[] = {
    {"NoSteps", "", "", {}, "0 run Succeeded"},
    {"AllAtOnce",
     "A; B; C",
     "",
     {},
     "0 start A, start B, start C; 10 A Succeeded, B Succeeded, C Succeeded, run Succeeded"},
    {"OneAfterTheOther",
     "A; B <- A; C <- B",
     "",
     {},
     "0 start A; 10 A Succeeded, start B; 20 B Succeeded, start C; 30 C Succeeded, run Succeeded"},
    {"DefinedBeforeWhatItNeeds",
     "C <- B; B <- A; A",
     "",
     {},
     "0 start A; 10 A Succeeded, start B; 20 B Succeeded, start C; 30 C Succeeded, run Succeeded"},
    {"WaitsForAll",
     "A; B; C <- A, B",
     "A 5; B 7",
     {},
     "0 start A, start B; 5 A Succeeded; 7 B Succeeded, start C; 17 C Succeeded, run Succeeded"},
    {"DoesNotWaitForOthers",
     "A; B; C <- A",
     "A 5; B 70",
     {},
     "0 start A, start B; 5 A Succeeded, start C; 15 C Succeeded; 70 B Succeeded, run Succeeded"},
    {"OneAtATimeInTheDefinitionsOrder", "A; B; C", "", 1,
     "0 start A; 10 A Succeeded, start B; 20 B Succeeded, start C; 30 C Succeeded, run Succeeded"},
    {"TwoAtATime", "A; B; C; D", "A 30", 2,
     "0 start A, start B; 10 B Succeeded, start C; 20 C Succeeded, start D; 30 A Succeeded, D Succeeded, run "
     "Succeeded"},
    // Z became ready first, M stands first in the definition: no row holds a queue, so the definition decides.
    {"FirstInTheDefinitionNotFirstReady", "A; B <- A; M <- B; Z <- A", "", 1,
     "0 start A; 10 A Succeeded, start B; 20 B Succeeded, start M; 30 M Succeeded, start Z; 40 Z Succeeded, run "
     "Succeeded"},
    {"BranchTaken",
     "C?; X <- C=true; Y <- C=false",
     "C true",
     {},
     "0 start C, C Succeeded, start X; 10 X Succeeded, run Succeeded"},
    {"OtherBranchTaken",
     "C?; X <- C=true; Y <- C=false",
     "C false",
     {},
     "0 start C, C Succeeded, start Y; 10 Y Succeeded, run Succeeded"},
    {"NothingBehindABranchNotTaken",
     "C?; X <- C=true; Y <- X; Z <- Y:Any",
     "C false",
     {},
     "0 start C, C Succeeded, run Succeeded"},
    {"BranchStepWithItsOwnDependency",
     "A; C?; X <- C=true, A",
     "",
     {},
     "0 start A, start C, C Succeeded; 10 A Succeeded, start X; 20 X Succeeded, run Succeeded"},
    {"AfterAConditionWhateverItsOutcome",
     "C?; X <- C",
     "C false",
     {},
     "0 start C, C Succeeded, start X; 10 X Succeeded, run Succeeded"},
    {"ConditionsInConditions",
     "C?; D? <- C=true; X <- C=true, D=true; Y <- C=true, D=false",
     "D false",
     {},
     "0 start C, C Succeeded, start D, D Succeeded, start Y; 10 Y Succeeded, run Succeeded"},
    {"ConditionInABranchNotTaken",
     "C?; D? <- C=true; X <- D=true; Y <- D=false; Z <- C=false",
     "C false",
     {},
     "0 start C, C Succeeded, start Z; 10 Z Succeeded, run Succeeded"},
    {"AnyAfterASuccess", "A; H <- A:Any", "", {}, "0 start A; 10 A Succeeded, start H; 20 H Succeeded, run Succeeded"},
    {"HandlersOfWhatSucceeded",
     "A; H <- A:Failed; I <- A:Stopped; J <- H:Any",
     "",
     {},
     "0 start A; 10 A Succeeded, run Succeeded"},
};
INSTANTIATE_TEST_SUITE_P(Plan, Order, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

// A branch not taken takes everything behind it along: by a worklist, as recursion would depend on the definition's
// depth.
TEST(Plan, ConditionsNestTwoHundredLevels) {
    for (const bool taken : {true, false}) {
        std::string picture = "C0?", script = taken ? "C0 true" : "C0 false";
        for (int level = 1; level < 200; ++level)
            picture += "; C" + std::to_string(level) + "? <- C" + std::to_string(level - 1) + "=true";
        PlanRunner runner(picture + "; X <- C199=true", script);
        runner.without_trace();
        runner.run();
        EXPECT_EQ(runner.plan().run().status, ExecutionStatus::Succeeded);
        EXPECT_EQ(runner.plan().rows().size(), taken ? 201u : 1u);
        EXPECT_EQ(runner.plan().standing(200), taken ? plan::Standing::Started : plan::Standing::Never);
    }
}

// A chain that long overflows a stack if anything recurses.
TEST(Plan, NeverSpreadsAlongAHundredThousandSteps) {
    definition::Graph graph = parse_picture("C?; X <- C=true");
    for (definition::NodeIndex index = 2; index < 100'000; ++index) {
        graph.nodes.emplace_back().name = "S" + std::to_string(index);
        graph.nodes.back().dependencies.push_back({index - 1, definition::Trigger::Any, {}});
    }
    definition::link(graph);
    plan::Plan plan(std::make_shared<const definition::Graph>(std::move(graph)), {}, {}, {});
    (void)plan.apply(plan::event::Look{}, Time{});
    (void)plan.apply(plan::event::Ended{0, 1, {.outcome = false}}, Time{});
    EXPECT_EQ(plan.standing(99'999), plan::Standing::Never);
    EXPECT_EQ(plan.apply(plan::event::Look{}, Time{}).status, ExecutionStatus::Succeeded);
}

// Who waits for a step is told when it can never start.
TEST(Plan, TellsWaitingFromNever) {
    PlanRunner runner("A; C?; X <- C=true; Y <- A; H <- X:Any", "A held; C false");
    runner.run();
    using plan::Standing;
    const std::vector expected{Standing::Started, Standing::Started, Standing::Never, Standing::Waiting,
                               Standing::Never};
    for (definition::NodeIndex node = 0; node < expected.size(); ++node)
        EXPECT_EQ(runner.plan().standing(node), expected[node]) << node;
    EXPECT_EQ(runner.plan().current(2), nullptr);
    ASSERT_NE(runner.plan().current(1), nullptr);
    EXPECT_EQ(runner.plan().current(1)->outcome, false);
}

TEST(Plan, LowerLimitStopsNothingAndHigherOneStartsMore) {
    PlanRunner runner("A; B; C; D; E", "A 10; B 20; C 30; D 10; E held");
    runner.set_parallelism(3);
    EXPECT_EQ(runner.run(from_millis(5)), "0 start A, start B, start C");
    runner.set_parallelism(1);
    EXPECT_EQ(runner.run(from_millis(35)), "10 A Succeeded; 20 B Succeeded; 30 C Succeeded, start D");
    runner.set_parallelism(2);
    EXPECT_EQ(runner.run(from_millis(36)), "35 start E");
    runner.set_parallelism(std::nullopt);
    EXPECT_EQ(runner.run(), "40 D Succeeded");
}

}  // namespace
}  // namespace pipelines::testing
