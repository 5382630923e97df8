// Events at a bus: what the database cannot give is read again, and nothing is left out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "harness.hpp"
#include "pipelines/engine/event_delivery.hpp"
#include "support/fake_peer.hpp"

namespace pipelines::engine {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kTaken =
    "HTTP/1.1 200 OK\r\nContent-Length: 35\r\n\r\n{\"FailedEntryCount\":0,\"Entries\":[]}";

class EventDeliveryTest : public testing::Test {
protected:
    // Starts a run of one step, and lets the loop go on until nothing is ready.
    void start() {
        harness.start(pipeline);
        settle();
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
    void rename(const std::string& table, const std::string& to) {
        harness.store().database.execute(("ALTER TABLE " + table + " RENAME TO " + to).c_str());
    }

    std::atomic<int> calls{0};
    http::FakePeer bus{[this](http::Connection& connection) {
        if (connection.receive_request().empty()) return;
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

TEST_F(EventDeliveryTest, BeginsWithTheFirstChangeBehindItsOwnStart) {
    start();
    delivery.begin();
    settle();
    EXPECT_EQ(calls, 0);
    start();
    expect_calls(1);
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

}  // namespace
}  // namespace pipelines::engine
