// Steps and jobs: a plan is rebuilt from these rows, so every member has to survive.
#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

using testing::ElementsAre;

class StepsTest : public StoreTest {
protected:
    void put(StepSeq seq, std::uint32_t node, int iteration = -1, bool superseded = false) {
        StepRow row;
        row.state.seq = seq;
        row.state.node = node;
        row.state.iteration = iteration;
        row.state.superseded = superseded;
        store.steps.put(execution, row);
    }

    ExecutionKey execution = add_execution("run", 1);
};

StepRow full_row() {
    StepRow row;
    row.state = {.seq = 4'000'000'000,
                 .node = 3,
                 .iteration = 2,
                 .status = StepStatus::Failed,
                 .phase = Phase::BackOff,
                 .attempt = 5,
                 .retries = {2, 0, 65535},
                 .outcome = false,
                 .items = 0,
                 .answers_failure = true,
                 .reused = true,
                 .superseded = true,
                 .due = from_millis(7),
                 .started = from_millis(8),
                 .ended = from_millis(9)};
    row.content = {.name = "Step-2",
                   .job = 11,
                   .outputs = {{"a", 1.0}},
                   .script = Json::array({1, "x"}),
                   .failure = "because",
                   .property_files = {{"f", nullptr}},
                   .item = "[1,2]",
                   .source = 21,
                   .source_how = SourceHow::Cache,
                   .origin = 22};
    return row;
}

void expect_equal(const StepRow& left, const StepRow& right) {
    EXPECT_EQ(left.state, right.state);
    const auto& [a, b] = std::tie(left.content, right.content);
    EXPECT_EQ(std::tie(a.name, a.job, a.outputs, a.script, a.failure, a.property_files),
              std::tie(b.name, b.job, b.outputs, b.script, b.failure, b.property_files));
    EXPECT_EQ(std::tie(a.item, a.source, a.source_how, a.origin), std::tie(b.item, b.source, b.source_how, b.origin));
}

TEST_F(StepsTest, EveryMemberSurvivesAndPutReplaces) {
    StepRow row = full_row();
    store.steps.put(execution, row);
    expect_equal(store.steps.find(execution, row.state.seq).value(), row);
    StepRow empty;
    empty.state.seq = row.state.seq;
    store.steps.put(execution, empty);
    expect_equal(store.steps.find(execution, row.state.seq).value(), empty);
    EXPECT_THAT(store.steps.states(execution), ElementsAre(empty.state));
    EXPECT_FALSE(store.steps.find(execution, 1));
}

TEST_F(StepsTest, StatesAreAllInOrderAndListsLeaveOutSuperseded) {
    put(2, 20);
    put(0, 0, -1, true);
    put(1, 10);
    put(10, 0);
    std::vector<StepSeq> states;
    for (const StepState& state : store.steps.states(execution)) states.push_back(state.seq);
    EXPECT_THAT(states, ElementsAre(0, 1, 2, 10));
    for (const std::size_t limit : {1U, 2U, 50U}) {
        const auto list = [&](SortOrder order) {
            std::vector<StepSeq> seqs;
            for (const StepRow& row : read_all(
                     [&](const PageRequest& page) { return store.steps.list(execution, page); }, {limit, order, {}}))
                seqs.push_back(row.state.seq);
            return seqs;
        };
        EXPECT_THAT(list(SortOrder::Descending), ElementsAre(10, 2, 1));
        EXPECT_THAT(list(SortOrder::Ascending), ElementsAre(1, 2, 10));
    }
}

TEST_F(StepsTest, JobsKeepEveryMember) {
    Job row = make_job(space, execution, "pipelines-abc-Train-xyz");
    row.step = 3;
    row.attempt = 2;
    row.kind = JobKind::ModelPackage;
    row.group = "g";
    row.number = 1;
    row.created = from_millis(1);
    row.arguments = {{"A", Json::array({1, 2.0})}};
    row.id = store.jobs.insert(row);
    row.status = JobStatus::Stopped;
    row.modified = from_millis(2);
    row.ended = from_millis(3);
    row.result = {{"Out", true}};
    row.failure = "because";
    store.jobs.update(row);
    const Job read = store.jobs.find(row.id).value();
    EXPECT_EQ(
        std::tie(read.id, read.namespace_id, read.execution, read.step, read.attempt, read.kind, read.name, read.group),
        std::tie(row.id, row.namespace_id, row.execution, row.step, row.attempt, row.kind, row.name, row.group));
    EXPECT_EQ(
        std::tie(read.number, read.status, read.created, read.modified, read.ended, read.arguments, read.result,
                 read.failure),
        std::tie(row.number, row.status, row.created, row.modified, row.ended, row.arguments, row.result, row.failure));
    EXPECT_FALSE(store.jobs.find(row.id + 1));

    const Job columns = store.jobs.find_columns(row.id).value();
    EXPECT_EQ(columns.name, row.name);
    EXPECT_EQ(columns.failure, row.failure);
    EXPECT_TRUE(columns.arguments.is_null() && columns.result.is_null());
}

TEST_F(StepsTest, CallbacksAreFoundByTheirTokenOnly) {
    Job callback = make_job(space, execution, "token");
    callback.kind = JobKind::Callback;
    const auto id = store.jobs.insert(callback);
    Job training = make_job(space, execution, "other");
    (void)store.jobs.insert(training);
    EXPECT_EQ(store.jobs.find_callback(space, "token").value().id, id);
    EXPECT_FALSE(store.jobs.find_callback(space, "other"));
    EXPECT_FALSE(store.jobs.find_callback(space + 1, "token"));
}

TEST_F(StepsTest, ModelPackagesAreNumberedByGroup) {
    EXPECT_EQ(store.jobs.next_number(space, "g"), 1);
    for (std::int64_t number = 1; number <= 3; ++number) {
        Job package = make_job(space, execution, "g");
        package.kind = JobKind::ModelPackage;
        package.group = "g";
        package.number = number;
        (void)store.jobs.insert(package);
        EXPECT_EQ(store.jobs.next_number(space, "g"), number + 1);
    }
    EXPECT_EQ(store.jobs.next_number(space, "other"), 1);
}

// What a ForEach shows while it runs: the nodes of its body, whoever started them, without what a retry left behind.
TEST_F(StepsTest, ChildrenAreCountedByStatus) {
    const auto put_child = [this](StepSeq seq, std::uint32_t node, StepStatus status, bool superseded = false) {
        StepRow row;
        row.state.seq = seq;
        row.state.node = node;
        row.state.iteration = 0;
        row.state.status = status;
        row.state.superseded = superseded;
        store.steps.put(execution, row);
    };
    EXPECT_EQ(store.steps.children(execution, 2, 3), ChildCounts{});
    put(0, 1);
    put_child(1, 2, StepStatus::Succeeded);
    put_child(2, 3, StepStatus::Succeeded);
    put_child(3, 2, StepStatus::Failed);
    put_child(4, 2, StepStatus::Stopped);
    put_child(5, 3, StepStatus::Executing);
    put_child(6, 3, StepStatus::Failed, true);
    put_child(7, 4, StepStatus::Failed);
    EXPECT_EQ(store.steps.children(execution, 2, 3),
              (ChildCounts{.total = 5, .succeeded = 2, .failed = 1, .stopped = 1}));
}

}  // namespace
}  // namespace pipelines::store
