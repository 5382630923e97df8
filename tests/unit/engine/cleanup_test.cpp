// What a Cleanup decides about each of its sources.
#include "engine/cleanup.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace pipelines::engine {
namespace {

struct Case {
    const char* name;
    const char* type;
    const char* document;  // empty: it did not succeed
    const char* uris;      // empty: none given
    const char* expected;
};
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

class Clean : public ::testing::TestWithParam<Case> {};

TEST_P(Clean, Decides) {
    definition::Step source;
    source.name = "S";
    source.type = definition::find_step_type(GetParam().type);
    const std::string document_text = GetParam().document;
    const std::string uris_text = GetParam().uris;
    const Json document = document_text.empty() ? Json() : Json::parse(document_text);
    const Json uris = uris_text.empty() ? Json() : Json::parse(uris_text);
    const auto [end, reason] =
        clean(source, document_text.empty() ? nullptr : &document, uris_text.empty() ? nullptr : &uris);
    const std::string found = end == Cleaning::End::Cleaned   ? "cleaned"
                              : end == Cleaning::End::Skipped ? "skipped"
                                                              : reason;
    EXPECT_EQ(found, GetParam().expected);
}

constexpr const char* kProcessing = R"({"ProcessingOutputConfig": {"Outputs": [{"S3Output": {"S3Uri": "s3://b/one"}},
    {"FeatureStoreOutput": {}}, {"S3Output": {"S3Uri": "s3://b/two/"}}]}})";

const Case kCases[] = {
    {"NeverRan", "Training", "", "", "skipped"},
    {"ArtifactsOfATraining", "Training", R"({"ModelArtifacts": {"S3ModelArtifacts": "s3://b/m.tar.gz"}})", "",
     "cleaned"},
    {"TrainingWithoutArtifacts", "Training", "{}", "", "skipped"},
    {"ResultsOfAQuery", "Athena", R"({"ResultConfiguration": {"OutputLocation": "s3://b/q.csv"}})", "", "cleaned"},
    {"NothingKnownOfAFunction", "Lambda", R"({"OutputParameters": {}})", "", "skipped"},
    {"ProcessingWithoutUris", "Processing", kProcessing, "", "skipped"},
    {"ObjectsBeneathTheOutputs", "Processing", kProcessing, R"(["s3://b/one/x", "s3://b/two/y/z"])", "cleaned"},
    {"ObjectOfATransform", "Transform", R"({"TransformOutput": {"S3OutputPath": "s3://b/t"}})", R"(["s3://b/t/x.out"])",
     "cleaned"},
    {"ObjectElsewhere", "Processing", kProcessing, R"(["s3://b/one/x", "s3://b/onerous"])",
     "'s3://b/onerous' does not stand beneath an output location of step 'S'."},
    {"NoUri", "Processing", kProcessing, R"(["s3://b/one/x", 5])", "5 names no object: it must be s3://bucket/key."},
    {"NoKey", "Processing", kProcessing, R"(["s3://b"])", "\"s3://b\" names no object: it must be s3://bucket/key."},
    {"UrisOfAFunction", "Lambda", R"({"OutputParameters": {}})", R"(["s3://b/x"])", "skipped"},
    {"TrainingInAVpc", "Training", R"({"VpcConfig": {}, "ModelArtifacts": {"S3ModelArtifacts": "s3://b/m"}})", "",
     "Step 'S' sets a VpcConfig."},
    {"ProcessingInAVpc", "Processing", R"({"NetworkConfig": {"VpcConfig": {}}})", R"(["s3://b/x"])",
     "Step 'S' sets a VpcConfig."},
};
INSTANTIATE_TEST_SUITE_P(Cleanup, Clean, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace pipelines::engine
