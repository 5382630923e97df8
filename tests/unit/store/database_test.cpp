// The data file: whose it is, that it is kept, and that one process at a time has it.
#include "pipelines/store/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "store/checkpointer.hpp"
#include "store/migrate.hpp"
#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class DatabaseTest : public testing::Test {
protected:
    DatabaseTest() {
        std::string pattern = (fs::temp_directory_path() / "pipelines-store-XXXXXX").string();
        directory = ::mkdtemp(pattern.data());
        file = directory / "state" / "data.db";
    }
    ~DatabaseTest() override { fs::remove_all(directory); }

    std::unique_ptr<Database> open_file() {
        auto opened = Database::open(file, Durability::Normal);
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
        return opened ? std::move(*opened) : nullptr;
    }

    Error refused() {
        auto opened = Database::open(file, Durability::Normal);
        EXPECT_FALSE(opened);
        return opened ? Error{} : opened.error();
    }

    void write(const std::string& bytes) const {
        fs::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary} << bytes;
    }

    [[nodiscard]] std::string bytes() const {
        std::ifstream stream{file, std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }

    fs::path directory, file;
};

std::int64_t integer(Database& database, const char* sql) {
    auto statement = database.prepare(sql);
    return statement.step() ? statement.integer(0) : -1;
}

mode_t mode(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

TEST_F(DatabaseTest, NewFileIsPrivateAndOurs) {
    const auto database = open_file();
    ASSERT_TRUE(database);
    EXPECT_EQ(integer(*database, "PRAGMA application_id"), kApplicationId);
    EXPECT_EQ(integer(*database, "PRAGMA user_version"), newest_version());
    EXPECT_EQ(integer(*database, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(mode(file.parent_path()), 0700U);
    for (const char* const suffix : {"", "-wal", "-shm", ".lock"})
        EXPECT_EQ(mode(file.string() + suffix), 0600U) << suffix;
}

TEST_F(DatabaseTest, RowsAreThereAfterReopening) {
    open_file()->execute("INSERT INTO tags VALUES (0, 1, 'k', 'v')");
    EXPECT_EQ(integer(*open_file(), "SELECT count(*) FROM tags"), 1);
}

// After an I/O error in a COMMIT a connection may refuse every later one.
TEST_F(DatabaseTest, AFailedCommitGoesOnWithANewConnection) {
    const auto database = open_file();
    ASSERT_TRUE(database);
    database->execute(
        "CREATE TABLE child (p INTEGER REFERENCES namespaces (id) DEFERRABLE INITIALLY DEFERRED);"
        "CREATE TEMP TABLE lives_as_long_as_its_connection (n)");
    Turn turn{*database, [](const std::function<void()>&) {}};
    turn.within([&database] { database->execute("INSERT INTO child VALUES (999)"); });
    turn.commit();
    EXPECT_EQ(integer(*database, "SELECT count(*) FROM sqlite_temp_schema"), 0);
    EXPECT_EQ(integer(*database, "PRAGMA foreign_keys"), 1) << "set up like the first one";
    EXPECT_EQ(integer(*database, "SELECT count(*) FROM child"), 0);
    turn.within([&database] { database->execute("INSERT INTO tags VALUES (0, 1, 'k', 'v')"); });
    turn.commit();
    EXPECT_EQ(integer(*database, "SELECT count(*) FROM tags"), 1);
}

TEST_F(DatabaseTest, FullDurabilitySynchronizesEveryCommit) {
    const auto database = Database::open(file, Durability::Full);
    ASSERT_TRUE(database);
    EXPECT_EQ(integer(**database, "PRAGMA synchronous"), 2);
}

TEST_F(DatabaseTest, SecondOneIsRefusedAndNamesTheHolder) {
    const auto first = open_file();
    ASSERT_TRUE(first);
    const Error error = refused();
    EXPECT_EQ(error.kind, ErrorKind::Conflict);
    EXPECT_THAT(error.message, HasSubstr("pid " + std::to_string(::getpid())));

    const std::string holder = "pid " + std::to_string(::getpid());
    const pid_t child = ::fork();
    if (child == 0) {
        const auto second = Database::open(file, Durability::Normal);
        ::_exit(!second && second.error().message.find(holder) != std::string::npos ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST_F(DatabaseTest, NewerFileIsRefusedAndLeftAsItIs) {
    open_file()->execute("PRAGMA user_version = 1000");
    const std::string before = bytes();
    const Error error = refused();
    EXPECT_EQ(error.kind, ErrorKind::Validation);
    EXPECT_THAT(error.message, HasSubstr("newer version of this program (schema 1000, this one knows"));
    EXPECT_EQ(bytes(), before);
    EXPECT_FALSE(fs::exists(file.string() + "-wal"));
}

// The version may stand in the log only, when the newer program was killed.
TEST_F(DatabaseTest, NewerFileIsRefusedByItsLogToo) {
    const pid_t child = ::fork();
    if (child == 0) {
        const auto database = Database::open(file, Durability::Normal);
        if (database) (*database)->execute("PRAGMA user_version = 1000");
        ::kill(::getpid(), SIGKILL);
    }
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    ASSERT_TRUE(fs::exists(file.string() + "-wal"));
    const std::string before = bytes();
    EXPECT_THAT(refused().message, HasSubstr("schema 1000"));
    EXPECT_EQ(bytes(), before);
    EXPECT_GT(fs::file_size(file.string() + "-wal"), 0U);
}

TEST_F(DatabaseTest, WhatIsNotOursIsRefusedAndLeftAsItIs) {
    std::string foreign(4096, '\0');
    foreign.replace(0, 16, std::string{"SQLite format 3\0", 16});
    foreign[68] = 'X';
    struct Case {
        std::string content, message;
    };
    const Case cases[] = {{"Dear diary", "is not an SQLite database"},
                          {std::string(200, 'x'), "is not an SQLite database"},
                          {foreign, "is an SQLite database of another program"}};
    for (const Case& one : cases) {
        write(one.content);
        EXPECT_THAT(refused().message, HasSubstr(one.message));
        EXPECT_EQ(bytes(), one.content);
    }
}

TEST_F(DatabaseTest, DatabaseWithTablesButWithoutOurMarkIsRefused) {
    {
        const auto database = open_file();
        database->execute("PRAGMA application_id = 0; PRAGMA user_version = 0");
    }
    EXPECT_THAT(refused().message, HasSubstr("of another program"));
}

TEST_F(DatabaseTest, EmptyFileIsTaken) {
    write("");
    EXPECT_TRUE(open_file());
}

TEST_F(DatabaseTest, ImpossiblePathsSayWhy) {
    write("");
    file /= "below-a-file.db";
    EXPECT_THAT(refused().message, HasSubstr("Not a directory"));
    file = directory;
    EXPECT_THAT(refused().message, HasSubstr("'" + directory.string() + "'"));
}

// The promise of --durability=normal: a killed process loses nothing that it acknowledged.
TEST_F(DatabaseTest, KilledProcessLosesNoAcknowledgedCommit) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto database = Database::open(file, Durability::Normal);
        for (std::int64_t n = 1; database; ++n) {
            (*database)->prepare("INSERT INTO tags (kind, resource, key, value) VALUES (0, ?, 'k', 'v')").bind(n).run();
            if (::write(ends[1], &n, sizeof n) != sizeof n) break;
        }
        ::_exit(1);
    }
    ::close(ends[1]);
    std::int64_t acknowledged = 0;
    while (acknowledged < 300 && ::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    std::int64_t last = 0;
    while (::read(ends[0], &last, sizeof last) == sizeof last) acknowledged = last;
    ::close(ends[0]);
    ASSERT_GE(acknowledged, 300);
    const auto database = open_file();
    ASSERT_TRUE(database);
    EXPECT_GE(integer(*database, "SELECT count(*) FROM tags"), acknowledged);
    EXPECT_EQ(integer(*database, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

TEST_F(DatabaseTest, CheckpointThreadMovesTheLogIntoTheFile) {
    const auto database = open_file();
    database->execute("CREATE TABLE large (bytes BLOB); INSERT INTO large VALUES (zeroblob(1000000))");
    EXPECT_LT(fs::file_size(file), 1'000'000U);
    {
        Checkpointer checkpointer{file};
        checkpointer.wake();
    }
    EXPECT_GT(fs::file_size(file), 1'000'000U);
}

// The committing thread does it where the log outgrew the thread's reach, so steady writing cannot make it grow for
// ever.
TEST_F(DatabaseTest, LongLogIsMovedByTheCommitItself) {
    const auto database = open_file();
    database->execute("CREATE TABLE large (bytes BLOB); INSERT INTO large VALUES (zeroblob(70000000))");
    EXPECT_GT(fs::file_size(file), 70'000'000U);
}

TEST_F(DatabaseTest, SameStatementMayBeInUseTwice) {
    const auto database = Database::in_memory();
    constexpr const char* kNumbers = "WITH n (i) AS (VALUES (1), (2), (3)) SELECT i FROM n WHERE i > ?";
    int pairs = 0;
    auto outer = database->prepare(kNumbers);
    outer.bind(0);
    while (outer.step()) {
        auto inner = database->prepare(kNumbers);
        inner.bind(outer.integer(0));
        while (inner.step()) ++pairs;
    }
    EXPECT_EQ(pairs, 3);
    EXPECT_EQ(database->statements().size(), 1U);
}

TEST_F(DatabaseTest, BindingsDoNotOutliveTheirUse) {
    const auto database = Database::in_memory();
    constexpr const char* kEcho = "SELECT ?, ?";
    {
        auto echo = database->prepare(kEcho);
        ASSERT_TRUE(echo.bind("a").bind(2).step());
        EXPECT_EQ(echo.text(0), "a");
    }
    auto echo = database->prepare(kEcho);
    ASSERT_TRUE(echo.bind(std::string_view{}).step());
    EXPECT_FALSE(echo.is_null(0));  // an empty text, not NULL
    EXPECT_TRUE(echo.is_null(1));
}

TEST_F(DatabaseTest, FailuresNameTheStatementAndNoValue) {
    const auto database = Database::in_memory();
    try {
        database->prepare("INSERT INTO tags (kind, resource, key) VALUES (1, 1, ?)").bind("secret").run();
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_THAT(error.what(), HasSubstr("NOT NULL constraint failed: tags.value"));
        EXPECT_THAT(error.what(), testing::Not(HasSubstr("secret")));
    }
}

}  // namespace
}  // namespace pipelines::store
