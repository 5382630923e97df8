// A pipeline really runs: the engine, the store and the API together, on every clock, without a socket.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/local_service.hpp"
#include "support/steps.hpp"

namespace pipelines::testing {
namespace {

using ::testing::HasSubstr;

Json callback(std::string_view name) {
    return {{"Name", name},
            {"Type", "Callback"},
            {"SqsQueueUrl", "https://sqs.us-east-1.amazonaws.com/123456789012/q"},
            {"Arguments", {{"n", 1}}},
            {"OutputParameters", {{{"OutputName", "score"}, {"OutputType", "Integer"}}}}};
}

Json pipeline(std::vector<Json> steps) {
    return {{"Version", "2020-12-01"}, {"Parameters", Json::array()}, {"Steps", steps}};
}

LocalService::Options manual(Duration step_duration = Duration{60'000}) {
    LocalService::Options options;
    options.clock.mode = ClockMode::Manual;
    options.step_duration = step_duration;
    return options;
}

// The promise of the instant clock: the first Describe already shows the end.
TEST(Executions, SettlesInsideStart) {
    LocalService service;
    service.create("p", pipeline({lambda("C", {"A", "B"}), lambda("A"), lambda("B")}));
    const std::string arn = service.start("p");
    EXPECT_EQ(service.describe(arn).at("PipelineExecutionStatus"), "Succeeded");
    EXPECT_EQ(service.picture(arn), "A Succeeded, B Succeeded, C Succeeded");
    const Json steps = service.steps(arn);
    EXPECT_LT(steps[0].at("EndTime").get<double>(), steps[2].at("StartTime").get<double>())
        << "an end precedes what it releases";
    EXPECT_EQ(steps[0].at("StartTime"), steps[1].at("StartTime"));
}

// Both are texts there, whatever an expression gives, and null is nothing given.
TEST(Executions, ShowMlflowSettingsAsText) {
    LocalService service;
    const auto shown = [&service](std::string_view name, Json resource) {
        Json definition = pipeline({lambda("A")});
        definition["Parameters"] = *parse_json(R"([{"Name": "N", "Type": "Integer", "DefaultValue": 7}])");
        definition["MlflowConfig"]["MlflowExperimentName"] = "e";
        definition["MlflowConfig"]["MlflowResourceArn"] = std::move(resource);
        service.create(name, definition);
        return dump(service.describe(service.start(name)).at("MLflowConfig"));
    };
    EXPECT_EQ(shown("p", *parse_json(R"({"Get": "Parameters.N"})")),
              R"({"MlflowExperimentName":"e","MlflowResourceArn":"7"})");
    EXPECT_EQ(shown("q", nullptr), R"({"MlflowExperimentName":"e"})");
}

// Parallelism and order can only be seen while time stands still.
TEST(Executions, ManualClockShowsWhatRuns) {
    LocalService service{manual()};
    service.create("p", pipeline({lambda("A"), lambda("B"), lambda("C", {"A"})}));
    const std::string arn = service.start("p", {{"ParallelismConfiguration", {{"MaxParallelExecutionSteps", 1}}}});
    EXPECT_EQ(service.picture(arn), "A Executing");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"To", "next"}}).status, 200);
    EXPECT_EQ(service.picture(arn), "A Succeeded, B Executing");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"Seconds", 59}}).status, 200);
    EXPECT_EQ(service.picture(arn), "A Succeeded, B Executing");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"Seconds", 1}}).status, 200);
    EXPECT_EQ(service.picture(arn), "A Succeeded, B Succeeded, C Executing");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"To", "idle"}}).status, 200);
    EXPECT_EQ(service.describe(arn).at("PipelineExecutionStatus"), "Succeeded");
}

// A test that moves the time before anything has a clock is told so, not silently misled.
TEST(Executions, NoClockToMoveIsAnError) {
    LocalService service{manual()};
    const Reply refused = service.control("POST", "/_local/clock/advance", {{"Seconds", 1}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body.at("message").get<std::string>(), HasSubstr("There is no clock yet"));
}

// A clock never goes back: one that stands where no client can read it would be of no use any more.
TEST(Executions, AClockStopsBeforeTheYear10000) {
    LocalService service{manual()};
    service.create("p", pipeline({lambda("A")}));
    const Json ten_years{{"Seconds", 10 * 366 * 24 * 3600}};
    Reply moved;
    for (int times = 0; times < 1000 && (moved.status == 0 || moved.status == 200); ++times)
        moved = service.control("POST", "/_local/clock/advance", ten_years);
    EXPECT_EQ(moved.status, 400);
    EXPECT_THAT(moved.body.at("message").get<std::string>(), HasSubstr("no further than the year 9999"));
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"Seconds", 60}}).status, 200);
}

// Namespaces may have clocks of different modes: an advance of all moves those that it can move.
TEST(Executions, AdvanceMovesTheClocksThatAreManual) {
    LocalService service{manual()};
    service.create("p", pipeline({lambda("A")}));
    const std::string arn = service.start("p");
    service.where.region = "eu-west-1";
    service.create("p", pipeline({lambda("A")}));
    const std::string elsewhere = "account=123456789012&region=eu-west-1";
    EXPECT_EQ(service.control("PUT", "/_local/clock", {{"Mode", "real"}}, elsewhere).status, 200);
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"To", "idle"}}).status, 200);
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"To", "idle"}}, elsewhere).status, 400);
    EXPECT_EQ(service.control("PUT", "/_local/clock", {{"Mode", "real"}}).status, 200);
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"To", "idle"}}).status, 400) << "none is manual";
    service.where.region = "us-east-1";
    EXPECT_EQ(service.describe(arn).at("PipelineExecutionStatus"), "Succeeded");
}

// A limit that is raised while a run goes on takes effect at once.
TEST(Executions, RaisedParallelismStartsWhatWaited) {
    LocalService service{manual()};
    service.create("p", pipeline({lambda("A"), lambda("B"), lambda("C")}));
    const std::string arn = service.start("p", {{"ParallelismConfiguration", {{"MaxParallelExecutionSteps", 1}}}});
    const Reply updated =
        service.call("UpdatePipelineExecution", {{"PipelineExecutionArn", arn},
                                                 {"PipelineExecutionDisplayName", "renamed"},
                                                 {"ParallelismConfiguration", {{"MaxParallelExecutionSteps", 2}}}});
    EXPECT_EQ(updated.status, 200);
    EXPECT_EQ(service.picture(arn), "A Executing, B Executing");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"To", "idle"}}).status, 200);
    EXPECT_EQ(service.describe(arn).at("PipelineExecutionDisplayName"), "renamed")
        << "what a settle writes keeps the name";
}

// A callback waits under every clock; its answer is typed as declared and moves the run on.
TEST(Executions, CallbackWaitsForItsAnswer) {
    LocalService service;
    Json fail = {
        {"Name", "End"},
        {"Type", "Fail"},
        {"Arguments",
         {{"ErrorMessage",
           {{"Std:Join", {{"On", ""}, {"Values", {"score ", {{"Get", "Steps.Ask.OutputParameters['score']"}}}}}}}}}}};
    service.create("p", pipeline({callback("Ask"), fail}));
    const std::string arn = service.start("p");
    EXPECT_EQ(service.picture(arn), "Ask Executing");
    const std::string token = service.steps(arn)[0].at("Metadata").at("Callback").at("CallbackToken");
    EXPECT_EQ(token.size(), 10U);

    const auto answer = [&service, &token](std::string value) {
        return service.call("SendPipelineExecutionStepSuccess",
                            {{"CallbackToken", token}, {"OutputParameters", {{{"Name", "score"}, {"Value", value}}}}});
    };
    EXPECT_THAT(answer("many").error(), HasSubstr("ValidationException: The output parameter 'score'"));
    EXPECT_EQ(answer("12").body.at("PipelineExecutionArn"), arn);
    EXPECT_THAT(answer("12").error(), HasSubstr("already used"));
    EXPECT_EQ(service.picture(arn), "Ask Succeeded, End Failed");
    EXPECT_EQ(service.steps(arn)[1].at("FailureReason"), "score 12");
    EXPECT_EQ(service.describe(arn).at("FailureReason"), "Step failure: One or multiple steps failed.");
}

// "An accepted execution is never lost": a second process goes on from the rows of the first.
TEST(Executions, GoesOnFromItsRowsAfterARestart) {
    std::string arn;
    std::unique_ptr<store::Database> rows;
    {
        LocalService first{manual()};
        first.create("p", pipeline({lambda("A"), callback("Ask"), lambda("C", {"A", "Ask"})}));
        arn = first.start("p");
        EXPECT_EQ(first.control("POST", "/_local/clock/advance", {{"Seconds", 30}}).status, 200);
        rows = std::move(first).take_database();
    }
    LocalService::Options options = manual();
    options.database = std::move(rows);
    LocalService second{std::move(options)};
    second.engine().recover();
    second.turn();
    EXPECT_EQ(second.picture(arn), "A Executing, Ask Executing");
    EXPECT_EQ(second.control("POST", "/_local/clock/advance", {{"Seconds", 30}}).status, 200);
    EXPECT_EQ(second.picture(arn), "A Succeeded, Ask Executing");
    const std::string token = second.steps(arn)[1].at("Metadata").at("Callback").at("CallbackToken");
    EXPECT_EQ(second
                  .call("SendPipelineExecutionStepSuccess",
                        {{"CallbackToken", token}, {"OutputParameters", {{{"Name", "score"}, {"Value", "1"}}}}})
                  .status,
              200);
    EXPECT_EQ(second.control("POST", "/_local/clock/advance", {{"To", "idle"}}).status, 200);
    EXPECT_EQ(second.picture(arn), "A Succeeded, Ask Succeeded, C Succeeded");
}

// A data file may outlive what this program accepts: what was run under such a definition is shown as far as its rows
// go, and nothing more is begun under it.
TEST(Executions, ShowsWhatIsLeftOfADefinitionItCannotRead) {
    std::string arn;
    std::unique_ptr<store::Database> rows;
    {
        LocalService first{manual()};
        first.create("p", pipeline({{{"Name", "Train"}, {"Type", "Training"}, {"Arguments", Json::object()}}}));
        arn = first.start("p");
        rows = std::move(first).take_database();
    }
    rows->execute("UPDATE versions SET definition = replace(definition, 'Training', 'Untraining')");
    LocalService::Options options = manual();
    options.database = std::move(rows);
    LocalService second{std::move(options)};
    second.engine().recover();
    second.turn();
    const Json described = second.describe(arn);
    EXPECT_EQ(described.at("PipelineExecutionStatus"), "Failed");
    EXPECT_THAT(described.at("FailureReason").get<std::string>(), HasSubstr("can no longer be read: "));
    const Json step = second.steps(arn).at(0);
    EXPECT_EQ(step.at("StepName"), "Train");
    EXPECT_EQ(step.at("StepStatus"), "Failed");
    EXPECT_EQ(step.at("FailureReason"), described.at("FailureReason"));
    const Reply retried =
        second.call("RetryPipelineExecution", {{"PipelineExecutionArn", arn}, {"ClientRequestToken", second.token()}});
    EXPECT_THAT(retried.error(), HasSubstr("ValidationException: The stored definition can no longer be read: "));
    const Reply started =
        second.call("StartPipelineExecution", {{"PipelineName", "p"}, {"ClientRequestToken", std::string(32, 'x')}});
    EXPECT_THAT(started.error(), HasSubstr("ValidationException: The stored definition can no longer be read: "));
}

// A stop ends what is simulated at once, and what was due of it moves neither the clock nor another execution.
TEST(Executions, StopEndsWhatIsSimulated) {
    LocalService service{manual()};
    service.create("p", pipeline({lambda("A"), lambda("B", {"A"})}));
    const std::string arn = service.start("p");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"Seconds", 10}}).status, 200);
    const Reply stopped =
        service.call("StopPipelineExecution", {{"PipelineExecutionArn", arn}, {"ClientRequestToken", service.token()}});
    EXPECT_EQ(stopped.body.at("PipelineExecutionArn"), arn);
    EXPECT_EQ(service.picture(arn), "A Stopped");
    const Json described = service.describe(arn);
    EXPECT_EQ(described.at("PipelineExecutionStatus"), "Stopped");
    EXPECT_FALSE(described.contains("FailureReason"));
    EXPECT_NEAR(described.at("LastModifiedTime").get<double>() - described.at("CreationTime").get<double>(), 10, 0.01);

    const std::string other = service.start("p");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"To", "next"}}).status, 200);
    EXPECT_EQ(service.picture(arn), "A Stopped");
    EXPECT_EQ(service.picture(other), "A Succeeded, B Executing") << "next is not where the stopped step was due";
    const Reply again =
        service.call("StopPipelineExecution", {{"PipelineExecutionArn", arn}, {"ClientRequestToken", service.token()}});
    EXPECT_THAT(again.error(), HasSubstr("ValidationException: Only an execution that is Executing"));
    EXPECT_THAT(again.error(), HasSubstr("Stopped"));
}

// A callback is somebody else's work: the stop waits for the answer, also over a restart.
TEST(Executions, StopWaitsForACallback) {
    std::string arn;
    std::unique_ptr<store::Database> rows;
    {
        LocalService first{manual()};
        first.create("p", pipeline({lambda("A"), callback("Ask")}));
        arn = first.start("p");
        EXPECT_EQ(
            first.call("StopPipelineExecution", {{"PipelineExecutionArn", arn}, {"ClientRequestToken", first.token()}})
                .status,
            200);
        EXPECT_EQ(first.picture(arn), "A Stopped, Ask Stopping");
        EXPECT_EQ(first.describe(arn).at("PipelineExecutionStatus"), "Stopping");
        rows = std::move(first).take_database();
    }
    LocalService::Options options = manual();
    options.database = std::move(rows);
    LocalService second{std::move(options)};
    second.engine().recover();
    second.turn();
    EXPECT_EQ(second.picture(arn), "A Stopped, Ask Stopping");
    const Reply again =
        second.call("StopPipelineExecution", {{"PipelineExecutionArn", arn}, {"ClientRequestToken", second.token()}});
    EXPECT_THAT(again.error(), HasSubstr("the status of this one is Stopping"));
    const std::string token = second.steps(arn)[1].at("Metadata").at("Callback").at("CallbackToken");
    EXPECT_EQ(
        second.call("SendPipelineExecutionStepFailure", {{"CallbackToken", token}, {"FailureReason", "gone"}}).status,
        200);
    EXPECT_EQ(second.picture(arn), "A Stopped, Ask Stopped");
    EXPECT_EQ(second.describe(arn).at("PipelineExecutionStatus"), "Stopped");
}

// A real clock arms one alarm for the earliest end, and ends nothing before it.
TEST(Executions, RealClockArmsTheAlarm) {
    LocalService::Options options;
    options.clock.mode = ClockMode::Real;
    options.step_duration = Duration{5000};
    LocalService service{std::move(options)};
    service.create("p", pipeline({lambda("A"), lambda("B", {"A"})}));
    const std::string arn = service.start("p");
    EXPECT_EQ(service.alarm(), Duration{5000});
    service.pass(Duration{4999});
    service.engine().wake();
    service.turn();
    EXPECT_EQ(service.picture(arn), "A Executing");
    service.pass(Duration{1});
    service.engine().wake();
    service.turn();
    EXPECT_EQ(service.picture(arn), "A Succeeded, B Executing");
    EXPECT_EQ(service.alarm(), Duration{5000});
}

Json registration(std::string_view name) {
    return {{"Name", name},
            {"Type", "RegisterModel"},
            {"Arguments",
             {{"ModelPackageGroupName", "group"},
              {"InferenceSpecification", {{"Containers", {{{"Image", "i"}, {"ModelDataUrl", "s3://b/m.tar.gz"}}}}}}}}};
}

// Two runs that register into one group at the same moment: each package has a number of its own.
TEST(Executions, RunsOfOneSettleShareAGroup) {
    LocalService service{manual()};
    service.create("p", pipeline({lambda("First"), [] {
                                      Json step = registration("Register");
                                      step["DependsOn"] = {"First"};
                                      return step;
                                  }()}));
    const std::string one = service.start("p"), other = service.start("p");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"Seconds", 60}}).status, 200);
    std::vector<std::string> arns;
    for (const std::string& run : {one, other})
        arns.push_back(service.steps(run)[1].at("Metadata").at("RegisterModel").at("Arn"));
    EXPECT_THAT(arns[0], ::testing::EndsWith("/group/1"));
    EXPECT_THAT(arns[1], ::testing::EndsWith("/group/2"));
}

// A property that the model knows but no simulated job sets still has a value, whatever step reads it.
TEST(Executions, EveryPropertyOfTheModelResolves) {
    LocalService service;
    Json training = {{"Name", "Train"}, {"Type", "Training"}, {"Arguments", Json::object()}};
    Json fail = {
        {"Name", "End"}, {"Type", "Fail"}, {"Arguments", {{"ErrorMessage", {{"Get", "Steps.Train.TuningJobArn"}}}}}};
    service.create("p", pipeline({training, fail}));
    const std::string arn = service.start("p");
    EXPECT_EQ(service.picture(arn), "Train Succeeded, End Failed");
    EXPECT_THAT(service.steps(arn)[1].value("FailureReason", ""), ::testing::Not(HasSubstr("Cannot resolve")));
}

// A limit that an execution was started under stays, whatever becomes of its pipeline.
TEST(Executions, KeepsTheParallelismItStartedUnder) {
    LocalService service{manual()};
    const Json steps = pipeline({lambda("A"), lambda("B")});
    EXPECT_EQ(service
                  .call("CreatePipeline", {{"PipelineName", "p"},
                                           {"PipelineDefinition", dump(steps)},
                                           {"RoleArn", "arn:aws:iam::123456789012:role/Test"},
                                           {"ParallelismConfiguration", {{"MaxParallelExecutionSteps", 1}}},
                                           {"ClientRequestToken", service.token()}})
                  .status,
              200);
    const std::string arn = service.start("p");
    EXPECT_EQ(service
                  .call("UpdatePipeline",
                        {{"PipelineName", "p"}, {"ParallelismConfiguration", {{"MaxParallelExecutionSteps", 2}}}})
                  .status,
              200);
    EXPECT_EQ(service.describe(arn).at("ParallelismConfiguration").at("MaxParallelExecutionSteps"), 1);
}

// After an advance to idle a manual clock stands again, also when the settle was cut in between.
TEST(Executions, IdleLeavesTheClockManual) {
    LocalService service{manual()};
    service.create("p", pipeline({lambda("A")}));
    (void)service.start("p");
    EXPECT_EQ(service.control("POST", "/_local/clock/advance", {{"To", "idle"}}).status, 200);
    EXPECT_EQ(service.picture(service.start("p")), "A Executing");
}

}  // namespace
}  // namespace pipelines::testing
