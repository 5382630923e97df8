// What expressions mean.
#include "pipelines/search/evaluate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace pipelines::search {
namespace {

const Json kTraining = {
    {"TrainingJobName", "train"},
    {"TrainingTimeInSeconds", 60},
    {"EnableManagedSpotTraining", false},
    {"CreationTime", 1'700'000'000.25},
    {"HyperParameters", {{"eta", "0.7"}, {"depth", "6"}, {"objective", "reg"}, {"a.b", "dotted"}}},
    {"FinalMetricDataList", {{{"MetricName", "auc"}, {"Value", 0.5}}, {{"MetricName", "rmse"}, {"Value", 2}}}},
    {"InputDataConfig",
     {{{"ChannelName", "train"}, {"DataSource", {{"S3DataSource", {{"S3Uri", "s3://bucket/cat"}}}}}},
      {{"ChannelName", "test"}, {"DataSource", {{"S3DataSource", {{"S3Uri", "s3://bucket/dog"}}}}}}}},
    {"DebugRuleConfigurations", Json::array()},
    {"Tags", {{{"Key", "team"}, {"Value", "ml"}}, {{"Key", "a.b"}, {"Value", "c"}}}}};

bool match(const Json& expression) {
    const auto read = read_expression(*find_resource("TrainingJob"), {{"SearchExpression", expression}});
    EXPECT_TRUE(read) << read.error().message;
    return read && matches(*read, kTraining);
}

bool match(const char* name, const char* operation, const char* value = nullptr) {
    Json filter = {{"Name", name}, {"Operator", operation}};
    if (value != nullptr) filter["Value"] = value;
    return match({{"Filters", {filter}}});
}

TEST(Filters, OnEveryKindOfProperty) {
    struct Case {
        const char *name, *operation, *value;
        bool expected;
    };
    for (const auto& [name, operation, value, expected] : {
             Case{"TrainingJobName", "Equals", "train", true},
             {"TrainingJobName", "Equals", "Train", false},
             {"TrainingJobName", "NotEquals", "train", false},
             {"TrainingJobName", "Contains", "rai", true},
             {"TrainingJobName", "Contains", "RAI", false},
             {"TrainingJobName", "In", "test, train", true},
             {"TrainingJobName", "In", "tra,in", false},
             {"TrainingJobName", "Exists", nullptr, true},
             {"TrainingJobName", "NotExists", nullptr, false},
             {"TrainingTimeInSeconds", "Equals", "60.0", true},
             {"TrainingTimeInSeconds", "GreaterThan", "60", false},
             {"TrainingTimeInSeconds", "GreaterThanOrEqualTo", "60", true},
             {"TrainingTimeInSeconds", "LessThan", "60.5", true},
             {"TrainingTimeInSeconds", "LessThanOrEqualTo", "59", false},
             {"EnableManagedSpotTraining", "Equals", "false", true},
             {"EnableManagedSpotTraining", "NotEquals", "false", false},
             {"CreationTime", "GreaterThan", "2023-11-14T22:13:20", true},
             {"CreationTime", "GreaterThan", "2023-11-14T22:13:20.250", false},
             {"CreationTime", "Equals", "2023-11-14T22:13:20.250Z", true},
             {"Tags.team", "Equals", "ml", true},
             {"Tags.a.b", "Equals", "c", true},
             {"Tags.other", "NotExists", nullptr, true},
             {"Metrics.auc", "GreaterThan", "0.4", true},
             {"Metrics.rmse", "LessThan", "1", false},
             {"Metrics.other", "LessThan", "1", false},
             {"DebugRuleConfigurations", "Exists", nullptr, false},
             {"InputDataConfig", "Exists", nullptr, true},
             {"InputDataConfig.ChannelName", "Equals", "test", true},
             {"InputDataConfig.ChannelName", "NotEquals", "test", false},
             {"HyperParameters.a.b", "Equals", "dotted", true},
         })
        EXPECT_EQ(match(name, operation, value), expected) << name << ' ' << operation << ' ' << (value ? value : "");
}

// A property that a record lacks is not equal to anything, and neither more nor less than it.
TEST(Filters, OnWhatIsNotThere) {
    EXPECT_TRUE(match("FailureReason", "NotEquals", "x"));
    EXPECT_TRUE(match("FailureReason", "NotExists"));
    EXPECT_FALSE(match("FailureReason", "Equals", "x"));
    EXPECT_FALSE(match("BillableTimeInSeconds", "LessThan", "10"));
    EXPECT_FALSE(match("BillableTimeInSeconds", "GreaterThan", "0"));
}

// "Decimal hyperparameter values are treated as a decimal in a comparison if the specified Value is also a decimal
// value. If the specified Value is an integer, the decimal hyperparameter values are treated as integers." (the model,
// Filter)
TEST(Filters, OnHyperparametersCompareNumbers) {
    EXPECT_TRUE(match("HyperParameters.eta", "LessThan", "0.8"));
    EXPECT_TRUE(match("HyperParameters.eta", "LessThan", "1"));
    EXPECT_TRUE(match("HyperParameters.eta", "Equals", "0"));
    EXPECT_TRUE(match("HyperParameters.eta", "Equals", "0.70"));
    EXPECT_FALSE(match("HyperParameters.eta", "GreaterThan", "0"));
    EXPECT_TRUE(match("HyperParameters.depth", "GreaterThan", "5.5"));
    EXPECT_FALSE(match("HyperParameters.objective", "GreaterThan", "0"));
    EXPECT_TRUE(match("HyperParameters.objective", "Equals", "reg"));
}

TEST(NestedFilters, AreForOneItem) {
    const auto nested = [](const char* channel, const char* uri) {
        return Json{{"NestedFilters",
                     {{{"NestedPropertyName", "InputDataConfig"},
                       {"Filters",
                        {{{"Name", "InputDataConfig.ChannelName"}, {"Value", channel}},
                         {{"Name", "InputDataConfig.DataSource.S3DataSource.S3Uri"},
                          {"Operator", "Contains"},
                          {"Value", uri}}}}}}}};
    };
    EXPECT_TRUE(match(nested("train", "cat")));
    EXPECT_TRUE(match(nested("test", "dog")));
    EXPECT_FALSE(match(nested("train", "dog")));  // each is there, on two items
}

TEST(Junctions, AndIsTheDefault) {
    const Json yes = {{"Name", "TrainingJobName"}, {"Value", "train"}},
               no = {{"Name", "TrainingJobName"}, {"Value", "x"}};
    EXPECT_FALSE(match({{"Filters", {yes, no}}}));
    EXPECT_FALSE(match({{"Filters", {yes, no}}, {"Operator", "And"}}));
    EXPECT_TRUE(match({{"Filters", {yes, no}}, {"Operator", "Or"}}));
    EXPECT_TRUE(match({{"Filters", {yes}}, {"SubExpressions", {{{"Filters", {no, yes}}, {"Operator", "Or"}}}}}));
    EXPECT_FALSE(match({{"Filters", {yes}}, {"SubExpressions", {{{"Filters", {no, yes}}}}}}));
    EXPECT_TRUE(match({{"Filters", {yes}}, {"SubExpressions", {{{"Filters", {no}}}}}, {"Operator", "Or"}}));
}

TEST(Places, WithoutAValueAreLastInEitherOrder) {
    std::vector<store::Position> places{{nullptr, 1}, {2, 2},   {"b", 3}, {1, 4},
                                        {nullptr, 5}, {1.5, 6}, {1, 7},   {"a", 8}};
    const auto ids = [&places] {
        std::vector<std::int64_t> list;
        for (const store::Position& place : places) list.push_back(place.id);
        return list;
    };
    std::ranges::sort(places, precedes);
    EXPECT_THAT(ids(), testing::ElementsAre(4, 7, 6, 2, 8, 3, 1, 5));
    std::ranges::sort(places, precedes_descending);
    EXPECT_THAT(ids(), testing::ElementsAre(3, 8, 2, 6, 7, 4, 5, 1));
}

TEST(SortKeys, AreComparable) {
    const auto key = [](const char* name) {
        return sort_key(find_property(*find_resource("TrainingJob"), name).value(), kTraining);
    };
    EXPECT_EQ(key("CreationTime"), 1'700'000'000'250);
    EXPECT_EQ(key("HyperParameters.eta"), 0.7);
    EXPECT_EQ(key("HyperParameters.objective"), "reg");
    EXPECT_EQ(key("EnableManagedSpotTraining"), 0);
    EXPECT_EQ(key("FailureReason"), nullptr);
}

}  // namespace
}  // namespace pipelines::search
