#include "pipelines/definition/step_types.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace pipelines::definition {
namespace {

// A mistyped name in the table would silently switch a check off: every name in it must be one of the model's.
TEST(StepTypes, ShapesExistInTheModel) {
    for (const StepType& type : step_types()) {
        EXPECT_TRUE(type.arguments.empty() || model::find_shape(type.arguments) != nullptr) << type.name;
        EXPECT_TRUE(type.properties.empty() || model::find_shape(type.properties) != nullptr) << type.name;
    }
    for (const std::string_view name :
         {"emr.StepConfig", "emr.RunJobFlowInput", "emr-serverless.StartJobRunRequest", "CreateActionRequest",
          "emr-serverless.CreateApplicationRequest", "CreateArtifactRequest", "CreateContextRequest",
          "ListTrainingJobsForHyperParameterTuningJobResponse"})
        EXPECT_NE(model::find_shape(name), nullptr) << name;
}

TEST(StepTypes, MembersExistInTheirDocument) {
    for (const StepType& type : step_types()) {
        const model::Shape* document = model::find_shape(type.properties);
        if (document == nullptr || type.name == "EMRServerless") continue;
        for (const std::string_view member : {type.name_member, type.arn_member, type.status_member})
            EXPECT_TRUE(member.empty() || find_member(*document, member) != nullptr) << type.name << " " << member;
        if (type.status_member.empty()) continue;
        const auto& values = find_member(*document, type.status_member)->shape->values;
        EXPECT_NE(std::find(values.begin(), values.end(), type.done_status), values.end()) << type.name;
    }
}

TEST(StepTypes, MetadataIsAMemberOfTheApi) {
    const model::Shape* metadata = model::find_shape("PipelineExecutionStepMetadata");
    ASSERT_NE(metadata, nullptr);
    std::set<std::string_view> used;
    for (const StepType& type : step_types()) {
        if (type.name == "Pass") continue;
        EXPECT_NE(find_member(*metadata, type.metadata), nullptr) << type.name;
        EXPECT_TRUE(used.insert(type.metadata).second) << type.name;
    }
    for (const model::Member& member : metadata->members) EXPECT_TRUE(used.contains(member.name)) << member.name;
}

TEST(StepTypes, AreFoundByNameAndByJob) {
    EXPECT_EQ(find_step_type("AutoML")->job, JobKind::AutoML);
    EXPECT_EQ(find_step_type("automl"), nullptr);
    EXPECT_EQ(step_type_of(JobKind::Processing).name, "Processing");
}

}  // namespace
}  // namespace pipelines::definition
