// Cleanup: whose outputs may be deleted. The form is the SDK's (cleanup_step.py).
#include <gtest/gtest.h>

#include <tuple>

#include "support.hpp"

namespace pipelines::definition::test {
namespace {

std::string cleanup(std::string_view sources, std::string_view rest = R"(, "DependsOn": ["Train"])") {
    return step("Clean", "Cleanup", fmt::format(R"({{"Resources": {{"S3": [{}]}}}})", sources), rest);
}

std::string with_training(std::string_view steps) {
    return with_steps(step("Train", "Training", "{}") + "," + std::string(steps));
}

TEST(CleanupDefinition, WaitsForItsSourcesAndForWhatItsUrisReferTo) {
    EXPECT_EQ(
        picture_of(with_training(
            cleanup(R"({"StepName": "Train", "S3Uris": ["s3://b/k", {"Get": "Steps.Prepare.ProcessingJobName"}]})") +
            "," + step("Prepare", "Processing", "{}"))),
        "Train:\nClean: Train Prepare\nPrepare:\n");
    EXPECT_EQ(fault_of(with_training(pass("then", R"("Train")") + "," +
                                     cleanup(R"({"StepName": "Train"})", R"(, "DependsOn": ["then"])"))),
              "compiles");  // it stands before it, if not directly
}

// In a body: the same iteration's outputs, or what stands before the ForEach.
TEST(CleanupDefinition, MayStandInABody) {
    EXPECT_EQ(fault_of(with_training(
                  step("Each", "ForEach",
                       fmt::format(R"({{"IterableItems": ["a"], "MaxConcurrency": 1, "ForEachBody": [{}, {}]}})",
                                   step("Fit", "Training", "{}"),
                                   cleanup(R"({"StepName": "Fit"}, {"StepName": "Train"})",
                                           R"(, "DependsOn": ["Fit", "Train"])"))))),
              "compiles");
}

TEST(CleanupDefinition, NamesFaults) {
    const auto arguments = [](std::string_view text) { return with_training(step("Clean", "Cleanup", text)); };
    const std::tuple<std::string, std::string_view> cases[] = {
        {arguments("{}"), "Missing member 'Resources'. (at /Steps/1/Arguments)"},
        {arguments(R"({"Sources": []})"),
         "Unknown Argument member 'Sources'. Did you mean 'Resources'? (at "
         "/Steps/1/Arguments/Sources)"},
        {arguments(R"({"Resources": {"GCS": []}})"),
         "Unknown Argument member 'GCS'. Known: S3. (at /Steps/1/Arguments/Resources/GCS)"},
        {arguments(R"({"Resources": {}})"), "Missing member 'S3'. (at /Steps/1/Arguments/Resources)"},
        {with_training(cleanup("")),
         "S3 must have between 1 and 100 steps, not 0. (at /Steps/1/Arguments/Resources/S3)"},
        {with_training(cleanup(R"({"Step": "Train"})")),
         "Unknown Argument member 'Step'. Known: StepName, S3Uris. (at /Steps/1/Arguments/Resources/S3/0/Step)"},
        {with_training(cleanup(R"({"StepName": "Train", "S3Uris": []})")),
         "S3Uris must be omitted or contain at least one URI. (at /Steps/1/Arguments/Resources/S3/0/S3Uris)"},
        {with_training(cleanup(R"({"StepName": "Train", "S3Uris": ["s3://bucket/"]})")),
         "'s3://bucket/' names no object: write s3://bucket/key. (at /Steps/1/Arguments/Resources/S3/0/S3Uris/0)"},
        {with_training(cleanup(R"({"StepName": "Trin"})")),
         "Step 'Clean' cleans up after unknown step 'Trin'. Did you mean 'Train'? (at "
         "/Steps/1/Arguments/Resources/S3/0/StepName)"},
        {with_training(cleanup(R"({"StepName": "Train"})", "")),
         "Step 'Clean' cleans up after 'Train', which does not stand before it: name it in DependsOn. (at "
         "/Steps/1/Arguments/Resources/S3/0/StepName)"},
        {with_training(cleanup(R"({"StepName": "Clean"})")),
         "Step 'Clean' cleans up after 'Clean', which does not stand before it: name it in DependsOn. (at "
         "/Steps/1/Arguments/Resources/S3/0/StepName)"},
        {with_training(cleanup(R"({"StepName": "Train"})", R"(, "DependsOn": ["Train"], "RetryPolicies": [])")),
         "Unknown Step member 'RetryPolicies'. Known: Name, Type, Arguments, DependsOn, DisplayName, Description. (at "
         "/Steps/1/RetryPolicies)"},
        {with_training(
             cleanup(R"({"StepName": "Train"})") + "," +
             step("Use", "Lambda", R"({"x": {"Get": "Steps.Clean.CleanedSteps"}})", R"(, "FunctionArn": "f")")),
         "Reference 'Steps.Clean.CleanedSteps' names no property of a Cleanup step: a Cleanup step has no properties. "
         "(at "
         "/Steps/2/Arguments/x/Get)"}};
    for (const auto& [text, sentence] : cases)
        EXPECT_EQ(fault_of(text), fmt::format("Unable to parse pipeline definition. {}", sentence));
}

}  // namespace
}  // namespace pipelines::definition::test
