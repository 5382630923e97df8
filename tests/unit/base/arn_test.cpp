#include "pipelines/base/arn.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string_view>
#include <utility>

namespace pipelines {
namespace {

const NamespaceKey kKey{"123456789012", "eu-central-1"};

TEST(Arn, TakesApartAnyPartitionAndResource) {
    const auto arn = parse_arn("arn:aws-us-gov:iam:us-gov-west-1:123456789012:role/a:b/c");
    ASSERT_TRUE(arn);
    EXPECT_EQ(arn->service, "iam");
    EXPECT_EQ(arn->region, "us-gov-west-1");
    EXPECT_EQ(arn->account, "123456789012");
    EXPECT_EQ(arn->resource, "role/a:b/c");
    EXPECT_EQ(parse_arn("arn:aws:s3:::bucket/key")->resource, "bucket/key");
}

TEST(Arn, RefusesWhatIsNone) {
    for (const std::string_view text :
         {"", "arn", "pipeline", "arn:aws:sagemaker:r:1", "arn:aws:sagemaker:r:1:", "arn:gcp:sagemaker:r:1:x",
          "arn:awS:sagemaker:r:1:x", "urn:aws:sagemaker:r:1:x", "arn:aws::r:1:x", " arn:aws:sagemaker:r:1:x"})
        EXPECT_FALSE(parse_arn(text)) << text;
}

TEST(Arn, KnowsAccountsAndRegions) {
    for (const std::string_view text : {"123456789012", "000000000000"}) EXPECT_TRUE(is_account(text)) << text;
    for (const std::string_view text :
         {"", "12345678901", "1234567890123", "12345678901x", "-12345678901", " 23456789012"})
        EXPECT_FALSE(is_account(text)) << text;
    for (const std::string& text : {std::string("us-east-1"), std::string("local"), std::string(32, 'a')})
        EXPECT_TRUE(is_region(text)) << text;
    for (const std::string_view text : {"", "US-EAST-1", "us_east_1", "us east 1", "1us", "-us", "us/east", "\xc3\xbc"})
        EXPECT_FALSE(is_region(text)) << text;
    EXPECT_FALSE(is_region(std::string(33, 'a')));
}

// What we give out must be what we take back: SDKs pass the ARNs of answers on.
TEST(Arn, RoundTrips) {
    EXPECT_EQ(pipeline_arn(kKey, "My-Pipe"), "arn:aws:sagemaker:eu-central-1:123456789012:pipeline/My-Pipe");
    const auto pipeline = parse_pipeline_name_or_arn(pipeline_arn(kKey, "My-Pipe"));
    ASSERT_TRUE(pipeline);
    EXPECT_EQ(pipeline->account, kKey.account);
    EXPECT_EQ(pipeline->region, kKey.region);
    EXPECT_EQ(pipeline->name, "My-Pipe");

    EXPECT_EQ(execution_arn(kKey, "p", "abc123def456"),
              "arn:aws:sagemaker:eu-central-1:123456789012:pipeline/p/execution/abc123def456");
    const auto execution = parse_execution_arn(execution_arn(kKey, "p", "abc123def456"));
    ASSERT_TRUE(execution);
    EXPECT_EQ(execution->account, kKey.account);
    EXPECT_EQ(execution->region, kKey.region);
    EXPECT_EQ(execution->pipeline, "p");
    EXPECT_EQ(execution->id, "abc123def456");

    EXPECT_EQ(sagemaker_arn(kKey, "training-job", "t"), "arn:aws:sagemaker:eu-central-1:123456789012:training-job/t");
}

// Clients of those regions take the partition out of the ARNs they are given.
TEST(Arn, ThePartitionFollowsFromTheRegion) {
    for (const auto& [region, partition] :
         std::initializer_list<std::pair<std::string_view, std::string_view>>{{"us-east-1", "aws"},
                                                                              {"local", "aws"},
                                                                              {"cn-north-1", "aws-cn"},
                                                                              {"us-gov-west-1", "aws-us-gov"},
                                                                              {"us-iso-east-1", "aws-iso"},
                                                                              {"us-isob-east-1", "aws-iso-b"},
                                                                              {"eu-isoe-west-1", "aws-iso-e"},
                                                                              {"us-isof-south-1", "aws-iso-f"},
                                                                              {"eusc-de-east-1", "aws-eusc"}})
        EXPECT_EQ(partition_of(region), partition) << region;
    EXPECT_EQ(pipeline_arn({"123456789012", "cn-north-1"}, "p"),
              "arn:aws-cn:sagemaker:cn-north-1:123456789012:pipeline/p");
    EXPECT_EQ(execution_arn({"123456789012", "us-gov-east-1"}, "p", "abc123def456"),
              "arn:aws-us-gov:sagemaker:us-gov-east-1:123456789012:pipeline/p/execution/abc123def456");
    EXPECT_EQ(service_arn({"123456789012", "cn-north-1"}, "lambda", "function:f"),
              "arn:aws-cn:lambda:cn-north-1:123456789012:function:f");
}

TEST(Arn, PlainNameHasNoNamespace) {
    const auto pipeline = parse_pipeline_name_or_arn("My-Pipe");
    ASSERT_TRUE(pipeline);
    EXPECT_EQ(pipeline->name, "My-Pipe");
    EXPECT_EQ(pipeline->account, "");
    EXPECT_EQ(pipeline->region, "");
}

// An ARN of another resource taken for a pipeline's would answer about the wrong thing.
TEST(Arn, RefusesOtherResources) {
    for (const std::string_view text :
         {"", "a/b", "arn:aws:sagemaker:r:123456789012:pipeline/", "arn:aws:sagemaker:r:123456789012:pipeline",
          "arn:aws:sagemaker:r:123456789012:pipeline/p/execution/e", "arn:aws:sagemaker:r:123456789012:training-job/p",
          "arn:aws:s3:r:123456789012:pipeline/p", "arn:aws:sagemaker::123456789012:pipeline/p",
          "arn:aws:sagemaker:r:12345678901:pipeline/p", "arn:aws:sagemaker:r:12345678901x:pipeline/p", "name:other"})
        EXPECT_FALSE(parse_pipeline_name_or_arn(text)) << text;
    for (const std::string_view text :
         {"", "abc123def456", "arn:aws:sagemaker:r:123456789012:pipeline/p",
          "arn:aws:sagemaker:r:123456789012:pipeline/p/run/e", "arn:aws:sagemaker:r:123456789012:pipeline/p/execution/",
          "arn:aws:sagemaker:r:123456789012:pipeline//execution/e",
          "arn:aws:sagemaker:r:123456789012:pipeline/p/execution/e/x"})
        EXPECT_FALSE(parse_execution_arn(text)) << text;
}

TEST(Arn, NamesAreTheLastPart) {
    EXPECT_EQ(last_part("churn"), "churn");
    EXPECT_EQ(last_part("arn:aws:sagemaker:us-east-1:123456789012:model-package-group/churn"), "churn");
    EXPECT_EQ(last_part(""), "");
    EXPECT_EQ(last_part("a/"), "");
}

}  // namespace
}  // namespace pipelines
