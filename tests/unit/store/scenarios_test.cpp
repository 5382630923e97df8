#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

using ScenarioTextsTest = StoreTest;

// One document a namespace; the one for all stands beside them, though no namespace has its key.
TEST_F(ScenarioTextsTest, AreReplacedAndErased) {
    EXPECT_EQ(store.scenarios.find(space), std::nullopt);
    store.scenarios.put(space, "{}");
    store.scenarios.put(0, R"({"Pipelines":{}})");
    store.scenarios.put(space, R"({"MockedResponses":{}})");
    EXPECT_EQ(store.scenarios.find(space), R"({"MockedResponses":{}})");
    EXPECT_EQ(store.scenarios.find(0), R"({"Pipelines":{}})");
    store.scenarios.erase(space);
    EXPECT_EQ(store.scenarios.find(space), std::nullopt);
    EXPECT_NE(store.scenarios.find(0), std::nullopt);
}

}  // namespace
}  // namespace pipelines::store
