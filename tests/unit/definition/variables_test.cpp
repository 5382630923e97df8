// Pipelines write these values into paths and job names; one that is missing must be told apart from an empty one.
#include "pipelines/definition/variables.hpp"

#include <gtest/gtest.h>

namespace pipelines::definition {
namespace {

const NamespaceKey kWhere{"123456789012", "eu-west-1"};
constexpr Time kStarted = from_millis(1'700'000'000'500);
constexpr Time kNow = from_millis(1'700'000'090'000);

std::optional<Json> value_of(std::string_view name, const Execution& execution) {
    return execution_variable(name, execution, kWhere, "churn", kNow);
}

TEST(ExecutionVariables, AllHaveTheirValues) {
    Execution execution;
    execution.public_id = "d84ewltjmxhe";
    execution.created = kStarted;
    execution.experiment_name = "exp";
    execution.trial_name = "trial";
    const std::string pipeline = "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/churn";
    EXPECT_EQ(value_of("Execution.StartDateTime", execution), Json(to_iso8601(kStarted)));
    EXPECT_EQ(value_of("Execution.CurrentDateTime", execution), Json(to_iso8601(kNow)));
    EXPECT_EQ(value_of("Execution.PipelineName", execution), Json("churn"));
    EXPECT_EQ(value_of("Execution.PipelineArn", execution), Json(pipeline));
    EXPECT_EQ(value_of("Execution.PipelineExecutionId", execution), Json("d84ewltjmxhe"));
    EXPECT_EQ(value_of("Execution.PipelineExecutionArn", execution), Json(pipeline + "/execution/d84ewltjmxhe"));
    EXPECT_EQ(value_of("PipelineExperimentConfig.ExperimentName", execution), Json("exp"));
    EXPECT_EQ(value_of("PipelineExperimentConfig.TrialName", execution), Json("trial"));
}

TEST(ExecutionVariables, OthersHaveNone) {
    const Execution execution;
    for (const std::string_view name : {"PipelineExperimentConfig.ExperimentName", "PipelineExperimentConfig.TrialName",
                                        "Execution.TrainingJobName", "Execution.Nothing", "", "execution.PipelineName"})
        EXPECT_FALSE(value_of(name, execution)) << name;
}

}  // namespace
}  // namespace pipelines::definition
