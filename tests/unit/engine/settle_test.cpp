// What a settle promises: one that is cut goes on, a request is answered once, and the rows alone are enough to go on
// from. What happens to one that is undone: undo_test.cpp.

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

// A hundred who look at what a Start changed do not delay its answer, nor that of the next one in the turn.
TEST(Settle, IsAnsweredBeforeItIsAnnouncedAndAnnouncedOnce) {
    Harness harness;
    const Pipeline pipeline = harness.add("p", chain(1));
    std::vector<std::string> order;
    std::vector<ExecutionKey> keys;
    const auto listener = harness.engine().bell().listen([&order, &keys](const Bell::Changed& changed) {
        EXPECT_THAT(changed, testing::ElementsAreArray(keys));
        order.emplace_back("bell");
    });
    for (const char* name : {"first", "second"})
        harness.engine().answer_write(
            "a start",
            [&harness, &pipeline, &order, &keys, name] {
                keys.push_back(harness.start_here(pipeline));
                const Send send = [&harness, &order, name] { harness.post(noted(order, name)); };  // as a session does
                return Answer{.stands = true, .send = send};
            },
            noted(order, "failed"));
    harness.turn();
    EXPECT_THAT(order, testing::ElementsAre("first", "second", "bell"));
}

// Who is told of news looks at rows that stand, also where another turn is open by then.
TEST(Settle, IsAnnouncedWhileNothingIsOpen) {
    Harness harness;
    const Pipeline pipeline = harness.add("p", chain(1));
    int rings = 0;
    const auto listener = harness.engine().bell().listen([&harness, &rings](const Bell::Changed&) {
        ++rings;
        EXPECT_FALSE(harness.store().turn.dirty());
    });
    harness.within([&harness, &pipeline] { (void)harness.start_here(pipeline); });
    ASSERT_TRUE(harness.step()) << "the COMMIT";
    harness.within([&harness, &pipeline] { (void)harness.start_here(pipeline); });
    harness.break_commit();
    harness.turn();
    EXPECT_EQ(rings, 1) << "the second start was undone, and delays the news of the first at most";
}

// Each of those who wait for the end of a cut settle has an answer of its own to lose.
TEST(Settle, AnAnswerThatThrowsTakesNoOtherWithIt) {
    Harness harness{{.budget = 20}};
    const Pipeline pipeline = harness.add("p", chain(30));
    std::vector<std::string> answered;
    const auto start = [&harness, &pipeline](Send send) {
        return [&harness, &pipeline, send = std::move(send)] {
            (void)harness.start_here(pipeline);
            return Answer{.stands = true, .send = send};
        };
    };
    harness.engine().answer_write("a start",
                                  start([] { throw std::runtime_error("on purpose (expected in this test)"); }),
                                  noted(answered, "failed"));
    harness.engine().answer_write("a start", start(noted(answered, "second")), noted(answered, "failed"));
    harness.turn();
    EXPECT_THAT(answered, testing::ElementsAre("second"));
}

// One advance may set off the clocks of all accounts and regions: its answer waits for all of them.
TEST(Settle, ThatIsCutInTwoNamespacesIsAnsweredOnceBothAreOver) {
    Harness harness{{.clock = kManual, .step_duration = 1s, .budget = 20}};
    std::vector<NamespaceId> spaces;
    std::vector<ExecutionKey> keys;
    for (const auto& [region, length] : {std::pair{"us-east-1", 30}, {"eu-west-1", 90}}) {
        harness.use_space(region);
        spaces.push_back(harness.space());
        keys.push_back(harness.start(harness.add("p", chain(length))));
    }
    std::vector<std::string> answered;
    harness.engine().answer_write(
        "an advance",
        [&harness, &spaces, &answered] {
            for (const NamespaceId space : spaces) EXPECT_TRUE(harness.engine().advance(space, AdvanceTo::Idle));
            return Answer{.stands = true, .send = noted(answered, "advanced")};
        },
        noted(answered, "failed"));
    while (harness.step())
        if (!answered.empty()) break;
    EXPECT_EQ(harness.status(keys[0]), "Succeeded");
    EXPECT_EQ(harness.status(keys[1]), "Succeeded");
    harness.turn();
    EXPECT_THAT(answered, testing::ElementsAre("advanced"));
}

// A pipeline for each test of a long session: the newest definitions are at hand, however many there were.
TEST(Settle, KeepsTheNewestDefinitions) {
    Harness harness;
    std::vector<VersionKey> versions;
    harness.within([&harness, &versions] {
        for (int n = 0; n < 600; ++n) {
            const Pipeline pipeline = harness.insert(fmt::format("p{}", n), chain(1));
            versions.push_back(harness.store().pipelines.find_version(pipeline.id, 1).value().id);
        }
    });
    harness.turn();
    std::weak_ptr<const definition::Definition> before;
    for (const VersionKey version : versions) {
        const auto made = harness.engine().definition(version).value();
        ASSERT_TRUE(version == versions.front() || !before.expired()) << version;
        before = made;
    }
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

TEST(Bell, OneListenerThatThrowsKeepsNoOtherFromTheNews) {
    Bell bell;
    int heard = 0;
    const auto first =
        bell.listen([](const Bell::Changed&) { throw std::runtime_error("on purpose (expected in this test)"); });
    const auto second = bell.listen([&heard](const Bell::Changed&) { ++heard; });
    EXPECT_NO_THROW(bell.ring({}));
    bell.ring({});
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

    store::EventRow written;  // the last of them
    harness.store().events.show(0, {.space = {}, .execution = unreadable}, [&written](const store::EventRow& one) {
        written = one;
        return true;
    });
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
