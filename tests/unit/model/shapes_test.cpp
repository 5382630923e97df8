// The tables are generated; these tests hold them to what the API's reference says, and the look-ups to their promises.
#include "pipelines/model/shapes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "model/tables.hpp"

namespace pipelines::model {
namespace {

using testing::ElementsAre;

std::vector<std::string_view> names_of_members(const Shape& shape) {
    std::vector<std::string_view> names;
    for (const Member& member : shape.members) names.push_back(member.name);
    return names;
}

std::vector<std::span<const Shape>> all_tables() {
    return {tables::sagemaker_shapes, tables::athena_shapes, tables::bedrock_shapes, tables::emr_shapes,
            tables::emr_serverless_shapes};
}

// Binary search needs the order; a shape that cannot be found by its own name would be lost without a sign.
TEST(Shapes, EveryShapeIsFoundByItsName) {
    std::size_t count = 0;
    for (const auto table : all_tables())
        for (const Shape& shape : table) {
            EXPECT_EQ(find_shape(shape.name), &shape) << shape.name;
            ++count;
        }
    EXPECT_GT(count, 1500U);
}

// The walks follow these pointers without asking.
TEST(Shapes, AreWhole) {
    for (const auto table : all_tables())
        for (const Shape& shape : table) {
            EXPECT_EQ(shape.type == Type::List || shape.type == Type::Map, shape.element != nullptr) << shape.name;
            EXPECT_EQ(shape.type == Type::Map, shape.key != nullptr) << shape.name;
            for (const Member& member : shape.members)
                EXPECT_NE(member.shape, nullptr) << shape.name << '.' << member.name;
        }
}

TEST(Shapes, UnknownNamesAreNull) {
    for (const std::string_view name : {"", "createPipelineRequest", "CreatePipelineRequestX", "emr.", "emr.Nothing",
                                        "s3.Bucket", ".", "emr", "Step.emr"})
        EXPECT_EQ(find_shape(name), nullptr) << name;
}

// The members that the design names, in the model's order.
TEST(Shapes, CreatePipelineIsAsPublished) {
    const Operation* operation = find_operation("CreatePipeline");
    ASSERT_NE(operation, nullptr);
    EXPECT_EQ(operation->input->name, "CreatePipelineRequest");
    EXPECT_EQ(operation->output->name, "CreatePipelineResponse");
    EXPECT_THAT(names_of_members(*operation->input),
                ElementsAre("PipelineName", "PipelineDisplayName", "PipelineDefinition", "PipelineDefinitionS3Location",
                            "PipelineDescription", "ClientRequestToken", "RoleArn", "Tags", "ParallelismConfiguration",
                            "PipelineVersionAliases"));
    EXPECT_THAT(names_of_members(*operation->output), ElementsAre("PipelineArn"));
}

struct PublishedLimit {
    std::string_view operation, member;
    bool required;
    Type type;
    std::optional<double> min, max;
    std::string_view pattern;
};

// Written down from the API reference, not from the tables.
constexpr PublishedLimit kPublishedLimits[] = {
    {"CreatePipeline", "PipelineName", true, Type::String, 1, 256, "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}"},
    {"CreatePipeline", "PipelineDefinition", false, Type::String, 1, 1048576, R"(.*(?:[ \r\n\t].*)*)"},
    {"CreatePipeline", "PipelineDescription", false, Type::String, 0, 3072, ".*"},
    {"CreatePipeline", "ClientRequestToken", true, Type::String, 32, 128, ""},
    {"CreatePipeline", "RoleArn", true, Type::String, 20, 2048,
     R"(arn:aws[a-z\-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+)"},
    {"CreatePipeline", "Tags", false, Type::List, 0, 50, ""},
    {"CreatePipeline", "PipelineVersionAliases", false, Type::List, 0, 10, ""},
    {"StartPipelineExecution", "PipelineParameters", false, Type::List, 0, 200, ""},
    {"StartPipelineExecution", "PipelineVersionId", false, Type::Long, 1, std::nullopt, ""},
    {"ListPipelines", "MaxResults", false, Type::Integer, 1, 100, ""},
    {"ListPipelines", "CreatedAfter", false, Type::Timestamp, std::nullopt, std::nullopt, ""},
    {"ListTags", "MaxResults", false, Type::Integer, 50, std::nullopt, ""},
    {"SendPipelineExecutionStepSuccess", "CallbackToken", true, Type::String, 10, 10, "[a-zA-Z0-9]+"},
    {"DeleteTags", "TagKeys", true, Type::List, 1, 50, ""},
};

TEST(Shapes, LimitsAreThePublishedOnes) {
    for (const PublishedLimit& expected : kPublishedLimits) {
        SCOPED_TRACE(std::string{expected.operation} + "." + std::string{expected.member});
        const Operation* operation = find_operation(expected.operation);
        ASSERT_NE(operation, nullptr);
        const Member* member = find_member(*operation->input, expected.member);
        ASSERT_NE(member, nullptr);
        EXPECT_EQ(member->required, expected.required);
        EXPECT_EQ(member->shape->type, expected.type);
        EXPECT_EQ(member->shape->min, expected.min);
        EXPECT_EQ(member->shape->max, expected.max);
        EXPECT_EQ(member->shape->pattern, expected.pattern);
    }
}

// The newest members (2026-10 and -11) prove that the pinned release was read.
TEST(Shapes, NewestMembersAreThere) {
    const Shape* step = find_shape("PipelineExecutionStep");
    ASSERT_NE(step, nullptr);
    EXPECT_NE(find_member(*step, "IterationContext"), nullptr);
    EXPECT_NE(find_member(*find_operation("ListPipelines")->input, "ManagedBy"), nullptr);
    const Shape* status = find_shape("PipelineExecutionStatus");
    ASSERT_NE(status, nullptr);
    EXPECT_TRUE(std::ranges::count(status->values, "CompletedWithFailures"));
}

TEST(Shapes, MembersAreFoundByExactName) {
    const Shape& input = *find_operation("CreatePipeline")->input;
    EXPECT_EQ(find_member(input, "pipelineName"), nullptr);
    EXPECT_EQ(find_member(input, ""), nullptr);
    EXPECT_EQ(find_member(*find_shape("PipelineName"), "PipelineName"), nullptr);
}

// Search's expressions nest: a table that could not refer to itself would have to cut them off.
TEST(Shapes, RecursiveShapesReferToThemselves) {
    const Shape* expression = find_shape("SearchExpression");
    ASSERT_NE(expression, nullptr);
    EXPECT_EQ(find_member(*expression, "SubExpressions")->shape->element, expression);
    const Shape* configuration = find_shape("emr.Configuration");
    ASSERT_NE(configuration, nullptr);
    EXPECT_EQ(find_member(*configuration, "Configurations")->shape->element, configuration);
}

// The wire names of these services begin with a small letter.
TEST(Shapes, OtherServicesKeepTheirWireNames) {
    EXPECT_NE(find_member(*find_shape("emr-serverless.GetJobRunResponse"), "jobRun"), nullptr);
    EXPECT_NE(find_member(*find_shape("emr-serverless.StartJobRunRequest"), "executionRoleArn"), nullptr);
    EXPECT_NE(find_member(*find_shape("athena.StartQueryExecutionInput"), "QueryString"), nullptr);
    EXPECT_NE(find_member(*find_shape("emr.StepConfig"), "HadoopJarStep"), nullptr);
    EXPECT_NE(find_member(*find_shape("bedrock.GetModelImportJobResponse"), "importedModelArn"), nullptr);
}

TEST(Operations, CarriedOnesHaveTheirShapes) {
    for (const Operation& operation : tables::sagemaker_operations) {
        EXPECT_EQ(find_operation(operation.name), &operation);
        ASSERT_NE(operation.input, nullptr) << operation.name;
        EXPECT_EQ(operation.input->type, Type::Structure) << operation.name;
        EXPECT_TRUE(is_sagemaker_operation(operation.name)) << operation.name;
    }
    EXPECT_EQ(find_operation("AddTags")->input->name, "AddTagsInput");
    EXPECT_EQ(find_operation("CreateEndpoint")->output->name, "CreateEndpointOutput");
    EXPECT_EQ(find_operation("CreateCluster"), nullptr);  // real, but not carried
    EXPECT_EQ(find_operation(""), nullptr);
}

// An unknown operation is answered by whether it exists in SageMaker.
TEST(Operations, AllRealNamesAreKnown) {
    EXPECT_EQ(tables::operation_names.size(), 425U);
    for (const std::string_view name :
         {"CreatePipeline", "CreateCluster", "AddAssociation", "UpdateWorkteam", "Search"})
        EXPECT_TRUE(is_sagemaker_operation(name)) << name;
    for (const std::string_view name : {"", "createPipeline", "CreatePipelines", "PutObject", "ZZZ"})
        EXPECT_FALSE(is_sagemaker_operation(name)) << name;
}

}  // namespace
}  // namespace pipelines::model
