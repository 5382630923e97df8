#include <gtest/gtest.h>

#include "support.hpp"

// Definitions that nobody writes by hand: what a client can send must be answered, never crash or stall.
namespace pipelines::definition::test {
namespace {

std::string repeat(std::string_view text, int count) {
    std::string result;
    for (int index = 0; index < count; ++index) result += text;
    return result;
}

std::string nested_conditions(int depth) {
    std::string text = pass("innermost");
    for (int level = depth; level-- > 0;)
        text =
            step(fmt::format("c{}", level), "Condition", fmt::format(R"({{"Conditions": [], "IfSteps": [{}]}})", text));
    return with_steps(text);
}

TEST(Limits, ConditionsNestAsDeepAsJsonMay) {
    for (const int depth : {31, 160}) {
        const auto compiled = compile(nested_conditions(depth));
        ASSERT_TRUE(compiled) << compiled.error().message;
        EXPECT_EQ((*compiled)->graph.nodes.back().dependencies,
                  (std::vector<Dependency>{{static_cast<NodeIndex>(depth - 1), Trigger::Completed, true}}));
    }
    EXPECT_TRUE(fault_of(nested_conditions(1000)).starts_with("Unable to parse pipeline definition. line "));
}

TEST(Limits, DeepTextIsAnsweredWithItsPlace) {
    for (const std::string_view open : {"[", "{\"a\":", "{\"Steps\": ["})
        EXPECT_TRUE(fault_of(repeat(open, 90'000)).starts_with("Unable to parse pipeline definition. line 1, column "))
            << open;
}

TEST(Limits, DeepExpressionsAndConditionsCompile) {
    const std::string join = repeat(R"({"Std:Join": {"Values": [)", 150) + "1" + repeat("]}}", 150);
    EXPECT_EQ(fault_of(with_steps(step("a", "Fail", fmt::format(R"({{"ErrorMessage": {}}})", join)))), "compiles");
    const std::string nots = repeat(R"({"Type": "Not", "Condition": )", 400) +
                             R"({"Type": "Equals", "LeftValue": 1, "RightValue": 1})" + repeat("}", 400);
    EXPECT_EQ(fault_of(with_steps(step("a", "Condition", fmt::format(R"({{"Conditions": [{}]}})", nots)))), "compiles");
}

TEST(Limits, LengthCountsCharacters) {
    const auto of_length = [](std::size_t characters) {
        std::string text = with_steps(step("a", "Fail", R"({"ErrorMessage": ""})"));
        const std::size_t missing = characters - text.size();
        text.insert(text.find("\"\"") + 1, repeat("ü", static_cast<int>(missing)));
        return text;
    };
    EXPECT_EQ(fault_of(of_length(kMaxCharacters)), "compiles");
    EXPECT_EQ(fault_of(of_length(kMaxCharacters + 1)),
              "Unable to parse pipeline definition. It has 1048577 characters, at most 1048576 are allowed.");
}

TEST(Limits, BytesThatAreNotJsonAreRefused) {
    using namespace std::string_literals;
    for (const std::string& text : {"{\"Steps\": []}\0"s, "\0"s, "{\"Steps\": [\"\xff\"]}"s, "{\"Steps\": []} x"s,
                                    "{\"Steps\": [], \"Version\": 18446744073709551616}"s})
        EXPECT_TRUE(fault_of(text).starts_with("Unable to parse pipeline definition. line 1, column ")) << text;
}

// A line of steps, each with arguments, a reference and a DependsOn, as AWS's own 2,000-step test has.
std::string chain(int steps) {
    std::string text = step("s0", "Training", "{}");
    for (int index = 1; index < steps; ++index)
        text +=
            "," + step(fmt::format("s{}", index), "Training",
                       fmt::format(
                           R"({{"RoleArn": "arn:aws:iam::123456789012:role/r", "InputDataConfig": [{{"ChannelName": "c",
                               "DataSource": {{"S3DataSource": {{"S3DataType": "S3Prefix", "S3Uri":
                               {{"Get": "Steps.s{}.ModelArtifacts.S3ModelArtifacts"}}}}}}}}]}})",
                           index - 1),
                       fmt::format(R"(, "DependsOn": ["s{}"])", index - 1));
    return with_steps(text);
}

TEST(Limits, TwoThousandStepsCompile) {
    const auto compiled = compile(chain(2000));
    ASSERT_TRUE(compiled) << compiled.error().message;
    EXPECT_EQ((*compiled)->graph.nodes.size(), 2000u);
    EXPECT_EQ((*compiled)->graph.nodes.back().dependencies.size(), 1u);
}

// One step that waits for all others, and one place that all others refer to: no list may be walked once an entry.
TEST(Limits, WideGraphsCompile) {
    constexpr int kSteps = 8000;
    std::string text;
    std::string names;
    for (int index = 0; index < kSteps; ++index) {
        text += pass(fmt::format("s{}", index)) + ",";
        names += fmt::format(R"({}"s{}")", index == 0 ? "" : ",", index);
    }
    const auto compiled = compile(with_steps(text + pass("last", names)));
    ASSERT_TRUE(compiled) << compiled.error().message;
    EXPECT_EQ((*compiled)->graph.nodes.back().dependencies.size(), std::size_t{kSteps});
}

}  // namespace
}  // namespace pipelines::definition::test
