// What a settle promises whatever happens to it: one that is cut goes on, one that is undone leaves nothing, and the
// rows alone are enough to go on from.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness.hpp"
#include "pipelines/domain/transition.hpp"
#include "pipelines/engine/event_reader.hpp"

namespace pipelines::engine {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr ClockState kManual{.mode = ClockMode::Manual};

// An answer that is noted when it is sent.
Send noted(std::vector<std::string>& answered, std::string name) {
    return [&answered, name = std::move(name)] { answered.push_back(name); };
}

// Others are served between two turns of a long settle, and find rows that agree with each other.
TEST(Settle, IsCutAfterItsBudgetAndGoesOnInLaterTurns) {
    Harness harness{{.budget = 20}};
    const Pipeline pipeline = harness.add("p", chain(30));
    ExecutionKey key = 0;
    harness.within([&harness, &pipeline, &key] { key = harness.start_here(pipeline); });
    ASSERT_TRUE(harness.step()) << "the COMMIT of the first turn";
    EXPECT_EQ(harness.status(key), "Executing");
    const std::size_t first = harness.store().steps.states(key).size();
    EXPECT_GT(first, 1U);
    EXPECT_LT(first, 30U);
    int turns = 1;
    while (harness.step()) ++turns;
    EXPECT_GT(turns, 4);
    EXPECT_EQ(harness.status(key), "Succeeded");
    EXPECT_EQ(harness.store().steps.states(key).size(), 30U);
}

// Whatever settles the namespace meanwhile, a request or the alarm: one turn's share stays one turn's share.
TEST(Settle, ThatWasCutGoesOnOnceATurn) {
    Harness harness{{.budget = 20}};
    Json steps = Json::array();
    for (int n = 0; n < 200; ++n)
        steps.push_back({{"Name", fmt::format("S{}", n)}, {"Type", "Training"}, {"Arguments", Json::object()}});
    const Pipeline pipeline = harness.add("p", std::move(steps));
    ExecutionKey key = 0;
    harness.within([&harness, &pipeline, &key] { key = harness.start_here(pipeline); });
    int turns = 0;
    while (harness.step()) {
        if (harness.alarm() == Duration{0}) harness.engine().wake();
        if (++turns % 5 == 0 && harness.status(key) == "Executing")
            harness.within([&harness, key] {
                ExecutionChanges changes;
                changes.max_parallel = 150;
                harness.engine().update(key, changes);
            });
        ASSERT_LE(harness.posted(), 3U) << "the COMMIT, and what goes on behind it";
    }
    EXPECT_EQ(harness.status(key), "Succeeded");
}

// Answers of others are not kept waiting by a settle that they did not set off.
TEST(Settle, OnlyWhoSetItOffWaitsForItsEnd) {
    Harness harness{{.budget = 20}};
    const Pipeline pipeline = harness.add("p", chain(30));
    std::vector<std::string> answered;
    harness.engine().answer_write(
        "a start",
        [&harness, &pipeline, &answered] {
            (void)harness.start_here(pipeline);
            return Answer{true, noted(answered, "start")};
        },
        noted(answered, "failed"));
    harness.engine().answer_write(
        "nothing",
        [&answered] {
            return Answer{true, noted(answered, "other")};
        },
        noted(answered, "failed"));
    harness.turn();
    EXPECT_THAT(answered, testing::ElementsAre("other", "start"));
}

// A request is answered once, by what really became of it.
TEST(Settle, ARequestThatIsRefusedOrThrowsLeavesNothing) {
    Harness harness;
    const Pipeline pipeline = harness.add("p", chain(2));
    std::vector<std::string> answered;
    harness.engine().answer_write(
        "a refusal",
        [&harness, &pipeline, &answered] {
            (void)harness.start_here(pipeline);
            return Answer{false, noted(answered, "refused")};
        },
        noted(answered, "failed"));
    harness.engine().answer_write(
        "a fault (expected in this test)",
        [&harness, &pipeline]() -> Answer {
            (void)harness.start_here(pipeline);
            throw std::runtime_error("on purpose");
        },
        noted(answered, "failed"));
    harness.turn();
    EXPECT_THAT(answered, testing::UnorderedElementsAre("refused", "failed"));
    EXPECT_FALSE(harness.store().executions.find_open(pipeline.id));
    EXPECT_FALSE(harness.store().executions.newest_of_version(pipeline.id, 1));
}

struct Undoing {
    const char* name;
    void (*in_the_request)(Harness&);
    void (*behind_it)(Harness&);
};
void PrintTo(const Undoing& one, std::ostream* out) { *out << one.name; }

class ARefusal : public testing::TestWithParam<Undoing> {};

// "Already exists" is no answer if what exists already was written in the same turn and does not come to stand.
TEST_P(ARefusal, IsSentOnlyIfWhatItMayRestOnStands) {
    Harness harness;
    std::vector<std::string> answered;
    const auto answer = [&answered](std::string name) {
        return [&answered, name = std::move(name)] { answered.push_back(name); };
    };
    harness.engine().answer_write(
        "a creation",
        [&harness, &answer] {
            (void)harness.insert("p", chain(1));
            return Answer{true, answer("created")};
        },
        answer("not created"));
    harness.engine().answer_write(
        "another one",
        [&harness, &answer] {
            EXPECT_TRUE(harness.store().pipelines.find(harness.space(), "p"));
            GetParam().in_the_request(harness);
            return Answer{false, answer("exists")};
        },
        answer("not known"));
    GetParam().behind_it(harness);
    harness.turn();
    EXPECT_THAT(answered, testing::UnorderedElementsAre("not created", "not known"));
    EXPECT_FALSE(harness.store().pipelines.find(harness.space(), "p"));
}

const Undoing kUndoings[] = {
    {"AtItsCommit", [](Harness&) {}, [](Harness& harness) { harness.break_commit(); }},
    // As SQLite itself does when the disk is full.
    {"AtOnce", [](Harness& harness) { harness.store().database.execute("ROLLBACK"); }, [](Harness&) {}},
};
INSTANTIATE_TEST_SUITE_P(Settle, ARefusal, testing::ValuesIn(kUndoings),
                         [](const auto& one) { return std::string(one.param.name); });

// What would have been due of it is nothing that a clock goes to.
TEST(Settle, AStepEndedByHandLeavesNothingDue) {
    Harness harness{{.clock = kManual, .step_duration = 1h}};
    const ExecutionKey key = harness.start(harness.add("p", chain(2)));
    const Time start = harness.engine().now(harness.space());
    const auto advance = [&harness](auto to) {
        harness.within([&harness, to] { EXPECT_TRUE(harness.engine().advance(harness.space(), to)); });
        harness.turn();
    };
    advance(Duration{1min});
    harness.within([&harness, key] { EXPECT_TRUE(harness.engine().end_step(key, "S0", {ByHand::End::Release, {}})); });
    harness.turn();
    ASSERT_EQ(harness.picture(key), "S0 Succeeded, S1 Executing");
    advance(AdvanceTo::Next);
    EXPECT_EQ(harness.picture(key), "S0 Succeeded, S1 Succeeded");
    EXPECT_EQ(harness.engine().now(harness.space()), start + 1min + 1h);
}

// Nor is there anybody to ask for it once the pipeline is deleted.
TEST(Settle, ADeletedPipelineLeavesNothingDue) {
    Harness harness{{.clock = kManual, .step_duration = 1h}};
    const Pipeline pipeline = harness.add("p", chain(1));
    const ExecutionKey key = harness.start(pipeline);
    const Time start = harness.engine().now(harness.space());
    harness.within([&harness, key] { EXPECT_TRUE(harness.engine().end_step(key, "S0", {ByHand::End::Stop, {}})); });
    harness.turn();
    ASSERT_EQ(harness.status(key), "Failed");
    harness.within([&harness, &pipeline] { harness.store().pipelines.erase(pipeline.id); });
    harness.turn();
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), AdvanceTo::Idle)); });
    harness.turn();
    EXPECT_EQ(harness.engine().now(harness.space()), start);
}

// Two runs of one namespace share its clock: what is due first comes first, whichever run it belongs to.
TEST(Settle, CarriesTwoRunsAtOnce) {
    Harness harness{{.clock = kManual, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(2));
    const ExecutionKey first = harness.start(pipeline);
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{4s})); });
    harness.turn();
    const ExecutionKey second = harness.start(pipeline);
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), AdvanceTo::Idle)); });
    harness.turn();
    EXPECT_EQ(harness.status(first), "Succeeded");
    EXPECT_EQ(harness.status(second), "Succeeded");
    EXPECT_EQ(*harness.execution(second).ended - *harness.execution(first).ended, 4s);
}

// What ran ahead of the rows is dropped with them, and what is left of the rows goes on a second later.
TEST(Settle, AFailedCommitIsUndoneInMemoryToo) {
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
TEST(Settle, WhatIsUndoneIsRecoveredBeforeItIsUsed) {
    Harness harness{{.clock = kManual, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(2));
    const ExecutionKey key = harness.start(pipeline);
    harness.within([&harness, key] {
        EXPECT_TRUE(harness.engine().stop(key));
        harness.break_commit();
    });
    harness.turn();
    ASSERT_EQ(harness.alarm(), Duration{1s});
    EXPECT_EQ(harness.engine().now(harness.space()), from_millis(1'700'000'000'000)) << "a read changes nothing";
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{10s})); });
    harness.turn();
    EXPECT_EQ(harness.picture(key), "S0 Succeeded, S1 Executing");
    EXPECT_EQ(harness.alarm(), std::nullopt) << "nothing is left to recover";
}

// The same for the next request of the turn in which one was undone.
TEST(Settle, WhatIsUndoneIsRecoveredForTheNextRequestOfTheTurn) {
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
TEST(Settle, ARolledBackSavepointIsUndoneInMemoryToo) {
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
TEST(Settle, AnUpdateThatIsUndoneIsForgotten) {
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
TEST(Settle, WhatIsUndoneIsRecoveredOnABusyServerToo) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    harness.within([&harness, key] {
        EXPECT_TRUE(harness.engine().stop(key));
        harness.break_commit();
    });
    harness.turn();
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
TEST(Settle, WhatIsUndoneIsRecoveredThoughSystemTimeStepsBack) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    harness.within([&harness, key] {
        EXPECT_TRUE(harness.engine().stop(key));
        harness.break_commit();
    });
    harness.turn();
    harness.set_back(1h);
    harness.use_space("eu-west-1");
    harness.start(harness.add("p", chain(1)));
    ASSERT_EQ(harness.alarm(), Duration{1s});
    harness.pass(1s);
    EXPECT_GT(harness.alarm(), Duration{1s}) << "nothing is left to recover";
}

// A refusal takes nothing along but what its own request did.
TEST(Settle, ARequestThatIsRefusedDoesNotUndoTheRecovery) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    harness.within([&harness, key] {
        EXPECT_TRUE(harness.engine().stop(key));
        harness.break_commit();
    });
    harness.turn();
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
TEST(Settle, ARecoveryThatCannotEvenReadTheNamespaceIsTriedAgain) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const ExecutionKey key = harness.start(harness.add("p", chain(1)));
    harness.within([&harness, key] {
        EXPECT_TRUE(harness.engine().stop(key));
        harness.break_commit();
    });
    harness.turn();
    harness.store().database.execute("ALTER TABLE namespaces RENAME TO namespaces_away");
    EXPECT_ANY_THROW(harness.within([&harness] { (void)harness.engine().advance(harness.space(), Duration{1s}); }));
    harness.turn();
    harness.store().database.execute("ALTER TABLE namespaces_away RENAME TO namespaces");
    harness.pass(1s);
    EXPECT_EQ(harness.alarm(), Duration{9s}) << "the step is timed again";
}

// However often the recovery fails, it is tried again.
TEST(Settle, ARecoveryThatFailsIsTriedAgain) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(1));
    const ExecutionKey key = harness.start(pipeline);
    harness.within([&harness, key] {
        EXPECT_TRUE(harness.engine().stop(key));
        harness.break_commit();
    });
    harness.turn();
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

// One namespace that cannot be read does not keep another from what is due in it.
TEST(Settle, ANamespaceThatCannotGoOnKeepsNoOtherFromIt) {
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

// The rest of a settle that was cut is not dropped because its next turn could not be opened.
TEST(Settle, OneThatWasCutGoesOnASecondLaterIfNoTurnCanBeOpened) {
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
TEST(Settle, ADefinitionThatIsUndoneIsForgotten) {
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
INSTANTIATE_TEST_SUITE_P(Settle, AnswerToACallback, testing::ValuesIn(kAnswers),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Bell, OneListenerThatThrowsKeepsNoOtherFromTheNews) {
    Bell bell;
    int heard = 0;
    const auto first = bell.listen([] { throw std::runtime_error("on purpose (expected in this test)"); });
    const auto second = bell.listen([&heard] { ++heard; });
    EXPECT_NO_THROW(bell.ring());
    bell.ring();
    EXPECT_EQ(heard, 2);
}

// A killed process leaves rows, and they are all that the next one needs; also in the middle of a cut settle.
TEST(Recovery, GoesOnFromWhatWasCommitted) {
    Harness harness{{.budget = 20}};
    const Pipeline pipeline = harness.add("p", chain(30));
    ExecutionKey key = 0;
    harness.within([&harness, &pipeline, &key] { key = harness.start_here(pipeline); });
    ASSERT_TRUE(harness.step());
    const std::size_t before = harness.store().steps.states(key).size();
    ASSERT_TRUE(harness.step()) << "the second turn has written, but not committed";
    harness.kill();
    EXPECT_EQ(harness.store().steps.states(key).size(), before);
    harness.engine().recover();
    harness.turn();
    EXPECT_EQ(harness.status(key), "Succeeded");
    EXPECT_EQ(harness.store().steps.states(key).size(), 30U);
}

// An advance that is cut goes on after a kill to where it was to lead, and no further.
TEST(Recovery, AnAdvanceGoesOnToItsTarget) {
    Harness harness{{.clock = kManual, .step_duration = 1s, .budget = 20}};
    const Pipeline pipeline = harness.add("p", chain(30));
    const ExecutionKey key = harness.start(pipeline);
    const Time start = harness.engine().now(harness.space());
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{15'500})); });
    ASSERT_TRUE(harness.step()) << "the COMMIT of the first turn";
    ASSERT_LT(harness.store().steps.states(key).size(), 15U);
    harness.crash();
    harness.turn();
    EXPECT_EQ(harness.store().steps.states(key).size(), 16U);
    EXPECT_EQ(harness.engine().now(harness.space()), start + 15'500ms);
    harness.crash();
    harness.turn();
    EXPECT_EQ(harness.engine().now(harness.space()), start + 15'500ms) << "it is over";
}

// Nor does another advance that comes in between take its target away.
TEST(Settle, AnAdvanceThatWasCutAndTheNextOneAddUp) {
    Harness harness{{.clock = kManual, .step_duration = 1s, .budget = 20}};
    const Pipeline pipeline = harness.add("p", chain(30));
    const ExecutionKey key = harness.start(pipeline);
    const Time start = harness.engine().now(harness.space());
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{15'500})); });
    ASSERT_TRUE(harness.step()) << "the COMMIT of the first turn";
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), Duration{1'000})); });
    harness.turn();
    EXPECT_EQ(harness.store().steps.states(key).size(), 17U);
    EXPECT_EQ(harness.engine().now(harness.space()), start + 16'500ms);
}

// Timers stand in rows: a restart neither loses what is due nor brings it forward.
TEST(Recovery, KeepsWhatIsDue) {
    Harness harness{{.clock = {.mode = ClockMode::Real}, .step_duration = 10s}};
    const Pipeline pipeline = harness.add("p", chain(1));
    const ExecutionKey key = harness.start(pipeline);
    harness.pass(4s);
    harness.crash();
    harness.turn();
    EXPECT_EQ(harness.status(key), "Executing");
    EXPECT_EQ(harness.alarm(), Duration{6s});
    harness.pass(6s);
    EXPECT_EQ(harness.status(key), "Succeeded");
}

// A definition that an earlier version of the program accepted may be none for this one: its execution ends, with the
// reason, and neither the server nor the other executions suffer.
TEST(Recovery, EndsAnExecutionWhoseDefinitionNoLongerCompiles) {
    Harness harness{{.clock = kManual, .step_duration = 10s}};
    const Pipeline old = harness.add("old", {{{"Name", "Train"}, {"Type", "Training"}, {"Arguments", Json::object()}}});
    const Pipeline good = harness.add("good", chain(1));
    const ExecutionKey unreadable = harness.start(old);
    const ExecutionKey other = harness.start(good);
    harness.store().database.execute(
        "UPDATE versions SET definition = replace(definition, 'Training', 'Untraining') WHERE pipeline = 1");
    harness.crash();
    harness.within([&harness] { EXPECT_TRUE(harness.engine().advance(harness.space(), AdvanceTo::Idle)); });
    harness.turn();
    EXPECT_EQ(harness.status(unreadable), "Failed");
    EXPECT_THAT(harness.execution(unreadable).failure, HasSubstr("can no longer be read: "));
    EXPECT_EQ(harness.picture(unreadable), "Train Failed");
    const auto row = harness.store().steps.find(unreadable, 0).value();
    EXPECT_EQ(harness.store().jobs.find(*row.content.job).value().status, JobStatus::Failed);
    EXPECT_EQ(harness.status(other), "Succeeded");

    const store::EventRow written = harness.store().events.from(0, {.space = {}, .execution = unreadable}, 10).back();
    const auto changes = read_transitions(written.began, written.body);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].what,
              (decltype(Transition::what){StepTransition{0, 1, StepStatus::Executing, StepStatus::Failed}}));
    EXPECT_EQ(changes[1].what,
              (decltype(Transition::what){ExecutionTransition{ExecutionStatus::Executing, ExecutionStatus::Failed}}));

    // What the step was cannot be shown; the execution and all others can.
    const EventReader reader{harness.store(), harness.engine()};
    std::vector<std::string> shown;
    for (const StatusEvent& event : reader.after({}, {.space = {}, .execution = unreadable}, 10).events)
        shown.push_back(event.envelope["detail"]["currentPipelineExecutionStatus"]);
    EXPECT_EQ(shown, (std::vector<std::string>{"Executing", "Failed"}));
    EXPECT_FALSE(reader.after({}, {.space = {}, .execution = other}, 10).events.empty());
}

// Its reason quotes the definition, and the API allows 1,024 characters of it.
TEST(Recovery, CutsTheReasonThatItGives) {
    Harness harness{{.clock = kManual, .step_duration = 10s}};
    const ExecutionKey key =
        harness.start(harness.add("p", {{{"Name", "Train"}, {"Type", "Training"}, {"Arguments", Json::object()}}}));
    const std::string unknown(2000, 'x');
    harness.store().database.execute(
        ("UPDATE versions SET definition = replace(definition, 'Training', '" + unknown + "')").c_str());
    harness.crash();
    harness.turn();
    const auto row = harness.store().steps.find(key, 0).value();
    EXPECT_EQ(harness.execution(key).failure.size(), 1024U);
    EXPECT_EQ(row.content.failure.size(), 1024U);
    EXPECT_EQ(harness.store().jobs.find(*row.content.job).value().failure.size(), 1024U);
}

// Recorded with the pipeline's name in lower case; the job's own reason is the service's alone.
TEST(Settle, AFailureThatAPolicyCouldHaveNamedSaysSo) {
    Harness harness;
    const Pipeline pipeline =
        harness.add("Upper", {{{"Name", "Train"}, {"Type", "Training"}, {"Arguments", Json::object()}}});
    StartRequest request;
    request.scenario = {
        {"Case", "Full"},
        {"Steps",
         {{"Train", {{"0-", {{"Throw", {{"Error", "SageMaker.CAPACITY_ERROR"}, {"Cause", "CapacityError: no"}}}}}}}}}};
    const ExecutionKey key = harness.start(pipeline, request);
    const auto row = harness.store().steps.find(key, 0).value();
    EXPECT_EQ(row.content.failure,
              "CapacityError: no\nRetry not appropriate on execution of step with PipelineExecutionArn "
              "arn:aws:sagemaker:us-east-1:123456789012:pipeline/upper/execution/" +
                  harness.execution(key).public_id +
                  " and StepId Train. No retry policy configured for the exception type SAGEMAKER_CAPACITY_ERROR.");
    EXPECT_EQ(harness.store().jobs.find(*row.content.job).value().failure, "CapacityError: no");
}

}  // namespace
}  // namespace pipelines::engine
