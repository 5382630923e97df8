// What DescribeEndpoint shows of its configuration, member by member: the API model has no such document, it is made of
// the endpoint and the configuration it was made with.
#include "pipelines/documents/endpoints.hpp"

#include <gtest/gtest.h>

#include "samples.hpp"

namespace pipelines::documents {
namespace {

Json document(std::string_view config, JobStatus status = JobStatus::Completed, Json result = nullptr) {
    Job endpoint = job_of("Endpoint", status);
    endpoint.result = std::move(result);
    Job configured = job_of("EndpointConfig");
    configured.arguments = *parse_json(config);
    return endpoint_document(endpoint, configured, kKey);
}

constexpr std::string_view kVariants =
    R"({"ProductionVariants": [{"VariantName": "A", "ModelName": "m", "InstanceType": "ml.m5.large", "InitialInstanceCount": 2},
                               {"VariantName": "B", "InitialVariantWeight": 0.25, "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5}}]})";

TEST(Endpoints, ShowTheVariantsOfTheirConfiguration) {
    EXPECT_EQ(document(kVariants)["ProductionVariants"], *parse_json(R"([
        {"VariantName": "A", "CurrentWeight": 1.0, "DesiredWeight": 1.0, "CurrentInstanceCount": 2, "DesiredInstanceCount": 2},
        {"VariantName": "B", "CurrentWeight": 0.25, "DesiredWeight": 0.25,
         "CurrentServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5},
         "DesiredServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5}}])"));
}

// A parameter may put any text where a number belongs: a "nan" would be answered as null, which the shape has not.
TEST(Endpoints, ShowNoNumberThatIsNone) {
    const auto variant = [](std::string_view weight) {
        return document(R"({"ProductionVariants": [{"VariantName": "A", "InitialVariantWeight": ")" +
                        std::string(weight) + R"("}]})")["ProductionVariants"][0];
    };
    EXPECT_EQ(variant("0.5").at("CurrentWeight"), 0.5);
    for (const std::string_view weight : {"nan", "inf", "heavy"})
        EXPECT_FALSE(variant(weight).contains("CurrentWeight")) << weight;
}

TEST(Endpoints, ShowWhetherTheyCapture) {
    const auto capture = [](const std::string& config) {
        return document(R"({"DataCaptureConfig": )" + config + "}")["DataCaptureConfig"];
    };
    const Json on = capture(R"({"EnableCapture": true, "InitialSamplingPercentage": 30, "DestinationS3Uri": "s3://b/c",
                                "KmsKeyId": "k", "CaptureOptions": [{"CaptureMode": "Input"}]})");
    EXPECT_EQ(on, *parse_json(R"({"EnableCapture": true, "CaptureStatus": "Started", "CurrentSamplingPercentage": 30,
                                  "DestinationS3Uri": "s3://b/c", "KmsKeyId": "k"})"));
    EXPECT_EQ(capture(R"({"EnableCapture": false})")["CaptureStatus"], "Stopped");
}

TEST(Endpoints, ShowNothingOfItBeforeTheyAreThere) {
    const Json creating = document(kVariants, JobStatus::InProgress);
    EXPECT_FALSE(creating.contains("ProductionVariants"));
    EXPECT_EQ(creating["EndpointStatus"], "Creating");
}

TEST(Endpoints, AScriptedResultWins) {
    const Json scripted = *parse_json(R"([{"VariantName": "scripted"}])");
    EXPECT_EQ(document(kVariants, JobStatus::Completed, {{"ProductionVariants", scripted}})["ProductionVariants"],
              scripted);
}

}  // namespace
}  // namespace pipelines::documents
