// When an answer leaves: never before what it says stands in rows, nor before what the request set off is over, and not
// later because of what others set off.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/local_service.hpp"
#include "support/steps.hpp"

namespace pipelines::testing {
namespace {

using Answered = std::shared_ptr<std::optional<Reply>>;

Answered no_answer() { return std::make_shared<std::optional<Reply>>(); }

// More events than one turn applies here.
Json long_chain() { return {{"Version", "2020-12-01"}, {"Parameters", Json::array()}, {"Steps", chain(30)}}; }

Json start_of(LocalService& service, std::string_view name) {
    return {{"PipelineName", name}, {"ClientRequestToken", service.token()}};
}

LocalService::Options cut_early(ClockMode mode) {
    LocalService::Options options;
    options.clock.mode = mode;
    options.step_duration = Duration{1'000};
    options.budget = 20;
    return options;
}

// From now on the COMMIT of this turn fails, as it does on a full disk.
void break_commit(LocalService& service) {
    auto& database = service.store().database;
    database.execute("CREATE TABLE IF NOT EXISTS broken (n REFERENCES namespaces (id) DEFERRABLE INITIALLY DEFERRED)");
    database.execute("INSERT INTO broken VALUES (999)");
}

// A settle is cut after so many events: others are answered in between, and the Start waits for the end of its run.
TEST(Answers, OfALongStartWaitsForItsEndAndKeepsNobodyElseWaiting) {
    LocalService service{cut_early(ClockMode::Instant)};
    service.create("long", long_chain());
    const Answered started = no_answer(), listed = no_answer(), created = no_answer();
    service.send("StartPipelineExecution", start_of(service, "long"), started);
    service.send("ListPipelines", Json::object(), listed);
    service.send("AddTags",
                 {{"ResourceArn", "arn:aws:sagemaker:us-east-1:123456789012:pipeline/long"},
                  {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}},
                 created);
    while (!listed->has_value() || !created->has_value()) ASSERT_TRUE(service.step());
    EXPECT_EQ((*created)->status, 200);
    EXPECT_FALSE(started->has_value());
    service.turn();
    ASSERT_TRUE(started->has_value());
    const std::string arn = (*started)->body.at("PipelineExecutionArn").get<std::string>();
    EXPECT_EQ(service.describe(arn).at("PipelineExecutionStatus"), "Succeeded");
}

// An advance that is cut has not arrived yet: its answer shows where the clock stands in the end.
TEST(Answers, OfALongAdvanceShowsTheTimeItArrivedAt) {
    LocalService service{cut_early(ClockMode::Manual)};
    service.create("long", long_chain());
    const std::string arn = service.start("long");
    const Answered advanced = no_answer(), listed = no_answer();
    service.send_control("POST", "/_local/clock/advance", {{"Seconds", 60}}, {}, advanced);
    service.send("ListPipelines", Json::object(), listed);
    while (!listed->has_value()) ASSERT_TRUE(service.step());
    EXPECT_FALSE(advanced->has_value());
    service.turn();
    ASSERT_TRUE(advanced->has_value());
    EXPECT_EQ(service.describe(arn).at("PipelineExecutionStatus"), "Succeeded");
    EXPECT_EQ((*advanced)->body, service.control("GET", "/_local/clock").body);
    EXPECT_EQ((*advanced)->body.at("Clocks")[0].at("Now"), "2023-11-14T22:14:20.000Z") << "a minute after the start";
}

// Ending a step by hand sets off all that waited for it: its answer shows what became of the execution.
TEST(Answers, OfAStepThatIsEndedByHandShowTheEndOfWhatItSetOff) {
    LocalService::Options options = cut_early(ClockMode::Instant);
    options.scenarios =
        R"({"Pipelines": {"long": {"Default": "Held", "TestCases": {"Held": {"S0": "Held"}}}},
            "MockedResponses": {"Held": {"0-": {"Hold": true}}}})";
    LocalService service{std::move(options)};
    service.create("long", long_chain());
    const std::string arn = service.start("long");
    const Answered released = no_answer();
    service.send_control("POST", "/_local/steps/release", {{"PipelineExecutionArn", arn}, {"StepName", "S0"}}, {},
                         released);
    service.turn();
    ASSERT_TRUE(released->has_value());
    EXPECT_EQ((*released)->body, (Json{{"StepName", "S0"},
                                       {"StepStatus", "Succeeded"},
                                       {"PipelineExecutionArn", arn},
                                       {"PipelineExecutionStatus", "Succeeded"}}));
}

// What a client reads must stand: writes and reads of a turn whose COMMIT fails are answered as AWS answers a fault.
TEST(Answers, OfATurnWhoseCommitFailsAreInternalFailures) {
    LocalService service{cut_early(ClockMode::Instant)};
    service.create("p", long_chain());
    const Answered written = no_answer(), read = no_answer(), clock = no_answer(), set = no_answer();
    service.send("StartPipelineExecution", start_of(service, "p"), written);
    service.send("ListPipelines", Json::object(), read);
    service.send_control("GET", "/_local/clock", Json::object(), {}, clock);
    service.send_control("PUT", "/_local/clock", {{"Mode", "manual"}}, {}, set);
    break_commit(service);
    service.turn();
    for (const Answered& answer : {written, read}) {
        ASSERT_TRUE(answer->has_value());
        EXPECT_EQ((*answer)->status, 500);
        EXPECT_EQ((*answer)->body.at("__type"), "InternalFailure");
    }
    for (const Answered& answer : {clock, set}) {
        ASSERT_TRUE(answer->has_value());
        EXPECT_EQ((*answer)->status, 500);
    }
    EXPECT_EQ(service.call("ListPipelineExecutions", {{"PipelineName", "p"}}).body.at("PipelineExecutionSummaries"),
              Json::array());
    EXPECT_EQ(service.control("GET", "/_local/clock").body.at("Clocks")[0].at("Mode"), "instant");
}

// Whoever waits is answered at the end of its patience, though what it waits for cannot be read then.
TEST(Answers, OfAWaitComesAlsoIfItsLastLookFails) {
    LocalService service{cut_early(ClockMode::Manual)};
    service.create("p", long_chain());
    const std::string arn = service.start("p");
    for (const bool is_broken : {false, true}) {
        const auto late = service.wait_for("/_local/wait", {{"PipelineExecutionArn", arn}});
        ASSERT_TRUE(late);
        EXPECT_FALSE(late->take());
        if (is_broken) service.store().database.execute("ALTER TABLE executions RENAME TO away");
        service.time_out();
        if (is_broken) service.store().database.execute("ALTER TABLE away RENAME TO executions");
        const auto answer = late->take();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, is_broken ? 500 : 200);
    }
}

// "Already exists" would be wrong of a pipeline that then does not: a refusal waits for the rows that it may rest on.
TEST(Answers, OfARefusalWaitForTheCommitOfWhatItRestsOn) {
    LocalService service;
    const Json input{{"PipelineName", "p"},
                     {"PipelineDefinition", dump(long_chain())},
                     {"ClientRequestToken", service.token()},
                     {"RoleArn", "arn:aws:iam::123456789012:role/r"}};
    const Answered created = no_answer(), refused = no_answer();
    service.send("CreatePipeline", input, created);
    Json again = input;
    again["ClientRequestToken"] = service.token();
    service.send("CreatePipeline", again, refused);
    break_commit(service);
    service.turn();
    for (const Answered& answer : {created, refused}) {
        ASSERT_TRUE(answer->has_value());
        EXPECT_EQ((*answer)->body.at("__type"), "InternalFailure");
    }
}

// The execution stands in rows since the first turn: a later one that fails delays the answer, and loses nothing.
TEST(Answers, OfALongStartSurvivesAFailedCommitInItsMiddle) {
    LocalService service{cut_early(ClockMode::Instant)};
    service.create("long", long_chain());
    const Answered started = no_answer();
    service.send("StartPipelineExecution", start_of(service, "long"), started);
    ASSERT_TRUE(service.step()) << "the COMMIT of the first turn";
    ASSERT_TRUE(service.step()) << "the settle goes on";
    break_commit(service);
    service.turn();
    EXPECT_FALSE(started->has_value());
    ASSERT_EQ(service.alarm(), Duration{1'000});
    service.pass(Duration{1'000});
    service.engine().wake();
    service.turn();
    ASSERT_TRUE(started->has_value());
    const std::string arn = (*started)->body.at("PipelineExecutionArn").get<std::string>();
    EXPECT_EQ(service.describe(arn).at("PipelineExecutionStatus"), "Succeeded");
}

}  // namespace
}  // namespace pipelines::testing
