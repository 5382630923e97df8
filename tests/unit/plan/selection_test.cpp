// Selective execution: reused rows of another execution, and which steps may start.
#include <gtest/gtest.h>

#include <string>

#include "support/plan_runner.hpp"

namespace pipelines::testing {
namespace {

// "A Succeeded; C true": rows copied from the source, in this order. T-0 is a child.
std::vector<StepState> reused_rows(const definition::Graph& graph, std::string_view text) {
    std::vector<StepState> rows;
    for (PictureLine& line : picture_lines(text)) {
        StepState& row = rows.emplace_back();
        row.seq = static_cast<StepSeq>(rows.size() - 1);
        std::string name{line.word()};
        if (const auto dash = name.rfind('-'); dash != std::string::npos) {
            row.iteration = std::stoi(name.substr(dash + 1));
            name.resize(dash);
        }
        row.node = graph.find(name).value();
        row.reused = true;
        row.phase = Phase::Done;
        row.ended = Time{};
        const std::string_view status = line.word();
        if (status == "true" || status == "false") row.outcome = status == "true";
        row.status = parse_step_status(status).value_or(StepStatus::Succeeded);
        if (line.take("[")) row.items = line.number<std::uint32_t>();
    }
    return rows;
}

PlanRunner selective(std::string_view picture, std::string_view selected, std::string_view reused,
                     std::string_view script = "") {
    definition::Graph graph = parse_picture(picture);
    std::vector<bool> may_start(graph.nodes.size());
    for (PictureLine& line : picture_lines(selected)) may_start[graph.find(line.word()).value()] = true;
    auto rows = reused_rows(graph, reused);
    return {std::move(graph), Script(script), std::nullopt, std::move(may_start), std::move(rows)};
}

TEST(Selection, StartsOnlyWhatIsSelected) {
    auto runner = selective("A; B <- A; C <- B; D", "B", "A Succeeded");
    EXPECT_EQ(runner.run(), "0 start B; 10 B Succeeded, run Succeeded");
    EXPECT_EQ(runner.list(), "A Succeeded, B Succeeded");
    EXPECT_EQ(runner.plan().standing(2), plan::Standing::Never);
}

TEST(Selection, NothingSelectedOfARun) {
    auto runner = selective("A; B <- A", "", "A Succeeded", "");
    EXPECT_EQ(runner.run(), "0 run Succeeded");
}

// Without their Condition: its outcome is the source's.
TEST(Selection, BranchOfTheSource) {
    auto runner = selective("C?; X <- C=true; Y <- C=false", "X; Y", "C false");
    EXPECT_EQ(runner.run(), "0 start Y; 10 Y Succeeded, run Succeeded");
}

TEST(Selection, ConditionWithoutItsBranches) {
    auto runner = selective("C?; X <- C=true", "C", "");
    EXPECT_EQ(runner.run(), "0 start C, C Succeeded, run Succeeded");
}

// A failure of the source is no failure of this run: its handler may be selected, and everything else starts as well.
TEST(Selection, ReusedFailuresDoNotCount) {
    auto runner = selective("A; H <- A:Failed; B; Z <- B", "H; B; Z", "A Failed");
    EXPECT_EQ(runner.run(), "0 start H, start B; 10 H Succeeded, B Succeeded, start Z; 20 Z Succeeded, run Succeeded");
}

TEST(Selection, UnmetDependencyNeverStarts) {
    auto runner = selective("A; B <- A; Z", "B; Z", "A Failed");
    EXPECT_EQ(runner.run(), "0 start Z; 10 Z Succeeded, run Succeeded");
}

TEST(Selection, LoopAsAWhole) {
    auto runner = selective("A; E* 1 <- A; T in E; Z <- E", "E; T", "A Succeeded", "E [2]");
    EXPECT_EQ(runner.run(),
              "0 start E, start T-0; 10 T-0 Succeeded, start T-1; 20 T-1 Succeeded, E Succeeded, run Succeeded");
}

TEST(Selection, ReusedLoopKeepsItsChildren) {
    auto runner =
        selective("E* 1; T in E; Z <- E", "Z", "E Succeeded [3]; T-0 Succeeded; T-1 Succeeded; T-2 Succeeded");
    EXPECT_EQ(runner.run(), "0 start Z; 10 Z Succeeded, run Succeeded");
}

// A child's row that the source never made is not made here either.
TEST(Selection, ReusedLoopIsNotCompleted) {
    auto runner = selective("E* 1; T in E; Z <- E:Any", "Z", "E Failed [3]; T-0 Failed");
    EXPECT_EQ(runner.run(), "0 start Z; 10 Z Succeeded, run Succeeded");
}

TEST(Selection, RetryKeepsReusedRowsWhateverTheirStatus) {
    auto runner = selective("A; B <- A:Any; C <- B; D", "B; C", "A Stopped", "B 5 Failed, 5");
    EXPECT_EQ(runner.run(), "0 start B; 5 B Failed, run Failed");
    runner.retry();
    EXPECT_EQ(runner.run(),
              "5 leave B, run Executing, start B #2; 10 B Succeeded, start C; 20 C Succeeded, run Succeeded");
    EXPECT_EQ(runner.list(), "A Stopped, B Succeeded #2, C Succeeded");
}

}  // namespace
}  // namespace pipelines::testing
