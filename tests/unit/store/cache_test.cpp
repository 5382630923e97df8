// The cache of steps: one entry a key, found by pipeline, step and key alone, gone with its pipeline.
#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

class CacheTest : public StoreTest {
protected:
    [[nodiscard]] std::int64_t found(PipelineKey owner, std::string_view step, std::string_view key) {
        const auto entry = store.cache.find(owner, step, key);
        return entry ? entry->execution : 0;
    }
};

TEST_F(CacheTest, TheNewestSuccessStays) {
    store.cache.put(pipeline, "A", "k", {.execution = 1, .step = 3, .ended = from_millis(10)});
    store.cache.put(pipeline, "A", "k", {.execution = 2, .step = 0, .ended = from_millis(20)});
    const auto entry = store.cache.find(pipeline, "A", "k");
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->execution, 2);
    EXPECT_EQ(entry->step, 0U);
    EXPECT_EQ(entry->ended, from_millis(20));
}

TEST_F(CacheTest, IsAskedByPipelineStepAndKey) {
    const PipelineKey other = store.pipelines.insert(make_pipeline(space, "Other", from_millis(2)));
    store.cache.put(pipeline, "A", "k", {.execution = 1, .step = 0, .ended = from_millis(10)});
    EXPECT_EQ(found(pipeline, "A", "k"), 1);
    EXPECT_EQ(found(pipeline, "A", "l"), 0);
    EXPECT_EQ(found(pipeline, "B", "k"), 0);
    EXPECT_EQ(found(other, "A", "k"), 0);
    store.pipelines.erase(pipeline);
    EXPECT_EQ(found(pipeline, "A", "k"), 0);
}

TEST_F(CacheTest, AKeyIsTakenOnceAndGoesWithItsExecution) {
    const ExecutionKey execution = add_execution("aaaaaaaaaaaa", 1);
    store.cache.put_key(execution, 4, "first attempt");
    store.cache.put_key(execution, 4, "second attempt");
    EXPECT_EQ(store.cache.take_key(execution, 4), "second attempt");
    EXPECT_EQ(store.cache.take_key(execution, 4), std::nullopt);
    store.cache.put_key(execution, 5, "k");
    store.pipelines.erase(pipeline);
    EXPECT_EQ(store.cache.take_key(execution, 5), std::nullopt);
}

}  // namespace
}  // namespace pipelines::store
