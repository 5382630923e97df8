// What a ForEach makes of its items and its children.
#include "engine/iterations.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <tuple>

namespace pipelines::engine {
namespace {

std::shared_ptr<const definition::Definition> loop_over(std::string_view body_step) {
    std::string text = R"({"Steps": [{"Name": "Each", "Type": "ForEach", "Arguments": {"IterableItems": {"Get":
        "Execution.PipelineName"}, "MaxConcurrency": 1, "ForEachBody": [{"Name": "BODY", "Type": "Pass", "Arguments": {}}]}}]})";
    text.replace(text.find("BODY"), 4, body_step);
    return definition::compile(text).value();
}

std::string items_of(const Json& resolved, std::string_view body_step = "Body") {
    const auto items = read_items(resolved, *loop_over(body_step), 0);
    return items ? dump(*items) : items.error().message;
}

TEST(Items, AreAListOrTheTextOfOne) {
    const std::tuple<Json, std::string_view> cases[] = {
        {R"(["a", 1, 2.5, true, null, {"k": [1]}])", R"(["a",1,2.5,true,null,{"k":[1]}])"},
        {Json::array({"a", 1}), R"(["a",1])"},
        {" [] ", "[]"},
        {5, "IterableItems must be a list in JSON, but it is an integer."},
        {R"({"a": 1})", "IterableItems must be a list in JSON, but it is an object."},
        {R"("[1]")", "IterableItems must be a list in JSON, but it is a string."}};
    for (const auto& [resolved, expected] : cases) EXPECT_EQ(items_of(resolved), expected) << resolved;
    EXPECT_TRUE(items_of("a, b").starts_with("IterableItems must be a list in JSON, but the text is none: line 1"));
}

// AWS: IterationContext.Item has 0..12800 characters, StepName 1..64.
TEST(Items, FitIntoWhatTheApiShows) {
    std::string longest;
    for (int count = 0; count < 12'800; ++count) longest += "ü";
    EXPECT_EQ(items_of(Json::array({longest})), dump(Json::array({longest})));
    EXPECT_EQ(items_of(Json::array({"a", longest + "x"})), "Item 1 has 12801 characters, at most 12800 are allowed.");
    EXPECT_EQ(items_of(Json::array({Json::array({longest})})),
              "Item 0 has 12804 characters, at most 12800 are allowed.");  // as the JSON that is shown
    const std::string name(62, 'x');
    EXPECT_EQ(items_of(Json(Json::array_t(10, 1)), name), "[1,1,1,1,1,1,1,1,1,1]");
    EXPECT_EQ(items_of(Json(Json::array_t(11, 1)), name),
              "The step name '" + name + "-10' has 65 characters, at most 64 are allowed.");
}

TEST(Items, AreShownAsTextOrCompactJson) {
    const std::tuple<Json, std::string_view> cases[] = {
        {"a b", "a b"}, {3, "3"},          {2.5, "2.5"},
        {true, "true"}, {nullptr, "null"}, {Json::parse(R"({"k": [1, "x"]})"), R"({"k":[1,"x"]})"}};
    for (const auto& [item, text] : cases) EXPECT_EQ(item_text(item), text);
}

TEST(Ends, FollowFromTheChildren) {
    using enum StepStatus;
    const auto running = ExecutionStatus::Executing;
    const auto stopping = ExecutionStatus::Stopping;
    EXPECT_EQ(end_of({}, 0, running), Succeeded);
    EXPECT_EQ(end_of({.total = 4, .succeeded = 4}, 4, running), Succeeded);
    EXPECT_EQ(end_of({.total = 2, .succeeded = 2}, 4, running), Succeeded);  // steps whose trigger never matched
    EXPECT_EQ(end_of({.total = 3, .succeeded = 1, .failed = 1, .stopped = 1}, 4, stopping), Failed);
    EXPECT_EQ(end_of({.total = 2, .succeeded = 1, .stopped = 1}, 4, running), Stopped);
    EXPECT_EQ(end_of({.total = 2, .succeeded = 2}, 4, stopping), Stopped);  // the rest never started
    EXPECT_EQ(end_of({.total = 4, .succeeded = 4}, 4, stopping), Succeeded);
}

std::string picked(definition::Selector::Pick how, const std::vector<Json>& values) {
    const auto index = pick(how, values);
    return index ? std::to_string(*index) : index.error().message;
}

// Ties: the lowest index. (inferred)
TEST(Pick, TakesTheFirstOfTheBest) {
    using enum definition::Selector::Pick;
    EXPECT_EQ(picked(MaxBy, {1, 3, 3.0, 2}), "1");
    EXPECT_EQ(picked(MinBy, {1, 3, 1}), "0");
    EXPECT_EQ(picked(MaxBy, {-5, -7}), "0");
    EXPECT_EQ(picked(MinBy, {"0.5", 0.25, "-1e3"}), "2");  // Lambda outputs are often text
    EXPECT_EQ(picked(MaxBy, {1, "high"}),
              "The Selector cannot compare iterations: in iteration 1 its Field is \"high\", not a number.");
    EXPECT_EQ(picked(MaxBy, {nullptr}),
              "The Selector cannot compare iterations: in iteration 0 its Field is null, not a number.");
}

class Children : public ::testing::Test {
protected:
    void add(StepStatus status, int iteration, bool superseded = false) {
        StepState row;
        row.seq = static_cast<StepSeq>(rows.size());
        row.node = iteration < 0 ? 0 : 1;
        row.iteration = iteration;
        row.status = status;
        row.phase = is_terminal(status) ? Phase::Done : Phase::Simulated;
        row.superseded = superseded;
        rows.push_back(row);
    }
    [[nodiscard]] plan::Plan plan() const {
        return {std::shared_ptr<const definition::Graph>(compiled, &compiled->graph), {}, {}, rows};
    }

    std::shared_ptr<const definition::Definition> compiled = loop_over("Body");
    std::vector<StepState> rows;
};

TEST_F(Children, AreCountedWithoutWhatARetryLeftBehind) {
    add(StepStatus::Executing, -1);
    add(StepStatus::Succeeded, 0);
    add(StepStatus::Failed, 1, true);
    add(StepStatus::Failed, 1);
    add(StepStatus::Stopped, 2);
    add(StepStatus::Executing, 3);
    EXPECT_EQ(count_children(plan(), 0), (ChildCounts{.total = 4, .succeeded = 1, .failed = 1, .stopped = 1}));
    EXPECT_EQ(failure_of(plan(), *compiled, 0), "Steps of iterations failed: Body-1.");
}

TEST_F(Children, OnlyTheFirstFailedOnesAreNamed) {
    for (int iteration = 0; iteration < 7; ++iteration) add(StepStatus::Failed, iteration);
    EXPECT_EQ(failure_of(plan(), *compiled, 0),
              "Steps of iterations failed: Body-0, Body-1, Body-2, Body-3, Body-4 and 2 more.");
}

}  // namespace
}  // namespace pipelines::engine
