// Describe documents: whole in their shape for every type and status, and with the outputs that pipelines read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "samples.hpp"
#include "shape_faults.hpp"

namespace pipelines::documents {
namespace {

using ::testing::IsEmpty;
using ::testing::MatchesRegex;

constexpr std::array kStatuses{JobStatus::InProgress, JobStatus::Completed, JobStatus::Failed, JobStatus::Stopping,
                               JobStatus::Stopped};

// The shape that a document has to fit; none for types whose document is no call's answer.
const model::Shape* shape_of(const definition::StepType& type) {
    const auto& own = type.job == JobKind::Processing ? definition::step_type_of(JobKind::Processing) : type;
    return own.properties.empty() ? nullptr : model::find_shape(own.properties);
}

TEST(JobDocument, FitsItsShapeInEveryStatus) {
    int checked = 0;
    for (const Sample& sample : samples()) {
        const definition::StepType& type = *definition::find_step_type(sample.type);
        const model::Shape* shape = shape_of(type);
        EXPECT_TRUE(shape != nullptr || type.properties.empty()) << "the model lacks " << type.properties;
        if (shape == nullptr) continue;
        for (const JobStatus status : kStatuses) {
            EXPECT_THAT(shape_faults(document_of(sample.type, status), *shape), IsEmpty()) << sample.type;
            ++checked;
        }
    }
    EXPECT_EQ(checked, 17 * static_cast<int>(kStatuses.size()));
}

TEST(JobDocument, FitsItsShapeWithoutAnyArguments) {
    for (const definition::StepType& type : definition::step_types()) {
        const model::Shape* shape = type.job ? shape_of(type) : nullptr;
        if (shape == nullptr) continue;
        const Json document = job_document(job_of(step_of(type.name), Json::object()), type, kKey);
        EXPECT_THAT(shape_faults(document, *shape), IsEmpty()) << type.name;
    }
}

TEST(JobDocument, CarriesNameArnStatusAndTimes) {
    const Job job = job_of("Training");
    const Json document = document_of("Training");
    EXPECT_EQ(document.at("TrainingJobName"), job.name);
    EXPECT_EQ(document.at("TrainingJobArn"), "arn:aws:sagemaker:eu-west-1:123456789012:training-job/" + job.name);
    EXPECT_EQ(document.at("TrainingJobStatus"), "Completed");
    EXPECT_EQ(document.at("CreationTime"), 1'700'000'000.5);
    EXPECT_EQ(document.at("TrainingEndTime"), 1'700'000'090.5);
    EXPECT_EQ(document.at("TrainingTimeInSeconds"), 90);
    EXPECT_EQ(document.at("HyperParameters").at("depth"), "5") << "a number given for text is text";
    EXPECT_FALSE(document.contains("Tags")) << "the answer has no such member";
}

TEST(JobDocument, StatusIsSaidInTheWordsOfItsType) {
    struct Case {
        std::string_view type, member;
        std::array<std::string_view, 5> words;  // in the order of kStatuses
    };
    const std::vector<Case> cases{
        {"Training", "TrainingJobStatus", {"InProgress", "Completed", "Failed", "Stopping", "Stopped"}},
        {"QualityCheck", "ProcessingJobStatus", {"InProgress", "Completed", "Failed", "Stopping", "Stopped"}},
        {"Endpoint", "EndpointStatus", {"Creating", "InService", "Failed", "Creating", "OutOfService"}},
        {"InferenceComponent", "InferenceComponentStatus", {"Creating", "InService", "Failed", "Creating", "Failed"}},
        {"RegisterModel", "ModelPackageStatus", {"InProgress", "Completed", "Failed", "InProgress", "Failed"}},
        {"HubContent", "HubContentStatus", {"Importing", "Available", "ImportFailed", "Importing", "ImportFailed"}},
        {"BedrockCustomModel", "ModelStatus", {"Creating", "Active", "Failed", "Creating", "Failed"}}};
    for (const Case& each : cases)
        for (std::size_t i = 0; i < kStatuses.size(); ++i)
            EXPECT_EQ(document_of(each.type, kStatuses.at(i)).at(each.member), each.words.at(i)) << each.type;
    EXPECT_EQ(document_of("EMR", JobStatus::Stopping).at("Status").at("State"), "CANCEL_PENDING");
    EXPECT_EQ(document_of("EMRServerless").at("jobRun").at("state"), "SUCCESS");
    EXPECT_EQ(document_of("Athena").at("Status").at("State"), "SUCCEEDED");
}

TEST(JobDocument, AFailureSaysWhyAndARunningJobHasNoEnd) {
    const Json failed = document_of("Processing", JobStatus::Failed);
    EXPECT_EQ(failed.at("FailureReason"), "ClientError: why");
    EXPECT_EQ(document_of("EMR", JobStatus::Failed).at("Status").at("FailureDetails").at("Reason"), "ClientError: why");
    const Json running = document_of("Processing", JobStatus::InProgress);
    EXPECT_FALSE(running.contains("FailureReason"));
    EXPECT_FALSE(running.contains("ProcessingEndTime"));
    EXPECT_FALSE(document_of("Tuning", JobStatus::Failed).contains("BestTrainingJob"));
}

TEST(JobDocument, ATrainingLeavesItsModelUnderItsOwnOutputPath) {
    const Job job = job_of("Training");
    EXPECT_EQ(document_of("Training").at("ModelArtifacts").at("S3ModelArtifacts"),
              "s3://b/out/" + job.name + "/output/model.tar.gz");
    Job plain = job;
    plain.arguments["OutputDataConfig"]["CompressionType"] = "NONE";
    EXPECT_EQ(
        job_document(plain, *definition::find_step_type("Training"), kKey).at("ModelArtifacts").at("S3ModelArtifacts"),
        "s3://b/out/" + job.name + "/output/model/");
    Job serverless = job;
    serverless.arguments["ModelPackageConfig"] = {
        {"ModelPackageGroupArn", "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/G"}};
    EXPECT_EQ(job_document(serverless, *definition::find_step_type("Training"), kKey).at("OutputModelPackageArn"),
              "arn:aws:sagemaker:eu-west-1:123456789012:model-package/g/1");
}

TEST(JobDocument, ATuningJobListsItsTrainingsBestFirst) {
    const Job job = job_of("Tuning");
    const Json summaries = training_job_summaries(job, kKey);
    ASSERT_EQ(summaries.size(), 3U);
    double last = 0.0;
    for (const Json& summary : summaries) {
        EXPECT_THAT(summary.at("TrainingJobName").get<std::string>(), MatchesRegex(job.name + "-00[1-3]-[0-9a-f]{8}"));
        const double value = summary.at("FinalHyperParameterTuningJobObjectiveMetric").at("Value").get<double>();
        EXPECT_GT(value, last) << "minimised: the least is the best";
        last = value;
    }
    EXPECT_EQ(summaries[0].at("TunedHyperParameters"), (Json{{"lr", "0.1"}, {"opt", "sgd"}}));
    EXPECT_EQ(document_of("Tuning").at("BestTrainingJob"), summaries[0]);
    EXPECT_EQ(document_of("Tuning").at("TrainingJobStatusCounters").at("Completed"), 3);
    EXPECT_THAT(training_job_summaries(job_of("Tuning", JobStatus::InProgress), kKey), IsEmpty());
}

TEST(JobDocument, ATuningJobOfSeveralDefinitionsNamesThem) {
    const Json arguments{
        {"HyperParameterTuningJobConfig", {{"Strategy", "Bayesian"}}},
        {"TrainingJobDefinitions",
         Json::array({{{"DefinitionName", "a"}, {"TuningObjective", {{"Type", "Maximize"}, {"MetricName", "auc"}}}},
                      {{"DefinitionName", "b"}}})}};
    const Json summaries = training_job_summaries(job_of(step_of("Tuning"), arguments), kKey);
    ASSERT_EQ(summaries.size(), 50U) << "no limit given: as many as the SDK can ask for";
    EXPECT_EQ(summaries[0].at("TrainingJobDefinitionName"), "a");
    EXPECT_EQ(summaries[0].at("FinalHyperParameterTuningJobObjectiveMetric").at("MetricName"), "auc");
    EXPECT_EQ(summaries[1].at("TrainingJobDefinitionName"), "b");
}

TEST(JobDocument, AModelPackageWaitsForApproval) {
    const Json grouped = document_of("RegisterModel");
    EXPECT_EQ(grouped.at("ModelPackageGroupName"), "Group");
    EXPECT_EQ(grouped.at("ModelPackageVersion"), 3);
    EXPECT_EQ(grouped.at("ModelApprovalStatus"), "PendingManualApproval");
    const Job alone = job_of(step_of("RegisterModel"), {{"ModelApprovalStatus", "Approved"}});
    const Json document = job_document(alone, *definition::find_step_type("RegisterModel"), kKey);
    EXPECT_EQ(document.at("ModelPackageName"), alone.name);
    EXPECT_EQ(document.at("ModelApprovalStatus"), "Approved");
    EXPECT_FALSE(document.contains("ModelPackageVersion"));
}

TEST(JobDocument, AJobAnswersInsideItsConfigDocument) {
    const auto config = parse_json(document_of("Job").at("JobConfigDocument").get<std::string>());
    ASSERT_TRUE(config);
    EXPECT_EQ(config->at("A").at("b"), 1);
    for (const char* member : {"RunId", "ExperimentId", "RunName"})
        EXPECT_TRUE(config->at("ServiceOutput").at("MlflowDetails").contains(member));
    const Job odd = job_of(step_of("Job"), {{"JobConfigDocument", "no json"}});
    EXPECT_EQ(job_document(odd, *definition::find_step_type("Job"), kKey).at("JobConfigDocument"), "no json");
}

TEST(JobDocument, TheScenariosReturnIsMergedOverIt) {
    Job job = job_of("Training");
    job.result = {{"ModelArtifacts", {{"S3ModelArtifacts", "s3://mine"}}},
                  {"OutputDataConfig", {{"KmsKeyId", "k"}}},
                  {"SecondaryStatusTransitions", Json::array()},
                  {"StoppingCondition", nullptr}};
    const Json document = job_document(job, *definition::find_step_type("Training"), kKey);
    EXPECT_EQ(document.at("ModelArtifacts").at("S3ModelArtifacts"), "s3://mine");
    EXPECT_EQ(document.at("OutputDataConfig"), (Json{{"S3OutputPath", "s3://b/out/"}, {"KmsKeyId", "k"}}));
    EXPECT_THAT(document.at("SecondaryStatusTransitions"), IsEmpty());
    EXPECT_FALSE(document.contains("StoppingCondition"));
}

TEST(JobDocument, IsTheSameOnEveryRead) {
    for (const Sample& sample : samples()) EXPECT_EQ(document_of(sample.type), document_of(sample.type)) << sample.type;
}

TEST(JobDocument, AModelPackageGroupHasOneToo) {
    Job group;
    group.kind = JobKind::ModelPackageGroup;
    group.name = "Group";
    const Json document = job_document(group, *definition::find_step_type("RegisterModel"), kKey);
    EXPECT_EQ(document.at("ModelPackageGroupArn"),
              "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/group");
    EXPECT_EQ(document.at("ModelPackageGroupStatus"), "Completed");
}

}  // namespace
}  // namespace pipelines::documents
