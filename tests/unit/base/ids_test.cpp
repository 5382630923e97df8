#include "pipelines/base/ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

namespace pipelines {
namespace {

bool consists_of(std::string_view text, std::string_view characters) {
    return text.find_first_not_of(characters) == std::string_view::npos;
}

constexpr std::string_view kLower = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kBoth = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

TEST(Ids, ExecutionIdsHaveAwsFormAndDiffer) {
    std::set<std::string> ids;
    for (std::uint64_t seed = 0; seed < 10; ++seed)
        for (std::uint64_t ordinal = 0; ordinal < 10'000; ++ordinal) {
            const std::string id = execution_id(seed, ordinal);
            ASSERT_EQ(id.size(), 12U);
            ASSERT_TRUE(consists_of(id, kLower)) << id;
            ASSERT_TRUE(ids.insert(id).second) << id;
        }
}

// Rows are found by these ids: neighbours in time are to be neighbours in the indexes, or each start writes pages of
// its own there.
TEST(Ids, ExecutionIdsGrow) {
    for (std::uint64_t seed : {0ULL, 1ULL, 0xFFFF'FFFF'FFFF'FFFFULL})
        for (std::uint64_t ordinal = 0; ordinal < 3'000; ++ordinal)
            ASSERT_LT(execution_id(seed, ordinal), execution_id(seed, ordinal + 1));
}

// These stand in databases: a change of the functions would make a restarted server disagree with its own rows.
TEST(Ids, NeverChangeBetweenBuilds) {
    EXPECT_EQ(stable_hash(""), 17665956581633026203ULL);
    EXPECT_EQ(stable_hash("pipelines"), 1093372538459683329ULL);
    EXPECT_EQ(stable_hash("pipelines", 1), 4547090223912723016ULL);
    EXPECT_EQ(execution_id(0, 1), "2pgcyi8r9pii");
    EXPECT_EQ(attempt_id(0, "abcdefghijkl", "Train", 1, "job"), "6p70am0xba");
}

// A job's name and a callback's token must move with everything that tells two attempts apart.
TEST(Ids, AttemptIdsDependOnEveryPart) {
    const std::set<std::string> ids = {
        attempt_id(0, "abc", "Train", 1, "job"), attempt_id(1, "abc", "Train", 1, "job"),
        attempt_id(0, "abd", "Train", 1, "job"), attempt_id(0, "abc", "Trains", 1, "job"),
        attempt_id(0, "abc", "Train", 2, "job"), attempt_id(0, "abc", "Train", 1, "token"),
        attempt_id(0, "abcT", "rain", 1, "job"), attempt_id(0, "abc", "Trainj", 1, "ob"),
    };
    EXPECT_EQ(ids.size(), 8U);
    for (const std::string& id : ids) {
        EXPECT_EQ(id.size(), 10U);
        EXPECT_TRUE(consists_of(id, kBoth)) << id;
    }
}

TEST(Ids, RandomUuidsAreVersion4AndDiffer) {
    std::set<std::string> ids;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = random_uuid();
        ASSERT_EQ(id.size(), 36U);
        ASSERT_TRUE(consists_of(id, "0123456789abcdef-")) << id;
        ASSERT_EQ(std::count(id.begin(), id.end(), '-'), 4) << id;
        for (const std::size_t dash : {8U, 13U, 18U, 23U}) ASSERT_EQ(id[dash], '-') << id;
        ASSERT_EQ(id[14], '4') << id;
        ASSERT_TRUE(consists_of(id.substr(19, 1), "89ab")) << id;
        ASSERT_TRUE(ids.insert(id).second) << id;
    }
    // A second thread has a generator of its own, which must not be the same one again.
    std::string other;
    std::thread([&other] { other = random_uuid(); }).join();
    EXPECT_FALSE(ids.contains(other));
}

// The examples of FIPS 180-4, and the padding's edge of 55 and 56 bytes.
TEST(Ids, Sha256MatchesThePublishedDigests) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_NE(sha256_hex(std::string_view("a\0b", 3)), sha256_hex("a"));
}

}  // namespace
}  // namespace pipelines
