// Events at a bus: what the database cannot give is read again, and nothing is left out but what no call can carry.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <mutex>
#include <utility>

#include "harness.hpp"
#include "pipelines/engine/event_delivery.hpp"
#include "support/fake_peer.hpp"

namespace pipelines::engine {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr std::string_view kTaken =
    "HTTP/1.1 200 OK\r\nContent-Length: 35\r\n\r\n{\"FailedEntryCount\":0,\"Entries\":[]}";

// The execution begins, its step starts, is executing, has succeeded, and so has the execution.
constexpr std::size_t kChangesOfOne = 5;

class EventDeliveryTest : public testing::Test {
protected:
    // Starts a run of one step, and lets the loop go on until nothing is ready.
    ExecutionKey start() {
        const ExecutionKey key = harness.start(pipeline);
        settle();
        return key;
    }
    void settle() {
        io.restart();
        io.poll();
    }
    // What was put off is due.
    void pass() {
        for (const auto& act : std::exchange(put_off, {})) act();
        settle();
    }
    // Until the bus has been called so often; it answers from a thread of its own.
    void expect_calls(int wanted) {
        const auto patience = std::chrono::steady_clock::now() + 10s;
        while (calls < wanted && std::chrono::steady_clock::now() < patience) {
            io.restart();
            io.run_one_for(100ms);
        }
        EXPECT_EQ(calls, wanted);
    }
    // The requests so far, head and body.
    std::vector<std::string> requests() {
        const std::lock_guard lock(mutex);
        return received;
    }
    // What the events of a request are of, each as text.
    static std::vector<std::string> resources(const std::string& request) {
        const Json body = parse_json(request.substr(request.find("\r\n\r\n") + 4)).value();
        std::vector<std::string> texts;
        for (const Json& entry : body["Entries"]) texts.push_back(dump(entry["Resources"]));
        return texts;
    }
    std::string id(ExecutionKey key) { return harness.execution(key).public_id; }
    // A turn that cannot be committed, and is open until turn().
    void begin_in_vain(const std::function<void()>& change) {
        harness.within([this, &change] {
            change();
            harness.break_commit();
        });
    }
    void rename(const std::string& table, const std::string& to) {
        harness.store().database.execute(("ALTER TABLE " + table + " RENAME TO " + to).c_str());
    }

    std::mutex mutex;
    std::vector<std::string> received;
    std::atomic<int> calls{0};
    http::FakePeer bus{[this](http::Connection& connection) {
        std::string request = connection.receive_request();
        if (request.empty()) return;
        {
            const std::lock_guard lock(mutex);
            received.push_back(std::move(request));
        }
        ++calls;
        connection.send(kTaken);
    }};
    boost::asio::io_context io{1};
    Harness harness;
    Pipeline pipeline = harness.add("p", chain(1));
    std::vector<std::function<void()>> put_off;
    EventDelivery delivery{
        harness.store(),
        harness.engine(),
        {io, {"127.0.0.1", bus.port(), ""}, "events", std::nullopt},
        {.post = [this](std::function<void()> act) { boost::asio::post(io, std::move(act)); },
         .later = [this](Duration, std::function<void()> act) { put_off.push_back(std::move(act)); }}};
};

// A bus is not flooded with the past.
TEST_F(EventDeliveryTest, BeginsWithTheFirstChangeBehindItsOwnStart) {
    const std::string before = id(start());
    delivery.begin();
    settle();
    const std::string after = id(start());
    expect_calls(1);
    const auto sent = requests();
    ASSERT_THAT(sent, SizeIs(1));
    EXPECT_THAT(resources(sent[0]),
                AllOf(SizeIs(kChangesOfOne), Each(AllOf(HasSubstr(after), Not(HasSubstr(before))))));
}

// Every bus would refuse it for ever, and all that is behind it would wait.
TEST_F(EventDeliveryTest, LeavesOutWhatIsLargerThanACall) {
    delivery.begin();
    StartRequest request;
    request.description = std::string(std::size_t{300} * 1024, 'x');  // of the first and the last change
    const std::string large = id(harness.start(pipeline, request));
    const std::int64_t row = harness.store().events.newest();
    settle();
    expect_calls(1);
    const std::string other = id(start());
    expect_calls(2);
    const auto sent = requests();
    ASSERT_THAT(sent, SizeIs(2));
    EXPECT_THAT(resources(sent[0]), AllOf(SizeIs(kChangesOfOne - 2), Each(HasSubstr(large))));
    EXPECT_THAT(resources(sent[1]), AllOf(SizeIs(kChangesOfOne), Each(HasSubstr(other))));
    const auto place = harness.store().deliveries.find(harness.space()).value();
    EXPECT_GE(std::pair(place.event, place.change), std::pair(row, std::uint32_t{kChangesOfOne - 1}))
        << "for a restart";
}

// The id of a namespace that did not come to stand is the next one's, which is somewhere else.
TEST_F(EventDeliveryTest, KeepsNoNamespaceOfATurnThatFails) {
    delivery.begin();
    harness.start(pipeline);  // so that it is about to look
    NamespaceId lost = 0;
    begin_in_vain([this, &lost] {
        lost = harness.engine().space({"123456789012", "eu-west-1"}).id;
        harness.store().events.insert(lost, 0, {}, "x:-0");
    });
    settle();
    harness.turn();
    harness.use_space("ap-south-1");
    ASSERT_EQ(harness.space(), lost);
    harness.start(harness.add("q", chain(1)));
    expect_calls(2);
    EXPECT_THAT(requests(), UnorderedElementsAre(HasSubstr("/us-east-1/events/"), HasSubstr("/ap-south-1/events/")));
}

// An execution whose end as a row did not come to stand still has events.
TEST_F(EventDeliveryTest, PassesOverNobodyWhoIsGoneInATurnThatFails) {
    delivery.begin();
    const std::string there = id(harness.start(pipeline));
    begin_in_vain([this] { harness.store().pipelines.erase(pipeline.id); });
    settle();
    EXPECT_EQ(calls, 0);
    harness.turn();
    expect_calls(1);
    const auto sent = requests();
    ASSERT_THAT(sent, SizeIs(1));
    EXPECT_THAT(resources(sent[0]), AllOf(SizeIs(kChangesOfOne), Each(HasSubstr(there))));
}

// Nothing but the end of that turn wakes it: no other news come.
TEST_F(EventDeliveryTest, GoesOnBehindWhoIsGoneOnceThatStands) {
    delivery.begin();
    harness.start(pipeline);
    const std::string other = id(harness.start(harness.add("q", chain(1))));
    harness.within([this] { harness.store().pipelines.erase(pipeline.id); });
    settle();
    EXPECT_EQ(calls, 0);
    harness.turn();
    expect_calls(1);
    const auto sent = requests();
    ASSERT_THAT(sent, SizeIs(1));
    EXPECT_THAT(resources(sent[0]), AllOf(SizeIs(kChangesOfOne), Each(HasSubstr(other))));
}

// Whose place cannot be read waits for nobody else's news.
TEST_F(EventDeliveryTest, LooksAgainWhenAPlaceCannotBeRead) {
    delivery.begin();
    rename("deliveries", "away");
    start();
    EXPECT_EQ(calls, 0);
    rename("away", "deliveries");
    pass();
    expect_calls(1);
}

// The bell rings for it once only; a second failure, and more news meanwhile, change nothing.
TEST_F(EventDeliveryTest, HearsAgainWhenTheNewsCannotBeRead) {
    bool is_away = true;
    const auto first = harness.engine().bell().listen([this, &is_away](const Bell::Changed&) {
        if (is_away) rename("events", "away");
    });
    delivery.begin();
    start();
    pass();
    EXPECT_EQ(calls, 0);
    EXPECT_EQ(put_off.size(), 1U) << "tried again, and not yet";
    rename("away", "events");
    is_away = false;
    pass();
    expect_calls(1);
    start();
    expect_calls(2);
}

// The turn that it waits for to end need not come to stand.
TEST_F(EventDeliveryTest, HearsAgainBehindATurnThatFails) {
    bool is_away = false;
    const auto first = harness.engine().bell().listen([this, &is_away](const Bell::Changed&) {
        if (!std::exchange(is_away, true)) rename("events", "away");
    });
    delivery.begin();
    start();
    rename("away", "events");
    begin_in_vain([] {});
    pass();
    harness.turn();
    expect_calls(1);
}

}  // namespace
}  // namespace pipelines::engine
