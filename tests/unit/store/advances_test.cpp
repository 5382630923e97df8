#include "pipelines/store/advances.hpp"

#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

using AdvancesTest = StoreTest;

// "Until nothing is due" is a target like any other.
TEST_F(AdvancesTest, StandUntilTheyAreOver) {
    Advances advances{*database};
    EXPECT_EQ(advances.find(space), std::nullopt);
    advances.put(space, from_millis(5));
    advances.put(space, Time::max());
    EXPECT_EQ(advances.find(space), Time::max());
    EXPECT_EQ(advances.find(space + 1), std::nullopt);
    advances.put(space, std::nullopt);
    EXPECT_EQ(advances.find(space), std::nullopt);
}

}  // namespace
}  // namespace pipelines::store
