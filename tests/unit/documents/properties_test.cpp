// Property paths: what each type's references read, that the fixtures' references all resolve, and every path of the
// model.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "pipelines/definition/evaluate.hpp"
#include "samples.hpp"
#include "shape_faults.hpp"

namespace pipelines::documents {
namespace {

using ::testing::IsEmpty;

Json properties_of(std::string_view type) {
    const Job job = job_of(type);
    return properties(step_of(type), StepRow{}, &job, kKey);
}

TEST(Properties, OfAConditionIsABoolean) {
    StepRow row;
    row.state.outcome = false;
    row.content.outputs = {{"Outcome", "False"}};
    EXPECT_EQ(properties(step_of("Condition"), row, nullptr, kKey), (Json{{"Outcome", false}}));
    row.state.outcome.reset();
    EXPECT_EQ(properties(step_of("Condition"), row, nullptr, kKey), (Json{{"Outcome", false}})) << "a reused row";
}

TEST(Properties, OfCallbackAndLambdaAreTheirOutputs) {
    StepRow row;
    row.content.outputs = {{"count", 3}};
    for (const char* type : {"Callback", "Lambda"}) {
        const Job job = job_of(type);
        EXPECT_EQ(properties(step_of(type), row, &job, kKey), (Json{{"OutputParameters", {{"count", 3}}}}));
    }
}

TEST(Properties, OfChecksAreTheirBaselines) {
    StepRow row;
    row.content.outputs = {{"CalculatedBaselineStatistics", "s3://b/s"}};
    const Job job = job_of("QualityCheck");
    EXPECT_EQ(properties(step_of("QualityCheck"), row, &job, kKey).at("CalculatedBaselineStatistics"), "s3://b/s");
}

TEST(Properties, HaveWhatPipelinesAdd) {
    EXPECT_EQ(properties_of("EMR").at("ClusterId"), "j-ABC");
    EXPECT_EQ(properties_of("Tuning").at("TrainingJobSummaries").size(), 3U);
    const Json automl = properties_of("AutoML");
    const Json& places = automl.at("BestCandidate").at("CandidateProperties").at("CandidateArtifactLocations");
    EXPECT_EQ(automl.at("BestCandidateProperties").at("ModelInsightsJsonReportPath"),
              places.at("ModelInsights").get<std::string>() + "/statistics.json");
    EXPECT_EQ(automl.at("BestCandidateProperties").at("ExplainabilityJsonReportPath"),
              places.at("Explainability").get<std::string>() + "/analysis.json");
    EXPECT_TRUE(properties_of("BedrockModelImport").contains("ImportedModelArn"));
    EXPECT_TRUE(properties_of("BedrockCustomModelDeployment").contains("ModelDeploymentArn"));
    EXPECT_EQ(properties(step_of("Training"), StepRow{}, nullptr, kKey), Json::object());
}

// A reference has only what it reads made: that must be what stands in the whole document, for every member of each
// type.
TEST(Properties, OfOneMemberAreThoseOfTheWhole) {
    for (const definition::StepType& type : definition::step_types()) {
        const model::Shape* shape = type.properties.empty() ? nullptr : model::find_shape(type.properties);
        if (shape == nullptr) continue;
        for (const JobStatus status : {JobStatus::Completed, JobStatus::Failed, JobStatus::InProgress}) {
            const definition::Step step = step_of(type.name);
            Job job = job_of(type.name, status);
            const Json whole = properties(step, StepRow{}, &job, kKey);
            std::set<std::string> members;
            for (const model::Member& member : shape->members) members.emplace(member.name);
            for (const auto& [member, value] : whole.items()) members.insert(member);
            for (const std::string& member : members) {
                const Json part = properties(step, StepRow{}, &job, kKey, member);
                const Json *left = find(whole, member), *right = find(part, member);
                EXPECT_EQ(left == nullptr ? Json() : *left, right == nullptr ? Json() : *right)
                    << type.name << ' ' << member;
            }
        }
    }
}

struct SynthesizeCase {
    std::string_view type, path;
    Json value;  // null: not a path of the model
};

TEST(Synthesize, MakesUpOnlyWhatTheModelKnows) {
    const std::vector<SynthesizeCase> cases{
        {"Processing", "ExitMessage", "simulated"},
        {"Processing", "ProcessingOutputConfig.Outputs['x'].S3Output.S3UploadMode", "Continuous"},
        {"Training", "TuningJobArn", "arn:aws:sagemaker:us-east-1:123456789012:tuning-job/simulated"},
        {"Training", "FinalMetricDataList[0].Value", 0.0},
        {"Training", "FinalMetricDataList['acc'].Timestamp", 0},
        {"Training", "BillableTimeInSeconds", 1},
        {"Training", "EnableManagedSpotTraining", false},
        {"Training", "HyperParameters['anything']", "simulated"},
        {"Training", "CheckpointConfig.S3Uri", "s3://simulated/s3-uri"},
        {"Tuning", "TrainingJobSummaries[49].TrainingJobName", "simulated"},
        {"EMR", "ClusterId", "simulated"},
        {"Job", "JobConfigDocument.ServiceOutput.Any.Thing", "simulated"},
        {"BedrockCustomModel", "TrainingMetrics.TrainingLoss", 0.0},
        {"BedrockModelImport", "VpcConfig.SubnetIds[0]", "simulated"},
        {"BedrockProvisionedModelThroughput", "CommitmentDuration", "OneMonth"},
        {"BedrockCustomModelDeployment", "Nonsense", nullptr},
        {"AutoML", "BestCandidateProperties.ModelInsightsJsonReportPath", "s3://simulated/modelinsightsjsonreportpath"},
        {"AutoML", "BestCandidateProperties.Other", nullptr},
        {"Training", "Nonsense", nullptr},
        {"Training", "TrainingJobName.Deeper", nullptr},
        {"Training", "FinalMetricDataList.Value", nullptr},
        {"Training", "", nullptr},
        {"Training", "A..B", nullptr},
        {"Training", "HyperParameters['open", nullptr},
        {"Lambda", "OutputParameters['x']", nullptr},
        {"Condition", "Outcome", nullptr},
        {"Pass", "Anything", nullptr}};
    for (const auto& [type, path, value] : cases)
        EXPECT_EQ(synthesize(step_of(type), path).value_or(nullptr), value) << type << ' ' << path;
}

// Every path of a shape, to a depth that holds all that definitions reach for.
void add_paths(const model::Shape& shape, const std::string& path, int depth, std::vector<std::string>& paths) {
    if (!path.empty()) paths.push_back(path);
    if (depth == 0) return;
    for (const model::Member& member : shape.members)
        add_paths(*member.shape, path.empty() ? std::string(member.name) : path + '.' + std::string(member.name),
                  depth - 1, paths);
    if (shape.type == model::Type::List) add_paths(*shape.element, path + "[0]", depth - 1, paths);
    if (shape.type == model::Type::Map) add_paths(*shape.element, path + "['k']", depth - 1, paths);
}

TEST(Properties, EveryPathOfTheModelResolves) {
    for (const definition::StepType& type : definition::step_types()) {
        const model::Shape* shape = type.properties.empty() ? nullptr : model::find_shape(type.properties);
        if (shape == nullptr) continue;
        const definition::Step step = step_of(type.name);
        const Json document = properties_of(type.name);
        std::vector<std::string> paths;
        add_paths(*shape, "", 5, paths);
        EXPECT_GT(paths.size(), 10U) << type.name;
        for (const std::string& path : paths) {
            Json scratch;
            EXPECT_TRUE(definition::find_path(document, path, scratch) != nullptr || synthesize(step, path))
                << type.name << ' ' << path;
        }
    }
}

// --- the fixtures
// -----------------------------------------------------------------------------------------------------

std::filesystem::path fixtures() {
    const char* given = std::getenv("SHARED_DIR");
    const std::filesystem::path shared =
        given != nullptr ? std::filesystem::path(given) : std::filesystem::path(PIPELINES_SOURCE_DIR) / ".." / "shared";
    return shared / "fixtures" / "definitions";
}

bool is_expression(const Json& value) {
    return value.is_object() && value.size() == 1 &&
           (value.contains("Get") || value.contains("Std:Join") || value.contains("Std:JsonGet"));
}

// Every expression replaced as if it had been resolved: a parameter by its default, anything else by a text.
Json resolved(const Json& value, const Json& defaults) {
    if (is_expression(value)) {
        // A Join keeps its literal parts: a Job's document has to stay JSON.
        if (const Json* join = find(value, "Std:Join")) {
            std::string text;
            for (const Json& part : join->at("Values")) text += part.is_string() ? part.get<std::string>() : "x";
            return text;
        }
        const Json* get = find(value, "Get");
        const std::string name = get == nullptr ? std::string{} : get->get<std::string>();
        return defaults.value(name, Json("s3://fixture/value"));
    }
    Json copy = value;
    if (value.is_structured())
        for (Json& part : copy) part = resolved(part, defaults);
    return copy;
}

Json defaults_of(const Json& document) {
    Json defaults = Json::object();
    for (const Json& parameter : document.at("Parameters"))
        if (const Json* value = find(parameter, "DefaultValue"))
            defaults["Parameters." + parameter.at("Name").get<std::string>()] = *value;
    return defaults;
}

struct Fixture {
    std::map<std::string, Json> steps;
    std::vector<std::string> references;  // "Steps.X.path"
};

void collect_steps(const Json& list, Fixture& fixture) {
    for (const Json& step : list) {
        fixture.steps.emplace(step.at("Name").get<std::string>(), step);
        for (const char* branch : {"IfSteps", "ElseSteps", "ForEachBody"})
            if (const Json* inner = find(step.at("Arguments"), branch)) collect_steps(*inner, fixture);
    }
}

void collect_references(const Json& value, Fixture& fixture) {
    if (const Json* reference = find(value, "Get"); reference != nullptr && reference->is_string()) {
        auto text = reference->get<std::string>();
        if (text.starts_with("Steps.")) fixture.references.push_back(std::move(text));
    }
    if (value.is_structured())
        for (const Json& part : value) collect_references(part, fixture);
}

Json properties_in(const Json& written, const Json& defaults) {
    const definition::Step step = step_of(written.at("Type").get<std::string>(), written.at("Name").get<std::string>());
    StepRow row;
    row.state.outcome = true;
    row.content.outputs = Json::object();
    if (const Json* outputs = find(written, "OutputParameters"))
        for (const Json& output : *outputs) row.content.outputs[output.at("OutputName").get<std::string>()] = "x";
    if (step.type->name.ends_with("Check"))  // what runners/check_steps gives
        for (const char* member : {"CalculatedBaselineStatistics", "CalculatedBaselineConstraints",
                                   "BaselineUsedForDriftCheckStatistics", "BaselineUsedForDriftCheckConstraints"})
            row.content.outputs[member] = "s3://x";
    if (!step.type->job) return properties(step, row, nullptr, kKey);
    const Job job =
        job_of(step, job_arguments(step, resolved(written.at("Arguments"), defaults), resolved(written, defaults)));
    if (const model::Shape* shape =
            step.type->properties.empty() ? nullptr : model::find_shape(step.type->properties)) {
        EXPECT_THAT(shape_faults(job_document(job, *step.type, kKey), *shape), IsEmpty()) << step.name;
    }
    return properties(step, row, &job, kKey);
}

TEST(Properties, EveryReferenceOfTheFixturesResolves) {
    if (!std::filesystem::exists(fixtures())) GTEST_SKIP() << "no shared fixtures: set SHARED_DIR";
    int resolved_references = 0;
    for (const auto& entry : std::filesystem::directory_iterator(fixtures())) {
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        const auto document = parse_json(text.str());
        ASSERT_TRUE(document) << entry.path();
        Fixture fixture;
        collect_steps(document->at("Steps"), fixture);
        collect_references(*document, fixture);
        for (const std::string& reference : fixture.references) {
            const std::size_t dot = reference.find('.', 6);
            const std::string path = reference.substr(dot + 1);
            const Json& written = fixture.steps.at(reference.substr(6, dot - 6));
            const definition::StepType* type = definition::find_step_type(written.at("Type").get<std::string>());
            // What a ForEach shows is in its row and in those of its iterations.
            if (type->kind == definition::NodeKind::ForEach || path.starts_with("PropertyFiles.")) continue;
            Json scratch;
            const Json properties = properties_in(written, defaults_of(*document));
            EXPECT_NE(definition::find_path(properties, path, scratch), nullptr)
                << entry.path().filename() << ": " << reference;
            ++resolved_references;
        }
    }
    EXPECT_GT(resolved_references, 90);
}

}  // namespace
}  // namespace pipelines::documents
