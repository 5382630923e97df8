// What is undone, a savepoint or a whole turn, leaves nothing in memory that the rows do not say; and what it takes
// along is loaded again before it is used, a second later at the latest.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "harness.hpp"
#include "pipelines/engine/event_reader.hpp"

namespace pipelines::engine {
namespace {

using namespace std::chrono_literals;

constexpr ClockState kManual{.mode = ClockMode::Manual};

// A request whose turn does not come to stand.
void stop_in_vain(Harness& harness, ExecutionKey key) {
    harness.within([&harness, key] {
        EXPECT_TRUE(harness.engine().stop(key));
        harness.break_commit();
    });
    harness.turn();
}

// What ran ahead of the rows is dropped with them, and what is left of the rows goes on a second later.
TEST(Undo, AFailedCommitIsUndoneInMemoryToo) {
    Harness harness{{.clock = kManual, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(2));
    const ExecutionKey key = harness.start(pipeline);
    harness.within([&harness] {
        EXPECT_TRUE(harness.engine().advance(harness.space(), AdvanceTo::Idle));
        harness.break_commit();
    });
    harness.turn();
    EXPECT_EQ(harness.picture(key), "S0 Executing");
    EXPECT_EQ(harness.alarm(), Duration{1s});
    harness.pass(1s);
    EXPECT_EQ(harness.picture(key), "S0 Executing") << "a manual clock has not moved";
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{10s})); });
    harness.turn();
    EXPECT_EQ(harness.picture(key), "S0 Succeeded, S1 Executing");
}

// Nobody finds the namespace without its timers in the second before it is recovered.
TEST(Undo, WhatIsUndoneIsRecoveredBeforeItIsUsed) {
    Harness harness{{.clock = kManual, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(2));
    const ExecutionKey key = harness.start(pipeline);
    stop_in_vain(harness, key);
    ASSERT_EQ(harness.alarm(), Duration{1s});
    EXPECT_EQ(harness.engine().now(harness.space()), from_millis(1'700'000'000'000)) << "a read changes nothing";
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{10s})); });
    harness.turn();
    EXPECT_EQ(harness.picture(key), "S0 Succeeded, S1 Executing");
    EXPECT_EQ(harness.alarm(), std::nullopt) << "nothing is left to recover";
}

// The same for the next request of the turn in which one was undone.
TEST(Undo, WhatIsUndoneIsRecoveredForTheNextRequestOfTheTurn) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(1));
    const ExecutionKey first = harness.start(pipeline);
    EXPECT_THROW(harness.within([&harness, first] {
        EXPECT_TRUE(harness.engine().stop(first));
        throw std::runtime_error("the request failed after all");
    }),
                 std::runtime_error);
    harness.within([&harness, &pipeline] { (void)harness.start_here(pipeline); });
    harness.turn();
    EXPECT_EQ(harness.alarm(), Duration{10s});
    harness.pass(10s);
    EXPECT_EQ(harness.status(first), "Succeeded");
}

// The same when only the savepoint of the request goes: others of the turn stay.
TEST(Undo, ARolledBackSavepointIsUndoneInMemoryToo) {
    Harness harness{{.clock = kManual, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(1));
    const ExecutionKey key = harness.start(pipeline);
    EXPECT_THROW(harness.within([&harness, key] {
        EXPECT_TRUE(harness.engine().stop(key));
        throw std::runtime_error("the request failed after all");
    }),
                 std::runtime_error);
    harness.turn();
    EXPECT_EQ(harness.status(key), "Executing");
    harness.pass(1s);
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), AdvanceTo::Idle)); });
    harness.turn();
    EXPECT_EQ(harness.status(key), "Succeeded");
}

// Names and limits that an update set are not kept in memory when its rows did not come to stand.
TEST(Undo, AnUpdateThatIsUndoneIsForgotten) {
    Harness harness{{.clock = kManual, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(1));
    const ExecutionKey key = harness.start(pipeline);
    harness.within([&harness, key] {
        harness.engine().update(key, {.display_name = "lost", .description = {}, .max_parallel = {}});
        harness.break_commit();
    });
    harness.turn();
    harness.pass(1s);
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), AdvanceTo::Idle)); });
    harness.turn();
    EXPECT_EQ(harness.status(key), "Succeeded");
    EXPECT_NE(harness.execution(key).display_name, "lost");
}

// The second that it takes is not begun anew by whatever else goes on.
TEST(Undo, WhatIsUndoneIsRecoveredOnABusyServerToo) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    stop_in_vain(harness, key);
    ASSERT_EQ(harness.alarm(), Duration{1s});
    harness.use_space("eu-west-1");
    const Pipeline other = harness.add("p", chain(1));
    harness.pass(600ms);
    harness.start(other);
    EXPECT_EQ(harness.alarm(), Duration{400ms});
    harness.pass(400ms);
    EXPECT_EQ(harness.alarm(), Duration{9s}) << "the step is timed again";
}

// System time may be set back.
TEST(Undo, WhatIsUndoneIsRecoveredThoughSystemTimeStepsBack) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    stop_in_vain(harness, key);
    harness.set_back(1h);
    harness.use_space("eu-west-1");
    harness.start(harness.add("p", chain(1)));
    ASSERT_EQ(harness.alarm(), Duration{1s});
    harness.pass(1s);
    EXPECT_GT(harness.alarm(), Duration{1s}) << "nothing is left to recover";
}

// A refusal takes nothing along but what its own request did.
TEST(Undo, ARequestThatIsRefusedDoesNotUndoTheRecovery) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    stop_in_vain(harness, key);
    ASSERT_EQ(harness.alarm(), Duration{1s});
    bool refused = false;
    harness.engine().answer_write(
        "an advance",
        [&harness, &refused] {
            EXPECT_FALSE(harness.engine().advance(harness.space(), Duration{1s})) << "the clock is not manual";
            return Answer{false, [&refused] { refused = true; }};
        },
        [] {});
    harness.turn();
    EXPECT_TRUE(refused);
    EXPECT_EQ(harness.alarm(), Duration{10s}) << "the step is timed again";
}

// A namespace stays known as undone until its recovery stands, wherever that fails.
TEST(Undo, ARecoveryThatCannotEvenReadTheNamespaceIsTriedAgain) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    stop_in_vain(harness, key);
    harness.store().database.execute("ALTER TABLE namespaces RENAME TO namespaces_away");
    EXPECT_ANY_THROW(harness.within([&harness] { (void)harness.engine().advance(harness.space(), Duration{1s}); }));
    harness.turn();
    harness.store().database.execute("ALTER TABLE namespaces_away RENAME TO namespaces");
    harness.pass(1s);
    EXPECT_EQ(harness.alarm(), Duration{9s}) << "the step is timed again";
}

// However often the recovery fails, it is tried again.
TEST(Undo, ARecoveryThatFailsIsTriedAgain) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(1));
    const ExecutionKey key = harness.start(pipeline);
    stop_in_vain(harness, key);
    harness.block_turns();
    harness.pass(1s);
    EXPECT_EQ(harness.alarm(), Duration{1s});
    harness.pass(1s);
    EXPECT_EQ(harness.alarm(), Duration{1s});
    harness.unblock_turns();
    harness.pass(1s);
    EXPECT_EQ(harness.alarm(), Duration{7s}) << "the step is timed again, from its row";
    harness.pass(7s);
    EXPECT_EQ(harness.status(key), "Succeeded");
}

// Who asks for another namespace does not pay for it with each request: it has its second.
TEST(Undo, ARecoveryThatFailsIsNotTriedAgainByEveryRequest) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    harness.use_space("eu-west-1");
    const ExecutionKey other = harness.start(harness.add("p", chain(1)));
    const auto ask = [&harness, other] {
        harness.engine().answer_write(
            "an update",
            [&harness, other] {
                harness.engine().update(other, {.display_name = "x", .description = {}, .max_parallel = {}});
                return Answer{true, [] {}};
            },
            [] {});
        harness.turn();
    };
    stop_in_vain(harness, key);
    harness.store().database.execute("ALTER TABLE advances RENAME TO advances_away");
    ask();
    harness.store().database.execute("ALTER TABLE advances_away RENAME TO advances");
    ask();
    EXPECT_EQ(harness.execution(other).display_name, "x");
    EXPECT_EQ(harness.alarm(), Duration{1s});
    harness.pass(1s);
    EXPECT_EQ(harness.alarm(), Duration{9s}) << "the step is timed again";
}

// One namespace that cannot be read does not keep another from what is due in it.
TEST(Undo, ANamespaceThatCannotGoOnKeepsNoOtherFromIt) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey first = harness.start(harness.add("p", chain(1)));
    harness.use_space("eu-west-1");
    const ExecutionKey second = harness.start(harness.add("p", chain(1)));
    harness.store().database.execute("ALTER TABLE jobs RENAME TO jobs_away");
    harness.pass(10s);
    EXPECT_EQ(harness.alarm(), Duration{1s});
    harness.store().database.execute("ALTER TABLE jobs_away RENAME TO jobs");
    harness.pass(1s);
    EXPECT_EQ(harness.status(first), "Succeeded");
    EXPECT_EQ(harness.status(second), "Succeeded");
}

// Each of them is said once, not with every second in which it is tried again, whatever succeeds in between.
TEST(Undo, ANamespaceThatCannotGoOnIsSaidOnce) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 1s}};
    (void)harness.start(harness.add("p", chain(1)));
    harness.store().database.execute(
        "CREATE TRIGGER held BEFORE UPDATE ON jobs WHEN NEW.namespace = 1 BEGIN SELECT RAISE(ABORT, 'held'); END");
    harness.use_space("eu-west-1");
    const ExecutionKey other = harness.start(harness.add("p", chain(4)));
    testing::internal::CaptureStderr();
    for (int second = 0; second < 4; ++second) harness.pass(1s);
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_EQ(harness.status(other), "Succeeded");
    const std::string said = "account 123456789012 in us-east-1: its executions cannot go on, until the next attempt: ";
    ASSERT_THAT(log, testing::HasSubstr(said));
    EXPECT_THAT(log.substr(log.find(said) + said.size()), testing::Not(testing::HasSubstr(said)));
}

// The rest of a settle that was cut is not dropped because its next turn could not be opened.
TEST(Undo, OneThatWasCutGoesOnASecondLaterIfNoTurnCanBeOpened) {
    Harness harness{{.budget = 20}};
    const Pipeline pipeline = harness.add("p", chain(30));
    ExecutionKey key = 0;
    harness.within([&harness, &pipeline, &key] { key = harness.start_here(pipeline); });
    ASSERT_TRUE(harness.step()) << "the COMMIT of the first turn";
    harness.block_turns();
    harness.turn();
    harness.unblock_turns();
    EXPECT_EQ(harness.status(key), "Executing");
    EXPECT_EQ(harness.alarm(), Duration{1s});
    harness.pass(1s);
    EXPECT_EQ(harness.status(key), "Succeeded");
    EXPECT_EQ(harness.store().steps.states(key).size(), 30U);
}

// The key of a version that was undone is given to the next one, which is another pipeline's.
TEST(Undo, ADefinitionThatIsUndoneIsForgotten) {
    Harness harness;
    harness.within([&harness] {
        (void)harness.start_here(harness.insert("lost", chain(3)));
        harness.break_commit();
    });
    harness.turn();
    const ExecutionKey key = harness.start(harness.add("kept", {lambda("Only")}));
    EXPECT_EQ(harness.picture(key), "Only Succeeded");
}

Json callback(std::string_view name) {
    return {{"Name", name},
            {"Type", "Callback"},
            {"SqsQueueUrl", "https://sqs.us-east-1.amazonaws.com/123456789012/q"},
            {"Arguments", Json::object()},
            {"OutputParameters", Json::array()}};
}

struct Answering {
    const char* name;
    Result<void> (*answer)(Harness&, ExecutionKey, std::string_view token);
    const char* picture;
    JobStatus job;
};
void PrintTo(const Answering& one, std::ostream* out) { *out << one.name; }

class AnswerToACallback : public testing::TestWithParam<Answering> {};

// What an answer changed in memory goes with the rows that it wrote, although it fails before it settles.
TEST_P(AnswerToACallback, ThatThrowsIsUndoneInMemoryToo) {
    Harness harness;
    const ExecutionKey key = harness.start(harness.add("p", {callback("Ask")}));
    ASSERT_EQ(harness.picture(key), "Ask Executing");
    const auto job = harness.store().steps.find(key, 0).value().content.job.value();
    const std::string token = harness.store().jobs.find(job).value().name;
    const auto answer = [&harness, key, &token] {
        harness.within([&harness, key, &token] { EXPECT_TRUE(GetParam().answer(harness, key, token)); });
        harness.turn();
    };
    for (const auto& [away, back] :
         {std::pair{"ALTER TABLE steps RENAME TO steps_away", "ALTER TABLE steps_away RENAME TO steps"},
          std::pair{"ALTER TABLE jobs RENAME TO jobs_away", "ALTER TABLE jobs_away RENAME TO jobs"}}) {
        harness.store().database.execute(away);
        EXPECT_ANY_THROW(answer());
        harness.store().database.execute(back);
        harness.turn();
    }
    EXPECT_EQ(harness.alarm(), Duration{1s}) << "the namespace is loaded again";
    answer();
    EXPECT_EQ(harness.picture(key), GetParam().picture);
    EXPECT_EQ(harness.store().jobs.find(job).value().status, GetParam().job);
}

template <class Value>
Result<void> taken(const Result<Value>& result) {
    return result ? Result<void>{} : result.error();
}

const Answering kAnswers[] = {
    {"Success",
     [](Harness& harness, ExecutionKey, std::string_view token) {
         return taken(harness.engine().succeed(harness.space(), token, {}));
     },
     "Ask Succeeded", JobStatus::Completed},
    {"Failure",
     [](Harness& harness, ExecutionKey, std::string_view token) {
         return taken(harness.engine().fail(harness.space(), token, "no"));
     },
     "Ask Failed", JobStatus::Failed},
    {"ByHand",
     [](Harness& harness, ExecutionKey key, std::string_view) {
         return taken(harness.engine().end_step(key, "Ask", {ByHand::End::Stop, {}}));
     },
     "Ask Stopped", JobStatus::Stopped},
};
INSTANTIATE_TEST_SUITE_P(Undo, AnswerToACallback, testing::ValuesIn(kAnswers),
                         [](const auto& one) { return std::string(one.param.name); });

// A fault of ours in one execution would come back with every recovery, and its namespace never go on.
TEST(Undo, AnExecutionAtWhichTheProgramFailsIsEnded) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const Json each = {
        {"Name", "Each"},
        {"Type", "ForEach"},
        {"Arguments", {{"IterableItems", {1, 2}}, {"MaxConcurrency", 1}, {"ForEachBody", Json::array({lambda("L")})}}}};
    const ExecutionKey bad = harness.start(harness.add("bad", Json::array({each})));
    const ExecutionKey good = harness.start(harness.add("good", chain(2)));
    harness.kill();
    harness.damage(bad, "outputs", "{}");
    harness.engine().recover();
    harness.turn();
    harness.pass(10s);
    EXPECT_EQ(harness.picture(good), "S0 Executing") << "undone with the other";
    harness.pass(1s);
    EXPECT_EQ(harness.picture(good), "S0 Succeeded, S1 Executing");
    EXPECT_EQ(harness.picture(bad), "Each Failed, L-0 Failed");
    EXPECT_EQ(harness.status(bad), "Failed");
    EXPECT_TRUE(harness.execution(bad).failure.starts_with("The emulator failed at this execution: "))
        << harness.execution(bad).failure;
}

// Who waits for a step of it reads it before it is given up: what was read then is of no use to a retry.
TEST(Undo, AnExecutionThatWasEndedSoCanBeRetried) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const Json each = {
        {"Name", "Each"},
        {"Type", "ForEach"},
        {"Arguments", {{"IterableItems", {1, 2}}, {"MaxConcurrency", 1}, {"ForEachBody", Json::array({lambda("L")})}}}};
    const ExecutionKey key = harness.start(harness.add("p", Json::array({each})));
    harness.kill();
    harness.damage(key, "outputs", "{}");
    harness.engine().recover();
    harness.turn();
    harness.pass(10s);
    EXPECT_EQ(harness.engine().step_now(key, {1, 1}).standing, plan::Standing::Waiting);
    harness.pass(1s);
    ASSERT_EQ(harness.status(key), "Failed");
    harness.damage(key, "outputs", R"({"Items": [1, 2]})");
    harness.within([&harness, key] { EXPECT_TRUE(harness.engine().retry(key, std::nullopt)); });
    harness.turn();
    EXPECT_EQ(harness.status(key), "Executing");
    EXPECT_EQ(harness.picture(key), "Each Failed, L-0 Failed, Each Executing, L-0 Executing");
}

// Statuses of the events of an execution that who reads those of all is shown.
std::vector<std::string> shown_of(Harness& harness, std::string_view public_id) {
    std::vector<std::string> statuses;
    for (const StatusEvent& event : EventReader{harness.store(), harness.engine()}.after({0}, {}, 100).events) {
        const Json& detail = event.envelope["detail"];
        if (!text_of(detail, "pipelineExecutionArn").ends_with(public_id)) continue;
        statuses.emplace_back(text_of(detail, event.of_step ? "currentStepStatus" : "currentPipelineExecutionStatus"));
    }
    return statuses;
}

// A row that cannot be read would stop its namespace for ever too, and need not be read to be ended. Nor does it stop
// who reads events: its own are passed over, as far as they need it.
TEST(Undo, AnExecutionWithADamagedRowIsEnded) {
    using Damage = std::function<void(Harness&, ExecutionKey)>;
    using Statuses = std::vector<std::string>;
    const Statuses all{"Executing", "Starting", "Executing", "Failed", "Failed"}, its_own{"Executing", "Failed"}, none;
    const std::tuple<const char*, Damage, Statuses> damages[] = {
        {"script", [](Harness& harness, ExecutionKey key) { harness.damage(key, "script", "{"); },
         all},  // till its end
        {"retries", [](Harness& harness, ExecutionKey key) { harness.damage(key, "retries", "x"); }, its_own},
        {"selection", [](Harness& harness, ExecutionKey key) { harness.damage_execution(key, "selection", "{"); },
         none},
        {"scenario", [](Harness& harness, ExecutionKey key) { harness.damage_execution(key, "scenario", "{"); }, all},
    };
    for (const auto& [column, damage, statuses] : damages) {
        SCOPED_TRACE(column);
        Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
        const ExecutionKey bad = harness.start(harness.add("bad", chain(2)));
        const ExecutionKey good = harness.start(harness.add("good", chain(2)));
        const std::string bad_id = harness.execution(bad).public_id;
        harness.kill();
        damage(harness, bad);
        harness.engine().recover();
        harness.turn();
        for (const Duration time : {10s, 1s, 1s}) harness.pass(time);
        EXPECT_EQ(harness.picture(good), "S0 Succeeded, S1 Executing");
        EXPECT_EQ(shown_of(harness, bad_id), statuses);
        EXPECT_EQ(shown_of(harness, harness.execution(good).public_id),
                  (Statuses{"Executing", "Starting", "Executing", "Succeeded", "Starting", "Executing"}));
        harness.damage(bad, "retries", "0");
        harness.damage_execution(bad, "selection", "null");
        EXPECT_EQ(harness.status(bad), "Failed");
        EXPECT_THAT(harness.execution(bad).failure, testing::HasSubstr(column));
        EXPECT_EQ(harness.picture(bad), "S0 Failed");
    }
}

// What the attempt before came to stays as it was; the step alone is ended.
TEST(Undo, AnExecutionThatIsEndedInABackOffKeepsTheEndOfItsLastJob) {
    Harness harness{{.clock = {.mode = ClockMode::Real}}};
    Json step = {{"Name", "S0"}, {"Type", "Training"}, {"Arguments", Json::object()}};
    step["RetryPolicies"] = Json::array({{{"ExceptionType", Json::array({"SageMaker.JOB_INTERNAL_ERROR"})},
                                          {"IntervalSeconds", 60},
                                          {"MaxAttempts", 2}}});
    const Pipeline pipeline = harness.add("p", Json::array({step}));
    StartRequest request;
    request.scenario = {{"Case", "c"},
                        {"Steps", {{"S0", {{"0-", {{"Throw", {{"Error", "SageMaker.JOB_INTERNAL_ERROR"}}}}}}}}}};
    const ExecutionKey key = harness.start(pipeline, request);
    const auto row = harness.store().steps.find(key, 0).value();
    ASSERT_EQ(row.state.phase, Phase::BackOff);
    const Job before = harness.store().jobs.find(row.content.job.value()).value();
    harness.store().database.execute("UPDATE versions SET definition = '{}'");
    harness.pass(5s);
    harness.crash();
    harness.turn();
    EXPECT_EQ(harness.picture(key), "S0 Failed");
    const Job after = harness.store().jobs.find(before.id).value();
    EXPECT_EQ(after.failure, before.failure);
    EXPECT_EQ(after.ended, before.ended);
}

// --clock is for this process: also where its first recovery of a namespace does not come to stand.
TEST(Undo, AClockIsSwitchedThoughTheFirstRecoveryFails) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    harness.use_clock({.mode = ClockMode::Manual});
    harness.kill();
    harness.block_turns();
    harness.engine().recover();
    harness.turn();
    harness.unblock_turns();
    harness.pass(1s);
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), 10s)); });
    harness.turn();
    EXPECT_EQ(harness.status(key), "Succeeded");
}

// A file that one namespace keeps from being recovered would be of no use to the others either.
TEST(Undo, ARestartGoesOnThoughANamespaceCannot) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(2));
    const ExecutionKey key = harness.start(pipeline);
    harness.kill();
    harness.block_turns();
    EXPECT_NO_THROW(harness.engine().recover());
    harness.unblock_turns();
    harness.pass(10s);
    EXPECT_EQ(harness.picture(key), "S0 Succeeded, S1 Executing");
}

}  // namespace
}  // namespace pipelines::engine
