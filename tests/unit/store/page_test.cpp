// Tokens: opaque, bound to their request, and harmless whatever a client sends back.
#include "pipelines/store/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pipelines::store {
namespace {

TEST(PageToken, LeadsBackToItsPosition) {
    const Position positions[] = {{1'700'000'000'123, 42}, {"a name", 1}, {"\xE2\x82\xAC", -7}, {0, 0}};
    for (const Position& position : positions) {
        const std::string token = make_token(position, "ListPipelines{}");
        EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                  std::string::npos);
        const auto read = read_token(token, "ListPipelines{}");
        ASSERT_TRUE(read);
        EXPECT_EQ(read->key, position.key);
        EXPECT_EQ(read->id, position.id);
    }
}

TEST(PageToken, IsRefusedForAnotherRequest) {
    const auto read = read_token(make_token({5, 6}, "ListPipelines{}"), "ListPipelines{\"SortOrder\":\"Ascending\"}");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Validation);
    EXPECT_THAT(read.error().message, testing::StartsWith("Invalid NextToken"));
    EXPECT_THAT(read.error().message, testing::HasSubstr("belongs to another request"));
}

TEST(PageToken, EveryChangedCharacterIsNoticed) {
    const std::string token = make_token({"name", 6}, "r");
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(read_token(changed, "r")) << i;
    }
    for (const std::string_view garbage : {"", "x", "not base64 !", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
        EXPECT_FALSE(read_token(garbage, "r")) << garbage;
    EXPECT_FALSE(read_token(token.substr(0, token.size() - 4), "r"));
}

}  // namespace
}  // namespace pipelines::store
