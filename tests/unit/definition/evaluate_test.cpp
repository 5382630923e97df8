#include "pipelines/definition/evaluate.hpp"

#include <gtest/gtest.h>

#include <map>
#include <tuple>

namespace pipelines::definition {
namespace {

// A scope with a few parameters, one finished step and one file.
class World {
public:
    World() {
        scope.parameter = [this](std::string_view name) {
            const auto found = parameters_.find(name);
            return found == parameters_.end() ? nullptr : &found->second;
        };
        scope.variable = [](std::string_view name) -> std::optional<Json> {
            if (name == "Execution.PipelineName") return Json("abalone");
            return std::nullopt;
        };
        scope.property = [this](std::string_view step, std::string_view path) -> Result<Property> {
            if (step == "Train-1") return Property{&train_, step, path};
            return validation_error("step '" + std::string(step) + "' has not run.");
        };
        scope.file = [this](const FileReference& file) -> FileAnswer {
            asked.push_back(file);
            if (file.property_file == "Report") return &report_;
            if (file.uri == "s3://b/later.json") return Fetch{file.uri};
            return missing_file(file);
        };
    }

    std::string resolved(std::string_view value) const {
        const Resolved result = resolve(Json::parse(value), scope);
        if (const auto* json = std::get_if<Json>(&result)) return dump(*json);
        if (const auto* fetch = std::get_if<Fetch>(&result)) return "fetch " + fetch->uri;
        return std::get<Error>(result).message;
    }

    Scope scope;
    std::vector<FileReference> asked;

private:
    std::map<std::string, Json, std::less<>> parameters_{{"Text", "abc"}, {"Count", 3}, {"Ratio", 3.0}, {"Flag", true}};
    Json report_ = Json::parse(R"({"mse": {"value": 3.0}})");
    Json train_ = Json::parse(R"({"ModelArtifacts": {"S3ModelArtifacts": "s3://b/m"}, "InstanceCount": 2,
                                  "Names": ["x", "y"]})");
};

// A Get keeps the kind of its value and a Join makes a string of it: both were recorded from the service.
TEST(Resolve, ReplacesExpressions) {
    const std::tuple<std::string_view, std::string_view> cases[] = {
        {R"({"Get": "Parameters.Count"})", "3"},
        {R"({"Get": "Parameters.Ratio"})", "3.0"},
        {R"({"Get": "Steps.Train-1.ModelArtifacts.S3ModelArtifacts"})", R"("s3://b/m")"},
        {R"({"Get": "Steps.Train-1.InstanceCount"})", "2"},
        {R"({"Get": "Execution.PipelineName"})", R"("abalone")"},
        {R"({"a": [{"b": {"Get": "Parameters.Flag"}}, 1], "c": null})", R"({"a":[{"b":true},1],"c":null})"},
        {R"({"Std:Join": {"On": "/", "Values": ["s3:/", {"Get": "Parameters.Text"}, 3, 3.0, true, 0.1]}})",
         R"("s3://abc/3/3.0/true/0.1")"},
        {R"({"Std:Join": {"Values": [{"Std:Join": {"On": "-", "Values": ["a", {"Get": "Parameters.Count"}]}}]}})",
         R"("a-3")"},
        {R"({"Std:Join": {"On": ",", "Values": []}})", R"("")"},
        {R"({"Std:Join": {"On": "", "Values": [{"Get": "Steps.Train-1.Names"}]}})", R"("[\"x\",\"y\"]")"},
        {R"({"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Eval.PropertyFiles.Report"}, "Path": "mse.value"}})",
         "3.0"},
        {R"({"Std:JsonGet": {"S3Uri": {"Std:Join": {"On": "/", "Values": ["s3://b", "later.json"]}}, "Path": "a"}})",
         "fetch s3://b/later.json"},
        {R"({"Get": "x", "Other": 1})", R"({"Get":"x","Other":1})"}};
    const World world;
    for (const auto& [value, expected] : cases) EXPECT_EQ(world.resolved(value), expected) << value;
}

TEST(Resolve, NamesTheExpressionThatFails) {
    const std::tuple<std::string_view, std::string_view> cases[] = {
        {R"([{"Get": "Steps.Later.A"}])", "Cannot resolve {\"Get\": \"Steps.Later.A\"}: step 'Later' has not run."},
        {R"({"Get": "Steps.Train-1.Nothing"})",
         "Cannot resolve {\"Get\": \"Steps.Train-1.Nothing\"}: there is no such value."},
        {R"({"Get": "Execution.TrainingJobName"})",
         "Cannot resolve {\"Get\": \"Execution.TrainingJobName\"}: it has no value here."},
        {R"({"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Eval.PropertyFiles.Report"}, "Path": "mae"}})",
         "Std:JsonGet finds nothing at path 'mae' in property file 'Report' of step 'Eval'."},
        {R"({"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Eval.PropertyFiles.Gone"}, "Path": "mae"}})",
         "Std:JsonGet cannot read property file 'Gone' of step 'Eval': there is no such file. Give its content in the "
         "scenario, as PropertyFiles.Gone of the step's outcome, or put it below the directory given by --s3-dir, as "
         "<bucket>/<key>, or into the S3 given by --s3-endpoint. (Asked for path 'mae'.)"},
        {R"({"Std:JsonGet": {"S3Uri": "s3://b/gone.json", "Path": "a"}})",
         "Std:JsonGet cannot read the object 's3://b/gone.json': there is no such object. Put it below the directory "
         "given by --s3-dir, as <bucket>/<key>, or into the S3 given by --s3-endpoint. (Asked for path 'a'.)"}};
    const World world;
    for (const auto& [value, expected] : cases) EXPECT_EQ(world.resolved(value), expected) << value;
}

// What is read becomes part of Arguments, which are written: rows that nest deeper than a reader of JSON allows could
// never be read again, and the execution never end.
TEST(Resolve, RefusesAValueThatNestsTooDeep) {
    const auto nested = [](std::size_t levels) {
        Json value = "core";
        for (std::size_t i = 0; i < levels; ++i) value = Json::array({std::move(value)});
        return value;
    };
    World world;
    Json content;
    world.scope.file = [&content](const FileReference&) -> FileAnswer { return &content; };
    const std::string read = R"({"Std:JsonGet": {"S3Uri": "s3://b/k.json", "Path": "a"}})";
    content = {{"a", nested(kDeepestValue)}};
    EXPECT_EQ(world.resolved(read), dump(nested(kDeepestValue)));
    content = {{"a", nested(kDeepestValue + 1)}};
    EXPECT_EQ(
        world.resolved(read),
        "What Std:JsonGet finds at path 'a' in the object 's3://b/k.json' nests more than 256 objects and lists.");
    world.scope.property = [&content](std::string_view step, std::string_view path) -> Result<Property> {
        return Property{&content, step, path};
    };
    EXPECT_EQ(world.resolved(R"({"Get": "Steps.X.a"})"),
              "Cannot resolve {\"Get\": \"Steps.X.a\"}: it nests more than 256 objects and lists.");
    world.scope.item = &content;
    EXPECT_EQ(world.resolved(R"({"Get": "ForEach.CurrentItem.a"})"),
              "Cannot resolve {\"Get\": \"ForEach.CurrentItem.a\"}: it nests more than 256 objects and lists.");
}

// Two steps that read each other's value twice, and so on, would fill the memory of the machine.
TEST(Resolve, BoundsWhatOneValueReads) {
    World world;
    const std::string refused = "What the expressions of one value read has more than 1048576 bytes.";
    const auto join = [](std::string_view value, std::size_t times, std::string_view separator = "") {
        Json values = Json::array();
        for (std::size_t i = 0; i < times; ++i) values.push_back(*parse_json(value));
        return dump({{"Std:Join", {{"On", separator}, {"Values", values}}}});
    };
    Json content;
    world.scope.file = [&content](const FileReference&) -> FileAnswer { return &content; };
    world.scope.property = [&content](std::string_view step, std::string_view path) -> Result<Property> {
        return Property{&content, step, path};
    };
    world.scope.item = &content;
    const std::string quarter(kMostReadBytes / 4, 'x');
    world.scope.variable = [&quarter](std::string_view) -> std::optional<Json> { return Json(quarter); };
    world.scope.made_up = [&quarter](std::string_view, std::string_view) -> std::optional<Json> {
        return Json(quarter);
    };
    content = {{"a", quarter}, {"list", Json::array({quarter})}};
    for (const std::string_view get :
         {R"({"Get": "Steps.X.a"})", R"({"Get": "ForEach.CurrentItem.a"})", R"({"Get": "Execution.PipelineName"})",
          R"({"Get": "Steps.X.made"})", R"({"Std:JsonGet": {"S3Uri": "s3://b/k.json", "Path": "a"}})"}) {
        EXPECT_EQ(world.resolved(join(get, 4)), dump(Json(std::string(kMostReadBytes, 'x')))) << get;
        EXPECT_EQ(world.resolved(join(get, 5)), refused) << get;
        EXPECT_EQ(world.resolved("[" + join(get, 3) + ", {\"b\": " + join(get, 2) + "}]"), refused) << get;
    }
    EXPECT_EQ(world.resolved(join(R"({"Get": "Steps.X.list"})", 5)), refused);
    EXPECT_EQ(world.resolved(join(R"("")", 4, std::string(kMostReadBytes / 2, '-'))), refused) << "the separator";
    const std::string literal(kMostReadBytes + 1, 'x');
    EXPECT_EQ(world.resolved(dump(Json(literal))), dump(Json(literal))) << "what stands in the definition is not read";
}

TEST(Resolve, ReadsTheItemOfAForEach) {
    World world;
    const Json item(R"({"name": "a", "tags": ["x"]})");
    world.scope.item = &item;
    EXPECT_EQ(world.resolved(R"({"Get": "ForEach.CurrentItem['tags'][0]"})"), R"("x")");
    EXPECT_EQ(world.resolved(R"({"Get": "ForEach.CurrentItem.name"})"), R"("a")");
}

TEST(Resolve, PropertyFileLiesUnderItsOutput) {
    const Json document = Json::parse(
        R"({"ProcessingOutputConfig": {"Outputs": [{"OutputName": "evaluation", "S3Output": {"S3Uri": "s3://b/e"}}]}})");
    EXPECT_EQ(property_file_uri({"Report", "evaluation", "evaluation.json"}, document), "s3://b/e/evaluation.json");
    EXPECT_EQ(property_file_uri({"Report", "other", "evaluation.json"}, document), "");
}

// Recorded: parameter 3.0 in a Join reads "3.0". All else as answers spell it: one number has one text.
TEST(JoinText, WritesFloatsShortest) {
    const std::tuple<double, std::string_view> cases[] = {
        {3.0, "3.0"}, {0.1, "0.1"},     {-2.5, "-2.5"},    {1e22, "1e+22"},           {1.0 / 3.0, "0.3333333333333333"},
        {0.0, "0.0"}, {1e-4, "0.0001"}, {1e5, "100000.0"}, {12000000.0, "12000000.0"}};
    for (const auto& [value, expected] : cases) {
        EXPECT_EQ(join_text(Json(value)), expected);
        EXPECT_EQ(join_text(Json(value)), dump(Json(value)));
    }
}

std::string decided(const World& world, std::string_view conditions) {
    const Decided result = decide(Json::parse(conditions), world.scope);
    if (const bool* outcome = std::get_if<bool>(&result)) return *outcome ? "true" : "false";
    if (const auto* fetch = std::get_if<Fetch>(&result)) return "fetch " + fetch->uri;
    return std::get<Error>(result).message;
}

std::string comparison(std::string_view type, std::string_view left, std::string_view right) {
    return R"([{"Type": ")" + std::string(type) + R"(", "LeftValue": )" + std::string(left) + R"(, "RightValue": )" +
           std::string(right) + "}]";
}

TEST(Decide, ComparesValues) {
    const std::tuple<std::string_view, std::string_view, std::string_view, std::string_view> cases[] = {
        {"Equals", "3", "3.0", "true"},
        {"Equals", R"("a")", R"("a")", "true"},
        {"Equals", "true", "true", "true"},
        {"Equals", "true", R"("true")", "false"},
        {"Equals", "3", R"("3")", "false"},
        {"Equals", "1", "true", "false"},
        {"Equals", "9007199254740993", "9007199254740992", "false"},
        {"GreaterThan", R"("1")", R"("3")", "false"},
        {"GreaterThan", R"("1")", R"("0")", "true"},
        {"GreaterThan", "3", "2.5", "true"},
        {"GreaterThanOrEqualTo", "2.5", "2.5", "true"},
        {"LessThan", "3", "3", "false"},
        {"LessThanOrEqualTo", "3", "3", "true"},
        {"LessThan", R"("10")", R"("9")", "true"},
        {"LessThan", "3", R"("5")", "Condition LessThan cannot compare an integer with a string."},
        {"GreaterThan", "true", "false", "Condition GreaterThan cannot compare a boolean with a boolean."},
        {"LessThanOrEqualTo", "0.5", "true", "Condition LessThanOrEqualTo cannot compare a number with a boolean."}};
    const World world;
    for (const auto& [type, left, right, expected] : cases)
        EXPECT_EQ(decided(world, comparison(type, left, right)), expected) << type << left << right;
}

constexpr std::string_view kTrue = R"({"Type": "Equals", "LeftValue": 1, "RightValue": 1})";
constexpr std::string_view kFalse = R"({"Type": "Equals", "LeftValue": 1, "RightValue": 2})";
constexpr std::string_view kBroken = R"({"Type": "LessThan", "LeftValue": 1, "RightValue": "x"})";

TEST(Decide, GoesFromLeftToRightAndStopsWhenDecided) {
    const World world;
    const auto list = [](std::initializer_list<std::string_view> each) {
        std::string text = "[";
        for (const std::string_view condition : each) text += (text.size() > 1 ? "," : "") + std::string(condition);
        return text + "]";
    };
    const auto any = [&](std::initializer_list<std::string_view> each) {
        return R"([{"Type": "Or", "Conditions": )" + list(each) + "}]";
    };
    EXPECT_EQ(decided(world, "[]"), "true");
    EXPECT_EQ(decided(world, list({kTrue, kTrue})), "true");
    EXPECT_EQ(decided(world, list({kFalse, kBroken})), "false");
    EXPECT_EQ(decided(world, list({kTrue, kBroken})), "Condition LessThan cannot compare an integer with a string.");
    EXPECT_EQ(decided(world, any({kFalse, kTrue, kBroken})), "true");
    EXPECT_EQ(decided(world, any({kFalse, kFalse})), "false");
    EXPECT_EQ(decided(world, R"([{"Type": "Not", "Condition": )" + std::string(kFalse) + "}]"), "true");
}

TEST(Decide, LooksForAValueAmongOthers) {
    const World world;
    EXPECT_EQ(decided(world, R"([{"Type": "In", "QueryValue": {"Get": "Parameters.Text"}, "Values": [1, "abc"]}])"),
              "true");
    EXPECT_EQ(decided(world, R"([{"Type": "In", "QueryValue": 3, "Values": ["3", true]}])"), "false");
    EXPECT_EQ(decided(world, R"([{"Type": "In", "QueryValue": 3, "Values": []}])"), "false");
}

TEST(Decide, HandsOutWhatHasToBeFetched) {
    const World world;
    EXPECT_EQ(
        decided(world, comparison("LessThan", R"({"Std:JsonGet": {"S3Uri": "s3://b/later.json", "Path": "a"}})", "1")),
        "fetch s3://b/later.json");
}

}  // namespace
}  // namespace pipelines::definition
