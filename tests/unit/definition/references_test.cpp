#include <gtest/gtest.h>

#include <tuple>

#include "support.hpp"

namespace pipelines::definition::test {
namespace {

constexpr std::string_view kProcess = R"({"Name": "Eval", "Type": "Processing", "Arguments": {},
    "PropertyFiles": [{"PropertyFileName": "Report", "OutputName": "o", "FilePath": "r.json"}]})";
constexpr std::string_view kLambda = R"({"Name": "Call", "Type": "Lambda", "Arguments": {}, "FunctionArn": "f",
    "OutputParameters": [{"OutputName": "score", "OutputType": "Float"}]})";

// A Lambda step whose input is `value`, behind one step of each kind that it could refer to.
std::string using_value(std::string_view value) {
    std::string steps{kProcess};
    steps += "," + std::string(kLambda);
    for (const std::string_view type :
         {"Training", "Tuning", "AutoML", "Model", "Job", "Lineage", "EMR", "EMRServerless", "BedrockModelImport",
          "Athena", "HubContent", "Pass", "Endpoint"})
        steps += "," + step(type, type, "{}");
    steps += "," + step("Quality", "QualityCheck", "{}", R"(, "CheckType": "DATA_QUALITY")");
    steps += "," + step("Clarify", "ClarifyCheck", "{}", R"(, "CheckType": "DATA_BIAS")");
    steps += "," + step("Cond", "Condition", R"({"Conditions": []})") + "," + step("Stop", "Fail", "{}");
    steps += "," + step("Use", "Lambda", fmt::format(R"({{"x": {}}})", value), R"(, "FunctionArn": "f")");
    return with_parameters(steps);
}

std::string using_get(std::string_view reference) { return using_value(fmt::format(R"({{"Get": "{}"}})", reference)); }

// Every property path that the model knows can be referred to, and nothing else.
TEST(References, FollowTheShapesOfTheApi) {
    for (const std::string_view reference : {"Parameters.Count",
                                             "Execution.PipelineExecutionId",
                                             "Execution.TrainingJobName",
                                             "PipelineExperimentConfig.TrialName",
                                             "Steps.Training.ModelArtifacts.S3ModelArtifacts",
                                             "Steps.Training.InputDataConfig[0].DataSource.S3DataSource.S3Uri",
                                             "Steps.Training.InputDataConfig['train'].ChannelName",
                                             "Steps.Training.HyperParameters['k']",
                                             "Steps.Training.Environment['SM_OUTPUT_NOTEBOOK_NAME']",
                                             "Steps.Eval.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri",
                                             "Steps.Eval.ProcessingInputs['in'].S3Input.S3Uri",
                                             "Steps.Tuning.BestTrainingJob.TrainingJobName",
                                             "Steps.Tuning.TrainingJobSummaries[49].TrainingJobName",
                                             "Steps.AutoML.BestCandidateProperties.ModelInsightsJsonReportPath",
                                             "Steps.AutoML.BestCandidate.InferenceContainers[0].Environment['K']",
                                             "Steps.Model.ModelName",
                                             "Steps.Job.JobConfigDocument.ServiceOutput.MlflowDetails.RunId",
                                             "Steps.Job.JobArn",
                                             "Steps.Lineage.ActionArns['a']",
                                             "Steps.EMR.ClusterId",
                                             "Steps.EMR.Config.Args[0]",
                                             "Steps.EMRServerless.jobRun.state",
                                             "Steps.BedrockModelImport.ModelDataSource.S3DataSource.S3Uri",
                                             "Steps.Athena.ResultConfiguration.OutputLocation",
                                             "Steps.HubContent.HubContentArn",
                                             "Steps.Endpoint.EndpointName",
                                             "Steps.Quality.CalculatedBaselineStatistics",
                                             "Steps.Clarify.BaselineUsedForDriftCheckConstraints",
                                             "Steps.Cond.Outcome",
                                             "Steps.Call.OutputParameters['score']"})
        EXPECT_EQ(fault_of(using_get(reference)), "compiles") << reference;
}

TEST(References, RefuseWhatIsNotThere) {
    const std::tuple<std::string_view, std::string_view> cases[] = {
        {"Parameters.Coun", "Unknown parameter 'Coun' in reference 'Parameters.Coun'. Did you mean 'Count'?"},
        {"Execution.Name",
         "Unknown reference 'Execution.Name'. Known: StartDateTime, CurrentDateTime, PipelineName, PipelineArn, "
         "PipelineExecutionId, PipelineExecutionArn, TrainingJobName, ProcessingJobName."},
        {"Step.Training.TrainingJobArn",
         "Unknown reference 'Step.Training.TrainingJobArn': it must begin with Parameters., Steps., Execution., "
         "PipelineExperimentConfig. or, in the body of a ForEach step, ForEach.CurrentItem."},
        {"Steps.Trainig.TrainingJobArn",
         "Unknown step 'Trainig' in reference 'Steps.Trainig.TrainingJobArn'. Did you mean 'Training'?"},
        {"Steps.Training", "Reference 'Steps.Training' names no property of a Training step: it names no property."},
        {"Steps.Training.A..B",
         "Reference 'Steps.Training.A..B' names no property of a Training step: the path is malformed: write "
         "a.b['key'][0]."},
        {"Steps.Training.TrainingJobArm",
         "Reference 'Steps.Training.TrainingJobArm' names no property of a Training step: there is no "
         "'TrainingJobArm'. Did "
         "you mean 'TrainingJobArn'?"},
        {"Steps.Training.ModelArtifacts.S3",
         "Reference 'Steps.Training.ModelArtifacts.S3' names no property of a Training step: there is no 'S3'. Known: "
         "S3ModelArtifacts."},
        {"Steps.Training.TrainingJobArn.Name",
         "Reference 'Steps.Training.TrainingJobArn.Name' names no property of a Training step: there is nothing "
         "beneath a "
         "value, so no 'Name'."},
        {"Steps.Training.InputDataConfig.ChannelName",
         "Reference 'Steps.Training.InputDataConfig.ChannelName' names no property of a Training step: a list has no "
         "'ChannelName': write [0] or, if its elements have names, ['name']."},
        {"Steps.Training.AlgorithmSpecification.ContainerEntrypoint['x']",
         "Reference 'Steps.Training.AlgorithmSpecification.ContainerEntrypoint['x']' names no property of a Training "
         "step: a "
         "list has no 'x': write [0] or, if its elements have names, ['name']."},
        {"Steps.Quality.Statistics",
         "Reference 'Steps.Quality.Statistics' names no property of a QualityCheck step: there is no 'Statistics'. "
         "Known: "
         "CalculatedBaselineStatistics, CalculatedBaselineConstraints, BaselineUsedForDriftCheckStatistics, "
         "BaselineUsedForDriftCheckConstraints."},
        {"Steps.Clarify.CalculatedBaselineStatistics",
         "Reference 'Steps.Clarify.CalculatedBaselineStatistics' names no property of a ClarifyCheck step: there is no "
         "'CalculatedBaselineStatistics'. Did you mean 'CalculatedBaselineConstraints'?"},
        {"Steps.AutoML.BestCandidateProperties.Other",
         "Reference 'Steps.AutoML.BestCandidateProperties.Other' names no property of a AutoML step: there is no "
         "'Other'. "
         "Known: ModelInsightsJsonReportPath, ExplainabilityJsonReportPath."},
        {"Steps.Cond.Outcome.x",
         "Reference 'Steps.Cond.Outcome.x' names no property of a Condition step: there is nothing beneath a value, so "
         "no "
         "'x'."},
        {"Steps.Call.OutputParameters['scores']",
         "Reference 'Steps.Call.OutputParameters['scores']' names no property of a Lambda step: OutputParameters "
         "declares no "
         "'scores'. Did you mean 'score'?"},
        {"Steps.Call.score",
         "Reference 'Steps.Call.score' names no property of a Lambda step: a Lambda step has OutputParameters['name'] "
         "only."},
        {"Steps.Pass.X", "Reference 'Steps.Pass.X' names no property of a Pass step: a Pass step has no properties."},
        {"Steps.Use.OutputParameters['x']", "Step 'Use' cannot refer to itself: 'Steps.Use.OutputParameters['x']'."},
        {"Steps.Stop.ErrorMessage", "Use can not depends on Stop"},
        {"Steps.Eval.PropertyFiles.Report",
         "Reference 'Steps.Eval.PropertyFiles.Report' names a property file, which only the PropertyFile of a "
         "Std:JsonGet "
         "can."},
        {"ForEach.CurrentItem", "Reference 'ForEach.CurrentItem' means something only in the body of a ForEach step."},
        {"IterationOutput.Call.OutputParameters['score']",
         "Reference 'IterationOutput.Call.OutputParameters['score']' means something only in the Selector of a ForEach "
         "step."}};
    for (const auto& [reference, sentence] : cases)
        EXPECT_EQ(fault_of(using_get(reference)),
                  fmt::format("Unable to parse pipeline definition. {} (at /Steps/19/Arguments/x/Get)", sentence));
}

TEST(References, ChecksTheFormOfFunctions) {
    const std::tuple<std::string_view, std::string_view> cases[] = {
        {R"({"Std:Base64": "x"})",
         "Unknown function 'Std:Base64'. Known: Get, Std:Join, Std:JsonGet. (at {}/Std:Base64)"},
        {R"({"Get": 5})", "Expecting Json String but found an integer. (at {}/Get)"},
        {R"({"Std:Join": []})", "Expecting start of Json Object. (at {}/Std:Join)"},
        {R"({"Std:Join": {"On": "/"}})", "Missing member 'Values'. (at {}/Std:Join)"},
        {R"({"Std:Join": {"On": 5, "Values": []}})", "Expecting Json String but found an integer. (at {}/Std:Join/On)"},
        {R"({"Std:Join": {"Values": [["x"]]}})",
         "Std:Join joins values and expressions, not an array. (at {}/Std:Join/Values/0)"},
        {R"({"Std:Join": {"Separator": "/", "Values": []}})",
         "Unknown Std:Join member 'Separator'. Known: On, Values. (at {}/Std:Join/Separator)"},
        {R"({"Std:JsonGet": {"Step": "Eval", "PropertyFile": "Report", "Path": "a"}})",
         "Unknown Std:JsonGet member 'Step'. Known: PropertyFile, S3Uri, Path. (at {}/Std:JsonGet/Step)"},
        {R"({"Std:JsonGet": {"PropertyFile": "Report", "Path": "a"}})",
         "PropertyFile of Std:JsonGet must be {{\"Get\": \"Steps.<step>.PropertyFiles.<name>\"}}. (at "
         "{}/Std:JsonGet/PropertyFile)"},
        {R"({"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Eval.PropertyFiles.Repotr"}, "Path": "a"}})",
         "Unknown property file 'Repotr' in reference 'Steps.Eval.PropertyFiles.Repotr'. Did you mean 'Report'? (at "
         "{}/Std:JsonGet/PropertyFile)"},
        {R"({"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Training.PropertyFiles.R"}, "Path": "a"}})",
         "Unknown property file 'R' in reference 'Steps.Training.PropertyFiles.R'. Step 'Training' declares none. (at "
         "{}/Std:JsonGet/PropertyFile)"},
        {R"({"Std:JsonGet": {"Path": "a"}})", "Std:JsonGet needs either PropertyFile or S3Uri. (at {}/Std:JsonGet)"},
        {R"({"Std:JsonGet": {"S3Uri": "s3://b/k"}})", "Missing member 'Path'. (at {}/Std:JsonGet)"},
        {R"({"Std:JsonGet": {"S3Uri": "s3://b/k", "Path": "a[*]"}})",
         "Path 'a[*]' of Std:JsonGet is not of the form a.b[0]['c'], the part of JsonPath that is emulated. (at "
         "{}/Std:JsonGet/Path)"},
        {R"({"Std:JsonGet": {"S3Uri": 5, "Path": "a"}})",
         "S3Uri of Std:JsonGet must be a string or an expression, not an integer. (at {}/Std:JsonGet/S3Uri)"}};
    for (const auto& [value, sentence] : cases)
        EXPECT_EQ(fault_of(using_value(value)), "Unable to parse pipeline definition. " +
                                                    fmt::format(fmt::runtime(sentence), "/Steps/19/Arguments/x"))
            << value;
}

// A step starts when all that it refers to is there, wherever the reference stands.
TEST(Dependencies, ComeFromReferencesAtAnyDepth) {
    const std::string text = with_steps(
        step(
            "check", "Condition",
            R"({"Conditions": [{"Type": "Not", "Condition": {"Type": "Or", "Conditions": [{"Type": "LessThan", "LeftValue":
                {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Eval.PropertyFiles.Report"}, "Path": "a"}},
                "RightValue": {"Std:Join": {"Values": [{"Std:Join": {"Values": [{"Get": "Steps.train.TrainingJobName"}]}}]}}}]}}],
                "IfSteps": [)" +
                step("yes", "Pass", "{}") + R"(], "ElseSteps": [)" + step("no", "Pass", "{}") + "]}") +
        "," +
        step(
            "last", "Callback", R"({"a": {"Std:JsonGet": {"S3Uri": {"Std:Join": {"On": "/", "Values":
                [{"Get": "Steps.train.OutputDataConfig.S3OutputPath"}]}}, "Path": "a"}}, "b": [[{"Get": "Steps.check.Outcome"}]]})",
            R"(, "SqsQueueUrl": {"Get": "Steps.queue.OutputParameters['url']"}, "DependsOn": ["yes", "train", "yes"])") +
        "," + std::string(kProcess) + "," + step("train", "Training", "{}") + "," +
        step("queue", "Lambda", "{}",
             R"(, "FunctionArn": "f", "OutputParameters": [{"OutputName": "url", "OutputType": "String"}])"));
    EXPECT_EQ(picture_of(text),
              "check: Eval train\n"
              "yes: check[true]\n"
              "no: check[false]\n"
              "last: yes train check queue\n"
              "Eval:\n"
              "train:\n"
              "queue:\n");
}

TEST(Dependencies, NamesFaultsOfDependsOn) {
    const auto two = [](std::string_view depends_on) {
        return with_steps(pass("train") + "," +
                          step("b", "Pass", "{}", fmt::format(R"(, "DependsOn": {})", depends_on)));
    };
    const std::tuple<std::string, std::string_view> cases[] = {
        {two(R"("train")"), "Expecting start of Json Array. (at /Steps/1/DependsOn)"},
        {two("[5]"),
         "A DependsOn entry is a step name or {\"Step\", \"Trigger\"}, not an integer. (at /Steps/1/DependsOn/0)"},
        {two(R"(["trai"])"),
         "Step 'b' depends on unknown step 'trai'. Did you mean 'train'? (at /Steps/1/DependsOn/0)"},
        {two(R"([{"Step": "train", "Trigger": "Succeeded"}])"),
         "Unknown Trigger 'Succeeded'. Known: Completed, Failed, Stopped, Any. (at /Steps/1/DependsOn/0/Trigger)"},
        {two(R"([{"Name": "train"}])"),
         "Unknown DependsOn member 'Name'. Known: Step, Trigger. (at /Steps/1/DependsOn/0/Name)"},
        {two(R"([{"Step": "train", "Trigger": "Failed"}, {"Step": "train", "Trigger": "Any"}])"),
         "Step b depends on step train with conflicting triggers: Failed and Any. (at /Steps/1/DependsOn/1)"},
        {two(R"(["train", {"Step": "train", "Trigger": "Failed"}])"),
         "Step b depends on step train with conflicting triggers: Completed and Failed. (at /Steps/1/DependsOn/1)"},
        {with_steps(pass("a", R"("a")")), "Cycle detected in pipeline step graph: a -> a."},
        {with_steps(pass("a", R"("c")") + "," + pass("b", R"("a")") + "," + pass("c", R"("b")")),
         "Cycle detected in pipeline step graph: a -> c -> b -> a."},
        {with_steps(step("check", "Condition",
                         R"({"Conditions": [{"Type": "Equals", "LeftValue":
            {"Get": "Steps.in.TrainingJobName"}, "RightValue": 1}], "IfSteps": [)" +
                             step("in", "Training", "{}") + "]}")),
         "Cycle detected in pipeline step graph: check -> in -> check."},
        {with_steps(step("CondStep", "Condition", R"({"Conditions": []})", R"(, "DependsOn": ["FailStep"])") + "," +
                    step("FailStep", "Fail", R"({"ErrorMessage": "x"})")),
         "CondStep can not depends on FailStep (at /Steps/0/DependsOn/0)"}};
    for (const auto& [text, sentence] : cases)
        EXPECT_EQ(fault_of(text), "Unable to parse pipeline definition. " + std::string(sentence));
    EXPECT_EQ(picture_of(two(R"([{"Step": "train", "Trigger": "Completed"}, {"Step": "train"}])")),
              "train:\nb: train\n");
}

TEST(Dependencies, DuplicateNamesAreFoundAcrossBranches) {
    EXPECT_EQ(
        fault_of(with_steps(step("c", "Condition", R"({"Conditions": [], "IfSteps": [)" + pass("x") + "]}") + "," +
                            pass("x"))),
        "Unable to parse pipeline definition. Pipeline steps cannot have duplicate names: 'x' is also the step at "
        "/Steps/0/Arguments/IfSteps/0. (at /Steps/1)");
}

// What the engine resolves must no longer hold the steps nested in it.
TEST(Dependencies, ArgumentsOfAConditionAreItsConditions) {
    const auto compiled =
        compile(with_steps(step("c", "Condition",
                                R"({"Conditions": [], "IfSteps": [)" +
                                    step("l", "Callback", R"({"a": 1})", R"(, "SqsQueueUrl": "q")") + "]}")));
    ASSERT_TRUE(compiled);
    EXPECT_EQ(dump((*compiled)->steps[0].arguments), R"({"Conditions":[]})");
    EXPECT_EQ(dump((*compiled)->steps[1].arguments), R"({"a":1})");
    EXPECT_EQ(dump((*compiled)->steps[1].extra), R"({"SqsQueueUrl":"q"})");
    EXPECT_EQ((*compiled)->find("l"), NodeIndex{1});
    EXPECT_EQ((*compiled)->graph.nodes[0].kind, NodeKind::Condition);
    EXPECT_EQ((*compiled)->graph.nodes[0].dependents, std::vector<NodeIndex>{1});
}

}  // namespace
}  // namespace pipelines::definition::test
