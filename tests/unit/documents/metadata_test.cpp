// Step metadata: in the API's shape for every type, with the exact values recorded of the real service.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "samples.hpp"
#include "shape_faults.hpp"

namespace pipelines::documents {
namespace {

using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

Json metadata_of(std::string_view type, const Json& outputs = nullptr) {
    const Job job = job_of(type);
    StepRow row;
    row.content.outputs = outputs;
    return metadata(step_of(type), row, &job, kKey);
}

TEST(Metadata, FitsTheShapeOfTheApiForEveryType) {
    const model::Shape* shape = model::find_shape("PipelineExecutionStepMetadata");
    ASSERT_NE(shape, nullptr);
    for (const Sample& sample : samples()) {
        const Json document = metadata_of(sample.type);
        EXPECT_EQ(document.size(), 1U) << sample.type;
        EXPECT_THAT(shape_faults(document, *shape), IsEmpty()) << sample.type;
    }
}

// Who lists steps spares itself the documents of most jobs.
TEST(Metadata, IsTheSameWithoutDocumentsWhereItReadsNone) {
    std::size_t spared = 0;
    for (const Sample& sample : samples()) {
        const definition::Step step = step_of(sample.type);
        if (metadata_reads_documents(*step.type)) continue;
        Job job = job_of(sample.type);
        const Json whole = metadata(step, StepRow{}, &job, kKey);
        job.arguments = job.result = nullptr;
        EXPECT_EQ(metadata(step, StepRow{}, &job, kKey), whole) << sample.type;
        ++spared;
    }
    EXPECT_GT(spared, samples().size() / 3);
}

TEST(Metadata, IsEmptyBeforeThereIsAJobAndForStepsWithoutAny) {
    for (const definition::StepType& type : definition::step_types())
        EXPECT_EQ(metadata(step_of(type.name), StepRow{}, nullptr, kKey), Json::object()) << type.name;
}

TEST(Metadata, OfConditionAndFailIsWhatTheRowHolds) {
    StepRow row;
    row.content.outputs = {{"Outcome", "True"}};
    EXPECT_EQ(metadata(step_of("Condition"), row, nullptr, kKey), (Json{{"Condition", {{"Outcome", "True"}}}}));
    row.content.outputs = {{"ErrorMessage", ""}};
    EXPECT_EQ(metadata(step_of("Fail"), row, nullptr, kKey), (Json{{"Fail", {{"ErrorMessage", ""}}}}));
}

TEST(Metadata, OfJobsIsTheirArn) {
    EXPECT_EQ(metadata_of("Training"),
              (Json{{"TrainingJob", {{"Arn", document_of("Training").at("TrainingJobArn")}}}}));
    EXPECT_EQ(metadata_of("Tuning"),
              (Json{{"TuningJob", {{"Arn", document_of("Tuning").at("HyperParameterTuningJobArn")}}}}));
    EXPECT_THAT(metadata_of("RegisterModel").at("RegisterModel").at("Arn").get<std::string>(),
                EndsWith(":model-package/group/3"));
}

TEST(Metadata, OfCallbackAndLambdaListsOutputsAsText) {
    const Json outputs{{"count", 3}, {"ok", true}, {"score", 1.0}, {"text", "a"}};
    const Json list = Json::array({{{"Name", "count"}, {"Value", "3"}},
                                   {{"Name", "ok"}, {"Value", "true"}},
                                   {{"Name", "score"}, {"Value", "1.0"}},
                                   {{"Name", "text"}, {"Value", "a"}}});
    const Json callback = metadata_of("Callback", outputs).at("Callback");
    EXPECT_EQ(callback.at("CallbackToken"), job_of("Callback").name);
    EXPECT_EQ(callback.at("SqsQueueUrl"), "https://sqs.eu-west-1.amazonaws.com/123456789012/q");
    EXPECT_EQ(callback.at("OutputParameters"), list);
    EXPECT_FALSE(metadata_of("Callback").at("Callback").contains("OutputParameters")) << "not answered yet";
    EXPECT_EQ(
        metadata_of("Lambda", outputs),
        (Json{{"Lambda", {{"Arn", "arn:aws:lambda:eu-west-1:123456789012:function:f"}, {"OutputParameters", list}}}}));
}

TEST(Metadata, OfAChecksNamesItsJob) {
    const Json shown =
        metadata_of("QualityCheck", {{"CheckType", "DATA_QUALITY"}, {"SkipCheck", false}}).at("QualityCheck");
    EXPECT_THAT(shown.at("CheckJobArn").get<std::string>(), MatchesRegex(".*:processing-job/pipelines-.*"));
    EXPECT_EQ(shown.at("SkipCheck"), false);
    StepRow row;
    row.content.outputs = {{"SkipCheck", true}};
    EXPECT_EQ(metadata(step_of("ClarifyCheck"), row, nullptr, kKey), (Json{{"ClarifyCheck", {{"SkipCheck", true}}}}))
        << "skipped: no job";
}

TEST(Metadata, OfLineageKeepsTheNames) {
    const Json shown = metadata_of("Lineage").at("Lineage");
    EXPECT_THAT(shown.at("ActionArns").at("deploy").get<std::string>(), EndsWith(":action/deploy"));
    EXPECT_THAT(shown.at("ArtifactArns").at("model").get<std::string>(), MatchesRegex(".*:artifact/[0-9a-f]{32}"));
    ASSERT_EQ(shown.at("Associations").size(), 1U) << "an end that the step did not make associates nothing";
    EXPECT_EQ(shown.at("Associations")[0], (Json{{"SourceArn", shown.at("ArtifactArns").at("model")},
                                                 {"DestinationArn", shown.at("ActionArns").at("deploy")}}));
}

TEST(Metadata, OfForeignServicesNamesTheirIds) {
    const Json emr = metadata_of("EMR").at("EMR");
    EXPECT_EQ(emr.at("ClusterId"), "j-ABC");
    EXPECT_EQ(emr.at("StepName"), "sort");
    EXPECT_THAT(emr.at("StepId").get<std::string>(), MatchesRegex("s-[0-9A-Z]{13}"));
    const Json serverless = metadata_of("EMRServerless").at("EMRServerless");
    EXPECT_EQ(serverless.at("ApplicationId"), "app123");
    EXPECT_THAT(serverless.at("LogFilePath").get<std::string>(),
                MatchesRegex("s3://b/logs/applications/app123/jobs/[0-9a-z]+"));
    EXPECT_THAT(metadata_of("Athena").at("Athena").at("S3OutputLocation").get<std::string>(),
                MatchesRegex("s3://b/athena/[0-9a-f-]{36}.csv"));
    EXPECT_EQ(metadata_of("HubContent").at("HubContent").at("HubArn"),
              "arn:aws:sagemaker:eu-west-1:123456789012:hub/hub");
}

// Counts while it runs, a Status only when it is over (the model has no value for before).
TEST(Metadata, OfAForEachCountsItsSteps) {
    StepRow row;
    row.state.status = StepStatus::Executing;
    row.content.outputs = {{"Items", Json::array({"a", "b"})}};
    EXPECT_EQ(metadata(step_of("ForEach"), row, nullptr, kKey), Json::object());
    row.content.outputs.update(for_each_counts(2, {.total = 4, .succeeded = 2, .failed = 1, .stopped = 1}));
    Json counts{{"InputItemCount", 2},
                {"TotalStepCount", 4},
                {"SucceededStepCount", 2},
                {"FailedStepCount", 1},
                {"StoppedStepCount", 1}};
    EXPECT_EQ(metadata(step_of("ForEach"), row, nullptr, kKey), (Json{{"ForEach", counts}}));
    row.state.status = StepStatus::Failed;
    counts["Status"] = "Failed";
    EXPECT_EQ(metadata(step_of("ForEach"), row, nullptr, kKey), (Json{{"ForEach", counts}}));
    row.content.outputs["Selector"] = counts["Selector"] = {{"StepName", "T"}, {"Index", 1}};
    const Json document = metadata(step_of("ForEach"), row, nullptr, kKey);
    EXPECT_EQ(document, (Json{{"ForEach", counts}}));
    EXPECT_THAT(shape_faults(document, *model::find_shape("PipelineExecutionStepMetadata")), IsEmpty());
    EXPECT_EQ(properties(step_of("ForEach"), row, nullptr, kKey), counts);
}

}  // namespace
}  // namespace pipelines::documents
