// A wrong JSON kind must be refused with the place and both kinds, before anything trusts the input's form.
#include <gtest/gtest.h>

#include <string>

#include "pipelines/model/validate.hpp"

namespace pipelines::model {
namespace {

constexpr Shape kText{.name = "Text"};
constexpr Shape kInteger{.name = "Integer", .type = Type::Integer};
constexpr Shape kLong{.name = "Long", .type = Type::Long};
constexpr Shape kDouble{.name = "Double", .type = Type::Double};
constexpr Shape kBoolean{.name = "Boolean", .type = Type::Boolean};
constexpr Shape kTimestamp{.name = "Timestamp", .type = Type::Timestamp};
constexpr Shape kBlob{.name = "Blob", .type = Type::Blob};
constexpr Shape kTexts{.name = "Texts", .type = Type::List, .element = &kText};
constexpr Shape kNumbers{.name = "Numbers", .type = Type::Map, .element = &kInteger, .key = &kText};
extern const Shape kNode;
constexpr Shape kNodes{.name = "Nodes", .type = Type::List, .element = &kNode};
constexpr Member kNodeMembers[] = {
    {"Text", &kText, true},      {"Integer", &kInteger, false}, {"Long", &kLong, false},
    {"Double", &kDouble, false}, {"Boolean", &kBoolean, false}, {"Timestamp", &kTimestamp, false},
    {"Blob", &kBlob, false},     {"Texts", &kTexts, false},     {"Numbers", &kNumbers, false},
    {"Child", &kNode, false},    {"Children", &kNodes, false},
};
constinit const Shape kNode{.name = "Node", .type = Type::Structure, .members = kNodeMembers};

struct KindCase {
    std::string_view input;
    std::string_view message;  // empty: accepted
};

class Kinds : public testing::TestWithParam<KindCase> {};

TEST_P(Kinds, AreChecked) {
    const auto& [text, message] = GetParam();
    const auto result = check_kinds(kNode, Json::parse(text));
    if (message.empty()) {
        EXPECT_TRUE(result) << (result ? "" : result.error().message);
        return;
    }
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Serialization);
    EXPECT_EQ(result.error().message, message);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Kinds,
    testing::Values(
        KindCase{"{}", ""}, KindCase{R"({"Unknown": [1], "text": 5})", ""},
        KindCase{R"({"Text": null, "Child": null})", ""},
        KindCase{"[]", "The request body: expected an object, got an array"},
        KindCase{"null", "The request body: expected an object, got null"},
        KindCase{R"({"Text": ["a"]})", "Text: expected a string, got an array"},
        KindCase{R"({"Text": 5})", "Text: expected a string, got the number 5"},
        KindCase{R"({"Text": true})", "Text: expected a string, got a boolean"},
        KindCase{R"({"Integer": 2147483647})", ""}, KindCase{R"({"Integer": -2147483648})", ""},
        KindCase{R"({"Integer": 2147483648})", "Integer: expected an integer of 32 bits, got the number 2147483648"},
        KindCase{R"({"Integer": -2147483649})", "Integer: expected an integer of 32 bits, got the number -2147483649"},
        KindCase{R"({"Integer": 1.5})", "Integer: expected an integer of 32 bits, got the number 1.5"},
        KindCase{R"({"Integer": 1.0})", "Integer: expected an integer of 32 bits, got the number 1.0"},
        KindCase{R"({"Integer": "1"})", "Integer: expected an integer of 32 bits, got a string"},
        KindCase{R"({"Long": 9223372036854775807})", ""}, KindCase{R"({"Long": -9223372036854775808})", ""},
        KindCase{R"({"Long": 9223372036854775808})",
                 "Long: expected an integer of 64 bits, got the number 9223372036854775808"},
        KindCase{R"({"Long": 18446744073709551616})",
                 "Long: expected an integer of 64 bits, got the number 1.8446744073709552e+19"},
        KindCase{R"({"Double": 1})", ""}, KindCase{R"({"Double": 1.5e300})", ""},
        KindCase{R"({"Double": "NaN"})", "Double: expected a number, got a string"},
        KindCase{R"({"Boolean": false})", ""},
        KindCase{R"({"Boolean": "true"})", "Boolean: expected true or false, got a string"},
        KindCase{R"({"Boolean": 0})", "Boolean: expected true or false, got the number 0"},
        KindCase{R"({"Timestamp": 1632260141.95})", ""}, KindCase{R"({"Timestamp": 0})", ""},
        KindCase{R"({"Timestamp": "2026-11-24T02:33:56Z"})",
                 "Timestamp: expected a number (seconds since 1970), got a string"},
        KindCase{R"({"Blob": "aGk="})", ""},
        KindCase{R"({"Blob": 1})", "Blob: expected a string in base64, got the number 1"},
        KindCase{R"({"Texts": []})", ""}, KindCase{R"({"Texts": ["a", null]})", ""},
        KindCase{R"({"Texts": "a"})", "Texts: expected an array, got a string"},
        KindCase{R"({"Texts": ["a", 7]})", "Texts[1]: expected a string, got the number 7"},
        KindCase{R"({"Numbers": {"a": 1, "b": null}})", ""},
        KindCase{R"({"Numbers": [1]})", "Numbers: expected an object, got an array"},
        KindCase{R"({"Numbers": {"a.b": "1"}})", "Numbers['a.b']: expected an integer of 32 bits, got a string"},
        KindCase{R"({"Child": "x"})", "Child: expected an object, got a string"},
        KindCase{R"({"Children": [{}, {"Child": {"Children": [{"Texts": [{}]}]}}]})",
                 "Children[1].Child.Children[0].Texts[0]: expected a string, got an object"},
        KindCase{R"({"Integer": "x", "Text": 1})", "Text: expected a string, got the number 1"}));

// The deepest input that the parser lets in, on a shape that contains itself.
TEST(KindsDepth, RecursionEndsWithTheInput) {
    Json deepest{{"Text", 1}};
    for (int depth = 0; depth < 510; ++depth) deepest = Json{{"Child", std::move(deepest)}};
    const auto result = check_kinds(kNode, deepest);
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().message.ends_with(".Child.Text: expected a string, got the number 1"));
}

}  // namespace
}  // namespace pipelines::model
