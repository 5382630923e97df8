// A cached step runs again exactly when one of the attributes changes that AWS's guide lists for its type
// (pipelines-caching, "Default cache key attributes"): not for its instances, outputs, role, names or policies.
#include "pipelines/definition/cache_key.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <vector>

namespace pipelines::definition {
namespace {

Step step_of(std::string_view type) {
    Step step;
    step.name = "S";
    step.type = find_step_type(type);
    return step;
}

// The key with `value` at `path` of {"Arguments": {}, "Extra": {}}.
std::string key_with(std::string_view type, std::string_view path, const Json& value) {
    Json document = {{"Arguments", Json::object()}, {"Extra", Json::object()}};
    document[Json::json_pointer(std::string{path})] = value;
    return cache_key(step_of(type), document.at("Arguments"), document.at("Extra"));
}

struct Case {
    std::string_view type;
    std::vector<std::string_view> counts, does_not;
};

const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {"Processing",
         {"/Arguments/AppSpecification", "/Arguments/Environment", "/Arguments/ProcessingInputs"},
         {"/Arguments/ProcessingResources", "/Arguments/ProcessingOutputConfig", "/Arguments/RoleArn",
          "/Arguments/Tags", "/Arguments/ProcessingJobName", "/Arguments/NetworkConfig", "/Arguments/StoppingCondition",
          "/Arguments/ExperimentConfig"}},
        {"Training",
         {"/Arguments/AlgorithmSpecification", "/Arguments/CheckpointConfig", "/Arguments/DebugHookConfig",
          "/Arguments/DebugRuleConfigurations", "/Arguments/Environment", "/Arguments/HyperParameters",
          "/Arguments/InputDataConfig"},
         {"/Arguments/ResourceConfig", "/Arguments/OutputDataConfig", "/Arguments/RoleArn", "/Arguments/Tags",
          "/Arguments/StoppingCondition", "/Arguments/TrainingJobName", "/Arguments/ProfilerConfig",
          "/Arguments/EnableManagedSpotTraining"}},
        {"Tuning",
         {"/Arguments/HyperParameterTuningJobConfig", "/Arguments/TrainingJobDefinition/AlgorithmSpecification",
          "/Arguments/TrainingJobDefinition/HyperParameterRanges", "/Arguments/TrainingJobDefinition/InputDataConfig",
          "/Arguments/TrainingJobDefinition/StaticHyperParameters", "/Arguments/TrainingJobDefinition/TuningObjective",
          "/Arguments/TrainingJobDefinitions"},
         {"/Arguments/TrainingJobDefinition/ResourceConfig", "/Arguments/TrainingJobDefinition/OutputDataConfig",
          "/Arguments/TrainingJobDefinition/RoleArn", "/Arguments/Tags", "/Arguments/HyperParameterTuningJobName"}},
        {"AutoML",
         {"/Arguments/AutoMLJobConfig/CompletionCriteria", "/Arguments/AutoMLJobConfig/CandidateGenerationConfig",
          "/Arguments/AutoMLJobConfig/DataSplitConfig", "/Arguments/AutoMLJobConfig/Mode",
          "/Arguments/AutoMLJobObjective", "/Arguments/InputDataConfig", "/Arguments/ProblemType"},
         {"/Arguments/AutoMLJobConfig/SecurityConfig", "/Arguments/OutputDataConfig", "/Arguments/RoleArn",
          "/Arguments/AutoMLJobName"}},
        {"Transform",
         {"/Arguments/DataProcessing", "/Arguments/Environment", "/Arguments/ModelName", "/Arguments/TransformInput"},
         {"/Arguments/TransformOutput", "/Arguments/TransformResources", "/Arguments/MaxConcurrentTransforms",
          "/Arguments/Tags"}},
        {"ClarifyCheck",
         {"/Arguments/ProcessingInputs", "/Arguments/ProcessingResources", "/Arguments/Environment", "/Extra/CheckType",
          "/Extra/ModelName", "/Extra/SkipCheck", "/Extra/RegisterNewBaseline", "/Extra/ModelPackageGroupName",
          "/Extra/SuppliedBaselineConstraints"},
         {"/Arguments/ProcessingOutputConfig", "/Arguments/ProcessingJobName", "/Arguments/Tags",
          "/Extra/FailOnViolation"}},
        {"QualityCheck",
         {"/Arguments/ProcessingInputs", "/Arguments/AppSpecification", "/Extra/CheckType", "/Extra/SkipCheck",
          "/Extra/RegisterNewBaseline", "/Extra/ModelPackageGroupName", "/Extra/SuppliedBaselineConstraints",
          "/Extra/SuppliedBaselineStatistics"},
         {"/Arguments/ProcessingOutputConfig", "/Extra/FailOnViolation"}},
        {"EMR",
         {"/Arguments/ClusterId", "/Arguments/ClusterConfig", "/Arguments/StepConfig"},
         {"/Arguments/ExecutionRoleArn"}},
        {"Lambda", {"/Arguments/anything", "/Extra/FunctionArn"}, {}},
        {"Callback", {"/Arguments/anything", "/Extra/SqsQueueUrl"}, {}},
        {"EMRServerless", {"/Arguments/JobConfig"}, {}},
        {"EndpointConfig", {"/Arguments/ProductionVariants"}, {}},
        {"Endpoint", {"/Arguments/EndpointConfigName"}, {}},
        {"Job", {"/Arguments/JobConfigDocument"}, {}},
        {"Athena", {"/Arguments/QueryString"}, {}},
        {"HubContent", {"/Arguments/HubContentName"}, {}},
    };
    return all;
}

TEST(CacheKey, ChangesWithWhatAwsComparesAndWithNothingElse) {
    for (const Case& one : cases()) {
        const std::string plain = cache_key(step_of(one.type), Json::object(), Json::object());
        for (const std::string_view path : one.counts) {
            EXPECT_NE(key_with(one.type, path, "a"), plain) << one.type << " " << path;
            EXPECT_NE(key_with(one.type, path, "a"), key_with(one.type, path, "b")) << one.type << " " << path;
        }
        for (const std::string_view path : one.does_not)
            EXPECT_EQ(key_with(one.type, path, "a"), plain) << one.type << " " << path;
    }
}

TEST(CacheKey, IsKnownForEveryTypeThatIsCached) {
    for (const StepType& type : step_types()) {
        if (!type.cacheable) continue;
        EXPECT_EQ(cache_key(step_of(type.name), Json::object(), Json::object()).size(), 64U) << type.name;
        EXPECT_TRUE(std::ranges::any_of(cases(), [&type](const Case& one) { return one.type == type.name; }))
            << type.name << " has no case above";
    }
}

// The SDK writes null where it was given nothing.
TEST(CacheKey, TakesNullForNothing) {
    for (const std::string_view path : {"/Arguments/Environment", "/Extra/SuppliedBaselineConstraints"})
        EXPECT_EQ(key_with("QualityCheck", path, nullptr),
                  cache_key(step_of("QualityCheck"), Json::object(), Json::object()));
}

// An attribute's value under another attribute's name is another step.
TEST(CacheKey, TellsAttributesApart) {
    EXPECT_NE(key_with("Training", "/Arguments/Environment", {{"a", "b"}}),
              key_with("Training", "/Arguments/HyperParameters", {{"a", "b"}}));
    EXPECT_NE(key_with("Lambda", "/Arguments/FunctionArn", "f"), key_with("Lambda", "/Extra/FunctionArn", "f"));
}

// A step may change its type under its name: nothing that another type left is its result.
TEST(CacheKey, IsOfTheType) {
    const Json none = Json::object();
    EXPECT_NE(cache_key(step_of("Training"), none, none), cache_key(step_of("Processing"), none, none));
    EXPECT_EQ(cache_key(step_of("Training"), none, none), cache_key(step_of("Training"), none, none));
}

}  // namespace
}  // namespace pipelines::definition
