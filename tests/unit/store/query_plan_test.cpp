// The check that every fixture ends with has to see a slow query, else it guards nothing.
#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

TEST(QueryPlans, SlowOnesAreSeen) {
    const auto database = Database::in_memory();
    (void)database->prepare("SELECT id FROM jobs WHERE name = ?");
    EXPECT_THAT(slow_steps(*database), testing::ElementsAre(testing::StartsWith("SCAN jobs in: SELECT")));
    (void)database->prepare("SELECT id FROM executions WHERE pipeline = ? ORDER BY failure");
    EXPECT_THAT(slow_steps(*database), testing::Contains(testing::StartsWith("USE TEMP B-TREE FOR ORDER BY")));
}

TEST(QueryPlans, OrdinaryOnesAreNot) {
    const auto database = Database::in_memory();
    (void)database->prepare("SELECT id FROM executions WHERE pipeline = ? ORDER BY created DESC, id DESC");
    EXPECT_THAT(slow_steps(*database), testing::IsEmpty());
}

}  // namespace
}  // namespace pipelines::store
