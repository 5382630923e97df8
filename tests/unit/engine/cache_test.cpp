// Which results a cached step takes over, and what is shown then. (AWS's guide, pipelines-caching)
#include <gtest/gtest.h>

#include "harness.hpp"

namespace pipelines::engine {
namespace {

using namespace std::chrono_literals;

Json training(std::string_view name, Json cache, std::string_view image = "img:1") {
    return {{"Name", name},
            {"Type", "Training"},
            {"Arguments", {{"AlgorithmSpecification", {{"TrainingImage", image}}}}},
            {"CacheConfig", std::move(cache)}};
}

Json enabled() { return {{"Enabled", true}}; }

class CachingTest : public testing::Test {
protected:
    // The execution whose result the first step of `key` shows; 0: its own.
    [[nodiscard]] ExecutionKey source(ExecutionKey key, StepSeq step = 0) {
        const StepContent content = harness.store().steps.find(key, step).value().content;
        EXPECT_EQ(content.source.has_value(), content.source_how == SourceHow::Cache);
        return content.source.value_or(0);
    }

    Harness harness;
};

TEST_F(CachingTest, OnlyAStepThatAsksForItIsCached) {
    struct Case {
        Json config;
        bool hits;
    };
    for (const Case& one : std::vector<Case>{{nullptr, false},
                                             {Json::object(), false},
                                             {{{"Enabled", false}, {"ExpireAfter", "P30D"}}, false},
                                             {{{"Enabled", true}}, true},
                                             {{{"Enabled", true}, {"ExpireAfter", "P30D"}}, true}}) {
        Harness fresh;
        const Pipeline pipeline = fresh.add("p", {training("A", one.config)});
        (void)fresh.start(pipeline);
        const ExecutionKey second = fresh.start(pipeline);
        EXPECT_EQ(fresh.store().steps.find(second, 0).value().content.source.has_value(), one.hits) << dump(one.config);
        EXPECT_EQ(fresh.status(second), "Succeeded");
    }
}

// The result is the first one's: row, job and all. A hit is no run, so the third execution has the same source.
TEST_F(CachingTest, AHitShowsTheRunThatReallyHappened) {
    const Pipeline pipeline = harness.add("p", {training("A", enabled())});
    const ExecutionKey first = harness.start(pipeline);
    const ExecutionKey second = harness.start(pipeline);
    const ExecutionKey third = harness.start(pipeline);
    EXPECT_EQ(source(first), 0);
    EXPECT_EQ(source(second), first);
    EXPECT_EQ(source(third), first);
    const auto ran = harness.store().steps.find(first, 0).value();
    const auto hit = harness.store().steps.find(third, 0).value();
    EXPECT_EQ(hit.content.job, ran.content.job);
    EXPECT_EQ(hit.content.origin, first);
    EXPECT_EQ(hit.state.started, *hit.state.ended) << "a hit takes no time";
    EXPECT_EQ(harness.store().jobs.find(*ran.content.job).value().ended, ran.state.ended) << "the old job stays";
}

TEST_F(CachingTest, AnOldResultIsNotTaken) {
    const Pipeline pipeline = harness.add("p", {training("A", {{"Enabled", true}, {"ExpireAfter", "PT1H"}})});
    const ExecutionKey first = harness.start(pipeline);
    harness.pass(59min);
    EXPECT_EQ(source(harness.start(pipeline)), first) << "a hit does not make the result younger";
    harness.pass(2min);
    const ExecutionKey again = harness.start(pipeline);
    EXPECT_EQ(source(again), 0);
    EXPECT_EQ(source(harness.start(pipeline)), again) << "the newest success counts";
}

TEST_F(CachingTest, AnotherStepOrAnotherPipelineIsNoSource) {
    const Pipeline pipeline = harness.add("p", {training("A", enabled()), training("B", enabled())});
    const Pipeline other = harness.add("q", {training("A", enabled())});
    const ExecutionKey first = harness.start(pipeline);
    EXPECT_EQ(source(first, 0), 0);
    EXPECT_EQ(source(first, 1), 0);
    EXPECT_EQ(source(harness.start(other)), 0);
}

TEST_F(CachingTest, AFailureIsNoSource) {
    const Pipeline pipeline = harness.add("p", {training("A", enabled())});
    StartRequest failing;
    failing.scenario = {{"Case", "Fails"},
                        {"Steps", {{"A", {{"0-", {{"Throw", {{"Error", "ClientError"}, {"Cause", "no"}}}}}}}}}};
    EXPECT_EQ(harness.status(harness.start(pipeline, failing)), "Failed");
    const ExecutionKey second = harness.start(pipeline);
    EXPECT_EQ(source(second), 0);
    EXPECT_EQ(source(harness.start(pipeline, failing)), second) << "what is taken over is not simulated";
}

// Expressions count by their values: the same text is another step under another parameter.
TEST_F(CachingTest, KeysAreMadeOfResolvedArguments) {
    const Json parameters = {{"Parameters", {{{"Name", "Epochs"}, {"Type", "String"}}}}};
    Json step = training("A", enabled());
    step["Arguments"]["HyperParameters"] = {{"epochs", {{"Get", "Parameters.Epochs"}}}};
    const Pipeline pipeline = harness.add("p", {step}, parameters);
    const auto run = [this, &pipeline](std::string_view epochs) {
        StartRequest request;
        request.parameters = {{"Epochs", epochs}};
        return harness.start(pipeline, request);
    };
    const ExecutionKey one = run("1");
    const ExecutionKey two = run("2");
    EXPECT_EQ(source(two), 0);
    EXPECT_EQ(source(run("1")), one);
    EXPECT_EQ(source(run("2")), two);
}

// A step whose end comes in a later process is entered like any other.
TEST(Caching, KeysOutliveTheProcess) {
    Harness harness{{.clock = {.mode = ClockMode::Manual}, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", {training("A", enabled())});
    const ExecutionKey first = harness.start(pipeline);
    harness.crash();
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), AdvanceTo::Idle)); });
    harness.turn();
    const ExecutionKey second = harness.start(pipeline);
    EXPECT_EQ(harness.picture(second), "A Succeeded");
    EXPECT_EQ(harness.store().steps.find(second, 0).value().content.source, first);
}

// While a match still runs both run; a run that ends in the middle of an advance serves one that starts later in it.
TEST(Caching, WhatEndsEarlierInASettleServesWhatStartsLater) {
    Harness harness{{.clock = {.mode = ClockMode::Manual}, .step_duration = 10s}};
    Json after = training("A", enabled());
    after["DependsOn"] = {"Wait"};
    const Pipeline chained = harness.add("p", {lambda("Wait"), after});
    const ExecutionKey first = harness.start(chained);
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{5s})); });
    const ExecutionKey overlapping = harness.start(chained);
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{6s})); });
    const ExecutionKey later = harness.start(chained);
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), AdvanceTo::Idle)); });
    harness.turn();
    const auto source = [&harness](ExecutionKey key) {
        return harness.store().steps.find(key, 1).value().content.source.value_or(0);
    };
    EXPECT_EQ(source(first), 0);
    EXPECT_EQ(source(overlapping), 0);
    EXPECT_EQ(source(later), first);
}

// What a running step keeps for its success goes with any other end too.
TEST(Caching, AFailedOrStoppedStepLeavesNoKeyBehind) {
    Harness slow{{.clock = {.mode = ClockMode::Manual}, .step_duration = 10s}};
    const auto keys = [&slow] {
        auto count = slow.store().database.prepare("/* a test's */ SELECT count(*) FROM cache_keys");
        (void)count.step();
        return count.integer(0);
    };
    const Pipeline pipeline = slow.add("p", {training("A", enabled()), training("B", enabled(), "img:2")});
    StartRequest request;
    request.scenario = {{"Case", "Fails"}, {"Steps", {{"A", {{"0-", {{"Throw", {{"Error", "ClientError"}}}}}}}}}};
    (void)slow.start(pipeline, request);
    EXPECT_EQ(keys(), 2);
    slow.within([&slow] { EXPECT_TRUE(slow.engine().advance(slow.space(), AdvanceTo::Idle)); });
    slow.turn();
    EXPECT_EQ(keys(), 0);
    const ExecutionKey stopped = slow.start(pipeline, request);
    EXPECT_EQ(keys(), 1) << "B is taken from the cache";
    slow.within([&slow, stopped] { EXPECT_TRUE(slow.engine().stop(stopped)); });
    slow.turn();
    EXPECT_EQ(keys(), 0);
}

}  // namespace
}  // namespace pipelines::engine
