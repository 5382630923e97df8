// A ForEach is rows like any other: cut and killed anywhere, it ends as it would have ended.

#include <gtest/gtest.h>

#include "harness.hpp"

namespace pipelines::engine {
namespace {

// Three iterations of a function and one behind it, the best of which the last step reads.
Json loop() {
    Json score = lambda("Score");
    score["OutputParameters"] = Json::array({{{"OutputName", "Score"}, {"OutputType", "Float"}}});
    Json use = lambda("Use");
    use["Arguments"] = {{"item", {{"Get", "ForEach.CurrentItem"}}},
                        {"score", {{"Get", "Steps.Score.OutputParameters['Score']"}}}};
    Json last = lambda("Last");
    last["Arguments"] = {{"best", {{"Get", "Steps.Each.Selected.OutputParameters['Score']"}}}};
    return Json::array(
        {{{"Name", "Each"},
          {"Type", "ForEach"},
          {"Arguments",
           {{"IterableItems", Json::array({"a", "b", "c"})},
            {"MaxConcurrency", 2},
            {"Selector", {{"Pick", "MaxBy"}, {"Field", {{"Get", "IterationOutput.Score.OutputParameters['Score']"}}}}},
            {"ForEachBody", Json::array({score, use})}}}},
         last});
}

std::string ended() {
    Harness harness;
    return harness.picture(harness.start(harness.add("p", loop())));
}

TEST(ForEachRun, EndsTheSameHoweverItIsCutAndKilled) {
    ASSERT_EQ(
        ended(),
        "Each Succeeded, Score-0 Succeeded, Score-1 Succeeded, Use-0 Succeeded, Use-1 Succeeded, Score-2 Succeeded, "
        "Use-2 Succeeded, Last Succeeded");
    for (std::size_t budget = 1; budget <= 8; ++budget) {
        Harness harness{{.budget = budget}};
        const Pipeline pipeline = harness.add("p", loop());
        ExecutionKey key = 0;
        harness.within([&harness, &pipeline, &key] { key = harness.start_here(pipeline); });
        ASSERT_TRUE(harness.step()) << "the COMMIT of the first turn";
        for (int kills = 0; harness.status(key) == "Executing"; ++kills) {
            ASSERT_LT(kills, 100) << "budget " << budget << ": " << harness.picture(key);
            harness.crash();
            (void)harness.step();
        }
        EXPECT_EQ(harness.picture(key), ended()) << "budget " << budget;
        EXPECT_EQ(harness.status(key), "Succeeded") << "budget " << budget;
    }
}

TEST(ForEachRun, KeepsItsItemsAndItsEndInItsRow) {
    Harness harness;
    const ExecutionKey key = harness.start(harness.add("p", loop()));
    const StepRow row = harness.store().steps.find(key, 0).value();
    EXPECT_EQ(row.state.items, 3U);
    EXPECT_EQ(row.content.outputs, (Json{{"Items", {"a", "b", "c"}},
                                         {"InputItemCount", 3},
                                         {"TotalStepCount", 6},
                                         {"SucceededStepCount", 6},
                                         {"FailedStepCount", 0},
                                         {"StoppedStepCount", 0},
                                         {"Selector", {{"StepName", "Score"}, {"Index", 0}}}}));
    EXPECT_EQ(harness.store().steps.find(key, 5).value().content.item, "c");
}

}  // namespace
}  // namespace pipelines::engine
