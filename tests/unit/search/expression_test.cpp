// What an expression may say, and the sentence that refuses one.
#include "pipelines/search/expression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pipelines::search {
namespace {

using testing::HasSubstr;

Json filter(std::string_view name, const Json& operation = nullptr, const Json& value = nullptr) {
    Json made = {{"Name", name}};
    if (!operation.is_null()) made["Operator"] = operation;
    if (!value.is_null()) made["Value"] = value;
    return made;
}

Json filters(std::vector<Json> list) { return {{"SearchExpression", {{"Filters", list}}}}; }

// The sentence that refuses an input, empty if it is accepted.
std::string refusal(std::string_view resource, const Json& input) {
    const auto read = read_expression(*find_resource(resource), input);
    return read ? std::string{} : read.error().message;
}

TEST(Expressions, NothingMatchesEverything) {
    const auto read = read_expression(*find_resource("Pipeline"), Json::object());
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->filters.empty() && read->nested.empty() && read->parts.empty());
}

TEST(Expressions, AnOperatorIsEqualsWhereOnlyAValueIsGiven) {
    const auto read = read_expression(*find_resource("Pipeline"), filters({filter("PipelineName", nullptr, "p")}));
    EXPECT_EQ(read->filters.front().comparison, Comparison::Equals);
    EXPECT_EQ(read->filters.front().text, "p");
}

TEST(Expressions, OperatorsGoWithTheKindOfTheProperty) {
    struct Case {
        std::string_view name;
        std::vector<std::string_view> refused;
    };
    const std::vector<Case> cases{
        {"PipelineExecutionStatus", {"GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo"}},
        {"PipelineVersionId", {"Contains", "In"}},
        {"CreationTime", {"Contains", "In"}},
        {"CreatedBy",
         {"Equals", "NotEquals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo", "Contains",
          "In"}},
    };
    for (const auto& [name, refused] : cases)
        for (const std::string_view operation : model::find_shape("Operator")->values) {
            const char* value = name == "CreationTime" ? "2026-01-01T00:00:00" : "1";
            const std::string said = refusal("PipelineExecution", filters({filter(name, operation, value)}));
            if (std::ranges::find(refused, operation) == refused.end()) {
                EXPECT_EQ(said, "") << name << ' ' << operation;
            } else {
                EXPECT_THAT(said, HasSubstr("The operator '" + std::string(operation) + "' is not supported for '" +
                                            std::string(name) + "'"));
            }
        }
    EXPECT_EQ(refusal("Pipeline", filters({filter("PipelineName", "LessThan", "p")})),
              "The operator 'LessThan' is not supported for 'PipelineName', which is a text. Supported are: Equals, "
              "NotEquals, Contains, Exists, NotExists, In.");
    EXPECT_THAT(refusal("PipelineExecution", filters({filter("PipelineParameters", "Equals", "p")})),
                HasSubstr("Name one of its members, such as PipelineParameters.Name."));
    EXPECT_THAT(refusal("TrainingJob", filters({filter("HyperParameters", "Equals", "p")})),
                HasSubstr("Name one of its values: HyperParameters.<key>."));
    EXPECT_EQ(refusal("TrainingJob", filters({filter("HyperParameters.eta", "LessThan", "0.5")})), "");
    EXPECT_THAT(refusal("Pipeline", filters({filter("Tags", "Equals", "p")})),
                HasSubstr("Name a tag by its key: Tags.<key>."));
    EXPECT_EQ(refusal("Pipeline", filters({filter("Tags", "Exists")})), "");
    EXPECT_THAT(refusal("Pipeline", filters({filter("Tags.", "Equals", "p")})),
                HasSubstr("it must have the form Tags.<key>."));
    for (const std::string_view name : {"Metrics", "metrics."})
        EXPECT_THAT(refusal("TrainingJob", filters({filter(name, "Equals", "1")})),
                    HasSubstr("it must have the form Metrics.<name>."));
    EXPECT_THAT(refusal("TrainingJob", filters({filter("EnableManagedSpotTraining", "LessThan", "true")})),
                HasSubstr("which is a Boolean. Supported are: Equals, NotEquals, Exists, NotExists."));
}

TEST(Expressions, ValuesAreOfTheKindOfTheProperty) {
    EXPECT_EQ(refusal("PipelineExecution", filters({filter("PipelineVersionId", "Equals", "one")})),
              "The Value 'one' of the filter on 'PipelineVersionId' is not valid: it must be an integer or a "
              "floating-point decimal.");
    EXPECT_THAT(refusal("PipelineExecution", filters({filter("PipelineVersionId", "Equals", "nan")})),
                HasSubstr("'nan'"));
    EXPECT_THAT(refusal("Pipeline", filters({filter("CreationTime", "LessThan", "yesterday")})),
                HasSubstr("it must be a date and time in the form YYYY-mm-dd'T'HH:MM:SS"));
    EXPECT_THAT(refusal("TrainingJob", filters({filter("EnableManagedSpotTraining", "Equals", "yes")})),
                HasSubstr("it must be true or false"));
    EXPECT_THAT(refusal("TrainingJob", filters({filter("HyperParameters.eta", "LessThan", "little")})),
                HasSubstr("'little'"));
    EXPECT_EQ(refusal("Pipeline", filters({filter("PipelineName", "Equals")})),
              "The filter on 'PipelineName' with the operator 'Equals' needs a Value.");
    EXPECT_EQ(refusal("Pipeline", filters({filter("PipelineName")})),
              "The filter on 'PipelineName' has neither an Operator nor a Value.");
    EXPECT_EQ(refusal("Pipeline", filters({filter("PipelineName", "Exists")})), "");
}

TEST(Expressions, ContainAtMostOnce) {
    const Json contains = filter("PipelineName", "Contains", "a");
    EXPECT_EQ(refusal("Pipeline", filters({contains})), "");
    EXPECT_EQ(refusal("Pipeline", filters({contains, contains})), "'CONTAINS' operator usage limit of 1 exceeded.");
    const Json deep = {
        {"SearchExpression", {{"Filters", {contains}}, {"SubExpressions", {{{"Filters", {contains}}}}}}}};
    EXPECT_EQ(refusal("Pipeline", deep), "'CONTAINS' operator usage limit of 1 exceeded.");
    const Json name = filter("ExperimentName", "Contains", "a"), role = filter("Description", "Contains", "a");
    EXPECT_EQ(refusal("Experiment", filters({name, name})), "");
    EXPECT_EQ(refusal("Experiment", filters({name, role})), "");
    EXPECT_EQ(refusal("Experiment", filters({role, role})), "'CONTAINS' operator usage limit of 1 exceeded.");
}

TEST(Expressions, HaveFromOneToFiftyElements) {
    EXPECT_THAT(refusal("Pipeline", {{"SearchExpression", Json::object()}}), HasSubstr("at least one Filter"));
    EXPECT_THAT(refusal("Pipeline", {{"SearchExpression", {{"SubExpressions", {Json::object()}}}}}),
                HasSubstr("at least one Filter"));
    const auto with = [](std::size_t last) {
        const std::vector<Json> twenty(15, filter("RoleArn", "Exists")), rest(last, filter("RoleArn", "Exists"));
        Json part = {{"Filters", twenty}};
        return Json{
            {"SearchExpression", {{"SubExpressions", {part, part, {{"Filters", rest}}}}, {"Filters", {rest[0]}}}}};
    };
    EXPECT_EQ(refusal("Pipeline", with(16)), "");  // 3 subexpressions, 30 + 16 + 1 filters
    EXPECT_EQ(refusal("Pipeline", with(17)),
              "A SearchExpression can have at most 50 Filters, NestedFilters and SubExpressions in all.");
}

TEST(Expressions, VisibilityConditionsNameTags) {
    const auto condition = [](const char* key) {
        return Json{{"VisibilityConditions", {{{"Key", key}, {"Value", "a"}}}}};
    };
    EXPECT_EQ(refusal("Pipeline", condition("Tags.team")), "");
    EXPECT_EQ(refusal("PipelineExecution", condition("Tags.team")), "");  // has none: nothing is left out
    for (const char* key : {"team", "Tags.", "Tag.team"})
        EXPECT_THAT(refusal("Pipeline", condition(key)), HasSubstr("it must have the form Tags.<key>")) << key;
}

TEST(Sorts, GoBySingleValues) {
    const auto sorted_by = [](std::string_view resource, std::string_view by) {
        const auto sort = read_sort(*find_resource(resource), by.empty() ? Json::object() : Json{{"SortBy", by}});
        return sort ? sort->name : sort.error().message;
    };
    EXPECT_EQ(sorted_by("Pipeline", ""), "LastModifiedTime");
    EXPECT_EQ(sorted_by("ModelPackageGroup", ""), "CreationTime");  // its record has no other time
    EXPECT_EQ(sorted_by("Model", ""), "CreationTime");
    EXPECT_EQ(sorted_by("Pipeline", "Tags.team"), "Tags.team");
    EXPECT_EQ(sorted_by("TrainingJob", "Metrics.auc"), "Metrics.auc");
    EXPECT_EQ(sorted_by("PipelineExecution", "PipelineParameters.Name"),
              "Results cannot be sorted by 'PipelineParameters.Name': it is no single value of a PipelineExecution.");
    EXPECT_THAT(sorted_by("Pipeline", "CreatedBy"), HasSubstr("cannot be sorted by 'CreatedBy'"));
    EXPECT_THAT(sorted_by("Pipeline", "Size"), HasSubstr("Pipeline has no member 'Size'"));
}

TEST(Moments, AreReadAsIso8601) {
    const auto millis = [](std::string_view text) {
        const auto moment = parse_moment(text);
        return moment ? to_millis(*moment) : -1;
    };
    EXPECT_EQ(millis("1970-01-01T00:00:01"), 1000);
    EXPECT_EQ(millis("2026-11-25T20:15:00"), 1'795'637'700'000);
    EXPECT_EQ(millis("2026-11-25T20:15:00Z"), 1'795'637'700'000);
    EXPECT_EQ(millis("2026-11-25T20:15:00.5"), 1'795'637'700'500);
    EXPECT_EQ(millis("2026-11-25T20:15:00.123456Z"), 1'795'637'700'123);
    EXPECT_EQ(millis("2026-11-25T21:15:00+01:00"), 1'795'637'700'000);
    EXPECT_EQ(millis("2026-11-25T15:15:00-0500"), 1'795'637'700'000);
    for (const char* bad :
         {"", "2026", "2026-11-25", "2026-11-25 20:15:00", "2026-13-01T00:00:00", "2026-02-30T00:00:00",
          "2026-11-25T24:00:00", "2026-11-25T20:60:00", "2026-11-25T20:15", "2026-11-25T20:15:00.",
          "2026-11-25T20:15:00ZZ", "2026-11-25T20:15:00+1", "2026-11-25T20:15:00+99:00", "1795637700"})
        EXPECT_EQ(millis(bad), -1) << bad;
}

}  // namespace
}  // namespace pipelines::search
