// Group commit: a client must never read an answer whose rows are not committed, nor lose one whose rows are.
#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

class TurnTest : public StoreTest {
protected:
    TurnTest() {
        database->execute(
            "CREATE TABLE seen (n INTEGER NOT NULL);"
            "CREATE TABLE child (p INTEGER REFERENCES namespaces (id) DEFERRABLE INITIALLY DEFERRED)");
    }

    void add(int n) { database->prepare("INSERT INTO seen (n) VALUES (?)").bind(n).run(); }
    void break_commit() { database->execute("INSERT INTO child VALUES (999)"); }  // refused by COMMIT, not before

    std::vector<int> rows() {
        std::vector<int> all;
        auto statement = database->prepare("/* test */ SELECT n FROM seen ORDER BY rowid");
        while (statement.step()) all.push_back(static_cast<int>(statement.integer(0)));
        return all;
    }

    std::function<void()> note(std::string what) {
        return [this, what = std::move(what)] { log.push_back(what); };
    }

    std::vector<std::string> log;
};

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(TurnTest, AnswersLeaveAfterTheOneCommitInOrder) {
    for (int n = 1; n <= 3; ++n)
        store.turn.within([this, n] {
            add(n);
            store.turn.after_commit(note("answer " + std::to_string(n)));
        });
    EXPECT_TRUE(store.turn.dirty());
    EXPECT_THAT(log, IsEmpty());
    EXPECT_EQ(posted.size(), 1U);
    run_posted();
    EXPECT_FALSE(store.turn.dirty());
    EXPECT_FALSE(database->in_transaction());
    EXPECT_THAT(log, ElementsAre("answer 1", "answer 2", "answer 3"));
    EXPECT_THAT(rows(), ElementsAre(1, 2, 3));
}

// Reads share one transaction for the locks' sake: it must neither outlive the turn nor stand in a write's way.
TEST_F(TurnTest, ReadsOfATurnShareATransaction) {
    store.turn.begin_reading();
    store.turn.begin_reading();
    EXPECT_TRUE(database->in_transaction());
    EXPECT_FALSE(store.turn.dirty());
    EXPECT_EQ(posted.size(), 1U);
    store.turn.after_commit(note("read"));
    EXPECT_THAT(log, ElementsAre("read"));
    run_posted();
    EXPECT_FALSE(database->in_transaction());
}

// A transaction that stayed open would have every later BEGIN refused.
TEST_F(TurnTest, AReadingThatCannotBeEndedIsRolledBack) {
    store.turn.begin_reading();
    break_commit();
    run_posted();
    EXPECT_FALSE(database->in_transaction());
    store.turn.within([this] { add(1); });
    run_posted();
    EXPECT_THAT(rows(), ElementsAre(1));
}

TEST_F(TurnTest, AWriteEndsTheReadingOfItsTurn) {
    store.turn.begin_reading();
    EXPECT_THAT(rows(), IsEmpty());
    store.turn.within([this] { add(1); });
    store.turn.begin_reading();  // reads what was written, and is answered behind its COMMIT
    EXPECT_THAT(rows(), ElementsAre(1));
    store.turn.after_commit(note("read"));
    EXPECT_THAT(log, IsEmpty());
    run_posted();
    EXPECT_THAT(log, ElementsAre("read"));
    EXPECT_FALSE(database->in_transaction());
    EXPECT_THAT(rows(), ElementsAre(1));
}

TEST_F(TurnTest, OneOfThreeSavepointsIsRolledBackAlone) {
    const auto change = [this](int n) {
        store.turn.within([this, n] {
            store.turn.after_commit(note("answer " + std::to_string(n)));
            store.turn.on_undo(note("undo " + std::to_string(n)));
            add(n);
            if (n == 2) throw std::runtime_error("refused");
        });
    };
    change(1);
    EXPECT_THROW(change(2), std::runtime_error);
    EXPECT_THAT(log, ElementsAre("undo 2"));
    change(3);
    run_posted();
    EXPECT_THAT(log, ElementsAre("undo 2", "answer 1", "answer 3"));
    EXPECT_THAT(rows(), ElementsAre(1, 3));
}

TEST_F(TurnTest, FailedStatementRollsBackItsSavepoint) {
    store.turn.within([this] { add(1); });
    EXPECT_THROW(store.turn.within([this] {
        add(2);
        database->execute("INSERT INTO seen (n) VALUES (NULL)");
    }),
                 DatabaseError);
    run_posted();
    EXPECT_THAT(rows(), ElementsAre(1));
}

TEST_F(TurnTest, FailedCommitUndoesTheWholeTurnAndTheNextOneWorks) {
    for (int n = 1; n <= 2; ++n)
        store.turn.within([this, n] {
            add(n);
            store.turn.after_commit(note("answer " + std::to_string(n)));
            store.turn.on_undo(note("undo " + std::to_string(n)));
        });
    store.turn.within([this] { break_commit(); });
    run_posted();
    EXPECT_THAT(log, ElementsAre("undo 2", "undo 1"));
    EXPECT_THAT(rows(), IsEmpty());
    EXPECT_FALSE(database->in_transaction());

    store.turn.within([this] { add(4); });
    run_posted();
    EXPECT_THAT(rows(), ElementsAre(4));
}

TEST_F(TurnTest, UndoReadsTheRowsAsTheyAreAgainAndMayWrite) {
    EXPECT_THROW(store.turn.within([this] {
        add(1);
        store.turn.on_undo([this] {
            EXPECT_THAT(rows(), IsEmpty());
            store.turn.within([this] { add(2); });
        });
        throw std::runtime_error("refused");
    }),
                 std::runtime_error);
    run_posted();
    EXPECT_THAT(rows(), ElementsAre(2));
}

TEST_F(TurnTest, FullDiskUndoesEverySavepointOfTheTurn) {
    store.turn.within([this] {
        add(1);
        store.turn.after_commit(note("answer 1"));
        store.turn.on_undo(note("undo 1"));
    });
    auto pages = database->prepare("PRAGMA page_count");
    ASSERT_TRUE(pages.step());
    const auto limit = "PRAGMA max_page_count = " + std::to_string(pages.integer(0));
    pages.run();
    database->execute(limit.c_str());
    EXPECT_THROW(store.turn.within([this] {
        store.turn.on_undo(note("undo 2"));
        database->execute("CREATE TABLE large (t TEXT); INSERT INTO large VALUES (zeroblob(1000000))");
    }),
                 DatabaseError);
    database->execute("PRAGMA max_page_count = 1000000");
    run_posted();
    // Whether SQLite gave up the whole transaction or the savepoint only, answers and rows agree.
    if (rows().empty())
        EXPECT_THAT(log, ElementsAre("undo 2", "undo 1"));
    else
        EXPECT_THAT(log, ElementsAre("undo 2", "answer 1"));
    store.turn.within([this] { add(3); });
    run_posted();
    EXPECT_EQ(rows().back(), 3);
}

TEST_F(TurnTest, ATransactionThatSqliteGaveUpUndoesTheWholeTurn) {
    store.turn.within([this] {
        add(1);
        store.turn.after_commit(note("answer 1"));
        store.turn.on_undo(note("undo 1"));
    });
    EXPECT_THROW(store.turn.within([this] {
        store.turn.on_undo(note("undo 2"));
        database->execute("INSERT OR ROLLBACK INTO seen (n) VALUES (NULL)");  // as a full disk or an I/O error does
    }),
                 DatabaseError);
    EXPECT_FALSE(store.turn.dirty());
    run_posted();
    EXPECT_THAT(log, ElementsAre("undo 2", "undo 1"));
    EXPECT_THAT(rows(), IsEmpty());
}

TEST_F(TurnTest, NestedCallsJoinTheOuterSavepoint) {
    EXPECT_THROW(store.turn.within([this] {
        store.turn.within([this] { add(1); });
        throw std::runtime_error("refused");
    }),
                 std::runtime_error);
    run_posted();
    EXPECT_THAT(rows(), IsEmpty());
}

TEST_F(TurnTest, CallbacksThatWriteBelongToTheNextTurn) {
    store.turn.within([this] {
        store.turn.after_commit([this] {
            store.turn.within([this] {
                add(2);
                store.turn.after_commit(note("second turn"));
            });
        });
        store.turn.after_commit(note("first turn"));
    });
    run_posted();
    EXPECT_THAT(log, ElementsAre("first turn"));
    EXPECT_TRUE(store.turn.dirty());
    run_posted();
    EXPECT_THAT(log, ElementsAre("first turn", "second turn"));
}

TEST_F(TurnTest, AfterCommitRunsAtOnceWhenNothingIsOpen) {
    store.turn.after_commit(note("now"));
    EXPECT_THAT(log, ElementsAre("now"));
    store.turn.on_undo(note("never"));
    store.turn.commit();
    EXPECT_THAT(log, ElementsAre("now"));
}

// Whether it stands or not, what then looks at rows is to find none that may yet be undone.
TEST_F(TurnTest, WhenOverRunsOnceNothingIsOpen) {
    store.turn.when_over(note("at once"));
    EXPECT_THAT(log, ElementsAre("at once"));
    const auto look = [this] {
        EXPECT_FALSE(store.turn.dirty());
        log.push_back("looked");
    };
    log.clear();
    store.turn.within([this, &look] {
        add(1);
        store.turn.after_commit([this] { store.turn.within([this] { add(2); }); });
        store.turn.when_over(look);
    });
    EXPECT_THAT(log, IsEmpty());
    run_posted();
    EXPECT_THAT(log, IsEmpty()) << "the first that was called has opened the next turn";
    run_posted();
    EXPECT_THAT(log, ElementsAre("looked"));
    log.clear();
    store.turn.within([this, &look] {
        break_commit();
        store.turn.when_over(look);
    });
    run_posted();
    EXPECT_THAT(log, ElementsAre("looked")) << "though it failed";
    log.clear();
    store.turn.within([this] {
        break_commit();
        store.turn.on_undo(note("undone"));
        store.turn.when_over(note("over"));
    });
    run_posted();
    EXPECT_THAT(log, ElementsAre("undone", "over")) << "memory is as the rows are by then";
    log.clear();
    EXPECT_ANY_THROW(store.turn.within([this, &look] {
        store.turn.when_over(look);
        throw std::runtime_error("refused");
    }));
    EXPECT_THAT(log, IsEmpty()) << "the savepoint is gone, the turn is not over";
    run_posted();
    EXPECT_THAT(log, ElementsAre("looked"));
}

TEST_F(TurnTest, ThrowingCallbackStopsNoOther) {
    store.turn.within([this] {
        store.turn.after_commit([] { throw std::runtime_error("expected in this test"); });
        store.turn.after_commit(note("answer"));
    });
    run_posted();
    EXPECT_THAT(log, ElementsAre("answer"));
}

}  // namespace
}  // namespace pipelines::store
