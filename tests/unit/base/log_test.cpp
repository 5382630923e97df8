#include "pipelines/base/log.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <string>

#include "pipelines/base/json.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines {
namespace {

using testing::IsEmpty;
using testing::MatchesRegex;

std::string stderr_of(const std::function<void()>& action) {
    testing::internal::CaptureStderr();
    action();
    return testing::internal::GetCapturedStderr();
}

// Leaves logging as it is before configure(), for the tests that follow.
class Log : public testing::Test {
protected:
    void TearDown() override { log::configure(log::Level::Warn, log::Format::Text); }
};

TEST_F(Log, SaysOnlyWarningsAndErrorsBeforeItIsConfigured) {
    EXPECT_THAT(stderr_of([] { log::info("quiet"); }), IsEmpty());
    EXPECT_THAT(stderr_of([] { log::warn("disk {} % full", 91); }),
                MatchesRegex("....-..-..T..:..:..\\....Z warn  disk 91 % full\n"));
    EXPECT_THAT(stderr_of([] { log::error("gone"); }), MatchesRegex(".*Z error gone\n"));
}

// The sentence that refuses a wrong level promises that each of those it lists is taken.
TEST_F(Log, TheLevelsListedAreThoseThatAreRead) {
    std::string listed{log::kLevels};
    listed.replace(listed.find(" or "), 4, ", ");
    int expected = static_cast<int>(log::Level::Trace);
    for (std::string_view name : split(listed, ','))
        EXPECT_EQ(log::parse_level(name.substr(name.find_first_not_of(' '))), log::Level{expected++}) << name;
    EXPECT_EQ(expected, static_cast<int>(log::Level::Off) + 1);
    EXPECT_EQ(log::parse_level("INFO"), std::nullopt);
    EXPECT_EQ(log::parse_level(""), std::nullopt);
}

TEST_F(Log, LevelsAreThresholds) {
    log::configure(log::Level::Debug, log::Format::Text);
    EXPECT_FALSE(log::enabled(log::Level::Trace));
    EXPECT_TRUE(log::enabled(log::Level::Debug));
    EXPECT_THAT(stderr_of([] { log::debug("seen"); }), MatchesRegex(".*Z debug seen\n"));
    EXPECT_THAT(stderr_of([] { log::trace("unseen"); }), IsEmpty());
    log::configure(log::Level::Trace, log::Format::Text);
    EXPECT_THAT(stderr_of([] { log::trace("seen"); }), MatchesRegex(".*Z trace seen\n"));
    log::configure(log::Level::Off, log::Format::Text);
    EXPECT_FALSE(log::enabled(log::Level::Error));
    EXPECT_FALSE(log::enabled(log::Level::Off));
    EXPECT_THAT(stderr_of([] { log::error("unseen"); }), IsEmpty());
}

// A caller may log a value of a request: it must not be able to write a line of its own into the log.
TEST_F(Log, OneEventIsOneLine) {
    const std::string text = stderr_of([] { log::warn("{}", "a\r\n2026 error forged\x1B[2J\x7F é"); });
    EXPECT_THAT(text, testing::EndsWith(" warn  a\\x0d\\n2026 error forged\\x1b[2J\\x7f é\n"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_THAT(stderr_of([] {
                    log::warn("{}",
                              "a\xC2\x9B"
                              "2J\xC2\xA0z");
                }),
                testing::EndsWith(" a\\x9b2J\xC2\xA0z\n"))
        << "C1 controls are controls";
    EXPECT_THAT(stderr_of([] { log::warn("{}", "not \xFF\x80 text"); }), testing::EndsWith(" not \\xff\\x80 text\n"));
}

// Collectors parse each line: whatever the message holds, invalid UTF-8 included.
TEST_F(Log, JsonLinesParse) {
    log::configure(log::Level::Info, log::Format::Json);
    const std::string line = stderr_of([] { log::info("{}", "say \"hi\"\n\\ \x01 \xFF"); });
    ASSERT_THAT(line, testing::EndsWith("}\n"));
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    const auto parsed = parse_json(line);
    ASSERT_TRUE(parsed.has_value()) << describe(parsed.error());
    EXPECT_EQ((*parsed)["level"], "info");
    EXPECT_EQ((*parsed)["message"], "say \"hi\"\n\\ \x01 \xEF\xBF\xBD");
    EXPECT_EQ((*parsed)["time"].get<std::string>().size(), 24U);
    EXPECT_EQ(parsed->size(), 3U);
}

}  // namespace
}  // namespace pipelines
