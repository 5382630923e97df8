// A Search of jobs that is about what only their documents tell: it reads all of them, so many a turn of the loop, and
// whatever else comes is answered meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "support/local_service.hpp"

namespace pipelines::testing {
namespace {

using ::testing::ElementsAre;
using Waiting = std::shared_ptr<std::optional<Reply>>;

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
        job.namespace_id = execution.namespace_id;
        job.execution = service.store().executions.insert(execution, {});
        for (int i = 0; i < kJobs; ++i) add(i);
    }

    void add(int number) {
        job.name = fmt::format("abcdefghijkl-job-{:02}", number);
        job.created = job.modified = from_millis(1'700'000'000'000 + 1000 * number);
        job.arguments = {{"HyperParameters", {{"n", std::to_string(number)}}}};
        (void)service.store().jobs.insert(job);
    }

    static Json with_filter(std::string_view name, std::string_view comparison, std::string_view value) {
        return {{"SearchExpression", {{"Filters", {{{"Name", name}, {"Operator", comparison}, {"Value", value}}}}}}};
    }

    Waiting send(Json request) {
        request["Resource"] = "TrainingJob";
        const auto reply = std::make_shared<std::optional<Reply>>();
        service.send("Search", std::move(request), reply);
        return reply;
    }

    Reply search(Json request) {
        const auto reply = send(std::move(request));
        service.turn();
        return reply->value();
    }

    // How many things the loop does until the answer is there.
    int steps_until(const Waiting& reply) {
        int steps = 0;
        while (!*reply && service.step()) ++steps;
        return steps;
    }

    static std::vector<std::string> found(const Reply& reply) {
        EXPECT_EQ(reply.status, 200) << reply.error();
        std::vector<std::string> numbers;
        for (const Json& result : reply.body.value("Results", Json::array()))
            numbers.push_back(result.at("TrainingJob").at("HyperParameters").at("n").get<std::string>());
        return numbers;
    }

    static constexpr int kJobs = 24;
    LocalService service{[] {
        LocalService::Options options;
        options.records_a_turn = 4;
        return options;
    }()};
    Job job;
};

TEST_F(SearchOfJobs, ReadsAllOfThemForOneAnswer) {
    const Reply reply = search(with_filter("HyperParameters.n", "LessThan", "2"));
    EXPECT_THAT(found(reply), ElementsAre("1", "0"));
    EXPECT_EQ(reply.body.at("TotalHits"), (Json{{"Value", 2}, {"Relation", "EqualTo"}}));
    EXPECT_FALSE(reply.body.contains("NextToken"));
}

TEST_F(SearchOfJobs, SortsHoweverManyThereAre) {
    Json request = {{"SortBy", "HyperParameters.n"}, {"SortOrder", "Ascending"}, {"MaxResults", 5}};
    std::vector<std::string> all;
    for (;;) {
        const Reply reply = search(request);
        for (std::string& one : found(reply)) all.push_back(std::move(one));
        EXPECT_EQ(reply.body.at("TotalHits"), (Json{{"Value", kJobs}, {"Relation", "EqualTo"}}));
        const Json* token = find(reply.body, "NextToken");
        if (token == nullptr) break;
        request["NextToken"] = *token;
    }
    ASSERT_EQ(all.size(), kJobs);
    for (int i = 0; i < kJobs; ++i) EXPECT_EQ(all[static_cast<std::size_t>(i)], std::to_string(i));
}

TEST_F(SearchOfJobs, LeavesTheLoopToOthers) {
    const auto reply = send(with_filter("HyperParameters.n", "LessThan", "2"));
    const auto other = std::make_shared<std::optional<Reply>>();
    service.send("ListPipelines", Json::object(), other);
    EXPECT_TRUE(*other);
    EXPECT_FALSE(*reply);
    EXPECT_GE(steps_until(reply), kJobs / 4 - 1);
    EXPECT_THAT(found(**reply), ElementsAre("1", "0"));
}

TEST_F(SearchOfJobs, CountsWhatWasThereOnceWhileOthersWrite) {
    const auto reply = send({{"SortBy", "HyperParameters.n"}, {"SortOrder", "Ascending"}});
    int number = 100;
    for (; !*reply; ++number) {
        service.store().turn.within([this, number] { add(number); });
        ASSERT_TRUE(service.step());
    }
    EXPECT_GT(number, 105);
    EXPECT_EQ(reply->value().body.at("TotalHits").at("Value"), kJobs);
    EXPECT_EQ(found(**reply).size(), kJobs);
}

TEST_F(SearchOfJobs, SeesNothingOfWhatIsUndone) {
    Waiting reply;
    try {
        service.store().turn.within([this, &reply] {
            add(50);
            reply = send(with_filter("HyperParameters.n", "GreaterThan", "22"));
            throw std::runtime_error("undone");
        });
    } catch (const std::runtime_error&) {
    }
    service.turn();
    EXPECT_THAT(found(reply->value()), ElementsAre("23"));
}

TEST_F(SearchOfJobs, AnswersTheNextPageFromWhatItHasRead) {
    Json request = with_filter("HyperParameters.n", "GreaterThan", "3");
    request["MaxResults"] = 5;
    const auto first = send(request);
    EXPECT_GE(steps_until(first), kJobs / 4 - 1);
    service.turn();
    request["NextToken"] = (*first)->body.at("NextToken");
    const auto second = send(request);
    EXPECT_EQ(steps_until(second), 0);
    EXPECT_THAT(found(**second), ElementsAre("18", "17", "16", "15", "14"));
    EXPECT_EQ((*second)->body.at("TotalHits"), (Json{{"Value", 20}, {"Relation", "EqualTo"}}));
    // Until something is written.
    service.turn();
    add(30);
    const auto again = send(request);
    EXPECT_GT(steps_until(again), 0);
    EXPECT_THAT(found(**again), ElementsAre("18", "17", "16", "15", "14"));
    EXPECT_EQ((*again)->body.at("TotalHits").at("Value"), 21);
}

// By time, the default: no index has that order, so it is read like the others.
TEST_F(SearchOfJobs, SortsByTimeWithoutHoldingUpOthers) {
    for (int number = kJobs; number < 100; ++number) add(number);
    const auto reply = send({{"MaxResults", 3}});
    EXPECT_GT(steps_until(reply), 1);
    EXPECT_THAT(found(**reply), ElementsAre("99", "98", "97"));
    EXPECT_EQ((*reply)->body.at("TotalHits").at("Value"), 100);
}

class SearchThatTakesLong : public SearchOfJobs {
protected:
    std::shared_ptr<http::LateAnswer> begin() {
        http::HttpResponse response;
        service.dispatch("Search", {{"Resource", "TrainingJob"}, {"SortBy", "HyperParameters.n"}},
                         [&response](http::HttpResponse given) { response = std::move(given); });
        return std::move(response.late);
    }
};

TEST_F(SearchThatTakesLong, EndsWhenItsClientLeaves) {
    auto answer = begin();
    ASSERT_TRUE(answer);
    const std::weak_ptr watched{answer};
    answer.reset();
    EXPECT_TRUE(watched.expired());
    service.turn();
}

TEST_F(SearchThatTakesLong, AnswersAnErrorWhenTheServerStops) {
    const auto answer = begin();
    ASSERT_TRUE(answer);
    const http::HttpResponse response = answer->interrupted();
    EXPECT_EQ(response.status, 500);
    const Json body = parse_json(response.body).value();
    EXPECT_EQ(body.at("__type"), "InternalFailure");
    EXPECT_THAT(body.at("message").get<std::string>(), ::testing::HasSubstr("being stopped"));
}

TEST_F(SearchThatTakesLong, AnswersAnErrorWhenTheRowsCannotBeRead) {
    const auto answer = begin();
    ASSERT_TRUE(answer);
    bool woken = false;
    answer->listen([&woken] { woken = true; });
    ASSERT_TRUE(service.step());  // the end of the turn's reading
    service.store().database.execute("ALTER TABLE jobs RENAME TO gone");
    service.turn();
    EXPECT_TRUE(woken);
    EXPECT_EQ(answer->take().value().status, 500);
}

}  // namespace
}  // namespace pipelines::testing
