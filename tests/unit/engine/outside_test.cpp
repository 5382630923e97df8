// Steps that are performed outside: what is asked of it when, and that nothing of what comes back is lost or believed
// twice.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness.hpp"

namespace pipelines::engine {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Remembers what it is asked for.
class Recorder final : public runners::StepRunner {
public:
    void ensure(const runners::OutsideTask& task) override {
        steps.push_back(read(task.ref).value());
        EXPECT_EQ(steps.back().name, task.name);
        asked.push_back("ensure " + steps.back().step + " " + std::string(to_string(task.status)));
    }
    void stop(const std::string& name) override {
        asked.push_back("stop " + step_of(name));
        if (when_stopped) when_stopped();
    }
    void release(const std::string& name) override { asked.push_back("release " + step_of(name)); }

    std::function<std::optional<runners::OutsideStep>(const StepRef&)> read;
    std::function<void()> when_stopped;
    std::vector<std::string> asked;
    std::vector<runners::OutsideStep> steps;

private:
    [[nodiscard]] std::string step_of(const std::string& name) const {
        for (const auto& step : steps)
            if (step.name == name) return step.step;
        return "a stranger";
    }
};

runners::StepResult failed(StepError error) {
    runners::StepResult result;
    result.verdict = {StepStatus::Failed, error};
    result.failure = "no";
    return result;
}

class OutsideTest : public testing::Test {
protected:
    OutsideTest() {
        recorder.read = [this](const StepRef& step) { return harness.engine().outside_step(step); };
    }

    void report(const StepRef& step, const runners::StepResult& result = {}) {
        harness.engine().post(step, result);
        harness.turn();
    }

    Recorder recorder;
    Harness harness{{.runners = {{JobKind::Lambda, &recorder}}}};
};

TEST_F(OutsideTest, IsAskedBehindTheCommitAndAnswersInLaterTurns) {
    const Pipeline pipeline = harness.add("p", {lambda("A"), lambda("B", {"A"})});
    ExecutionKey key = 0;
    harness.within([this, &pipeline, &key] { key = harness.start_here(pipeline); });
    EXPECT_THAT(recorder.asked, IsEmpty());
    harness.turn();
    EXPECT_THAT(recorder.asked, ElementsAre("ensure A Starting"));
    EXPECT_EQ(harness.picture(key), "A Starting");
    const runners::OutsideStep& step = recorder.steps.front();
    EXPECT_EQ(step.target, "arn:aws:lambda:us-east-1:123456789012:function:f");
    EXPECT_THAT(step.execution_arn, HasSubstr(harness.execution(key).public_id));

    harness.engine().confirm(step.ref);
    harness.turn();
    EXPECT_EQ(harness.picture(key), "A Executing");
    report(step.ref);
    EXPECT_EQ(harness.picture(key), "A Succeeded, B Starting");
    EXPECT_THAT(recorder.asked, ElementsAre("ensure A Starting", "release A", "ensure B Starting"));
    report(recorder.steps.back().ref);
    EXPECT_EQ(harness.status(key), "Succeeded");
}

TEST_F(OutsideTest, IsNotAskedForWhatWasNeverWritten) {
    const Pipeline pipeline = harness.add("p", {lambda("A")});
    harness.within([this, &pipeline] { (void)harness.start_here(pipeline); });
    harness.break_commit();
    harness.turn();
    EXPECT_THAT(recorder.asked, IsEmpty());
}

// It is tried each second, and its namespace is recovered before: neither is said again.
TEST_F(OutsideTest, AnAnswerThatCannotBeWrittenIsSaidOnce) {
    const ExecutionKey key = harness.start(harness.add("p", {lambda("A")}));
    harness.store().database.execute(
        "CREATE TRIGGER held BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'held'); END");
    testing::internal::CaptureStderr();
    report(recorder.steps.back().ref);
    for (int second = 0; second < 3; ++second) harness.pass(1s);
    const std::string log = testing::internal::GetCapturedStderr();
    const std::string said =
        "step 0 of " + harness.execution(key).public_id +
        ", account 123456789012 in us-east-1: an answer from outside cannot be taken, until the next attempt: ";
    ASSERT_THAT(log, HasSubstr(said));
    EXPECT_THAT(log.substr(log.find(said) + said.size()), Not(HasSubstr(said)));
    harness.store().database.execute("DROP TRIGGER held");
    harness.pass(1s);
    EXPECT_EQ(harness.picture(key), "A Succeeded");
}

TEST_F(OutsideTest, IsBelievedAboutTheAttemptAtHandOnly) {
    const Pipeline pipeline = harness.add("p", {lambda("A")});
    const ExecutionKey key = harness.start(pipeline);
    const StepRef first = recorder.steps.back().ref;
    report(first, failed(StepError::ServiceFault));  // has retries without a policy
    ASSERT_EQ(recorder.steps.size(), 2U);
    EXPECT_NE(recorder.steps[0].name, recorder.steps[1].name);
    report(first);
    harness.engine().confirm(first);
    report({key + 1, 0, 1});
    report({key, 7, 1});
    EXPECT_EQ(harness.picture(key), "A Starting");
    report(recorder.steps.back().ref);
    EXPECT_EQ(harness.picture(key), "A Succeeded");
    report(recorder.steps.back().ref, failed(StepError::ClientError));
    EXPECT_EQ(harness.picture(key), "A Succeeded");
}

// A call that has waited long for its turn finds out here that nobody wants it any more.
TEST_F(OutsideTest, CanBeReadForAsLongAsItIsNotOver) {
    const Pipeline pipeline = harness.add("p", {lambda("A")});
    harness.start(pipeline);
    const StepRef first = recorder.steps.back().ref;
    EXPECT_TRUE(harness.engine().outside_step(first));
    EXPECT_FALSE(harness.engine().outside_step({first.execution + 1, 0, 1}));
    EXPECT_FALSE(harness.engine().outside_step({first.execution, 7, 1}));
    report(first, failed(StepError::ServiceFault));
    EXPECT_FALSE(harness.engine().outside_step(first));
    const StepRef second = recorder.steps.back().ref;
    EXPECT_TRUE(harness.engine().outside_step(second));
    report(second);
    EXPECT_FALSE(harness.engine().outside_step(second));
}

// Nobody outside repeats what it has said.
TEST_F(OutsideTest, IsHeardASecondLaterIfItCannotBeWritten) {
    const Pipeline pipeline = harness.add("p", {lambda("A")});
    const ExecutionKey key = harness.start(pipeline);
    harness.engine().post(recorder.steps.back().ref, {});
    harness.break_commit();
    harness.turn();
    EXPECT_EQ(harness.picture(key), "A Starting");
    ASSERT_TRUE(harness.alarm());
    harness.pass(1s);
    EXPECT_EQ(harness.picture(key), "A Succeeded");
    EXPECT_EQ(harness.status(key), "Succeeded");
}

// Nor when there was not even a turn to write it in; and it is owed once, not once for each failure.
TEST_F(OutsideTest, IsHeardASecondLaterIfNoTurnCanBeOpened) {
    const Pipeline pipeline = harness.add("p", {lambda("A"), lambda("B", {"A"})});
    const ExecutionKey key = harness.start(pipeline);
    harness.block_turns();
    report(recorder.steps.back().ref);
    EXPECT_EQ(harness.alarm(), Duration{1s});
    harness.pass(1s);
    EXPECT_EQ(harness.alarm(), Duration{1s}) << "the turn still cannot be opened";
    harness.unblock_turns();
    EXPECT_EQ(harness.picture(key), "A Starting");
    harness.pass(1s);
    EXPECT_EQ(harness.picture(key), "A Succeeded, B Starting");
    EXPECT_FALSE(harness.alarm());
}

TEST_F(OutsideTest, IsAskedAgainUnderTheSameNameAfterACrash) {
    const Pipeline pipeline = harness.add("p", {lambda("A"), lambda("B")});
    const ExecutionKey key = harness.start(pipeline);
    harness.engine().confirm(recorder.steps.back().ref);
    harness.turn();
    harness.crash();
    harness.turn();
    EXPECT_THAT(recorder.asked,
                ElementsAre("ensure A Starting", "ensure B Starting", "ensure A Starting", "ensure B Executing"));
    EXPECT_EQ(recorder.steps[0].name, recorder.steps[2].name);
    EXPECT_EQ(recorder.steps[0].ref, recorder.steps[2].ref);
    report(recorder.steps[2].ref);
    report(recorder.steps[3].ref);
    EXPECT_EQ(harness.status(key), "Succeeded");
}

TEST_F(OutsideTest, IsToldOfAStopAndWaitedFor) {
    const Pipeline pipeline = harness.add("p", {lambda("A"), lambda("B", {"A"})});
    const ExecutionKey key = harness.start(pipeline);
    harness.within([this, key] { ASSERT_TRUE(harness.engine().stop(key)); });
    harness.turn();
    EXPECT_THAT(recorder.asked, ElementsAre("ensure A Starting", "stop A"));
    EXPECT_EQ(harness.picture(key), "A Stopping");
    harness.engine().confirm(recorder.steps.back().ref);
    harness.turn();
    EXPECT_EQ(harness.picture(key), "A Stopping");
    report(recorder.steps.back().ref);
    EXPECT_EQ(harness.picture(key), "A Succeeded");
    EXPECT_EQ(harness.status(key), "Stopped");
}

// One that knows at once that nothing of it had begun (runner.hpp): whoever listens hears of the stop first, and of
// nothing that does not stand yet.
TEST_F(OutsideTest, MayAnswerAStopAtOnce) {
    const Pipeline pipeline = harness.add("p", {lambda("A")});
    const ExecutionKey key = harness.start(pipeline);
    recorder.when_stopped = [this] {
        runners::StepResult stopped;
        stopped.verdict = {StepStatus::Stopped};
        harness.engine().post(recorder.steps.back().ref, stopped);
    };
    std::vector<std::string> heard;
    const auto listener = harness.engine().bell().listen([this, key, &heard](const Bell::Changed& changed) {
        EXPECT_FALSE(harness.store().turn.dirty());
        EXPECT_THAT(changed, ElementsAre(key));
        heard.push_back(harness.picture(key));
    });
    harness.within([this, key] { ASSERT_TRUE(harness.engine().stop(key)); });
    ASSERT_TRUE(harness.step()) << "its COMMIT";
    harness.post([this] { harness.within([] {}); });  // another write just behind it, for whose end the bell waits
    harness.turn();
    EXPECT_THAT(heard, ElementsAre("A Stopping", "A Stopped"));
}

TEST_F(OutsideTest, IsNotAskedAboutStepsThatAScenarioSpeaksOf) {
    const Pipeline pipeline = harness.add("p", {lambda("A"), lambda("B")});
    StartRequest request;
    request.scenario = Json{{"Case", "c"}, {"Steps", {{"A", {{"0-", {{"Return", Json::object()}}}}}}}};
    const ExecutionKey key = harness.start(pipeline, request);
    EXPECT_THAT(recorder.asked, ElementsAre("ensure B Starting"));
    EXPECT_EQ(harness.picture(key), "A Succeeded, B Starting");
}

// Files ------------------------------------------------------------------------------------------------------------

class FetchTest : public testing::Test {
protected:
    using Done = std::function<void(Result<std::string>)>;

    // A step that fails with what stands in the files.
    static Json reader(const std::vector<std::string>& keys) {
        Json values = Json::array();
        for (const auto& key : keys)
            values.push_back({{"Std:JsonGet", {{"S3Uri", "s3://bucket/" + key}, {"Path", "v"}}}});
        return {{"Name", "Show"},
                {"Type", "Fail"},
                {"Arguments", {{"ErrorMessage", {{"Std:Join", {{"On", "|"}, {"Values", values}}}}}}}};
    }
    void deliver(std::size_t index, Result<std::string> bytes) {
        const Done then = done.at(index);  // a copy: more may be added while it runs
        then(std::move(bytes));
        harness.turn();
    }
    [[nodiscard]] std::string reason(ExecutionKey key) {
        return harness.store().steps.find(key, 0).value().content.failure;
    }

    std::vector<std::string> asked;
    std::vector<Done> done;
    std::vector<std::weak_ptr<void>> calls;  // which are still needed
    Harness harness{{.fetch = [this](const NamespaceKey&, const store::ObjectName& object, std::size_t, Done then) {
        asked.push_back(object.key);
        done.push_back(std::move(then));
        std::shared_ptr<void> call = std::make_shared<int>();
        calls.push_back(call);
        return call;
    }}};
};

TEST_F(FetchTest, BringsOneFileAfterTheOtherAndLaunchesOnce) {
    const ExecutionKey key = harness.start(harness.add("p", {reader({"a", "b", "a"})}));
    EXPECT_EQ(harness.picture(key), "Show Starting");
    deliver(0, R"({"v": 1})");
    EXPECT_EQ(harness.picture(key), "Show Starting");
    deliver(1, R"({"v": 2})");
    EXPECT_THAT(asked, ElementsAre("a", "b"));
    EXPECT_EQ(reason(key), "1|2|1");
}

TEST_F(FetchTest, IsBegunAgainAfterACrashAndAfterARollBack) {
    const ExecutionKey key = harness.start(harness.add("p", {reader({"a", "b"})}));
    deliver(0, R"({"v": 1})");
    harness.crash();
    harness.turn();
    EXPECT_THAT(asked, ElementsAre("a", "b", "a"));
    done[2](R"({"v": 1})");
    harness.break_commit();
    harness.turn();
    harness.pass(1s);
    ASSERT_GT(asked.size(), 3U);
    for (std::size_t next = 3; next < done.size(); ++next) deliver(next, R"({"v": 1})");
    EXPECT_EQ(reason(key), "1|1");
    EXPECT_EQ(harness.status(key), "Failed");
}

TEST_F(FetchTest, IsTakenASecondLaterIfNoTurnCanBeOpened) {
    const ExecutionKey key = harness.start(harness.add("p", {reader({"a"})}));
    harness.block_turns();
    deliver(0, R"({"v": 1})");
    harness.unblock_turns();
    EXPECT_EQ(harness.picture(key), "Show Starting");
    harness.pass(1s);
    EXPECT_EQ(reason(key), "1");
}

TEST_F(FetchTest, ComesTooLateForAStepThatWasStopped) {
    const ExecutionKey key = harness.start(harness.add("p", {reader({"a"})}));
    EXPECT_FALSE(calls.at(0).expired());
    harness.within([this, key] { ASSERT_TRUE(harness.engine().stop(key)); });
    harness.turn();
    EXPECT_TRUE(calls.at(0).expired());
    deliver(0, R"({"v": 1})");
    EXPECT_EQ(harness.picture(key), "Show Stopped");
    EXPECT_EQ(harness.status(key), "Stopped");
}

TEST_F(FetchTest, FailsTheStepWithWhatWentWrong) {
    const ExecutionKey key = harness.start(harness.add("p", {reader({"a"})}));
    deliver(0, Error{ErrorKind::Validation, "http://s3 did not answer within 30 s"});
    EXPECT_THAT(reason(key), HasSubstr("http://s3 did not answer within 30 s"));
    EXPECT_THAT(reason(key), HasSubstr("s3://bucket/a"));
}

}  // namespace
}  // namespace pipelines::engine
