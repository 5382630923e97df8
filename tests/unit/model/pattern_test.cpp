// RE2 lacks part of the patterns' syntax, and a rewrite that is wrong would refuse what AWS accepts.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "model/tables.hpp"
#include "pipelines/model/validate.hpp"

namespace pipelines::model {
namespace {

// matches_pattern throws on a pattern that RE2 cannot compile: with this test no request can meet one.
TEST(Pattern, EveryOneCompiles) {
    std::size_t count = 0;
    for (const auto table : {tables::sagemaker_shapes, tables::athena_shapes, tables::bedrock_shapes,
                             tables::emr_shapes, tables::emr_serverless_shapes})
        for (const Shape& shape : table) {
            if (shape.pattern.empty()) continue;
            EXPECT_NO_THROW((void)matches_pattern(shape, "x")) << shape.name;
            ++count;
        }
    EXPECT_GT(count, 300U);
}

TEST(Pattern, OneThatCannotCompileIsNamed) {
    const Shape shape{.name = "X", .pattern = "(?<!-)x"};
    EXPECT_THROW((void)matches_pattern(shape, "x"), std::logic_error);
}

TEST(Pattern, MatchesTheWholeText) {
    const Shape shape{.name = "X", .pattern = "[a-z]+"};
    EXPECT_TRUE(matches_pattern(shape, "abc"));
    EXPECT_FALSE(matches_pattern(shape, "abc1"));
    EXPECT_FALSE(matches_pattern(shape, "1abc"));
    EXPECT_FALSE(matches_pattern(shape, "abc\n"));
    EXPECT_FALSE(matches_pattern(shape, ""));
    EXPECT_TRUE(matches_pattern(Shape{.name = "None"}, "anything\n"));
    EXPECT_TRUE(matches_pattern(Shape{.name = "Line", .pattern = ".*"}, "any line"));
    EXPECT_FALSE(matches_pattern(Shape{.name = "Line", .pattern = ".*"}, "two\nlines"));
}

struct RewriteCase {
    std::string_view shape;
    std::string text;
    bool matches;
};

std::string repeat(char character, std::size_t count) { return std::string(count, character); }

std::vector<RewriteCase> rewrite_cases() {
    const std::string arn = "arn:aws:sagemaker:us-east-1:123456789012:model-package/";
    return {
        {"AlarmName", "my alarm", true},  // (?!\s*$).+
        {"AlarmName", " a ", true},
        {"AlarmName", "   ", false},
        {"AlarmName", "", false},
        {"AlarmName", "a\nb", false},
        {"CfnTemplateURL", "https://bucket/key", true},  // (?=.{1,1024}$)(https)://([^/]+)/(.+)
        {"CfnTemplateURL", "https://bucket/", false},
        {"CfnTemplateURL", "http://bucket/key", false},
        {"CfnTemplateURL", "https://bu\ncket/key", false},
        {"CfnTemplateName", "a--b", true},  // (?=.{1,32}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*
        {"CfnTemplateName", "a-", false},
        {"CfnStackId", "arn:aws:cloudformation:us-east-1:123456789012:stack/name/uuid", true},
        {"CfnStackId", "arn:aws:cloudformation:us-east-1:123456789012:stack/1name/uuid", false},
        {"ArnOrName", "my-group", true},  // ...{0,62})(?<!-)
        {"ArnOrName", "a", true},
        {"ArnOrName", repeat('a', 63), true},
        {"ArnOrName", repeat('a', 64), false},
        {"ArnOrName", "ends-", false},
        {"ArnOrName", "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/my-group", true},
        {"ArnOrName", "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/-x", false},
        {"VersionedArnOrName", "my-group/7", true},
        {"VersionedArnOrName", "my-group-/7", false},
        {"VersionedArnOrName", "my-group/", false},
        {"VersionedArnOrName", repeat('a', 62) + "-/7", false},
        {"MetricsEndpointPath", "/metrics", true},  // /(?!.*\.\.)[a-zA-Z0-9/_.\-]+
        {"MetricsEndpointPath", "/a.b/.c.", true},
        {"MetricsEndpointPath", "/.", true},
        {"MetricsEndpointPath", "/..", false},
        {"MetricsEndpointPath", "/a/../b", false},
        {"MetricsEndpointPath", "/a..", false},
        {"MetricsEndpointPath", "/", false},
        {"Database", "d\u00e4ta\tbase", true},  // \u0020-\uD7FF ... as UTF-16
        {"Database", "\U0001F600", true},
        {"Database", "a\nb", false},
        {"Database", "\x01", false},
        {"emr.XmlString", "a\r\nb\U0001F600", true},
        {"emr.XmlString", "\x02", false},
        {"TrainingRepositoryCredentialsProviderArn", "arn:aws:lambda:us-east-1:123456789012:function:f",
         true},  // \p{Alnum}
        {"TrainingRepositoryCredentialsProviderArn", "arn:aws:lambda:us_east:123456789012:function:f", false},
        {"StageDescription", repeat('x', 1024), true},  // .{0,1024}
        {"StageDescription", repeat('x', 1025), false},
        {"CfnStackParameterValue", "", true},  // .{0,4096}
        {"CfnStackParameterValue", repeat('x', 4096), true},
        {"CfnStackParameterValue", repeat('x', 4097), false},
        {"CfnStackStatusMessage", "", false},  // .{1,4096}
        {"CfnStackStatusMessage", repeat('x', 4096), true},
        {"CfnStackStatusMessage", repeat('x', 4097), false},
        {"TransformEnvironmentKey", "_" + repeat('x', 1023), true},  // [a-zA-Z_][a-zA-Z0-9_]{0,1023}
        {"TransformEnvironmentKey", "_" + repeat('x', 1024), false},
        {"TransformEnvironmentKey", "1x", false},
        {"ModelPackageSourceUri", "s3://bucket/k\u00e4y 1", true},  // [\p{L}\p{M}\p{Z}\p{N}\p{P}]{0,1024}
        {"ModelPackageSourceUri", "a+b", false},                    // a symbol
        {"ModelPackageArn", arn + "group/1", true},                 // [\S]{1,2048}
        {"ModelPackageArn", arn + repeat('x', 2048), true},
        {"ModelPackageArn", arn + repeat('x', 2049), false},
        {"ModelPackageArn", arn, false},
    };
}

TEST(Pattern, RewritesAcceptWhatAwsAccepts) {
    std::set<std::string_view> covered;
    for (const RewriteCase& the_case : rewrite_cases()) {
        const Shape* shape = find_shape(the_case.shape);
        ASSERT_NE(shape, nullptr) << the_case.shape;
        ASSERT_FALSE(shape->re2_pattern.empty()) << the_case.shape << " is not rewritten: the case shows nothing";
        EXPECT_EQ(matches_pattern(*shape, the_case.text), the_case.matches)
            << the_case.shape << " (" << shape->pattern << ") on '" << the_case.text.substr(0, 80) << "'";
        covered.insert(shape->pattern);
    }
    EXPECT_GE(covered.size(), 15U);
}

// std::regex overflows the stack on this; a definition may have a million characters.
TEST(Pattern, ALongTextIsMatchedInBoundedStack) {
    const Shape* definition = find_shape("PipelineDefinition");
    EXPECT_TRUE(matches_pattern(*definition, repeat('x', 1'048'576)));
    std::string lines;
    while (lines.size() < 1'048'000) lines += "{\"a\": 1}\n";
    EXPECT_TRUE(matches_pattern(*definition, lines));
}

}  // namespace
}  // namespace pipelines::model
