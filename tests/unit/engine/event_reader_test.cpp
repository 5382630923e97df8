// What is read back of status changes where rows are damaged, or gone in a turn that is not over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "harness.hpp"
#include "pipelines/engine/event_reader.hpp"

namespace pipelines::engine {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

EventReader reader_of(Harness& harness) { return {harness.store(), harness.engine()}; }

// Lists, streams and deliveries read the same rows, each in its own order: nothing is passed over unsaid, nor said by
// each of them.
TEST(EventReader, SaysOnceWhatCannotBeReadWhoeverReadsIt) {
    Harness harness;
    const ExecutionKey first = harness.start(harness.add("p", chain(1)));
    const ExecutionKey second = harness.start(harness.add("q", chain(1)));
    for (const ExecutionKey key : {first, second}) harness.damage(key, "retries", "x");
    testing::internal::CaptureStderr();
    for (const ExecutionKey key : {second, first, second}) {
        const auto page = reader_of(harness).after({0}, {.space = {}, .execution = key}, 100);
        EXPECT_THAT(page.events, SizeIs(2)) << "the execution's own";
    }
    const std::string log = testing::internal::GetCapturedStderr();
    std::size_t said = 0;
    for (auto at = log.find("are passed over"); at != std::string::npos; at = log.find("are passed over", at + 1))
        ++said;
    EXPECT_EQ(said, 2U) << log;
}

// The turn may fail, and the execution be back.
TEST(EventReader, EndsBeforeWhoIsGoneInATurnThatIsOpen) {
    Harness harness;
    const Pipeline pipeline = harness.add("p", chain(1));
    harness.start(pipeline);
    const ExecutionKey other = harness.start(harness.add("q", chain(1)));
    const std::size_t of_other = reader_of(harness).after({0}, {.space = {}, .execution = other}, 100).events.size();
    ASSERT_GT(of_other, 0U);
    EventReader reader = reader_of(harness);
    reader.catch_up();
    harness.within([&harness, &pipeline] { harness.store().pipelines.erase(pipeline.id); });
    const auto held = reader.after({0}, {}, 100);
    EXPECT_TRUE(held.is_held);
    EXPECT_THAT(held.events, IsEmpty());
    EXPECT_EQ(held.reached, EventPosition{0});
    EXPECT_THAT(reader_of(harness).after({0}, {}, 100).events, SizeIs(of_other)) << "answered with the turn";
    harness.turn();
    const auto page = reader.after({0}, {}, 100);
    EXPECT_FALSE(page.is_held);
    EXPECT_THAT(page.events, SizeIs(of_other));
}

}  // namespace
}  // namespace pipelines::engine
