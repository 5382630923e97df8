// ForEach: what a body may hold, who may refer to what, and what its steps wait for. The rules are those that the SDK
// tells of the service (for_each_step.py).
#include <gtest/gtest.h>

#include <tuple>

#include "support.hpp"

namespace pipelines::definition::test {
namespace {

constexpr std::string_view kScore = R"(, "FunctionArn": "f",
    "OutputParameters": [{"OutputName": "Score", "OutputType": "Float"}, {"OutputName": "List", "OutputType": "String"}])";

std::string lambda(std::string_view name, std::string_view arguments = "{}", std::string_view rest = {}) {
    return step(name, "Lambda", arguments, std::string(kScore) + std::string(rest));
}

std::string get(std::string_view reference) { return fmt::format(R"({{"Get": "{}"}})", reference); }
std::string input(std::string_view reference) { return fmt::format(R"({{"x": {}}})", get(reference)); }

// A ForEach `Each` over two literal items.
std::string each(std::string_view body, std::string_view selector = {}, std::string_view rest = {}) {
    return step(
        "Each", "ForEach",
        fmt::format(R"({{"IterableItems": ["a", "b"], "MaxConcurrency": 2{}, "ForEachBody": [{}]}})", selector, body),
        rest);
}

std::string selecting(std::string_view field, std::string_view pick = "MaxBy") {
    return fmt::format(R"(, "Selector": {{"Pick": "{}", "Field": {}}})", pick, get(field));
}

constexpr std::string_view kBest = "IterationOutput.Body.OutputParameters['Score']";

TEST(ForEachDefinition, BodyStandsBehindItsOwner) {
    const auto compiled = compile(with_steps(pass("first") + "," + each(lambda("Body") + "," + lambda("Next")) + "," +
                                             pass("last", R"("Each")")));
    ASSERT_TRUE(compiled) << compiled.error().message;
    const std::vector<Node>& nodes = (*compiled)->graph.nodes;
    ASSERT_EQ(nodes.size(), 5u);
    EXPECT_EQ(nodes[1].kind, NodeKind::ForEach);
    EXPECT_EQ(nodes[1].body, (std::vector<NodeIndex>{2, 3}));
    EXPECT_EQ(nodes[1].max_concurrency, 2u);
    EXPECT_EQ(nodes[2].parent, NodeIndex{1});
    EXPECT_EQ(nodes[3].parent, NodeIndex{1});
    EXPECT_FALSE(nodes[4].parent);
    EXPECT_FALSE((*compiled)->steps[1].arguments.contains("ForEachBody"));
    EXPECT_TRUE((*compiled)->steps[1].arguments.contains("IterableItems"));
}

// Within the body: the same iteration. From outside it: the ForEach waits, so that every iteration finds it.
TEST(ForEachDefinition, WhatABodyTakesFromOutsideIsADependencyOfItsLoop) {
    const std::string body = lambda("Body", input("Steps.Train.TrainingJobName"), R"(, "DependsOn": ["Before"])") +
                             "," + lambda("Next", input("Steps.Body.OutputParameters['Score']")) + "," +
                             lambda("Last", "{}", R"(, "DependsOn": ["Next", {"Step": "Odd", "Trigger": "Failed"}])");
    EXPECT_EQ(picture_of(with_steps(step("Train", "Training", "{}") + "," + pass("Before") + "," + pass("Odd") + "," +
                                    each(body, {}, R"(, "DependsOn": ["Before"])"))),
              "Train:\nBefore:\nOdd:\nEach: Before Odd Train\nBody:\nNext: Body\nLast: Next\n");
}

// The steps of a body share the edges of their ForEach. Which of them is written first says nothing about what it waits
// for: one that reads a step does not forbid another to depend on it with a trigger.
TEST(ForEachDefinition, TheOrderOfABodyDoesNotMatter) {
    const std::string waits = lambda("Waits", "{}", R"(, "DependsOn": [{"Step": "Up", "Trigger": "Any"}])");
    const auto triggers = [](const std::string& upstream, const std::string& body) {
        const auto compiled = compile(with_steps(upstream + "," + each(body)));
        std::vector<Trigger> found;
        EXPECT_TRUE(compiled) << compiled.error().message;
        if (!compiled) return found;
        for (const Dependency& dependency : (*compiled)->graph.nodes[(*compiled)->find("Each").value()].dependencies)
            found.push_back(dependency.trigger);
        return found;
    };
    const auto expect = [&](const std::string& upstream, std::string_view reference, std::vector<Trigger> expected) {
        const std::string reads = lambda("Reads", input(reference));
        EXPECT_EQ(triggers(upstream, waits + "," + reads), expected) << reference;
        EXPECT_EQ(triggers(upstream, reads + "," + waits), expected) << reference;
    };
    expect(step("Up", "Training", "{}"), "Steps.Up.TrainingJobName", {Trigger::Any, Trigger::Completed});
    const std::string loop =
        step("Up", "ForEach",
             fmt::format(R"({{"IterableItems": ["a"], "MaxConcurrency": 1, "ForEachBody": [{}]}})", lambda("Inner")));
    expect(loop, "Steps.Up.Status", {Trigger::Any});
}

TEST(ForEachDefinition, StandsInABranchWithItsBody) {
    EXPECT_EQ(
        picture_of(with_steps(
            step("Check", "Condition", fmt::format(R"({{"Conditions": [], "IfSteps": [{}]}})", each(lambda("Body")))) +
            "," + pass("last", R"("Each")"))),
        "Check:\nEach: Check[true]\nBody:\nlast: Each\n");
}

TEST(ForEachDefinition, ReferencesThatAreThere) {
    const auto downstream = [](std::string_view reference) {
        return fault_of(with_parameters(each(lambda("Body") + "," + step("Fit", "Training", "{}"), selecting(kBest)) +
                                        "," + lambda("Use", input(reference))));
    };
    for (const std::string_view reference :
         {"Steps.Each.Status", "Steps.Each.InputItemCount", "Steps.Each.TotalStepCount",
          "Steps.Each.SucceededStepCount", "Steps.Each.FailedStepCount", "Steps.Each.StoppedStepCount",
          "Steps.Each.IterationOutputs[1].Fit.ModelArtifacts.S3ModelArtifacts",
          "Steps.Each.IterationOutputs[0].Body.OutputParameters['Score']",
          "Steps.Each.Selected.OutputParameters['Score']"})
        EXPECT_EQ(downstream(reference), "compiles") << reference;
    const auto within = [](std::string_view reference) {
        return fault_of(with_parameters(each(lambda("Body") + "," + lambda("Next", input(reference)))));
    };
    for (const std::string_view reference :
         {"ForEach.CurrentItem", "ForEach.CurrentItem.a.b", "ForEach.CurrentItem['k'][0].c", "Parameters.Text",
          "Steps.Body.OutputParameters['Score']"})
        EXPECT_EQ(within(reference), "compiles") << reference;
}

TEST(ForEachDefinition, NamesFaultsOfReferences) {
    const std::string body = lambda("Body") + "," + lambda("Other");
    const auto use = [&body](std::string_view reference, std::string_view selector = {}) {
        return with_steps(each(body, selector) + "," + lambda("Use", input(reference)));
    };
    const auto inner = [](std::string_view reference) {
        return with_steps(lambda("Out", input("Steps.Each.Status")) + "," +
                          each(lambda("Body", input(reference)) + "," + lambda("Other")));
    };
    const std::string property = "Reference '{0}' names no property of a ForEach step: ";
    const std::tuple<std::string, std::string_view, std::string> cases[] = {
        {use("Steps.Each.Stauts"), "Steps.Each.Stauts", property + "there is no 'Stauts'. Did you mean 'Status'?"},
        {use("Steps.Each.Status.x"), "Steps.Each.Status.x", property + "there is nothing beneath a value, so no 'x'."},
        {use("Steps.Each.IterationOutputs"), "Steps.Each.IterationOutputs",
         property + "write IterationOutputs[0].<step of the body>.<property>."},
        {use("Steps.Each.IterationOutputs.Body.x"), "Steps.Each.IterationOutputs.Body.x",
         property + "write IterationOutputs[0].<step of the body>.<property>."},
        {use("Steps.Each.IterationOutputs[-1].Body.x"), "Steps.Each.IterationOutputs[-1].Body.x",
         property + "write IterationOutputs[0].<step of the body>.<property>."},
        // It would be read as another iteration's.
        {use("Steps.Each.IterationOutputs[2147483648].Body.x"), "Steps.Each.IterationOutputs[2147483648].Body.x",
         property + "no iteration has an index beyond 2147483647."},
        {use("Steps.Each.IterationOutputs[0].Body"), "Steps.Each.IterationOutputs[0].Body",
         property + "write IterationOutputs[0].<step of the body>.<property>."},
        {use("Steps.Each.IterationOutputs[0].Bodi.x"), "Steps.Each.IterationOutputs[0].Bodi.x",
         property + "its body has no step 'Bodi'. Did you mean 'Body'?"},
        {use("Steps.Each.IterationOutputs[0].Body.OutputParameters['Sore']"),
         "Steps.Each.IterationOutputs[0].Body.OutputParameters['Sore']",
         property + "OutputParameters declares no 'Sore'. Did you mean 'Score'?"},
        {use("Steps.Each.Selected.OutputParameters['Score']"), "Steps.Each.Selected.OutputParameters['Score']",
         property + "it has no Selector."},
        {use("Steps.Each.Selected", selecting(kBest)), "Steps.Each.Selected", property + "write Selected.<property>."},
        {use("Steps.Each.Selected.Body", selecting(kBest)), "Steps.Each.Selected.Body",
         property + "a Lambda step has OutputParameters['name'] only."},
        {use("Steps.Body.OutputParameters['Score']"),
         {},
         "Step 'Use' cannot depend on 'Body', which stands in the body of ForEach step 'Each': depend on 'Each', refer "
         "to "
         "Steps.Each.IterationOutputs[0].Body."},
        {use("ForEach.CurrentItem"),
         {},
         "Reference 'ForEach.CurrentItem' means something only in the body of a ForEach step."},
        {inner("Steps.Each.Status"), {}, "Step 'Body' of the body of ForEach step 'Each' cannot depend on it."},
        {inner("ForEach.CurrentItem..a"),
         {},
         "Reference 'ForEach.CurrentItem..a': the path is malformed: write a.b['key'][0]."},
        {inner("ForEach.Item"),
         {},
         "Unknown reference 'ForEach.Item': it must begin with Parameters., Steps., Execution., "
         "PipelineExperimentConfig. or, in the body of a ForEach step, ForEach.CurrentItem."},
        {inner(kBest),
         {},
         "Reference 'IterationOutput.Body.OutputParameters['Score']' means something only in the Selector of a ForEach "
         "step."}};
    for (const auto& [text, reference, sentence] : cases) {
        const std::string fault = fault_of(text);
        EXPECT_EQ(fault.substr(0, fault.find(" (at /Steps/1/Arguments/")),
                  "Unable to parse pipeline definition. " + fmt::format(fmt::runtime(sentence), reference));
    }
    // Through the loop: its body needs Out, and Out needs the loop.
    EXPECT_EQ(fault_of(inner("Steps.Out.OutputParameters['Score']")),
              "Unable to parse pipeline definition. Cycle detected in pipeline step graph: Out -> Each -> Out.");
}

TEST(ForEachDefinition, NamesFaultsOfArguments) {
    const auto arguments = [](std::string_view members) {
        return with_steps(step("Each", "ForEach", fmt::format("{{{}}}", members)));
    };
    const auto items = [](std::string_view value) {
        return with_steps(step("Each", "ForEach",
                               fmt::format(R"({{"IterableItems": {}, "MaxConcurrency": 1, "ForEachBody": [{}]}})",
                                           value, lambda("Body"))));
    };
    const auto concurrency = [](std::string_view value) {
        return with_steps(step("Each", "ForEach",
                               fmt::format(R"({{"IterableItems": ["a"], "MaxConcurrency": {}, "ForEachBody": [{}]}})",
                                           value, lambda("Body"))));
    };
    std::string many = "0";
    for (int item = 1; item <= 100; ++item) many += fmt::format(",{}", item);
    const std::tuple<std::string, std::string_view> cases[] = {
        {arguments(""), "Missing member 'IterableItems'. (at /Steps/0/Arguments)"},
        {arguments(R"("IterableItems": ["a"])"), "Missing member 'MaxConcurrency'. (at /Steps/0/Arguments)"},
        {arguments(R"("IterableItems": ["a"], "MaxConcurrency": 1)"),
         "Missing member 'ForEachBody'. (at /Steps/0/Arguments)"},
        {arguments(R"("IterableItems": ["a"], "MaxConcurrency": 1, "ForEachBody": [])"),
         "ForEachBody must have at least one step. (at /Steps/0/Arguments/ForEachBody)"},
        {arguments(R"("Items": ["a"])"),
         "Unknown Argument member 'Items'. Known: IterableItems, MaxConcurrency, Selector, ForEachBody. (at "
         "/Steps/0/Arguments/Items)"},
        {items("5"),
         "IterableItems must be a list or an expression, not an integer. (at /Steps/0/Arguments/IterableItems)"},
        {items(R"("[1]")"),
         "IterableItems must be a list or an expression, not a string. (at /Steps/0/Arguments/IterableItems)"},
        {items("[]"),
         "A list of IterableItems must have between 1 and 100 elements, not 0. (at /Steps/0/Arguments/IterableItems)"},
        {items("[" + many + "]"),
         "A list of IterableItems must have between 1 and 100 elements, not 101. (at "
         "/Steps/0/Arguments/IterableItems)"},
        {items(R"(["a", ["b"]])"),
         "An item is a value or an expression, not an array. (at /Steps/0/Arguments/IterableItems/1)"},
        {items("[null]"), "An item is a value or an expression, not null. (at /Steps/0/Arguments/IterableItems/0)"},
        {items(R"([{"Get": "ForEach.CurrentItem"}])"),
         "Reference 'ForEach.CurrentItem' means something only in the body of a ForEach step. (at "
         "/Steps/0/Arguments/IterableItems/0/Get)"},
        {concurrency("0"),
         "MaxConcurrency must be an integer in the range [1, 50], not 0. (at "
         "/Steps/0/Arguments/MaxConcurrency)"},
        {concurrency("51"),
         "MaxConcurrency must be an integer in the range [1, 50], not 51. (at "
         "/Steps/0/Arguments/MaxConcurrency)"},
        {concurrency("2.0"),
         "MaxConcurrency must be an integer in the range [1, 50], not 2.0. (at "
         "/Steps/0/Arguments/MaxConcurrency)"}};
    for (const auto& [text, sentence] : cases)
        EXPECT_EQ(fault_of(text), fmt::format("Unable to parse pipeline definition. {}", sentence));
}

TEST(ForEachDefinition, NamesFaultsOfSelectors) {
    const auto with = [](std::string_view selector) {
        return with_steps(each(lambda("Body") + "," + lambda("Other"), selector) + "," + lambda("Out"));
    };
    constexpr std::string_view kField =
        R"(Field of a Selector must be {"Get": "IterationOutput.<step of the body>.<property>"}.)";
    const std::tuple<std::string, std::string, std::string_view> cases[] = {
        {with(R"(, "Selector": "best")"), "Expecting start of Json Object.", ""},
        {with(R"(, "Selector": {"Pick": "MaxBy"})"), "Missing member 'Field'.", ""},
        {with(selecting(kBest, "Best")), "Unknown Pick 'Best'. Known: MaxBy, MinBy.", "/Pick"},
        {with(selecting("Steps.Body.OutputParameters['Score']")), std::string(kField), "/Field"},
        {with(selecting("IterationOutput.Body")), std::string(kField), "/Field"},
        {with(selecting("IterationOutput.Bodi.X")),
         "Reference 'IterationOutput.Bodi.X' names no step of the body of ForEach step 'Each'. Did you mean 'Body'?",
         "/Field/Get"},
        {with(selecting("IterationOutput.Out.X")),
         "Reference 'IterationOutput.Out.X' names no step of the body of ForEach step 'Each'. Known: Body, Other.",
         "/Field/Get"},
        {with(selecting("IterationOutput.Body.Score")),
         "Reference 'IterationOutput.Body.Score' names no property of a Lambda step: a Lambda step has "
         "OutputParameters['name'] only.",
         "/Field/Get"}};
    for (const auto& [text, sentence, place] : cases)
        EXPECT_EQ(
            fault_of(text),
            fmt::format("Unable to parse pipeline definition. {} (at /Steps/0/Arguments/Selector{})", sentence, place));
}

TEST(ForEachDefinition, NamesFaultsOfBodies) {
    const std::string long_name(63, 'x');
    const std::string_view disallowed =
        "ForEach step 'Each': step type '{}' is not allowed in its body. Disallowed types: "
        "Condition, Fail, ForEach. (at /Steps/0/Arguments/ForEachBody/0/Type)";
    const auto nested = [&](std::string_view type) { return fmt::format(fmt::runtime(disallowed), type); };
    const std::tuple<std::string, std::string> cases[] = {
        {with_steps(each(step("C", "Condition", R"({"Conditions": []})"))), nested("Condition")},
        {with_steps(each(step("F", "Fail", "{}"))), nested("Fail")},
        {with_steps(
             each(step("Inner", "ForEach", R"({"IterableItems": ["a"], "MaxConcurrency": 1, "ForEachBody": [{}]})"))),
         nested("ForEach")},
        {with_steps(each(lambda(long_name))),
         fmt::format(
             "Step name '{0}' is too long for a step of a body: '{0}-1' has 65 characters, at most 64 are allowed. "
             "(at /Steps/0/Arguments/ForEachBody/0/Name)",
             long_name)},
        {with_steps(each(lambda("Body")) + "," + pass("Body-7")),
         "Step name 'Body-7' is taken by an iteration of 'Body', the step at /Steps/0/Arguments/ForEachBody/0. (at "
         "/Steps/1)"},
        {with_steps(each(lambda("Body") + "," + lambda("Body"))),
         "Pipeline steps cannot have duplicate names: 'Body' is also the step at /Steps/0/Arguments/ForEachBody/0. (at "
         "/Steps/0/Arguments/ForEachBody/1)"},
        {with_steps(each(lambda("Body")) + "," + pass("Body")),
         "Pipeline steps cannot have duplicate names: 'Body' is also the step at /Steps/0/Arguments/ForEachBody/0. (at "
         "/Steps/1)"},
        {with_steps(each(lambda("Body")) + "," + pass("last", R"("Body")")),
         "Step 'last' cannot depend on 'Body', which stands in the body of ForEach step 'Each': depend on 'Each', "
         "refer to "
         "Steps.Each.IterationOutputs[0].Body. (at /Steps/1/DependsOn/0)"},
        {with_steps(each(lambda("Body", "{}", R"(, "DependsOn": ["Each"])"))),
         "Step 'Body' of the body of ForEach step 'Each' cannot depend on it. (at "
         "/Steps/0/Arguments/ForEachBody/0/DependsOn/0)"},
        {with_steps(pass("a") + "," +
                    each(lambda("Body", "{}", R"(, "DependsOn": [{"Step": "a", "Trigger": "Failed"}])"), {},
                         R"(, "DependsOn": ["a"])")),
         "Step Each depends on step a with conflicting triggers: Completed and Failed. (at "
         "/Steps/1/Arguments/ForEachBody/0/DependsOn/0)"},
        {with_steps(each(lambda("Body", "{}", R"(, "DependsOn": ["Next"])") + "," +
                         lambda("Next", "{}", R"(, "DependsOn": ["Body"])"))),
         "Cycle detected in pipeline step graph: Body -> Next -> Body."},
        {with_steps(each(lambda("Body"), {}, R"(, "CacheConfig": {"Enabled": true})")),
         "Unknown Step member 'CacheConfig'. Known: Name, Type, Arguments, DependsOn, DisplayName, Description. (at "
         "/Steps/0/CacheConfig)"}};
    for (const auto& [text, sentence] : cases)
        EXPECT_EQ(fault_of(text), "Unable to parse pipeline definition. " + sentence);
}

// The names of later iterations are only known with the items: here the first must fit.
TEST(ForEachDefinition, NamesAsLongAsTheyMayBe) {
    const auto of_length = [](std::size_t length) {
        return with_parameters(step("Each", "ForEach",
                                    fmt::format(R"({{"IterableItems": {}, "MaxConcurrency": 1, "ForEachBody": [{}]}})",
                                                get("Parameters.Text"), lambda(std::string(length, 'x')))));
    };
    EXPECT_EQ(fault_of(of_length(62)), "compiles");
    EXPECT_NE(fault_of(of_length(63)), "compiles");
}

// How a ForEach ended can be read whatever its end, if DependsOn asks for that end; all else of it only if it
// succeeded.
TEST(ForEachDefinition, TheEndIsReadUnderTheTriggerOfDependsOn) {
    const auto triggers = [](std::string_view reference) {
        const auto compiled = compile(
            with_steps(each(lambda("Body")) + "," +
                       lambda("Use", input(reference), R"(, "DependsOn": [{"Step": "Each", "Trigger": "Any"}])")));
        std::vector<Trigger> found;
        for (const Dependency& dependency : (*compiled)->graph.nodes[2].dependencies)
            found.push_back(dependency.trigger);
        return found;
    };
    EXPECT_EQ(triggers("Steps.Each.FailedStepCount"), (std::vector<Trigger>{Trigger::Any}));
    EXPECT_EQ(triggers("Steps.Each.IterationOutputs[0].Body.OutputParameters['Score']"),
              (std::vector<Trigger>{Trigger::Any, Trigger::Completed}));
}

TEST(ForEachDefinition, ParsesThePathsOfIterations) {
    const auto found = parse_iteration_path("IterationOutputs[12].Train.Outputs['a.b'][0].c");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->index, 12);
    EXPECT_TRUE(parse_iteration_path("IterationOutputs[2147483647].Train.x"));
    EXPECT_EQ(found->step, "Train");
    EXPECT_EQ(found->path, "Outputs['a.b'][0].c");
    for (const std::string_view text :
         {"", "Status", "IterationOutputs[0].Train", "IterationOutputs['0'].Train.x",
          "IterationOutputs[2147483648].Train.x", "IterationOutputs[4294967296].Train.x", "Outputs[0].Train.x"})
        EXPECT_FALSE(parse_iteration_path(text)) << text;
    EXPECT_EQ(parse_selected_path("Selected.Outputs['a'].b"), "Outputs['a'].b");
    EXPECT_FALSE(parse_selected_path("Selected"));
}

TEST(ForEachDefinition, NamesIterations) {
    EXPECT_EQ(row_name("Train", 7), "Train-7");
    EXPECT_EQ(row_name("Train", -1), "Train");
    EXPECT_EQ(body_step_of("Train-12"), "Train");
    EXPECT_EQ(body_step_of("Train-1-2"), "Train-1");
    for (const std::string_view name : {"Train", "Train-", "-1", "12", "Train-1a", "Train12"})
        EXPECT_FALSE(body_step_of(name)) << name;
}

}  // namespace
}  // namespace pipelines::definition::test
