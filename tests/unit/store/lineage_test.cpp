// Who took results from whom, over any number of executions, in both directions.
#include "pipelines/store/lineage.hpp"

#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

class LineageTest : public StoreTest {
protected:
    // An execution whose one step shows a result of `source` that ran in `origin`; 0: it ran itself.
    ExecutionKey add(std::string id, ExecutionKey source = 0, ExecutionKey origin = 0) {
        const ExecutionKey key = add_execution(std::move(id), 1);
        StepRow row;
        row.content.name = "Train";
        row.state.status = StepStatus::Succeeded;
        if (source != 0) {
            row.content.source = source;
            row.content.source_how = SourceHow::Cache;
            row.content.origin = origin;
        }
        store.steps.put(key, row);
        return key;
    }
};

TEST_F(LineageTest, GoesToTheSourcesAndToTheUsers) {
    const ExecutionKey first = add("a");
    const ExecutionKey second = add("b", first, first);
    const ExecutionKey third = add("c", second, first);
    const ExecutionKey other_user = add("d", first, first);
    (void)add("e");
    EXPECT_THAT(store.lineage.related(second, 10), ElementsAre(second, first, third))
        << "not what its source gave others";
    EXPECT_THAT(store.lineage.related(first, 10), UnorderedElementsAre(first, second, third, other_user));
    EXPECT_THAT(store.lineage.related(third, 2), ElementsAre(third, second)) << "the nearest first";
}

TEST_F(LineageTest, TellsWhereEachStepRan) {
    const ExecutionKey first = add("a");
    const ExecutionKey third = add("c", add("b", first, first), first);
    StepRow left_behind;
    left_behind.state.seq = 1;
    left_behind.state.superseded = true;
    left_behind.content.name = "Odd";
    store.steps.put(third, left_behind);
    const auto steps = store.lineage.steps(third);
    ASSERT_EQ(steps.size(), 1U) << "superseded rows are no steps any more";
    EXPECT_EQ(steps[0].name, "Train");
    EXPECT_EQ(steps[0].status, StepStatus::Succeeded);
    EXPECT_EQ(steps[0].how, SourceHow::Cache);
    EXPECT_EQ(steps[0].origin, first);
    EXPECT_EQ(store.lineage.steps(first).at(0).source, std::nullopt);
}

}  // namespace
}  // namespace pipelines::store
