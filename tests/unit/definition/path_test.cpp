#include "pipelines/definition/path.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "pipelines/definition/evaluate.hpp"

namespace pipelines::definition {
namespace {

const Json& document() {
    static const Json value = Json::parse(R"({
        "ModelArtifacts": {"S3ModelArtifacts": "s3://b/m"},
        "ProcessingOutputConfig": {"Outputs": [{"OutputName": "train", "S3Output": {"S3Uri": "s3://b/train"}},
                                               {"OutputName": "test", "S3Output": {"S3Uri": "s3://b/test"}}]},
        "Tags": [{"Key": "team", "Value": "churn"}],
        "TrainingJobSummaries": [{"TrainingJobName": "best"}, {"TrainingJobName": "second"}],
        "Environment": {"a.b": "dots", "it's": "quote"},
        "JobConfigDocument": "{\"Service\": {\"Run\": [1, {\"Id\": 7}]}}",
        "Matrix": [[1, 2], [3, 4]]})");
    return value;
}

std::string at(std::string_view path) {
    Json scratch;
    const Json* value = find_path(document(), path, scratch);
    return value == nullptr ? "nothing" : dump(*value);
}

// Property references are the only way data moves between steps.
TEST(Path, ReadsPropertyReferences) {
    const std::tuple<std::string_view, std::string_view> cases[] = {
        {"ModelArtifacts.S3ModelArtifacts", R"("s3://b/m")"},
        {"ModelArtifacts['S3ModelArtifacts']", R"("s3://b/m")"},
        {"ProcessingOutputConfig.Outputs['test'].S3Output.S3Uri", R"("s3://b/test")"},
        {"ProcessingOutputConfig.Outputs[0].OutputName", R"("train")"},
        {"Tags['team'].Value", R"("churn")"},
        {"TrainingJobSummaries[1].TrainingJobName", R"("second")"},
        {"Environment['a.b']", R"("dots")"},
        {"Environment[\"a.b\"]", R"("dots")"},
        {"Environment['it's']", R"("quote")"},
        {"JobConfigDocument.Service.Run[1].Id", "7"},
        {"Matrix[1][0]", "3"},
        {"ProcessingOutputConfig.Outputs['none'].S3Output", "nothing"},
        {"TrainingJobSummaries[2]", "nothing"},
        {"ModelArtifacts.S3ModelArtifacts.deeper", "nothing"},
        {"Nothing.There", "nothing"}};
    for (const auto& [path, expected] : cases) EXPECT_EQ(at(path), expected) << path;
}

TEST(Path, RefusesMalformedOnes) {
    for (const std::string_view path :
         {".a", "a.", "a..b", "a[", "a[]", "a['b", "a[b]", "a[1", "a]b[", "a[0]b", "[99999999999999999999]"})
        EXPECT_FALSE(parse_path(path)) << path;
}

// The part of JsonPath that the SDK's users write.
TEST(Path, ReadsJsonPaths) {
    const Json file = Json::parse(R"({"Result": [0, {"k": 5}], "a": {"b": [{"c": 1.5}]}, "list": ["x"]})");
    const std::tuple<std::string_view, std::string_view> cases[] = {
        {"Result[1]['k']", "5"},     {"a.b[0].c", "1.5"},    {"$.a.b[0]['c']", "1.5"},
        {"$['list'][-1]", R"("x")"}, {"list", R"(["x"])"},   {"list['x']", "nothing"},
        {"a.x", "nothing"},          {"list[1]", "nothing"}, {"list[-2]", "nothing"}};
    for (const auto& [path, expected] : cases) {
        const Json* value = find_json_path(file, path);
        EXPECT_EQ(value == nullptr ? "nothing" : dump(*value), expected) << path;
    }
}

}  // namespace
}  // namespace pipelines::definition
