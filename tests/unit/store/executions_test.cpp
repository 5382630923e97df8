// Executions, their parameters and namespaces: every member survives, lists page stably, open ones are found.
#include <set>

#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ExecutionsTest : public StoreTest {
protected:
    std::vector<std::string> ids(
        const ExecutionFilter& filter, PageRequest request, const std::function<void()>& between = [] {}) {
        std::vector<std::string> all;
        for (const Execution& row :
             read_all([&](const PageRequest& page) { return store.executions.list(filter, page); }, request, between))
            all.push_back(row.public_id);
        return all;
    }
};

void expect_equal(const Execution& left, const Execution& right) {
    EXPECT_EQ(std::tie(left.id, left.namespace_id, left.pipeline, left.version_key, left.version, left.public_id,
                       left.status),
              std::tie(right.id, right.namespace_id, right.pipeline, right.version_key, right.version, right.public_id,
                       right.status));
    EXPECT_EQ(
        std::tie(left.failure, left.display_name, left.description, left.max_parallel, left.created, left.modified),
        std::tie(right.failure, right.display_name, right.description, right.max_parallel, right.created,
                 right.modified));
    EXPECT_EQ(
        std::tie(left.ended, left.next_seq, left.selection, left.source, left.experiment_name, left.trial_name),
        std::tie(right.ended, right.next_seq, right.selection, right.source, right.experiment_name, right.trial_name));
    EXPECT_EQ(left.mlflow_experiment, right.mlflow_experiment);
}

TEST_F(ExecutionsTest, EveryMemberSurvives) {
    Execution row = make_execution(space, pipeline, "abcdefghijkl", from_millis(10));
    row.version_key = version;
    row.version = 3;
    row.source = 12;
    row.selection = {{"SelectedSteps", Json::array({{{"StepName", "A"}}})}};
    row.scenario = {{"Steps", Json::object()}};
    row.mlflow_experiment = "m";
    row.id = store.executions.insert(row, {});
    expect_equal(store.executions.find(row.id).value(), row);
    EXPECT_EQ(store.executions.scenario(row.id), row.scenario);
    EXPECT_EQ(store.executions.find(row.id)->scenario, nullptr);

    row.status = ExecutionStatus::CompletedWithFailures;
    row.failure = "because";
    row.display_name = "shown";
    row.description = "described";
    row.max_parallel = 4;
    row.modified = from_millis(20);
    row.ended = from_millis(21);
    row.next_seq = 4'000'000'000;
    row.experiment_name = "e";
    row.trial_name = "t";
    row.mlflow_experiment = "n";
    store.executions.update(row);
    expect_equal(store.executions.find(space, "abcdefghijkl").value(), row);
    EXPECT_FALSE(store.executions.find(space + 1, "abcdefghijkl"));
    EXPECT_FALSE(store.executions.find(row.id + 1));
}

// The engine writes a start's row when all that follows from it is known, and its steps refer to the key before.
TEST_F(ExecutionsTest, TakeTheKeyThatWasForetold) {
    EXPECT_EQ(store.executions.next_key(), 1);
    Execution row = make_execution(space, pipeline, "first", from_millis(1));
    row.id = store.executions.next_key();
    EXPECT_EQ(store.executions.insert(row, {}), 1);
    EXPECT_EQ(store.executions.insert(make_execution(space, pipeline, "second", from_millis(2)), {}), 2);
    EXPECT_EQ(store.executions.next_key(), 3);
    EXPECT_TRUE(store.executions.find(1));
}

// A definition of the greatest depth may read values as deep as definition::kDeepestValue into its own.
TEST_F(ExecutionsTest, JsonIsReadBackAsDeepAsItIsWritten) {
    Execution row = make_execution(space, pipeline, "deep", from_millis(1));
    for (int levels = 0; levels < 512 + 256; ++levels) row.selection = Json::array({std::move(row.selection)});
    row.id = store.executions.insert(row, {});
    EXPECT_EQ(store.executions.find(row.id)->selection, row.selection);
}

TEST_F(ExecutionsTest, ListsFilterAndSort) {
    const auto add = [this](std::string id, std::int64_t created, std::int64_t of_version) {
        Execution row = make_execution(space, pipeline, std::move(id), from_millis(created));
        row.version = of_version;
        (void)store.executions.insert(row, {});
    };
    add("d", 10, 1);
    add("b", 20, 2);
    add("c", 20, 1);
    add("a", 30, 2);
    struct Case {
        ExecutionFilter filter;
        SortOrder order;
        std::vector<std::string> expected;
    };
    const auto by_time = ExecutionSort::CreationTime;
    const auto by_arn = ExecutionSort::PipelineExecutionArn;
    const auto at = [](std::int64_t time) { return std::optional{from_millis(time)}; };
    const Case cases[] = {
        {{pipeline, {}, {}, {}, by_time}, SortOrder::Descending, {"a", "c", "b", "d"}},
        {{pipeline, {}, {}, {}, by_time}, SortOrder::Ascending, {"d", "b", "c", "a"}},
        {{pipeline, {}, {}, {}, by_arn}, SortOrder::Ascending, {"a", "b", "c", "d"}},
        {{pipeline, {}, {}, {}, by_arn}, SortOrder::Descending, {"d", "c", "b", "a"}},
        {{pipeline, 1, {}, {}, by_time}, SortOrder::Descending, {"c", "d"}},
        {{pipeline, 1, {}, {}, by_time}, SortOrder::Ascending, {"d", "c"}},
        {{pipeline, 2, {}, {}, by_arn}, SortOrder::Ascending, {"a", "b"}},
        {{pipeline, {}, at(10), at(30), by_time}, SortOrder::Descending, {"c", "b"}},
        {{pipeline, {}, at(10), at(30), by_time}, SortOrder::Ascending, {"b", "c"}},
        {{pipeline, 2, at(20), {}, by_time}, SortOrder::Ascending, {"a"}},
        {{pipeline, 2, {}, at(30), by_arn}, SortOrder::Descending, {"b"}},
        {{pipeline, 3, {}, {}, by_time}, SortOrder::Descending, {}},
        {{pipeline + 1, {}, {}, {}, by_arn}, SortOrder::Descending, {}},
    };
    for (const Case& one : cases)
        for (const std::size_t limit : {1U, 2U, 100U})
            EXPECT_EQ(ids(one.filter, {limit, one.order, {}}), one.expected)
                << "case " << &one - cases << ", limit " << limit;
}

// The property of keyset pages, on every sort, order and filter.
TEST_F(ExecutionsTest, RowsAddedMeanwhileNeitherHideNorRepeatOthers) {
    int made = 0;
    for (const ExecutionSort sort : {ExecutionSort::CreationTime, ExecutionSort::PipelineExecutionArn})
        for (const SortOrder order : {SortOrder::Ascending, SortOrder::Descending})
            for (const bool of_version : {false, true}) {
                const auto owner =
                    store.pipelines.insert(make_pipeline(space, "P" + std::to_string(made++), from_millis(1)));
                const auto add = [&](const std::string& id, std::int64_t created) {
                    (void)store.executions.insert(
                        make_execution(space, owner, id + "-" + std::to_string(made), from_millis(created)), {});
                };
                for (int n = 0; n < 20; ++n) add("k" + std::to_string(n * 7919 % 100), 100 + n % 3);
                int added = 0;
                ExecutionFilter filter{owner, {}, {}, {}, sort};
                if (of_version) filter.version = 1;
                auto seen = ids(filter, {3, order, {}}, [&] {
                    add("new" + std::to_string(added), 98 + added % 6);
                    add("a" + std::to_string(added), 98 + added % 6);
                    ++added;
                });
                EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size()) << "none twice";
                EXPECT_EQ(std::ranges::count_if(seen, [](const std::string& id) { return id.starts_with('k'); }), 20);
            }
}

TEST_F(ExecutionsTest, OpenOnesAreThoseWithoutAnEnd) {
    const auto other = store.pipelines.insert(make_pipeline(space, "Other", from_millis(1)));
    EXPECT_FALSE(store.executions.find_open(pipeline));
    const auto first = add_execution("first", 1);
    const auto second = add_execution("second", 2);
    const auto third = store.executions.insert(make_execution(space, other, "third", from_millis(3)), {});
    EXPECT_THAT(store.executions.open(space), ElementsAre(first, second, third));
    EXPECT_THAT(store.executions.open(space + 1), IsEmpty());
    Execution row = store.executions.find(first).value();
    row.status = ExecutionStatus::Succeeded;
    row.ended = from_millis(4);
    store.executions.update(row);
    EXPECT_EQ(store.executions.find_open(pipeline).value().id, second);
    EXPECT_THAT(store.executions.open(space), ElementsAre(second, third));
}

TEST_F(ExecutionsTest, NewestOfVersion) {
    (void)add_execution("old", 1);
    (void)add_execution("tie", 2);
    (void)add_execution("new", 2);
    EXPECT_EQ(store.executions.newest_of_version(pipeline, 1).value().public_id, "new");
    EXPECT_FALSE(store.executions.newest_of_version(pipeline, 2));
}

// A parameter's kind decides what an expression that reads it becomes.
TEST_F(ExecutionsTest, ParametersKeepTheirKinds) {
    const std::vector<ParameterValue> given = {{"Integer", 1},   {"Float", 1.0},          {"Text", "1"},
                                               {"Flag", true},   {"Empty", ""},           {"Large", 9007199254740993},
                                               {"Tiny", 1e-300}, {"Euro", "\xE2\x82\xAC"}};
    const auto execution = store.executions.insert(make_execution(space, pipeline, "x", from_millis(1)), given);
    const auto read = store.executions.parameters(execution);
    ASSERT_EQ(read.size(), given.size());
    EXPECT_TRUE(std::ranges::is_sorted(read, {}, &ParameterValue::name));
    for (const ParameterValue& parameter : given) {
        const auto found = std::ranges::find(read, parameter.name, &ParameterValue::name);
        ASSERT_NE(found, read.end());
        EXPECT_EQ(dump(found->value), dump(parameter.value)) << parameter.name;
        EXPECT_EQ(found->value.is_number_float(), parameter.value.is_number_float()) << parameter.name;
    }
    std::vector<std::string> names;
    for (const auto& one : read_all(
             [&](const PageRequest& page) { return store.executions.list_parameters(execution, page); }, {3, {}, {}}))
        names.push_back(one.name);
    EXPECT_THAT(names, ElementsAre("Empty", "Euro", "Flag", "Float", "Integer", "Large", "Text", "Tiny"));
    EXPECT_THAT(store.executions.parameters(execution + 1), IsEmpty());
}

TEST_F(ExecutionsTest, NamespacesKeepSeedClockAndCount) {
    Namespace row;
    row.key = {"210987654321", "us-east-1"};
    row.seed = 0xFEDCBA9876543210;
    row.clock = {ClockMode::Scaled, 2.5, Duration{-7}, from_millis(8), from_millis(9)};
    row.id = store.namespaces.insert(row);
    const auto read = store.namespaces.find(row.key).value();
    EXPECT_EQ(read.id, row.id);
    EXPECT_EQ(read.key, row.key);
    EXPECT_EQ(read.seed, row.seed);
    EXPECT_EQ(read.clock, row.clock);
    row.executions_made = 2;
    row.clock = {ClockMode::Manual, 1.0, Duration{0}, from_millis(100), Time{}};
    store.namespaces.update(row);
    EXPECT_EQ(store.namespaces.all().back().executions_made, 2);
    EXPECT_EQ(store.namespaces.all().back().clock, row.clock);
    EXPECT_EQ(store.namespaces.all().front().clock, ClockState{});
    EXPECT_EQ(store.namespaces.all().size(), 2U);
    EXPECT_FALSE(store.namespaces.find({"210987654321", "eu-west-1"}));
}

}  // namespace
}  // namespace pipelines::store
