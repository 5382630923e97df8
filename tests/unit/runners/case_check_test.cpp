// A scenario that does not fit its pipeline is found at Start, and the sentence says what would fit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "pipelines/runners/scenario.hpp"

namespace pipelines::runners {
namespace {

using ::testing::HasSubstr;

definition::Definition definition_of_all_kinds() {
    definition::Definition made;
    const auto add = [&](const char* name, std::string_view type) {
        made.by_name.emplace(name, static_cast<definition::NodeIndex>(made.steps.size()));
        made.steps.emplace_back();
        made.steps.back().name = name;
        made.steps.back().type = definition::find_step_type(type);
    };
    add("Train", "Training");
    add("Evaluate", "Processing");
    made.steps.back().property_files = {{"Report", "out", "r.json"}};
    add("Tune", "Tuning");
    add("Decide", "Condition");
    add("Bad", "Fail");
    add("Ask", "Callback");
    made.steps.back().outputs = {{"answer", definition::ParameterType::String}};
    add("Call", "Lambda");
    add("Check", "ClarifyCheck");
    add("Nothing", "Pass");
    add("Clean", "Cleanup");
    add("Each", "ForEach");
    add("Body", "Training");
    made.graph.nodes.resize(made.steps.size());
    made.graph.nodes.back().parent = static_cast<definition::NodeIndex>(made.steps.size() - 2);
    return made;
}

Json test_case(const char* step, const Json& outcome) {
    return {{"Case", "C"}, {"Steps", {{step, {{"0-1", outcome}}}}}};
}

// "Body-0" would mean two things: a step, and the first iteration of another.
TEST(CaseCheck, RefusesANameThatAnIterationHasToo) {
    definition::Definition definition = definition_of_all_kinds();
    const auto loop = definition.graph.nodes.back().parent;
    definition.by_name.emplace("Body-0", static_cast<definition::NodeIndex>(definition.steps.size()));
    definition.steps.push_back(definition.steps.back());
    definition.steps.back().name = "Body-0";
    definition.graph.nodes.emplace_back().parent = loop;
    const auto refused = check_case(test_case("Body-0", {{"Return", Json::object()}}), definition);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("an iteration of step 'Body' has it too"));
    EXPECT_TRUE(check_case(test_case("Body-1", {{"Return", Json::object()}}), definition));
    EXPECT_TRUE(check_case(test_case("Body-0-0", {{"Return", Json::object()}}), definition));
}

TEST(CaseCheck, AcceptsWhatFits) {
    const definition::Definition definition = definition_of_all_kinds();
    EXPECT_TRUE(check_case(nullptr, definition));
    const std::vector<Json> good{
        test_case("Train",
                  {{"Return",
                    {{"ModelArtifacts", {{"S3ModelArtifacts", "s3://b/m"}}},
                     {"FinalMetricDataList", Json::array({{{"MetricName", "a"}, {"Value", 1}, {"Timestamp", 0}}})},
                     {"HyperParameters", {{"any", "thing"}}},
                     {"FailureReason", nullptr}}}}),
        // As in Arguments: a type that AWS added since.
        test_case("Train", {{"Return", {{"ResourceConfig", {{"InstanceType", "ml.z9.48xlarge"}}}}}}),
        test_case("Train", {{"Throw", {{"Error", "ClientError"}}}}),
        test_case("Evaluate", {{"Return", Json::object()}, {"PropertyFiles", {{"Report", Json::object()}}}}),
        test_case("Tune", {{"Return", {{"TrainingJobSummaries", Json::array()}}}}),
        test_case("Decide", {{"Return", {{"Outcome", "False"}}}}),
        test_case("Ask", {{"Return", {{"answer", 1}}}}),
        test_case("Call", {{"Return", {{"anything", 1}}}}),
        test_case("Check", {{"Return", {{"ViolationReport", Json::object()}}}}),
        test_case("Nothing", {{"Stop", true}}),
        test_case("Clean", {{"Return", {{"SkippedSteps", Json::array({"T"})}}}}),
        test_case("Body", {{"Return", Json::object()}}),
        test_case("Body-12", {{"Return", {{"ModelArtifacts", {{"S3ModelArtifacts", "s3://b/m"}}}}}}),
        {{"Case", "C"}, {"Steps", {{"Train", {{"Validation", "NONE"}, {"0", {{"Return", {{"Unknown", 1}}}}}}}}}},
    };
    for (const Json& each : good) {
        const auto checked = check_case(each, definition);
        EXPECT_TRUE(checked) << checked.error().message;
    }
}

TEST(CaseCheck, NamesWhatDoesNotFit) {
    const definition::Definition definition = definition_of_all_kinds();
    const Json nothing{{"Return", Json::object()}};
    const std::vector<std::pair<Json, std::string_view>> bad{
        {test_case("Trin", nothing), "step 'Trin': the definition has no such step. Did you mean 'Train'?"},
        {test_case("Zzzzzzzzz", nothing),
         "Known: Train, Evaluate, Tune, Decide, Bad, Ask, Call, Check, Nothing, Clean, Each, Body."},
        {test_case("Bad", nothing), "a Fail step always fails"},
        {test_case("Train-0", nothing), "step 'Train-0': the definition has no such step"},
        {test_case("Body-x", nothing), "step 'Body-x': the definition has no such step. Did you mean 'Body'?"},
        {test_case("Clean", {{"Return", {{"FailedSteps", Json::array({{{"ErrorCode", "No"}}})}}}}),
         "Return.FailedSteps[0].ErrorCode: \"No\" is none of"},
        {test_case("Each", nothing), "a ForEach step ends as the steps of its body do"},
        {test_case("Body-3", {{"Return", {{"ModelArtifact", 1}}}}),
         "step 'Body-3', attempts 0-1, Return: unknown member 'ModelArtifact'. Did you mean 'ModelArtifacts'?"},
        {test_case("Decide", nothing), "a Condition takes only"},
        {test_case("Decide", {{"Return", {{"Outcome", "Yes"}}}}), "a Condition takes only"},
        {test_case("Decide", {{"Hold", true}}), "a Condition takes only"},
        {test_case("Train", {{"Return", {{"ModelArtifact", 1}}}}),
         "test case 'C', step 'Train', attempts 0-1, Return: unknown member 'ModelArtifact'. Did you mean "
         "'ModelArtifacts'?"},
        {test_case("Train", {{"Return", {{"ModelArtifacts", {{"Uri", "x"}}}}}}),
         "Return.ModelArtifacts: unknown member 'Uri'. Known: S3ModelArtifacts."},
        {test_case("Train", {{"Return", {{"ModelArtifacts", "x"}}}}),
         "Return.ModelArtifacts: has to be an object, not a string."},
        {test_case("Train", {{"Return", {{"TrainingJobStatus", "Done"}}}}),
         "Return.TrainingJobStatus: \"Done\" is none of InProgress, Completed"},
        {test_case("Train", {{"Return", {{"FinalMetricDataList", Json::array({{{"Value", "high"}}})}}}}),
         "Return.FinalMetricDataList[0].Value: has to be a number"},
        {test_case("Train", {{"Return", {{"HyperParameters", {{"k", 1}}}}}}),
         "Return.HyperParameters['k']: has to be a string"},
        {test_case("Train", {{"Return", {{"TrainingTimeInSeconds", 1.5}}}}), "has to be an integer"},
        {test_case("Evaluate", {{"Return", Json::object()}, {"PropertyFiles", {{"Repotr", Json::object()}}}}),
         "PropertyFiles: unknown property file 'Repotr'. Did you mean 'Report'?"},
        {test_case("Ask", {{"Return", {{"answr", 1}}}}), "unknown output parameter 'answr'. Did you mean 'answer'?"},
        {test_case("Check", {{"Return", {{"CalculatedBaselineStatistics", "x"}}}}),
         "unknown member 'CalculatedBaselineStatistics'"},
        {test_case("Check", {{"Return", {{"CalculatedBaselineConstraints", 1}}}}), "has to be a string"},
    };
    for (const auto& [each, text] : bad) {
        const auto checked = check_case(each, definition);
        ASSERT_FALSE(checked) << dump(each);
        EXPECT_EQ(checked.error().kind, ErrorKind::Validation);
        EXPECT_THAT(checked.error().message, HasSubstr(text));
    }
}

TEST(CaseCheck, NamesEveryFault) {
    const Json two{{"Case", "C"}, {"Steps", {{"No", {{"0", Json::object()}}}, {"Nor", {{"0", Json::object()}}}}}};
    const auto checked = check_case(two, definition_of_all_kinds());
    ASSERT_FALSE(checked);
    EXPECT_EQ(std::ranges::count(checked.error().message, '\n'), 1);
}

}  // namespace
}  // namespace pipelines::runners
