#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

using EventsTest = StoreTest;
using testing::ElementsAre;

std::vector<std::int64_t> ids(const std::vector<EventRow>& rows) {
    std::vector<std::int64_t> found;
    for (const EventRow& row : rows) found.push_back(row.id);
    return found;
}

std::vector<EventRow> from(Events& events, std::int64_t id, const EventFilter& filter = {}) {
    std::vector<EventRow> rows;
    events.show(id, filter, [&rows](const EventRow& row) {
        rows.push_back(row);
        return true;
    });
    return rows;
}

TEST_F(EventsTest, AreReadByExecutionByNamespaceOrAll) {
    EXPECT_EQ(store.events.newest(), 0);
    for (const auto& [where, execution] : {std::pair{1, 10}, {2, 20}, {1, 11}, {1, 10}})
        store.events.insert(where, execution, from_millis(5), "x:-0");
    EXPECT_EQ(store.events.newest(), 4);
    EXPECT_THAT(ids(from(store.events, 0)), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(ids(from(store.events, 2, {.space = 1, .execution = {}})), ElementsAre(3, 4));
    EXPECT_THAT(ids(from(store.events, 0, {.space = {}, .execution = 10})), ElementsAre(1, 4));
    std::vector<EventRow> one;
    store.events.show(2, {}, [&one](const EventRow& row) {
        one.push_back(row);
        return false;
    });
    ASSERT_EQ(one.size(), 1U) << "no more were wanted";
    EXPECT_EQ(one[0].namespace_id, 2);
    EXPECT_EQ(one[0].execution, 20);
    EXPECT_EQ(one[0].began, from_millis(5));
    EXPECT_EQ(one[0].body, "x:-0");
}

TEST_F(EventsTest, TellWhichNamespacesHaveNews) {
    for (const NamespaceId where : {2, 1, 2, 3}) store.events.insert(where, 10, {}, "x:-0");
    EXPECT_THAT(store.events.spaces_behind(0, 4), ElementsAre(1, 2, 3));
    EXPECT_THAT(store.events.spaces_behind(2, 4), ElementsAre(2, 3));
    EXPECT_THAT(store.events.spaces_behind(2, 3), ElementsAre(2));
    EXPECT_THAT(store.events.spaces_behind(4, 4), testing::IsEmpty());
}

// A restart goes on behind what was delivered; one namespace says nothing of another.
TEST_F(EventsTest, DeliveriesAreKeptByNamespace) {
    EXPECT_EQ(store.deliveries.find(0), std::nullopt);
    store.deliveries.put(0, {7, 4'294'967'295});
    store.deliveries.put(space, {8, 0});
    store.deliveries.put(space, {9, 1});
    EXPECT_EQ(store.deliveries.find(0), (Delivered{7, 4'294'967'295}));
    EXPECT_EQ(store.deliveries.find(space), (Delivered{9, 1}));
    EXPECT_EQ(store.deliveries.find(space + 1), std::nullopt);
}

// A long life does not fill the disk, and ids never come back.
TEST_F(EventsTest, OnlyTheNewestStay) {
    Events few{*database, 100};
    for (int n = 0; n < 640; ++n) few.insert(space, n, {}, "x:-0");
    const auto rows = from(few, 0);
    EXPECT_EQ(rows.size(), 100U);
    EXPECT_EQ(rows.front().id, 541);
    EXPECT_EQ(few.newest(), 640);
}

}  // namespace
}  // namespace pipelines::store
