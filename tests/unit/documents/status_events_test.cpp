// Status changes in the form of EventBridge: the members of the guide's own examples, and what was not known yet.
#include "pipelines/documents/status_events.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.hpp"

namespace pipelines::documents {
namespace {

using ::testing::IsSupersetOf;

constexpr Time kAt = from_millis(1'615'824'611'999);  // 2021-03-15T16:10:11.999Z

Execution execution() {
    Execution row;
    row.public_id = "p4jn9xou8a8s";
    row.created = from_millis(1'615'824'193'000);
    return row;
}

std::vector<std::string> members(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    return names;
}

struct StepCase {
    std::string_view type;
    StepStatus to = StepStatus::Succeeded;
    Json outputs = nullptr;
    std::string failure = {};
    std::optional<std::string> cache = {};
};

Json detail_of(const StepCase& given) {
    const definition::Step step = step_of(given.type);
    const auto job = step.type->job ? std::optional{job_of(given.type)} : std::nullopt;
    StepRow row;
    row.state.started = from_millis(1'615'824'194'000);
    row.content.name = step.name;
    row.content.outputs = given.outputs;
    row.content.failure = given.failure;
    const Execution whole = execution();
    return step_event("id", kAt, {kKey, "myPipeline", whole}, {0, 1, StepStatus::Executing, given.to}, step, row,
                      job ? &*job : nullptr, given.cache)
        .at("detail");
}

TEST(StatusEvents, OfAnExecutionAreTheGuidesExample) {
    Execution row = execution();
    row.display_name = "SomeDisplayName";
    row.description = "SomeDescription";
    EXPECT_EQ(execution_event("315c1398", kAt, {kKey, "myPipeline", row},
                              {ExecutionStatus::Executing, ExecutionStatus::Succeeded}),
              *parse_json(R"({
        "version": "0", "id": "315c1398", "source": "aws.sagemaker", "account": "123456789012", "region": "eu-west-1",
        "detail-type": "SageMaker Model Building Pipeline Execution Status Change", "time": "2021-03-15T16:10:11Z",
        "resources": ["arn:aws:sagemaker:eu-west-1:123456789012:pipeline/myPipeline",
                      "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/myPipeline/execution/p4jn9xou8a8s"],
        "detail": {"pipelineExecutionDisplayName": "SomeDisplayName", "currentPipelineExecutionStatus": "Succeeded",
                   "previousPipelineExecutionStatus": "Executing", "executionStartTime": "2021-03-15T16:03:13Z",
                   "executionEndTime": "2021-03-15T16:10:11Z", "pipelineExecutionDescription": "SomeDescription",
                   "pipelineArn": "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/myPipeline",
                   "pipelineExecutionArn": "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/myPipeline/execution/p4jn9xou8a8s"}})"));
}

// A beginning has no status before it and no end yet.
TEST(StatusEvents, OfABeginningLeaveOutWhatThereIsNot) {
    const Execution row = execution();
    const Json event = execution_event("id", kAt, {kKey, "myPipeline", row}, {});
    EXPECT_THAT(members(event.at("detail")),
                testing::ElementsAre("currentPipelineExecutionStatus", "executionStartTime", "pipelineArn",
                                     "pipelineExecutionArn"));
}

TEST(StatusEvents, OfAStepAreTheGuidesExample) {
    EXPECT_EQ(detail_of({"Processing"}),
              (Json{{"metadata", {{"processingJob", {{"arn", document_of("Processing").at("ProcessingJobArn")}}}}},
                    {"stepStartTime", "2021-03-15T16:03:14Z"},
                    {"stepEndTime", "2021-03-15T16:10:11Z"},
                    {"stepName", "My-Step"},
                    {"stepType", "Processing"},
                    {"previousStepStatus", "Executing"},
                    {"currentStepStatus", "Succeeded"},
                    {"pipelineArn", "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/myPipeline"},
                    {"pipelineExecutionArn",
                     "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/myPipeline/execution/p4jn9xou8a8s"}}));
}

TEST(StatusEvents, SayWhyAStepFailedAndWhoseResultItTook) {
    EXPECT_EQ(detail_of({"Training", StepStatus::Failed, nullptr, "ClientError: no"}).at("failureReason"),
              "ClientError: no");
    EXPECT_EQ(detail_of({"Training", StepStatus::Succeeded, nullptr, {}, "arn"}).at("cacheHitResult"),
              (Json{{"sourcePipelineExecutionArn", "arn"}}));
    for (const StepStatus status : {StepStatus::Starting, StepStatus::Executing, StepStatus::Stopping}) {
        const Json open = detail_of({"Training", status, nullptr, "ClientError: no", "arn"});
        EXPECT_THAT(members(open),
                    testing::Not(testing::Contains(testing::AnyOf("failureReason", "stepEndTime", "cacheHitResult"))));
    }
}

// Structures change their members, maps keep the user's keys, and what a step left shows only once it is over.
TEST(StatusEvents, HaveMetadataInCamelCase) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"AutoML", "autoMLJob"},
        {"EMR", "emr"},
        {"EMRServerless", "emrServerless"},
        {"RegisterModel", "registerModel"},
        {"Lambda", "lambda"},
        {"Lineage", "lineage"},
    };
    for (const auto& [type, member] : cases)
        EXPECT_THAT(members(detail_of({type, StepStatus::Succeeded}).at("metadata")), testing::ElementsAre(member));
    EXPECT_EQ(detail_of({"Condition", StepStatus::Succeeded, {{"Outcome", "True"}}}).at("metadata"),
              (Json{{"condition", {{"outcome", "True"}}}}));
    EXPECT_EQ(detail_of({"Condition", StepStatus::Executing, {{"Outcome", "True"}}}).at("metadata"), Json::object());
    EXPECT_EQ(
        detail_of({"Callback", StepStatus::Succeeded, {{"N", 1}}}).at("metadata").at("callback").at("outputParameters"),
        (Json::array({{{"name", "N"}, {"value", "1"}}})));
    const Json lineage = detail_of({"Lineage"}).at("metadata").at("lineage");
    EXPECT_THAT(members(lineage), IsSupersetOf({"actionArns", "artifactArns"}));
    EXPECT_THAT(members(lineage.at("actionArns")), testing::ElementsAre("deploy"));
}

}  // namespace
}  // namespace pipelines::documents
