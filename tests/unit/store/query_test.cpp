// Counts are kept while nothing is written: a search that pages on must not count again, and none may ever see an old
// count.
#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

class QueryTest : public StoreTest {
protected:
    QueryTest() {
        database->execute("CREATE TABLE child (p INTEGER REFERENCES namespaces (id) DEFERRABLE INITIALLY DEFERRED)");
    }

    std::int64_t executions(NamespaceId of) {
        Query query;
        query.add("SELECT count(*) FROM executions WHERE namespace = ").bind(of);
        return store.queries.count(query);
    }
    void add(std::string id) { (void)add_execution(std::move(id), 1); }
};

TEST_F(QueryTest, CountsFollowWhatIsWritten) {
    EXPECT_EQ(executions(space), 0);
    add("a");
    EXPECT_EQ(executions(space), 1);
    EXPECT_EQ(executions(space), 1);
    EXPECT_EQ(executions(space + 1), 0) << "the same text with another binding";
    store.turn.within([this] { add("b"); });
    EXPECT_EQ(executions(space), 2) << "not committed, but this is what its answer would show";
    run_posted();
    EXPECT_EQ(executions(space), 2);
}

TEST_F(QueryTest, CountsOfWhatIsRolledBackAreForgotten) {
    add("a");
    EXPECT_EQ(executions(space), 1);
    store.turn.within([this] { add("b"); });
    EXPECT_EQ(executions(space), 2);
    const auto refused = [this] {
        add("c");
        EXPECT_EQ(executions(space), 3);
        throw std::runtime_error("refused");
    };
    EXPECT_THROW(store.turn.within(refused), std::runtime_error);
    EXPECT_EQ(executions(space), 2);
    store.turn.within([this] { database->execute("INSERT INTO child VALUES (999)"); });  // refused by the COMMIT
    run_posted();
    EXPECT_EQ(executions(space), 1);
}

// A new connection begins to count its changes at zero.
TEST(Queries, CountsAreRightOnANewConnection) {
    const auto file = std::filesystem::path{testing::TempDir()} / "query_test.db";
    std::filesystem::remove(file);
    const auto database = Database::open(file, Durability::Normal).value();
    Queries queries{*database};
    Query query;
    query.add("SELECT count(*) FROM scenarios");
    const auto add = [&database](int id) {
        database->prepare("INSERT INTO scenarios (namespace, document) VALUES (?, '{}')").bind(id).run();
    };
    add(1);
    const auto before = database->content_version();
    EXPECT_EQ(queries.count(query), 1);
    database->reopen();
    EXPECT_GE(database->content_version(), before);
    add(2);
    EXPECT_EQ(queries.count(query), 2);
}

TEST_F(QueryTest, RowsAreVisitedUntilItIsEnough) {
    for (const char* id : {"a", "b", "c"}) add(id);
    Query query;
    query.add("SELECT id, created, public_id <> 'a', public_id FROM executions WHERE pipeline = ").bind(pipeline);
    query.add(" ORDER BY id");
    std::vector<std::string> seen;
    store.queries.walk(query, [&seen](const WalkedRow& row) {
        EXPECT_EQ(row.created, 1);
        EXPECT_EQ(row.may_match, row.key != "a");
        seen.push_back(row.key.get<std::string>());
        return seen.size() < 2;
    });
    EXPECT_THAT(seen, testing::ElementsAre("a", "b"));
    EXPECT_EQ(store.queries.positions(query).size(), 3U);
}

TEST_F(QueryTest, WhatWasFoundIsKeptUntilSomethingIsWritten) {
    const auto now = [this] { return database->content_version(); };
    add("a");
    const auto then = now();
    store.queries.keep("request", Found{.hits = 3, .after = {}, .places = {}}, then);
    ASSERT_NE(store.queries.kept("request"), nullptr);
    EXPECT_EQ(store.queries.kept("request")->hits, 3U);
    EXPECT_EQ(store.queries.kept("another"), nullptr);
    store.queries.keep("request", Found{.hits = 4, .after = {}, .places = {}}, then);
    EXPECT_EQ(store.queries.kept("request")->hits, 4U);
    for (const char* other : {"b", "c", "d", "e"}) store.queries.keep(other, Found{}, then);
    EXPECT_EQ(store.queries.kept("request"), nullptr) << "only the last few are";

    store.turn.within([this] { add("b"); });
    EXPECT_EQ(store.queries.kept("e"), nullptr);
    store.queries.keep("e", Found{}, now());
    EXPECT_EQ(store.queries.kept("e"), nullptr) << "what is not committed may be undone";
    run_posted();
    store.queries.keep("e", Found{}, then);
    EXPECT_EQ(store.queries.kept("e"), nullptr) << "something was written while it was read";
    store.queries.keep("e", Found{}, now());
    EXPECT_NE(store.queries.kept("e"), nullptr);
}

}  // namespace
}  // namespace pipelines::store
