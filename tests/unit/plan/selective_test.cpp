// Which choices of steps a selective execution accepts, and what it demands of its source.
#include "pipelines/plan/selective.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "support/graph_picture.hpp"

namespace pipelines::testing {
namespace {

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> names;
    for (PictureLine& line : picture_lines(text)) names.emplace_back(line.word());
    return names;
}

std::string marked(const definition::Graph& graph, const std::vector<bool>& marks) {
    std::string text;
    for (std::size_t node = 0; node < marks.size(); ++node)
        if (marks[node]) text += (text.empty() ? "" : " ") + graph.nodes[node].name;
    return text;
}

constexpr std::string_view kAbalone =
    "Process; Train <- Process; Eval <- Train; Cond? <- Eval; Register <- Cond=true, Train; Fail! <- Cond=false";

// The example of the developer guide (Train and MSECond without Eval) and its neighbours.
TEST(Selective, WhatMayBeChosen) {
    const std::tuple<std::string_view, std::string_view, std::string_view> cases[] = {
        {kAbalone, "Train", "Train"},
        {kAbalone, "Train; Eval; Cond", "Train Eval Cond"},
        {kAbalone, "Register", "Register"},
        {kAbalone, "Train; Cond", "SelectedSteps must contain every step on a path between two selected steps: [Eval] "
                                  "not selected."},
        {kAbalone, "Process; Register", "SelectedSteps must contain every step on a path between two selected steps: "
                                        "[Train, Eval, Cond] not selected."},
        {"A; B; C <- A, B", "A; B", "A B"},  // not connected: nothing stands between them
        {"A; B <- A; C <- A; D <- B, C", "A; B; D",
         "SelectedSteps must contain every step on a path between two selected steps: [C] not selected."},
        {"A; B <- A", "Z; A; Y; Z", "SelectedSteps names steps that the pipeline definition does not have: [Z, Y]."},
        {"A; B <- A", "A; B; A; A", "SelectedSteps names steps twice: [A]."},
        {"A; E* 1 <- A; T in E; Z <- E", "E", "E T"},
        {"A; E* 1 <- A; T in E; Z <- E", "T",
         "SelectedSteps names steps of the body of a ForEach step: [T]. Select the ForEach step."},
    };
    for (const auto& [picture, names, expected] : cases) {
        const definition::Graph graph = parse_picture(picture);
        const auto selected = plan::select(graph, words(names));
        EXPECT_EQ(selected ? marked(graph, *selected) : selected.error().message, expected) << picture << " | " << names;
    }
}

TEST(Selective, WhatIsUpstream) {
    const std::tuple<std::string_view, std::string_view, std::string_view> cases[] = {
        {kAbalone, "Train", "Process"},
        {kAbalone, "Register", "Process Train Eval Cond"},
        {kAbalone, "Process", ""},
        {kAbalone, "Eval; Cond", "Process Train"},
        {"A; E* 1 <- A; T in E; Z <- E", "Z", "A E T"},
    };
    for (const auto& [picture, names, expected] : cases) {
        const definition::Graph graph = parse_picture(picture);
        EXPECT_EQ(marked(graph, plan::upstream(graph, plan::select(graph, words(names)).value())), expected) << names;
    }
}

// Direct dependencies only, each by its trigger against the source's status or outcome.
TEST(Selective, WhatTheSourceMustHave) {
    struct Case {
        std::string_view picture, names, source, steps, unmet;
    };
    const Case cases[] = {
        {kAbalone, "Process", "", "", ""},
        {kAbalone, "Train", "", "[Train]", "[Process]"},
        {kAbalone, "Train", "Process Succeeded", "", ""},
        {kAbalone, "Train", "Process Failed", "[Train]", "[Process]"},
        {kAbalone, "Train", "Process Stopped", "[Train]", "[Process]"},
        {kAbalone, "Eval", "Train Succeeded", "", ""},  // Process: not a direct one
        {kAbalone, "Register", "Cond true; Train Succeeded", "", ""},
        {kAbalone, "Register", "Cond false; Train Succeeded", "[Register]", "[Cond]"},
        {kAbalone, "Register", "", "[Register]", "[Cond, Train]"},
        {kAbalone, "Register; Fail", "Cond true; Train Succeeded", "[Fail]", "[Cond]"},
        {"A; B <- A:Failed", "B", "A Failed", "", ""},
        {"A; B <- A:Failed", "B", "A Succeeded", "[B]", "[A]"},
        {"A; B <- A:Stopped", "B", "A Stopped", "", ""},
        {"A; B <- A:Any", "B", "A Stopped", "", ""},
        {"A; B <- A:Any", "B", "", "[B]", "[A]"},
        {"A; B <- A; C <- A", "B; C", "", "[B, C]", "[A]"},
    };
    for (const Case& one : cases) {
        const definition::Graph graph = parse_picture(one.picture);
        std::vector<StepState> rows;
        for (PictureLine& line : picture_lines(one.source)) {
            StepState& row = rows.emplace_back();
            row.node = graph.find(line.word()).value();
            const std::string_view status = line.word();
            if (status == "true" || status == "false") row.outcome = status == "true";
            row.status = parse_step_status(status).value_or(StepStatus::Succeeded);
        }
        const auto selected = plan::select(graph, words(one.names)).value();
        for (const std::string_view arn : {"", "arn:source"}) {
            const auto checked = plan::check_source(graph, selected, rows, arn);
            const std::string expected = "Invalid SourcePipelineExecutionArn: " + std::string(arn.empty() ? "null" : arn) +
                                         ". The selected steps " + std::string(one.steps) + " have dependencies on " +
                                         std::string(one.unmet);
            EXPECT_EQ(checked ? "accepted" : checked.error().message, one.unmet.empty() ? "accepted" : expected)
                << one.names << " | " << one.source;
        }
    }
}

}  // namespace
}  // namespace pipelines::testing
