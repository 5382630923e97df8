// Scenario files: what is accepted, that every fault is found and named with its place, and how a case is chosen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipelines/runners/scenario.hpp"

namespace pipelines::runners {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

// The example of the documentation, with every outcome.
constexpr std::string_view kExample = R"({
  "Pipelines": {
    "abalone": {
      "Default": "HappyPath",
      "TestCases": {
        "HappyPath": { "Train": "TrainOk" },
        "Capacity":  { "Train": "FailsTwice", "Evaluate": { "0-": { "Return": { "ExitMessage": "ok" } } } },
        "Odd":       { "Train": { "0": {"Hold": true}, "1-2": {"Stop": {}, "Duration": "1h30m"}, "3-": {"Return": {}} } }
      }
    },
    "plain": { "TestCases": { "Only": {} } }
  },
  "MockedResponses": {
    "TrainOk": { "Validation": "NONE", "0-": { "Duration": 90, "Return": { "Anything": 1 },
                 "PropertyFiles": { "Report": { "mse": 3.1 } } } },
    "FailsTwice": { "0-1": { "Throw": { "Error": "SageMaker.CAPACITY_ERROR", "Cause": "no ml.p4d left" } },
                    "2-":  { "Return": {} } }
  }
})";

TEST(Scenarios, ResolvesTheCaseAnExecutionKeeps) {
    const auto scenarios = Scenarios::parse(kExample);
    ASSERT_TRUE(scenarios) << scenarios.error().message;
    const auto chosen = scenarios->test_case("abalone", "Capacity");
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->at("Case"), "Capacity");
    EXPECT_EQ(chosen->at("Steps").at("Train").at("0-1").at("Throw").at("Cause"), "no ml.p4d left");
    EXPECT_EQ(chosen->at("Steps").at("Evaluate").at("0-").at("Return").at("ExitMessage"), "ok");
}

TEST(Scenarios, ChoosesTheDefaultOrNothing) {
    const auto scenarios = Scenarios::parse(kExample);
    ASSERT_TRUE(scenarios);
    EXPECT_EQ(scenarios->test_case("abalone", std::nullopt)->at("Case"), "HappyPath");
    EXPECT_TRUE(scenarios->test_case("plain", std::nullopt)->is_null());
    EXPECT_TRUE(scenarios->test_case("unknown", std::nullopt)->is_null());
    EXPECT_TRUE(Scenarios{}.test_case("abalone", std::nullopt)->is_null());
}

TEST(Scenarios, UnknownCaseListsThoseThereAre) {
    const auto scenarios = Scenarios::parse(kExample);
    ASSERT_TRUE(scenarios);
    const auto unknown = scenarios->test_case("abalone", "Happy");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, ErrorKind::Validation);
    EXPECT_THAT(unknown.error().message, HasSubstr("Known: Capacity, HappyPath, Odd."));
    const auto elsewhere = scenarios->test_case("other", "Happy");
    ASSERT_FALSE(elsewhere);
    EXPECT_THAT(elsewhere.error().message, HasSubstr("Pipelines known: abalone, plain."));
}

struct BadFile {
    std::string_view text;
    std::vector<std::string_view> faults;  // each a line's beginning or a part of one
};

class ScenarioFaults : public ::testing::TestWithParam<BadFile> {};

TEST_P(ScenarioFaults, AreNamedWithTheirPlace) {
    const auto parsed = Scenarios::parse(GetParam().text);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().kind, ErrorKind::Validation);
    for (const std::string_view fault : GetParam().faults) EXPECT_THAT(parsed.error().message, HasSubstr(fault));
}

// One response of a file that is right otherwise.
#define RESPONSE(text) R"({"MockedResponses": {"R": )" text "}}"

INSTANTIATE_TEST_SUITE_P(
    Table, ScenarioFaults,
    ::testing::Values(
        BadFile{"{", {"line 1, column"}}, BadFile{R"({"Pipelines": {}, "Pipelines": {}})", {"twice"}},
        BadFile{"[]", {"(the whole document): has to be an object, not "}},
        BadFile{R"({"Pipeline": {}})", {"/Pipeline: unknown member 'Pipeline'. Did you mean 'Pipelines'?"}},
        BadFile{R"({"Pipelines": [], "MockedResponses": 1})",
                {"/Pipelines: has to be an object", "/MockedResponses: has to be"}},
        BadFile{R"({"Pipelines": {"a/b": {"Testcases": {}}}})",
                {"/Pipelines/a~1b/Testcases: unknown member", "Did you mean 'TestCases'?",
                 "/Pipelines/a~1b: 'TestCases' is missing."}},
        BadFile{R"({"Pipelines": {"p": {"Default": "X", "TestCases": {"A": {}, "B": {}}}}})",
                {"/Pipelines/p/Default: there is no test case 'X'. Known: A, B."}},
        BadFile{R"({"Pipelines": {"p": {"Default": 1, "TestCases": {"A": 2}}}})",
                {"/Pipelines/p/Default: has to be the name of a test case",
                 "/Pipelines/p/TestCases/A: has to be an object"}},
        BadFile{
            R"({"Pipelines": {"p": {"TestCases": {"A": {"S": "Nope", "T": 3}}}}, "MockedResponses": {"Ok": {"0": {"Return": {}}}}})",
            {"/Pipelines/p/TestCases/A/S: there is no response 'Nope' in MockedResponses. Known: Ok.",
             "/Pipelines/p/TestCases/A/T: has to be the id of a response or a response itself"}},
        BadFile{R"({"Pipelines": {"nightly": {"TestCases": {}}, "Nightly": {"TestCases": {}}}})",
                {"/Pipelines/nightly: is the pipeline 'Nightly' again: case makes no difference."}},
        BadFile{RESPONSE("{}"), {"/MockedResponses/R: covers no attempt"}},
        BadFile{RESPONSE(R"({"Validation": "SOME", "0": {"Return": {}}})"),
                {"/MockedResponses/R/Validation: has to be \"NONE\""}},
        BadFile{RESPONSE(R"({"0-2": {"Return": {}}, "2-": {"Return": {}}})"),
                {"/MockedResponses/R/2-: attempts 2- overlap with attempts 0-2."}},
        BadFile{RESPONSE(R"({"first": {}, "2-1": {}, "-1": {}, "99999999999": {}})"),
                {"/MockedResponses/R/first: 'first' is no range", "/R/2-1: ", "/R/-1: ", "/R/99999999999: "}},
        BadFile{RESPONSE(R"({"0": {}})"),
                {"/MockedResponses/R/0: needs exactly one of Return, Throw, Hold, Stop; it has none."}},
        BadFile{RESPONSE(R"({"0": {"Return": {}, "Stop": true}})"),
                {"/R/0: needs exactly one of", "it has Return, Stop."}},
        BadFile{RESPONSE(R"({"0": {"Return": {}, "Retrun": 1}})"),
                {"/R/0/Retrun: unknown member 'Retrun'. Did you mean 'Return'?"}},
        BadFile{RESPONSE(R"({"0": {"Return": []}})"), {"/R/0/Return: has to be an object"}},
        BadFile{RESPONSE(R"({"0": {"Throw": {"Error": "SageMaker.CAPACITY"}}})"),
                {"/R/0/Throw/Error: \"SageMaker.CAPACITY\"", "Allowed: Step.SERVICE_FAULT, "}},
        BadFile{RESPONSE(R"({"0": {"Throw": {"Cause": 1, "Reason": "x"}}})"),
                {"/R/0/Throw: 'Error' is missing.", "/R/0/Throw/Cause: has to be text",
                 "/R/0/Throw/Reason: unknown member"}},
        BadFile{RESPONSE(R"({"0": {"Hold": false}})"), {"/R/0/Hold: has to be true or {}"}},
        BadFile{RESPONSE(R"({"0": {"Hold": true, "Duration": 1}})"), {"/R/0/Duration: means nothing beside Hold"}},
        BadFile{RESPONSE(R"({"0": {"Stop": true, "Duration": "soon"}})"), {"/R/0/Duration: \"soon\" is no duration"}},
        BadFile{RESPONSE(R"({"0": {"Return": {}, "PropertyFiles": {"F": "text"}}})"),
                {"/R/0/PropertyFiles/F: has to be what the file holds"}}));

TEST(Scenarios, NamesEveryFaultOnALineOfItsOwn) {
    const auto parsed = Scenarios::parse(R"({"A": 1, "MockedResponses": {"R": {"0": {"Hold": 1}, "x": {}}, "S": []}})");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(std::ranges::count(parsed.error().message, '\n'), 3) << parsed.error().message;
}

// JSON has numbers beside the strings that parse_duration() reads, and people write both.
TEST(Scenarios, ReadDurations) {
    const std::vector<std::pair<Json, std::optional<Duration>>> cases{
        {90, 90'000ms},       {1.5, 1500ms},          {0, 0ms},           {"90", 90'000ms},
        {"1h30m", 90min},     {"soon", std::nullopt}, {-1, std::nullopt}, {1e300, std::nullopt},
        {true, std::nullopt}, {nullptr, std::nullopt}};
    for (const auto& [value, duration] : cases) EXPECT_EQ(read_duration(value), duration) << dump(value);
}

}  // namespace
}  // namespace pipelines::runners
