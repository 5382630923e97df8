// What Describe and List answer beside the document of a step's job: by kind alone, in lists, of jobs without rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "pipelines/domain/job_name.hpp"
#include "samples.hpp"
#include "shape_faults.hpp"

namespace pipelines::documents {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

// Every list of jobs of the model, and the kind it lists.
struct Listed {
    std::string_view type;
    std::string_view summary;
};
constexpr std::array<Listed, 11> kListed{{{"Training", "TrainingJobSummary"},
                                          {"Processing", "ProcessingJobSummary"},
                                          {"Transform", "TransformJobSummary"},
                                          {"Tuning", "HyperParameterTuningJobSummary"},
                                          {"AutoML", "AutoMLJobSummary"},
                                          {"Model", "ModelSummary"},
                                          {"RegisterModel", "ModelPackageSummary"},
                                          {"EndpointConfig", "EndpointConfigSummary"},
                                          {"Endpoint", "EndpointSummary"},
                                          {"InferenceComponent", "InferenceComponentSummary"},
                                          {"Job", "JobSummary"}}};

TEST(JobSummary, FitsItsShapeInEveryStatus) {
    for (const auto& [type, shape_name] : kListed) {
        const model::Shape& shape = *model::find_shape(shape_name);
        for (const auto status : {JobStatus::InProgress, JobStatus::Completed, JobStatus::Failed, JobStatus::Stopping,
                                  JobStatus::Stopped}) {
            Job job = job_of(type);
            job.status = status;
            const Json summary = job_summary(job, job_document(job, kKey), shape);
            EXPECT_THAT(shape_faults(summary, shape), IsEmpty()) << type;
        }
    }
}

TEST(JobSummary, TakesMembersFromWhereTheDocumentHasThem) {
    const Job tuning = job_of("Tuning");
    const Json summary =
        job_summary(tuning, job_document(tuning, kKey), *model::find_shape("HyperParameterTuningJobSummary"));
    EXPECT_EQ(summary.at("Strategy"), "Bayesian");
    EXPECT_EQ(summary.at("ResourceLimits").at("MaxNumberOfTrainingJobs"), 3);
    const Job job = job_of("Job");
    const Json shown = job_summary(job, job_document(job, kKey), *model::find_shape("JobSummary"));
    EXPECT_EQ(shown.at("JobSecondaryStatus"), "Completed");
}

TEST(JobDocument, ByKindAloneHasOnlyWhatTheApiHas) {
    Job tuning = job_of("Tuning");
    tuning.result = {{"TrainingJobSummaries", Json::array()}, {"FailureReason", "scripted"}};
    const Json document = job_document(tuning, kKey);
    EXPECT_FALSE(document.contains("TrainingJobSummaries")) << "only a step's properties have it";
    EXPECT_EQ(document.at("FailureReason"), "scripted");
}

TEST(JobDocument, OfAGroup) {
    Job group;
    group.kind = JobKind::ModelPackageGroup;
    group.name = "Group";
    const Json document = job_document(group, kKey);
    EXPECT_THAT(shape_faults(document, *model::find_shape("DescribeModelPackageGroupOutput")), IsEmpty());
    EXPECT_EQ(document.at("ModelPackageGroupName"), "Group");
}

TEST(JobDocument, OfAutoMLInTheFormOfItsSecondVersion) {
    const Json document = automl_document_v2(job_of("AutoML"), kKey);
    EXPECT_THAT(shape_faults(document, *model::find_shape("DescribeAutoMLJobV2Response")), IsEmpty());
    EXPECT_EQ(document.at("AutoMLProblemTypeConfig").at("TabularJobConfig").at("TargetAttributeName"), "y");
    EXPECT_FALSE(document.at("AutoMLJobInputDataConfig").at(0).contains("TargetAttributeName"));
}

TEST(StatusTexts, AreThoseOfTheKind) {
    EXPECT_THAT(status_texts(JobKind::Training),
                ElementsAre("InProgress", "Completed", "Failed", "Stopping", "Stopped"));
    EXPECT_THAT(status_texts(JobKind::Endpoint),
                ElementsAre("Creating", "InService", "Failed", "Creating", "OutOfService"));
    EXPECT_THAT(status_texts(JobKind::Model), testing::Each(""));
}

TEST(Exists, AsksOnlyWhatHasNoStatusOfItsOwn) {
    Job job = job_of("Model");
    EXPECT_TRUE(exists(job));
    job.status = JobStatus::Failed;
    EXPECT_FALSE(exists(job));
    job = job_of("Training");
    job.status = JobStatus::Failed;
    EXPECT_TRUE(exists(job));
}

TEST(ExecutionIds, AreThePartsThatLookLikeOne) {
    EXPECT_THAT(execution_ids_in("pipelines-d84ewltjmxhe-Train-AbCdEfGhIj"), ElementsAre("d84ewltjmxhe"));
    EXPECT_THAT(execution_ids_in("my-prefix-D84EWLTJMXHE-abcdefghij"), ElementsAre("d84ewltjmxhe"));
    EXPECT_THAT(execution_ids_in("twelveletter-d84ewltjmxhe"), ElementsAre("twelveletter", "d84ewltjmxhe"));
    EXPECT_THAT(execution_ids_in("d84ewltjmxhe-d84ewltjmxhe"), ElementsAre("d84ewltjmxhe"));
    EXPECT_THAT(execution_ids_in(""), IsEmpty());
    EXPECT_THAT(execution_ids_in("short-name"), IsEmpty());
    for (const Sample& sample : samples()) {
        if (sample.type == "Callback") continue;  // found by its token
        EXPECT_THAT(execution_ids_in(job_of(sample.type).name), Contains(std::string{kExecution})) << sample.type;
    }
}

TEST(TuningTrainings, AreTrainingJobsLikeAnyOther) {
    Job tuning = job_of("Tuning");
    tuning.arguments["Tags"] = {{{"Key", "team"}, {"Value", "ml"}}};
    const Json summaries = training_job_summaries(tuning, kKey);
    const auto trainings = tuning_trainings(tuning, kKey);
    ASSERT_EQ(trainings.size(), summaries.size());
    for (std::size_t i = 0; i < trainings.size(); ++i) {
        const Job& training = trainings[i];
        EXPECT_EQ(training.attempt, 0U) << "it would be taken for the step's own job";
        EXPECT_THAT(execution_ids_in(training.name), Contains(std::string{kExecution})) << "it is found by its name";
        const Json document = job_document(training, kKey);
        EXPECT_THAT(shape_faults(document, *model::find_shape("DescribeTrainingJobResponse")), IsEmpty());
        EXPECT_EQ(document.at("TrainingJobName"), summaries[i].at("TrainingJobName"));
        EXPECT_EQ(document.at("TrainingJobArn"), summaries[i].at("TrainingJobArn"));
        EXPECT_EQ(document.at("HyperParameters"), summaries[i].at("TunedHyperParameters"));
        EXPECT_EQ(training.arguments.at("Tags"), tuning.arguments.at("Tags"));
    }
}

// An expression in place of a definition may stand for anything, and a scenario may script any number.
TEST(TuningTrainings, AreMadeOfWhateverIsThere) {
    for (const char* member : {"TrainingJobDefinition", "TrainingJobDefinitions"}) {
        Job tuning = job_of("Tuning");
        tuning.arguments[member] =
            member == std::string_view{"TrainingJobDefinition"} ? Json("text") : Json::array({7});
        const std::vector<Job> trainings = tuning_trainings(tuning, kKey);
        ASSERT_EQ(trainings.size(), 3U) << member;
        EXPECT_TRUE(trainings[0].arguments.contains("HyperParameters"));
    }
    Job tuning = job_of("Tuning");
    Json summaries = Json::array();
    for (int i = 0; i < 1001; ++i) summaries.push_back(i % 2 == 0 ? Json::object() : Json("text"));
    tuning.result = {{"TrainingJobSummaries", summaries}};
    EXPECT_THAT(tuning_trainings(tuning, kKey).back().name, StartsWith(tuning.name + "-1001-"));
}

TEST(TuningTrainings, AreNotThereBeforeTheTuningEnded) {
    Job tuning = job_of("Tuning");
    tuning.status = JobStatus::InProgress;
    EXPECT_THAT(tuning_trainings(tuning, kKey), IsEmpty());
}

}  // namespace
}  // namespace pipelines::documents
