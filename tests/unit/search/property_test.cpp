// Names of properties: what they lead to, and what is said of one that leads nowhere.
#include "pipelines/search/property.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pipelines::search {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Result<Property> property(std::string_view resource, std::string_view name) {
    return find_property(*find_resource(resource), name);
}

TEST(Resources, AreThoseOfTheModel) {
    for (const std::string_view name : model::find_shape("ResourceType")->values) {
        ASSERT_NE(find_resource(name), nullptr) << name;
        EXPECT_EQ(find_resource(name)->shape() == nullptr, name.starts_with("Image")) << name;
    }
    EXPECT_EQ(find_resource("Nonsense"), nullptr);
}

TEST(Properties, HaveTheKindOfTheirShape) {
    struct Case {
        std::string_view resource, name;
        Kind kind;
    };
    for (const auto& [resource, name, kind] : {
             Case{"Pipeline", "PipelineName", Kind::Text},
             {"Pipeline", "CreationTime", Kind::Moment},
             {"Pipeline", "ParallelismConfiguration", Kind::Group},
             {"Pipeline", "ParallelismConfiguration.MaxParallelExecutionSteps", Kind::Number},
             {"Pipeline", "CreatedBy.IamIdentity.Arn", Kind::Text},
             {"Pipeline", "Tags.team", Kind::Text},
             {"Pipeline", "Tags", Kind::Group},
             {"PipelineVersion", "PipelineVersionId", Kind::Number},
             {"PipelineVersion", "PipelineVersionAliases", Kind::Text},
             {"PipelineExecution", "PipelineParameters.Name", Kind::Text},
             {"PipelineExecution", "PipelineParameters", Kind::Group},
             {"PipelineExecution", "SelectiveExecutionConfig.SelectedSteps.StepName", Kind::Text},
             {"TrainingJob", "Metrics.validation:auc", Kind::Number},
             {"TrainingJob", "metrics.validation:auc", Kind::Number},
             {"TrainingJob", "HyperParameters.a.b", Kind::Text},
             {"TrainingJob", "InputDataConfig.DataSource.S3DataSource.S3Uri", Kind::Text},
             {"TrainingJob", "EnableManagedSpotTraining", Kind::Flag},
             {"Model", "ModelName", Kind::Text},
             {"Model", "Model.ModelName", Kind::Text},
             {"Model", "Endpoints.EndpointName", Kind::Text},
             {"Experiment", "ExperimentName", Kind::Any},
             {"ExperimentTrialComponent", "Metrics.accuracy.Max", Kind::Any},
             {"ExperimentTrialComponent", "metrics.accuracy.max", Kind::Any},
             {"Image", "Anything", Kind::Any},
         }) {
        const auto found = property(resource, name);
        ASSERT_TRUE(found) << resource << ' ' << name << ": " << found.error().message;
        EXPECT_EQ(found->kind, kind) << resource << ' ' << name;
    }
}

TEST(Properties, ThatDoNotExistAreNamedWithThoseThatDo) {
    EXPECT_EQ(
        property("Pipeline", "PipelinName").error().message,
        "'PipelinName' is no property that can be searched: Pipeline has no member 'PipelinName'. Did you mean "
        "'PipelineName'? Known are: PipelineArn, PipelineName, PipelineDisplayName, PipelineDescription, RoleArn, "
        "PipelineStatus, CreationTime, LastModifiedTime, LastRunTime, CreatedBy, LastModifiedBy, "
        "ParallelismConfiguration, Tags.");
    EXPECT_THAT(property("PipelineExecution", "PipelineParameters.Key").error().message,
                HasSubstr("PipelineParameters has no member 'Key'. Known are: Name, Value."));
    EXPECT_THAT(property("PipelineExecution", "Tags.team").error().message,
                HasSubstr("PipelineExecution has no member 'Tags'"));  // the model's record has none
    EXPECT_THAT(property("Pipeline", "PipelineName.Length").error().message,
                HasSubstr("PipelineName has no part 'Length'"));
    EXPECT_THAT(property("Model", "ModelNam").error().message, HasSubstr("Did you mean 'ModelName'?"));
    EXPECT_FALSE(property("Pipeline", "pipelineName"));
    EXPECT_FALSE(property("TrainingJob", "metrics"));
    EXPECT_FALSE(property("TrainingJob", "Metrics."));
    EXPECT_THAT(property("Pipeline", "Metrics.auc").error().message, HasSubstr("no member 'Metrics'"));
    EXPECT_THAT(property("Experiment", "Nonsense").error().message, HasSubstr("Experiment has no member 'Nonsense'"));
    for (const std::string_view name : {".", "Tags.", "PipelineName.", ".PipelineName", "CreatedBy..Arn"})
        EXPECT_FALSE(property("Pipeline", name)) << name;
}

TEST(Properties, OfItemsBeginWithTheirList) {
    const Property list = property("TrainingJob", "InputDataConfig").value();
    const auto item = find_item_property(list, "InputDataConfig.DataSource.S3DataSource.S3Uri");
    ASSERT_TRUE(item);
    EXPECT_EQ(item->path.size(), 3U);
    EXPECT_THAT(find_item_property(list, "ChannelName").error().message,
                HasSubstr("'ChannelName' does not begin with 'InputDataConfig.'"));
    EXPECT_THAT(find_item_property(property("Pipeline", "CreatedBy").value(), "CreatedBy.DomainId").error().message,
                HasSubstr("'CreatedBy' is no list of structures"));
    EXPECT_TRUE(find_item_property(property("Pipeline", "Tags").value(), "Tags.Key"));
}

}  // namespace
}  // namespace pipelines::search
