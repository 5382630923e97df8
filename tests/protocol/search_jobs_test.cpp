// How much one Search of jobs does: what only their documents tell is read so many records at a time, since nothing
// else is served meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "support/local_service.hpp"

namespace pipelines::testing {
namespace {

class SearchOfJobs : public ::testing::Test {
protected:
    SearchOfJobs() {
        service.create("p", {{"Version", "2020-12-01"}, {"Parameters", Json::array()}, {"Steps", Json::array()}});
        Execution execution;
        execution.namespace_id = service.engine().find_space(service.where)->id;
        execution.pipeline = 1;
        execution.version = 1;
        execution.version_key = 1;
        execution.public_id = "abcdefghijkl";
        Job job;
        job.namespace_id = execution.namespace_id;
        job.execution = service.store().executions.insert(execution, {});
        for (int i = 0; i < kJobs; ++i) {
            job.name = fmt::format("job-{:02}", i);
            job.created = job.modified = from_millis(1'700'000'000'000 + 1000 * i);
            job.arguments = {{"HyperParameters", {{"n", std::to_string(i)}}}};
            (void)service.store().jobs.insert(job);
        }
    }

    Reply search(Json request) {
        request["Resource"] = "TrainingJob";
        return service.call("Search", std::move(request));
    }

    static Json with_filter(std::string_view name, std::string_view comparison, std::string_view value) {
        return {{"SearchExpression", {{"Filters", {{{"Name", name}, {"Operator", comparison}, {"Value", value}}}}}}};
    }

    static constexpr int kJobs = 24;
    LocalService service{[] {
        LocalService::Options options;
        options.most_records = 4;
        return options;
    }()};
};

TEST_F(SearchOfJobs, ReadsSoManyRecordsAndGoesOnFromThere) {
    Json request = with_filter("HyperParameters.n", "LessThan", "2");
    std::vector<std::string> found;
    std::size_t pages = 0;
    for (;;) {
        const Reply reply = search(request);
        ASSERT_EQ(reply.status, 200) << reply.error();
        ++pages;
        for (const Json& result : reply.body.at("Results"))
            found.push_back(result.at("TrainingJob").at("TrainingJobName").get<std::string>());
        EXPECT_EQ(reply.body.at("TotalHits").at("Relation"), "GreaterThanOrEqualTo");
        const Json* token = find(reply.body, "NextToken");
        if (token == nullptr) break;
        request["NextToken"] = *token;
    }
    EXPECT_EQ(pages, kJobs / 4U);
    EXPECT_THAT(found, ::testing::ElementsAre("job-01", "job-00"));
}

TEST_F(SearchOfJobs, CountsAllHitsWhereItReadsAllRecords) {
    Json request = with_filter("HyperParameters.n", "GreaterThan", "20");
    const Json first = search(request).body;
    EXPECT_EQ(first.at("TotalHits").at("Value"), 3);
    request["SearchExpression"]["Filters"].push_back(
        {{"Name", "CreationTime"}, {"Operator", "GreaterThanOrEqualTo"}, {"Value", "2023-11-14T22:13:40"}});
    EXPECT_EQ(search(request).body.at("TotalHits"), (Json{{"Value", 3}, {"Relation", "EqualTo"}}));
}

TEST_F(SearchOfJobs, SortsByDocumentsWhileTheyAreFew) {
    Json request = {{"SortBy", "HyperParameters.n"}, {"MaxResults", 1}};
    EXPECT_EQ(search(request).error(),
              "ValidationException: More than 20 TrainingJob records would have to be read to sort the results by "
              "'HyperParameters.n'. Narrow the search, for example by CreationTime.");
    request.update(with_filter("CreationTime", "LessThan", "2023-11-14T22:13:40"));
    const Reply reply = search(request);
    ASSERT_EQ(reply.status, 200) << reply.error();
    EXPECT_EQ(reply.body.at("Results")[0].at("TrainingJob").at("HyperParameters").at("n"), "19");
    EXPECT_EQ(reply.body.at("TotalHits"), (Json{{"Value", 20}, {"Relation", "EqualTo"}}));
}

}  // namespace
}  // namespace pipelines::testing
