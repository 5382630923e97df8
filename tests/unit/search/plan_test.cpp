// What the SQL of a search walks: a common one that became a scan, or took the index of another order, would cost as
// much as its table is long. The plans are SQLite's own words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipelines/search/expression.hpp"
#include "pipelines/search/sql.hpp"

namespace pipelines::search {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const NamespaceKey kWhere{"123456789012", "us-east-1"};
const std::string kPipelineArn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p";

Json filter(std::string_view name, std::string_view comparison, std::string_view value) {
    return {{"Name", name}, {"Operator", comparison}, {"Value", value}};
}

struct Case {
    std::string resource;
    Json filters;
    std::string sort;   // empty: the default
    std::string index;  // the one walked for the page, and the columns that it is entered by
    enum class Way { Page, Sort, Walk } way = Way::Page;  // Walk: all rows, in the order of the index
};

class Plans : public testing::Test {
protected:
    std::vector<std::string> explain(const store::Query& query) {
        auto plan = database->prepare_once("EXPLAIN QUERY PLAN " + query.text);
        std::vector<std::string> steps;
        while (plan.step()) steps.emplace_back(plan.text(3));
        return steps;
    }

    Search make(const Case& one) {
        Json input = Json::object();
        if (!one.filters.empty()) input["SearchExpression"] = {{"Filters", one.filters}};
        if (!one.sort.empty()) input["SortBy"] = one.sort;
        const Resource& resource = *find_resource(one.resource);
        return Search{
            resource, read_expression(resource, input).value(), read_sort(resource, input).value(), {1, kWhere}};
    }

    std::unique_ptr<store::Database> database = store::Database::in_memory();
};

const std::vector<Case> kCases{
    {"PipelineExecution", Json::array(), "", "executions_by_modification (namespace=?)"},
    {"PipelineExecution", Json::array(), "CreationTime", "executions_of_namespace_by_creation (namespace=?)"},
    {"PipelineExecution", Json::array({filter("PipelineExecutionStatus", "Equals", "Failed")}), "",
     "executions_by_status (namespace=? AND status=?)"},
    {"PipelineExecution", Json::array({filter("PipelineArn", "Equals", kPipelineArn)}), "",
     "executions_of_pipeline_by_modification (pipeline=?)"},
    {"PipelineExecution",
     Json::array(
         {filter("PipelineArn", "Equals", kPipelineArn), filter("CreationTime", "GreaterThan", "2026-11-25T00:00:00")}),
     "", "executions_of_pipeline_by_modification (pipeline=? AND modified>?)"},
    {"PipelineExecution",
     Json::array({filter("PipelineExecutionArn", "Equals", kPipelineArn + "/execution/abcdefghijkl")}), "",
     "executions_by_public_id (pipeline=? AND public_id=?)", Case::Way::Sort},
    {"PipelineExecution", Json::array({filter("LastModifiedTime", "LessThan", "2026-11-25T00:00:00")}), "",
     "executions_by_modification (namespace=? AND modified<?)"},
    {"Pipeline", Json::array(), "", "pipelines_by_modification (namespace=?)"},
    {"Pipeline", Json::array({filter("PipelineName", "Equals", "p")}), "",
     "sqlite_autoindex_pipelines_1 (namespace=? AND name=?)"},
    {"Pipeline", Json::array({filter("Tags.team", "Equals", "ml")}), "", "pipelines_by_modification (namespace=?)"},
    {"PipelineVersion", Json::array(), "", "versions_by_modification (namespace=?)"},
    {"PipelineVersion", Json::array({filter("PipelineArn", "Equals", kPipelineArn)}), "PipelineVersionId",
     "sqlite_autoindex_versions_1 (pipeline=?)"},
    // Jobs have an index of one order, that of their creation; for another all rows of the kind are walked.
    {"TrainingJob", Json::array(), "CreationTime", "jobs_by_kind (namespace=? AND kind=?)"},
    {"TrainingJob", Json::array({filter("TrainingJobStatus", "Equals", "Failed")}), "CreationTime",
     "jobs_by_kind (namespace=? AND kind=?)"},
    {"TrainingJob", Json::array(), "", "jobs_by_kind (namespace=? AND kind=?", Case::Way::Walk},
    {"TrainingJob", Json::array({filter("TrainingJobName", "Contains", "abc")}), "",
     "jobs_by_kind (namespace=? AND kind=?", Case::Way::Walk},
    {"TrainingJob", Json::array({filter("Tags.team", "Equals", "ml")}), "CreationTime",
     "jobs_by_kind (namespace=? AND kind=?", Case::Way::Walk},
    {"TrainingJob", Json::array({filter("CreationTime", "GreaterThan", "2026-11-25T00:00:00")}), "",
     "jobs_by_kind (namespace=? AND kind=? AND created>?)", Case::Way::Walk},
    {"Endpoint", Json::array(), "", "jobs_by_kind (namespace=? AND kind=?", Case::Way::Walk},
    // A name tells the execution.
    {"TrainingJob", Json::array({filter("TrainingJobName", "Equals", "pipelines-abcdefghijkl-Train-0123456789")}),
     "CreationTime", "jobs_by_execution (execution=?)", Case::Way::Sort},
    {"TrainingJob", Json::array({filter("TrainingJobName", "In", "a-abcdefghijkl-b,c-mnopqrstuvwx-d")}), "",
     "jobs_by_execution (execution=?", Case::Way::Walk},
    {"HyperParameterTuningJob", Json::array(), "CreationTime", "jobs_by_kind (namespace=? AND kind=?)"},
    {"Job", Json::array(), "CreationTime", "jobs_by_kind (namespace=? AND kind=?)"},
    {"Model", Json::array(), "", "jobs_by_kind (namespace=? AND kind=?)"},
    {"Endpoint", Json::array(), "CreationTime", "jobs_by_kind (namespace=? AND kind=?)"},
    {"ModelPackage", Json::array(), "CreationTime", "jobs_by_kind (namespace=? AND kind=?)"},
    {"ModelPackageGroup", Json::array(), "", "jobs_by_kind (namespace=? AND kind=?)"},
};

TEST_F(Plans, OfCommonSearchesWalkTheirIndex) {
    for (const Case& one : kCases) {
        SCOPED_TRACE(one.resource + ' ' + one.filters.dump() + ' ' + one.sort);
        const Search search = make(one);
        ASSERT_EQ(search.pages(), one.way != Case::Way::Walk);
        if (!search.pages()) continue;
        for (const auto order : {store::SortOrder::Ascending, store::SortOrder::Descending}) {
            const auto steps = explain(search.page({.limit = 100, .order = order, .after = {}}));
            ASSERT_FALSE(steps.empty());
            EXPECT_THAT(steps.front(), testing::AllOf(testing::StartsWith("SEARCH r "), HasSubstr(one.index)));
            EXPECT_EQ(testing::Matches(testing::Contains(HasSubstr("TEMP B-TREE")))(steps), one.way == Case::Way::Sort);
        }
        for (const std::string& step : explain(search.count(10'001)))
            EXPECT_TRUE(step.find("SCAN") == std::string::npos || step.find("subquery") != std::string::npos) << step;
    }
}

// The next page is entered where the last one ended, not walked to.
TEST_F(Plans, OfNextPagesEnterTheIndexAtThePosition) {
    for (const Case& one : kCases) {
        if (one.way != Case::Way::Page || one.index.starts_with("sqlite_autoindex")) continue;
        SCOPED_TRACE(one.resource + ' ' + one.filters.dump() + ' ' + one.sort);
        const store::Position after{1'700'000'000'000, 5};
        const auto steps = explain(make(one).page({.limit = 100, .after = after}));
        ASSERT_FALSE(steps.empty());
        EXPECT_THAT(steps.front(), testing::AnyOf(HasSubstr("modified<?"), HasSubstr("created<?")));
        EXPECT_THAT(steps, Not(testing::Contains(HasSubstr("TEMP B-TREE"))));
    }
}

// A walk goes on where it was cut, in the order of its index: it sorts nothing, but for the jobs of few executions.
TEST_F(Plans, OfWalksEnterTheIndexWhereTheyWereCut) {
    for (const Case& one : kCases) {
        if (one.way != Case::Way::Walk) continue;
        SCOPED_TRACE(one.resource + ' ' + one.filters.dump() + ' ' + one.sort);
        const auto steps = explain(make(one).walk({1'700'000'000'000, 5}, 100));
        ASSERT_FALSE(steps.empty());
        EXPECT_THAT(steps.front(), testing::AllOf(testing::StartsWith("SEARCH r "), HasSubstr(one.index)));
        const bool by_kind = one.index.starts_with("jobs_by_kind");
        EXPECT_EQ(steps.front().find("created>?") != std::string::npos, by_kind);
        EXPECT_EQ(testing::Matches(testing::Contains(HasSubstr("TEMP B-TREE")))(steps), !by_kind);
    }
}

// Counting the newest of a namespace reads an index alone, no row.
TEST_F(Plans, OfPlainCountsStayWithinTheIndex) {
    EXPECT_THAT(explain(make({"PipelineExecution", Json::array(), "", ""}).count(10'001)),
                testing::Contains(HasSubstr("COVERING INDEX")));
}

}  // namespace
}  // namespace pipelines::search
