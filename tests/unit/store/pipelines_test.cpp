// Pipelines, versions, aliases, tags and request tokens: what is written is read, lists page stably, deletion is whole.
#include "store_fixture.hpp"

#include <deque>

namespace pipelines::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PipelinesTest : public StoreTest {
protected:
    PipelineKey add(std::string name, std::int64_t created) {
        return store.pipelines.insert(make_pipeline(space, std::move(name), from_millis(created)));
    }

    std::vector<std::string> names(
        const PipelineFilter& filter, PageRequest request, const std::function<void()>& between = [] {}) {
        std::vector<std::string> all;
        for (const Pipeline& row :
             read_all([&](const PageRequest& page) { return store.pipelines.list(filter, page); }, request, between))
            all.push_back(row.name);
        return all;
    }

    std::int64_t count(const std::string& table) {
        counts.push_back("/* test */ SELECT count(*) FROM " + table);
        auto statement = database->prepare(counts.back().c_str());
        return statement.step() ? statement.integer(0) : -1;
    }

    std::deque<std::string> counts;  // prepare() knows a text by its address
};

TEST_F(PipelinesTest, EveryMemberSurvives) {
    Pipeline row = make_pipeline(space, "P", from_millis(5));
    row.display_name = "Shown";
    row.description = "";
    row.max_parallel = 7;
    row.version = 3;
    row.modified = from_millis(6);
    row.id = store.pipelines.insert(row);
    const auto check = [&] {
        const auto read = store.pipelines.find(row.id);
        ASSERT_TRUE(read);
        EXPECT_EQ(std::tie(read->namespace_id, read->name, read->display_name, read->description, read->role_arn),
                  std::tie(row.namespace_id, row.name, row.display_name, row.description, row.role_arn));
        EXPECT_EQ(std::tie(read->max_parallel, read->version, read->created, read->modified),
                  std::tie(row.max_parallel, row.version, row.created, row.modified));
    };
    check();
    row.description.reset();
    row.max_parallel.reset();
    row.version = 4;
    row.display_name = "Other";
    store.pipelines.update(row);
    check();
    EXPECT_FALSE(store.pipelines.find(row.id + 100));
}

TEST_F(PipelinesTest, NameIsFoundExactlyElseWithoutRegardToCaseWhenUnambiguous) {
    add("Alpha", 1);
    add("beta", 2);
    add("BETA", 3);
    EXPECT_EQ(store.pipelines.find(space, "alpha").value_or(Pipeline{}).name, "Alpha");
    EXPECT_EQ(store.pipelines.find(space, "BETA").value_or(Pipeline{}).name, "BETA");
    EXPECT_EQ(store.pipelines.find(space, "beta").value_or(Pipeline{}).name, "beta");
    EXPECT_FALSE(store.pipelines.find(space, "Beta"));
    EXPECT_FALSE(store.pipelines.find(space, "gamma"));
    EXPECT_FALSE(store.pipelines.find(space + 1, "Alpha"));
}

TEST_F(PipelinesTest, ListsFilterAndSort) {
    store.pipelines.erase(pipeline);
    add("aa", 30);
    add("ab", 10);
    add("ac", 20);
    add("b", 20);
    struct Case {
        PipelineFilter filter;
        SortOrder order;
        std::vector<std::string> expected;
    };
    const auto by_name = PipelineSort::Name;
    const auto by_time = PipelineSort::CreationTime;
    const auto at = [](std::int64_t time) { return std::optional{from_millis(time)}; };
    const Case cases[] = {
        {{space, "", {}, {}, by_time}, SortOrder::Descending, {"aa", "b", "ac", "ab"}},
        {{space, "", {}, {}, by_time}, SortOrder::Ascending, {"ab", "ac", "b", "aa"}},
        {{space, "", {}, {}, by_name}, SortOrder::Ascending, {"aa", "ab", "ac", "b"}},
        {{space, "", {}, {}, by_name}, SortOrder::Descending, {"b", "ac", "ab", "aa"}},
        {{space, "a", {}, {}, by_name}, SortOrder::Descending, {"ac", "ab", "aa"}},
        {{space, "a", {}, {}, by_time}, SortOrder::Ascending, {"ab", "ac", "aa"}},
        {{space, "ab", {}, {}, by_time}, SortOrder::Descending, {"ab"}},
        {{space, "", at(10), at(30), by_time}, SortOrder::Descending, {"b", "ac"}},  // both ends exclusive
        {{space, "", at(10), at(30), by_time}, SortOrder::Ascending, {"ac", "b"}},
        {{space, "", at(10), at(30), by_name}, SortOrder::Ascending, {"ac", "b"}},
        {{space, "a", at(10), {}, by_name}, SortOrder::Descending, {"ac", "aa"}},
        {{space, "", {}, at(20), by_time}, SortOrder::Descending, {"ab"}},
        {{space + 1, "", {}, {}, by_time}, SortOrder::Descending, {}},
    };
    for (const Case& one : cases)
        for (const std::size_t limit : {1U, 2U, 100U})
            EXPECT_EQ(names(one.filter, {limit, one.order, {}}), one.expected)
                << "case " << &one - cases << ", limit " << limit;
}

// The property of keyset pages: rows added meanwhile neither hide nor repeat one that was there at the start.
TEST_F(PipelinesTest, RowsAddedMeanwhileNeitherHideNorRepeatOthers) {
    for (const PipelineSort sort : {PipelineSort::CreationTime, PipelineSort::Name})
        for (const SortOrder order : {SortOrder::Ascending, SortOrder::Descending}) {
            const std::string prefix =
                "s" + std::to_string(static_cast<int>(sort)) + std::to_string(static_cast<int>(order)) + "-";
            std::vector<std::string> before;
            for (int n = 0; n < 20; ++n) {
                before.push_back(prefix + std::to_string(n));
                add(before.back(), 100 + n % 3);  // many ties
            }
            int added = 0;
            auto seen = names({space, prefix, {}, {}, sort}, {3, order, {}}, [&] {
                add(prefix + "new-" + std::to_string(added), 98 + added % 6);
                ++added;
            });
            EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size()) << "none twice";
            std::erase_if(seen, [](const std::string& name) { return name.find("new") != std::string::npos; });
            EXPECT_THAT(seen, testing::UnorderedElementsAreArray(before));
            EXPECT_GT(added, 5);
        }
}

TEST_F(PipelinesTest, VersionsAndAliases) {
    PipelineVersion row = make_version(space, pipeline, 2);
    row.created = row.modified = from_millis(9);
    row.id = store.pipelines.insert_version(row, "{\"Version\":\"2020-12-01\"}");
    row.display_name = "Two";
    row.description = "second";
    row.modified = from_millis(10);
    store.pipelines.update_version(row);
    for (const auto& read : {store.pipelines.find_version(pipeline, 2), store.pipelines.find_version_by_key(row.id)}) {
        ASSERT_TRUE(read);
        EXPECT_EQ(std::tie(read->id, read->namespace_id, read->pipeline, read->version, read->display_name,
                           read->description),
                  std::tie(row.id, row.namespace_id, row.pipeline, row.version, row.display_name, row.description));
        EXPECT_EQ(std::tie(read->created, read->modified), std::tie(row.created, row.modified));
    }
    EXPECT_EQ(store.pipelines.definition(row.id), "{\"Version\":\"2020-12-01\"}");
    EXPECT_FALSE(store.pipelines.find_version(pipeline, 3));
    EXPECT_THROW((void)store.pipelines.definition(row.id + 100), DatabaseError);

    for (int n = 3; n <= 5; ++n) (void)store.pipelines.insert_version(make_version(space, pipeline, n), "{}");
    for (const SortOrder order : {SortOrder::Ascending, SortOrder::Descending}) {
        std::vector<std::int64_t> numbers;
        for (const auto& one :
             read_all([&](const PageRequest& page) { return store.pipelines.list_versions(pipeline, page); },
                      {2, order, {}}))
            numbers.push_back(one.version);
        if (order == SortOrder::Descending) std::ranges::reverse(numbers);
        EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4, 5));
    }

    store.pipelines.add_alias(pipeline, "prod", 2);
    store.pipelines.add_alias(pipeline, "canary", 2);
    store.pipelines.add_alias(pipeline, "old", 1);
    EXPECT_THAT(store.pipelines.aliases(pipeline, 2), ElementsAre("canary", "prod"));
    EXPECT_EQ(store.pipelines.version_of_alias(pipeline, "prod"), 2);
    store.pipelines.remove_alias(pipeline, "prod");
    EXPECT_FALSE(store.pipelines.version_of_alias(pipeline, "prod"));
    EXPECT_THROW(store.pipelines.add_alias(pipeline, "old", 2), DatabaseError) << "an alias stands on one version";
}

TEST_F(PipelinesTest, LastRunIsTheNewestExecution) {
    EXPECT_FALSE(store.pipelines.last_run(pipeline));
    (void)add_execution("b", 50);
    (void)add_execution("a", 40);
    EXPECT_EQ(store.pipelines.last_run(pipeline), from_millis(50));
}

TEST_F(PipelinesTest, TagsAreAMapThatPagesByKey) {
    const Tagged tagged{TaggedKind::Pipeline, pipeline};
    store.tags.put(tagged, std::vector<Tag>{{"b", "1"}, {"a", "2"}, {"", "empty"}, {"c", ""}});
    store.tags.put(tagged, std::vector<Tag>{{"b", "new"}});
    store.tags.put({TaggedKind::Execution, pipeline}, std::vector<Tag>{{"other", "kind"}});
    const auto all = [&] {
        return read_all([&](const PageRequest& page) { return store.tags.list(tagged, page); }, {1, {}, {}});
    };
    EXPECT_THAT(all(), ElementsAre(Tag{"", "empty"}, Tag{"a", "2"}, Tag{"b", "new"}, Tag{"c", ""}));
    EXPECT_EQ(store.tags.count(tagged), 4U);
    store.tags.erase(tagged, std::vector<std::string>{"a", "", "unknown"});
    EXPECT_THAT(all(), ElementsAre(Tag{"b", "new"}, Tag{"c", ""}));
    EXPECT_EQ(store.tags.count({TaggedKind::Execution, pipeline}), 1U);
}

TEST_F(PipelinesTest, TokensAreFoundByOperation) {
    store.tokens.insert(space, pipeline, "CreatePipeline", "t", {"hash", "{\"a\":1}"});
    const auto found = store.tokens.find(space, "CreatePipeline", "t");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->input_hash, "hash");
    EXPECT_EQ(found->answer, "{\"a\":1}");
    EXPECT_FALSE(store.tokens.find(space, "UpdatePipeline", "t"));
    EXPECT_FALSE(store.tokens.find(space + 1, "CreatePipeline", "t"));
}

TEST_F(PipelinesTest, KeysNeverComeBack) {
    const auto first = add("x", 1);
    const auto first_version = store.pipelines.insert_version(make_version(space, first, 1), "{}");
    store.pipelines.erase(first);
    const auto second = add("x", 1);
    EXPECT_GT(second, first);
    EXPECT_GT(store.pipelines.insert_version(make_version(space, second, 1), "{}"), first_version);
}

TEST_F(PipelinesTest, DeletionTakesEverythingOfThePipelineAndNothingElse) {
    const auto fill = [&](PipelineKey owner, const std::string& id) {
        if (owner != pipeline) (void)store.pipelines.insert_version(make_version(space, owner, 1), "{}");
        store.pipelines.add_alias(owner, "alias", 1);
        const ParameterValue parameter{"p", 1};
        const auto execution =
            store.executions.insert(make_execution(space, owner, id, from_millis(1)), std::span{&parameter, 1});
        store.steps.put(execution, {});
        const auto job = store.jobs.insert(make_job(space, execution, id));
        const std::vector<Tag> tag{{"k", "v"}};
        store.tags.put({TaggedKind::Pipeline, owner}, tag);
        store.tags.put({TaggedKind::Execution, execution}, tag);
        store.tags.put({TaggedKind::Job, job}, tag);
        store.tokens.insert(space, owner, "StartPipelineExecution", id, {});
    };
    const auto counts_are = [&](std::int64_t each) {
        for (const char* const table :
             {"pipelines", "versions", "version_aliases", "executions", "parameters", "steps", "jobs"})
            EXPECT_EQ(count(table), each) << table;
        EXPECT_EQ(count("tags"), each * 3);
    };
    fill(pipeline, "first");
    fill(add("Other", 2), "second");
    store.tokens.insert(space, std::nullopt, "DeletePipeline", "d", {});
    counts_are(2);
    EXPECT_EQ(count("request_tokens"), 3);
    store.pipelines.erase(pipeline);
    counts_are(1);
    EXPECT_EQ(count("request_tokens"), 2);
    EXPECT_TRUE(store.executions.find(space, "second"));
    EXPECT_TRUE(store.tokens.find(space, "DeletePipeline", "d"));
    EXPECT_FALSE(store.tokens.find(space, "StartPipelineExecution", "first"));
}

}  // namespace
}  // namespace pipelines::store
