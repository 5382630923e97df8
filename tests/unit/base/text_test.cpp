#include "pipelines/base/text.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cstdint>

namespace pipelines {
namespace {

using testing::ElementsAre;

// Every parser of names and ARNs relies on empty parts being kept: a lost one would shift all that follow.
TEST(Text, SplitKeepsEmptyParts) {
    EXPECT_THAT(split("a,b", ','), ElementsAre("a", "b"));
    EXPECT_THAT(split(",a,,b,", ','), ElementsAre("", "a", "", "b", ""));
    EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(Text, JoinPutsSeparatorsOnlyBetween) {
    EXPECT_EQ(join(std::vector<std::string>{}, ", "), "");
    EXPECT_EQ(join(std::vector<std::string>{"a"}, ", "), "a");
    EXPECT_EQ(join(std::vector<std::string>{"a", "", "c"}, ", "), "a, , c");
}

// Header names compare without case, but only ASCII letters fold: '@' and '[' stand beside them in the table.
TEST(Text, CaseFoldsAsciiLettersOnly) {
    EXPECT_EQ(to_lower("AZ@[az09-É"), "az@[az09-É");
    EXPECT_TRUE(equal_ignoring_case("Content-TYPE", "content-type"));
    EXPECT_FALSE(equal_ignoring_case("a", "ab"));
    EXPECT_FALSE(equal_ignoring_case("@", "`"));
}

// AWS counts characters, not bytes: a limit checked in bytes would refuse legal names.
TEST(Text, CountsCodePoints) {
    EXPECT_EQ(code_points(""), 0U);
    EXPECT_EQ(code_points("abc"), 3U);
    EXPECT_EQ(code_points("é€😀"), 3U);
}

TEST(Text, TakesTheFirstCodePointsWhole) {
    EXPECT_EQ(first_code_points("é€😀x", 0), "");
    EXPECT_EQ(first_code_points("é€😀x", 2), "é€");
    EXPECT_EQ(first_code_points("é€😀x", 3), "é€😀");
    EXPECT_EQ(first_code_points("é€😀x", 9), "é€😀x");
    // What others send need not be text: cut all the same.
    EXPECT_EQ(first_code_points(std::string(5000, '\x80'), 1024).size(), 1024U);
    EXPECT_EQ(first_code_points("a\xc3\xffz", 3), "a\xc3\xff");
}

// What is let in here reaches SQLite and JSON answers: every ill-formed kind of the Unicode standard's table 3-7.
TEST(Text, RefusesIllFormedUtf8) {
    for (const std::string_view good :
         {"", "abc", "é", "€", "😀", "\x7F", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"})
        EXPECT_TRUE(is_valid_utf8(good)) << testing::PrintToString(good);
    EXPECT_TRUE(is_valid_utf8(std::string_view("\0", 1)));
    for (const std::string_view bad :
         {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE2\x82", "\xED\xA0\x80", "\xF0\x80\x80\x80",
          "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xC3z"})
        EXPECT_FALSE(is_valid_utf8(bad)) << testing::PrintToString(bad);
}

// Options and tokens are numbers as a whole or not at all: "1x" silently read as 1 is the usual mistake.
TEST(Text, ParsesWholeNumbersOnly) {
    EXPECT_EQ(parse_number<int>("-12"), -12);
    EXPECT_EQ(parse_number<std::uint16_t>("65535"), 65535);
    EXPECT_EQ(parse_number<double>("2.5"), 2.5);
    for (const std::string_view bad : {"", " 1", "1 ", "1x", "+1", "0x10", "1.0"})
        EXPECT_EQ(parse_number<int>(bad), std::nullopt) << bad;
    EXPECT_EQ(parse_number<std::uint16_t>("65536"), std::nullopt);
    EXPECT_EQ(parse_number<unsigned>("-1"), std::nullopt);
}

// What is no JSON cannot be answered, and what equals nothing cannot be sorted.
TEST(Text, ParsesDecimals) {
    EXPECT_EQ(parse_decimal("-2.5"), -2.5);
    EXPECT_EQ(parse_decimal("1e3"), 1000.0);
    for (const std::string_view bad : {"", "nan", "-NaN", "nan(1)", "inf", "-Infinity", "1e999", "1 ", "0x10"})
        EXPECT_EQ(parse_decimal(bad), std::nullopt) << bad;
}

// A wrong suggestion is worse than none.
TEST(Text, SuggestsOnlyNearNames) {
    constexpr std::array<std::string_view, 4> kKnown = {"instant", "real", "scaled", "manual"};
    EXPECT_EQ(nearest("instnat", kKnown), "instant");
    EXPECT_EQ(nearest("INSTANT", kKnown), "instant");
    EXPECT_EQ(nearest("scale", kKnown), "scaled");
    EXPECT_EQ(nearest("rael", kKnown), std::nullopt);  // two changes in four letters
    EXPECT_EQ(nearest("", kKnown), std::nullopt);
    EXPECT_EQ(nearest("fast", kKnown), std::nullopt);
    EXPECT_EQ(nearest(std::string(1'000'000, 'i'), kKnown), std::nullopt);
    EXPECT_EQ(nearest("instant", {}), std::nullopt);
}

// The nearer of two is meant, wherever it stands in the list.
TEST(Text, SuggestsTheNearest) {
    constexpr std::array<std::string_view, 3> kKnown = {"log-formats", "log-format", "log-former"};
    EXPECT_EQ(nearest("log-fromat", kKnown), "log-format");
}

}  // namespace
}  // namespace pipelines
