// The sentence is what people and clients read, so each form that AWS was seen to answer is held to the letter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "pipelines/model/validate.hpp"

namespace pipelines::model {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kColours[] = {"Red", "Blue"};
constexpr Shape kName{.name = "Name", .min = 2, .max = 5, .pattern = "[a-z-]*"};
constexpr Shape kColour{.name = "Colour", .values = kColours};
constexpr Shape kSecret{.name = "Secret", .max = 3, .sensitive = true};
constexpr Shape kCount{.name = "Count", .type = Type::Integer, .min = 1, .max = 100};
constexpr Shape kRatio{.name = "Ratio", .type = Type::Double, .min = 0.5, .max = 1};
constexpr Shape kText{.name = "Text"};
constexpr Shape kKey{.name = "Key", .min = 0, .max = 3, .pattern = "[A-Z]*"};
constexpr Shape kNames{.name = "Names", .type = Type::List, .element = &kName, .min = 1, .max = 3};
constexpr Shape kColoursList{.name = "Colours", .type = Type::List, .element = &kColour};
constexpr Shape kSecrets{.name = "Secrets", .type = Type::List, .element = &kSecret};
constexpr Shape kGroups{.name = "Groups", .type = Type::List, .element = &kNames};
constexpr Shape kEnvironment{.name = "Environment", .type = Type::Map, .element = &kName, .key = &kKey, .max = 2};
extern const Shape kNode;
constexpr Shape kNodes{.name = "Nodes", .type = Type::List, .element = &kNode};
constexpr Shape kNodeMap{.name = "NodeMap", .type = Type::Map, .element = &kNode, .key = &kText};
constexpr Member kNodeMembers[] = {
    {"NodeName", &kName, true},        {"Colour", &kColour, false},
    {"Colours", &kColoursList, false}, {"Secret", &kSecret, false},
    {"Secrets", &kSecrets, false},     {"Count", &kCount, false},
    {"Ratio", &kRatio, false},         {"Names", &kNames, false},
    {"Groups", &kGroups, false},       {"Environment", &kEnvironment, false},
    {"Child", &kNode, false},          {"Children", &kNodes, false},
    {"ByName", &kNodeMap, false},
};
constinit const Shape kNode{.name = "Node", .type = Type::Structure, .members = kNodeMembers};

struct ConstraintCase {
    std::string_view input;
    std::string_view message;  // empty: accepted
};

class Constraints : public testing::TestWithParam<ConstraintCase> {};

TEST_P(Constraints, AreReportedInAwsForm) {
    const auto& [text, message] = GetParam();
    const Json input = Json::parse(text);
    ASSERT_TRUE(check_kinds(kNode, input)) << "the case is about constraints";
    const auto result = check_constraints(kNode, input);
    if (message.empty()) {
        EXPECT_TRUE(result) << (result ? "" : result.error().message);
        return;
    }
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Validation);
    EXPECT_EQ(result.error().message, message);
}

#define NAME_RULES                                                                                           \
    "[Member must have length less than or equal to 5, Member must have length greater than or equal to 2, " \
    "Member must satisfy regular expression pattern: [a-z-]*]"

INSTANTIATE_TEST_SUITE_P(
    Table, Constraints,
    testing::Values(
        // Required.
        ConstraintCase{R"({"NodeName": "ab"})", ""},
        ConstraintCase{"{}",
                       "1 validation error detected: Value null at 'nodeName' failed to satisfy constraint: Member "
                       "must not be null"},
        ConstraintCase{R"({"NodeName": null, "Colour": null})",
                       "1 validation error detected: Value null at 'nodeName' failed to satisfy constraint: Member "
                       "must not be null"},
        ConstraintCase{R"({"NodeName": "ab", "Child": {}})",
                       "1 validation error detected: Value null at 'child.nodeName' failed to satisfy constraint: "
                       "Member must not be null"},
        // Length, then pattern: both are told.
        ConstraintCase{R"({"NodeName": "abcde"})", ""},
        ConstraintCase{
            R"({"NodeName": "abcdef"})",
            "1 validation error detected: Value 'abcdef' at 'nodeName' failed to satisfy constraint: Member must have "
            "length less than or equal to 5"},
        ConstraintCase{
            R"({"NodeName": "a"})",
            "1 validation error detected: Value 'a' at 'nodeName' failed to satisfy constraint: Member must have "
            "length greater than or equal to 2"},
        ConstraintCase{
            R"({"NodeName": ""})",
            "1 validation error detected: Value '' at 'nodeName' failed to satisfy constraint: Member must have "
            "length greater than or equal to 2"},
        ConstraintCase{
            R"({"NodeName": "A_B_C_D"})",
            "2 validation errors detected: Value 'A_B_C_D' at 'nodeName' failed to satisfy constraint: Member must "
            "have length less than or equal to 5; Value 'A_B_C_D' at 'nodeName' failed to satisfy constraint: Member "
            "must satisfy regular expression pattern: [a-z-]*"},
        // Characters are counted, not bytes: five of two bytes each break the pattern alone.
        ConstraintCase{
            R"({"NodeName": "\u00e4\u00e4\u00e4\u00e4\u00e4"})",
            "1 validation error detected: Value '\u00e4\u00e4\u00e4\u00e4\u00e4' at 'nodeName' failed to satisfy "
            "constraint: Member must satisfy regular expression pattern: [a-z-]*"},
        ConstraintCase{
            R"({"NodeName": "\u00e4"})",
            "2 validation errors detected: Value '\u00e4' at 'nodeName' failed to satisfy constraint: Member must "
            "have length greater than or equal to 2; Value '\u00e4' at 'nodeName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [a-z-]*"},
        // Enum, in the model's order.
        ConstraintCase{R"({"NodeName": "ab", "Colour": "Blue"})", ""},
        ConstraintCase{
            R"({"NodeName": "ab", "Colour": "blue"})",
            "1 validation error detected: Value 'blue' at 'colour' failed to satisfy constraint: Member must satisfy "
            "enum value set: [Red, Blue]"},
        ConstraintCase{
            R"({"NodeName": "ab", "Colours": ["Red", "Green"]})",
            "1 validation error detected: Value '[Red, Green]' at 'colours' failed to satisfy constraint: Member must "
            "satisfy constraint: [Member must satisfy enum value set: [Red, Blue]]"},
        // Numbers.
        ConstraintCase{R"({"NodeName": "ab", "Count": 1, "Ratio": 0.5})", ""},
        ConstraintCase{R"({"NodeName": "ab", "Count": 100, "Ratio": 1})", ""},
        ConstraintCase{
            R"({"NodeName": "ab", "Count": 0})",
            "1 validation error detected: Value '0' at 'count' failed to satisfy constraint: Member must have value "
            "greater than or equal to 1"},
        ConstraintCase{
            R"({"NodeName": "ab", "Count": 101, "Ratio": 0.25})",
            "2 validation errors detected: Value '101' at 'count' failed to satisfy constraint: Member must have value "
            "less than or equal to 100; Value '0.25' at 'ratio' failed to satisfy constraint: Member must have value "
            "greater than or equal to 0.5"},
        // Lists of plain values: their size, and one violation for all items.
        ConstraintCase{R"({"NodeName": "ab", "Names": ["ab", "cd", "ef"]})", ""},
        ConstraintCase{
            R"({"NodeName": "ab", "Names": []})",
            "1 validation error detected: Value '[]' at 'names' failed to satisfy constraint: Member must have length "
            "greater than or equal to 1"},
        ConstraintCase{R"({"NodeName": "ab", "Names": ["ab", "ab", "ab", "ab"]})",
                       "1 validation error detected: Value '[ab, ab, ab, ab]' at 'names' failed to satisfy constraint: "
                       "Member must "
                       "have length less than or equal to 3"},
        ConstraintCase{
            R"({"NodeName": "ab", "Names": ["A", "b", "cd"]})",
            "1 validation error detected: Value '[A, b, cd]' at 'names' failed to satisfy constraint: Member must "
            "satisfy constraint: " NAME_RULES},
        ConstraintCase{
            R"({"NodeName": "ab", "Names": ["ab", null]})",
            "1 validation error detected: Value null at 'names.2.member' failed to satisfy constraint: Member must not "
            "be null"},
        ConstraintCase{
            R"({"NodeName": "ab", "Groups": [["ab"], ["x"]]})",
            "1 validation error detected: Value '[x]' at 'groups.2.member' failed to satisfy constraint: Member must "
            "satisfy constraint: " NAME_RULES},
        // Maps: size, keys, values.
        ConstraintCase{R"({"NodeName": "ab", "Environment": {"A": "ab", "B": "cd"}})", ""},
        ConstraintCase{
            R"({"NodeName": "ab", "Environment": {"A": "ab", "B": "cd", "C": "ef"}})",
            "1 validation error detected: Value '{A=ab, B=cd, C=ef}' at 'environment' failed to satisfy constraint: "
            "Member must have length less than or equal to 2"},
        ConstraintCase{
            R"({"NodeName": "ab", "Environment": {"A": "a{", "B": "cd", "C": "ef"}})",
            "2 validation errors detected: Value '{A=a{, B=cd, C=ef}' at 'environment' failed to satisfy constraint: "
            "Member must have length less than or equal to 2; Value '{A=a{, B=cd, C=ef}' at 'environment' failed to "
            "satisfy constraint: Map value must satisfy constraint: " NAME_RULES},
        ConstraintCase{
            R"({"NodeName": "ab", "Environment": {"ABCD": "abcdef"}})",
            "2 validation errors detected: Value '{ABCD=abcdef}' at 'environment' failed to satisfy constraint: Map "
            "keys must satisfy constraint: [Member must have length less than or equal to 3, Member must have length "
            "greater than or equal to 0, Member must satisfy regular expression pattern: [A-Z]*]; Value "
            "'{ABCD=abcdef}' at 'environment' failed to satisfy constraint: Map value must satisfy "
            "constraint: " NAME_RULES},
        ConstraintCase{
            R"({"NodeName": "ab", "Environment": {"A": null}})",
            "1 validation error detected: Value null at 'environment.A.member' failed to satisfy constraint: Member "
            "must not be null"},
        // Nested structures, through lists and maps.
        ConstraintCase{
            R"({"NodeName": "ab", "Children": [{"NodeName": "ab"}, {"NodeName": "ab", "Child": {"NodeName": "x"}}]})",
            "1 validation error detected: Value 'x' at 'children.2.member.child.nodeName' failed to satisfy "
            "constraint: Member must have length greater than or equal to 2"},
        ConstraintCase{
            R"({"NodeName": "ab", "Children": [null]})",
            "1 validation error detected: Value null at 'children.1.member' failed to satisfy constraint: Member must "
            "not be null"},
        ConstraintCase{
            R"({"NodeName": "ab", "ByName": {"My.Key": {"NodeName": "x"}}})",
            "1 validation error detected: Value 'x' at 'byName.My.Key.member.nodeName' failed to satisfy constraint: "
            "Member must have length greater than or equal to 2"},
        // In the model's order, whatever the input's.
        ConstraintCase{
            R"({"Count": 0, "Colour": "x", "NodeName": "a"})",
            "3 validation errors detected: Value 'a' at 'nodeName' failed to satisfy constraint: Member must have "
            "length greater than or equal to 2; Value 'x' at 'colour' failed to satisfy constraint: Member must "
            "satisfy enum value set: [Red, Blue]; Value '0' at 'count' failed to satisfy constraint: Member must have "
            "value greater than or equal to 1"},
        // Secrets are never shown, on their own or within.
        ConstraintCase{
            R"({"NodeName": "ab", "Secret": "hush!"})",
            "1 validation error detected: Value '***Sensitive Data Redacted***' at 'secret' failed to satisfy "
            "constraint: Member must have length less than or equal to 3"},
        ConstraintCase{
            R"({"NodeName": "ab", "Secrets": ["hush!"]})",
            "1 validation error detected: Value '[***Sensitive Data Redacted***]' at 'secrets' failed to satisfy "
            "constraint: Member must satisfy constraint: [Member must have length less than or equal to 3]"}));

// As recorded from the service (CreateModel, CreateEndpointConfig, CreateTrainingJob): docs/compatibility.md,
// "Validation".
TEST(RecordedSentences, AreReproduced) {
    const auto message = [](std::string_view operation, const Json& input) {
        const auto result = check_constraints(*find_operation(operation)->input, input);
        return result ? std::string{} : result.error().message;
    };
    const std::string name(64, '_');
    EXPECT_THAT(
        message("CreateModel", {{"ModelName", name}}),
        StartsWith(
            "2 validation errors detected: Value '" + name +
            "' at 'modelName' failed to satisfy constraint: Member must have length less than or equal to 63; Value '" +
            name + "' at 'modelName' failed to satisfy constraint: Member must satisfy regular expression pattern: "));
    EXPECT_THAT(message("CreateEndpointConfig",
                        {{"EndpointConfigName", "c"},
                         {"ProductionVariants", {{{"VariantName", "v"}, {"InstanceType", "ml.t3.medium"}}}}}),
                HasSubstr("Value 'ml.t3.medium' at 'productionVariants.1.member.instanceType' failed to satisfy "
                          "constraint: Member must "
                          "satisfy enum value set: [ml.t2.medium, "));
    EXPECT_THAT(
        message("CreateTrainingJob", {{"HyperParameters", {{"k", std::string(2501, 'v')}}}}),
        HasSubstr(
            "at 'hyperParameters' failed to satisfy constraint: Map value must satisfy constraint: [Member must have "
            "length less than or equal to 2500, Member must have length greater than or equal to 0, Member must "
            "satisfy regular expression pattern: .*]"));
}

// An input of megabytes must not come back whole.
TEST(MessageSize, ALongValueIsCut) {
    const auto result = check_constraints(kNode, {{"NodeName", std::string(1'000'000, 'a')}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message,
              "1 validation error detected: Value '" + std::string(1024, 'a') +
                  "...' at 'nodeName' failed to satisfy constraint: Member must have length less than or "
                  "equal to 5");
    const auto list =
        check_constraints(kNode, {{"NodeName", "ab"}, {"Names", std::vector<std::string>(100'000, "ab")}});
    ASSERT_FALSE(list);
    EXPECT_LT(list.error().message.size(), 1300U);
}

TEST(MessageSize, CutsBetweenCharacters) {
    std::string text;
    for (int count = 0; count < 2000; ++count) text += "\u00e4";
    const auto result = check_constraints(kNode, {{"NodeName", text}});
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, HasSubstr("\u00e4...' at"));
    EXPECT_NO_THROW((void)Json(result.error().message).dump());
}

TEST(MessageSize, ManyViolationsAreCountedButNotAllListed) {
    Json children = Json::array();
    for (int count = 0; count < 1000; ++count) children.push_back(Json::object());
    const auto result = check_constraints(kNode, {{"NodeName", "ab"}, {"Children", children}});
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, StartsWith("1000 validation errors detected: "));
    EXPECT_THAT(result.error().message, HasSubstr("'children.50.member.nodeName'"));
    EXPECT_TRUE(result.error().message.ends_with("; ... and 950 more"));
}

}  // namespace
}  // namespace pipelines::model
