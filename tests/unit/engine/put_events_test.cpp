// PutEvents as data: what goes into one call, and what its answer means.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipelines/engine/event_delivery.hpp"

namespace pipelines::engine {
namespace {

using testing::HasSubstr;

StatusEvent event(std::string name) {
    return {{7, 0},
            from_millis(1'700'000'000'999),
            true,
            {{"source", "aws.sagemaker"},
             {"detail-type", "Change"},
             {"resources", {"arn:1", "arn:2"}},
             {"detail", {{"stepName", std::move(name)}}}}};
}

http::ClientOutcome answer(int status, std::string body) { return http::ClientAnswer{status, {}, std::move(body)}; }

TEST(PutEvents, CarriesTheEnvelopeAsTheApiNamesIt) {
    const std::vector<StatusEvent> events{event("A")};
    const PutEvents made = put_events(events);
    EXPECT_EQ(made.count, 1U);
    EXPECT_EQ(made.call.method, "POST");
    EXPECT_EQ(made.call.target, "/");
    EXPECT_EQ(parse_json(made.call.body).value(), (Json{{"Entries",
                                                         {{{"Source", "aws.sagemaker"},
                                                           {"DetailType", "Change"},
                                                           {"Detail", R"({"stepName":"A"})"},
                                                           {"Resources", {"arn:1", "arn:2"}},
                                                           {"Time", 1'700'000'000}}}}}));
}

TEST(PutEvents, HasTenEntriesAtMost) {
    EXPECT_EQ(put_events(std::vector<StatusEvent>(10, event("A"))).count, 10U);
    EXPECT_EQ(put_events(std::vector<StatusEvent>(11, event("A"))).count, 10U);
}

// The API's limit is of the entries of a call together; none can carry one that alone is larger.
TEST(PutEvents, AreLessThanTheLargestCall) {
    const StatusEvent half = event(std::string(130 * 1024, 'x')), large = event(std::string(300 * 1024, 'x'));
    EXPECT_EQ(put_events(std::vector{half, half}).count, 1U);
    EXPECT_EQ(put_events(std::vector{event("A"), half, event("B"), half}).count, 3U);
    EXPECT_EQ(put_events(std::vector{event("A"), large}).count, 1U);
    EXPECT_EQ(put_events(std::vector{large, event("A")}).count, 0U);
}

TEST(PutEventsReceipt, IsOfAllThatWereTaken) {
    const PutReceipt receipt = read_receipt(2, answer(200, R"({"FailedEntryCount":0,"Entries":[{},{}]})"));
    EXPECT_EQ(receipt.taken, 2U);
    EXPECT_EQ(receipt.fault, "");
}

TEST(PutEventsReceipt, OtherwiseSaysWhyAndFromWhereOn) {
    struct Case {
        http::ClientOutcome outcome;
        std::size_t taken;
        std::string fault;
    };
    const std::vector<Case> cases{
        {answer(200,
                R"({"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"ErrorCode":"Denied","ErrorMessage":"no"}]})"),
         1, "Denied: no"},
        {answer(200, R"({"FailedEntryCount":1,"Entries":[{"ErrorCode":"Denied"},{"EventId":"2"}]})"), 0, "Denied"},
        {answer(200, R"({"FailedEntryCount":1,"Entries":[{},{},{"ErrorCode":"OfNoneOfOurs"}]})"), 0, "refused"},
        {answer(200, R"({"FailedEntryCount":1,"Entries":7})"), 0, "refused"},
        {answer(200, R"({"FailedEntryCount":1})"), 0, "refused"},
        {answer(200, R"({"FailedEntryCount":"0"})"), 0, "none to PutEvents"},
        {answer(200, R"({})"), 0, "none to PutEvents"},
        {answer(200, R"([0])"), 0, "none to PutEvents: [0]"},
        {answer(200, "<html>"), 0, "none to PutEvents: <html>"},
        {answer(500, R"({"FailedEntryCount":0})"), 0, "HTTP 500"},
        {http::ClientFault{http::ClientFault::Kind::Unreachable, "nobody is there"}, 0, "nobody is there"}};
    for (const Case& one : cases) {
        const PutReceipt receipt = read_receipt(2, one.outcome);
        EXPECT_EQ(receipt.taken, one.taken) << receipt.fault;
        EXPECT_THAT(receipt.fault, HasSubstr(one.fault));
    }
}

TEST(PutEventsBackOff, DoublesUpToAMinute) {
    std::vector<std::int64_t> seconds;
    for (const unsigned failures : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 4'000'000'000U})
        seconds.push_back(back_off(failures).count() / 1000);
    EXPECT_EQ(seconds, (std::vector<std::int64_t>{1, 2, 4, 8, 16, 32, 60, 60, 60}));
}

}  // namespace
}  // namespace pipelines::engine
