// The JSON parsing test suite of Nicolas Seriot: hundreds of the texts on which parsers disagree.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "pipelines/base/json.hpp"

namespace pipelines {
namespace {

namespace fs = std::filesystem;

fs::path suite() {
    const char* const shared = std::getenv("SHARED_DIR");
    const fs::path root = shared != nullptr ? fs::path(shared) : fs::path(PIPELINES_SOURCE_DIR) / ".." / "shared";
    return root / "corpora" / "json-test-suite";
}

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// y_ must be accepted, n_ refused; i_ is the parser's own business, but what it accepts must come through a dump.
TEST(JsonCorpus, AgreesWithTheSuite) {
    const fs::path cases = suite() / "test_parsing";
    if (!fs::exists(cases)) GTEST_SKIP() << "no JSON test suite at " << cases;
    int accepted = 0;
    int refused = 0;
    for (const auto& entry : fs::directory_iterator(cases)) {
        const std::string name = entry.path().filename().string();
        const auto parsed = parse_json(contents(entry.path()));
        if (name.starts_with("y_")) {
            ++accepted;
            EXPECT_TRUE(parsed.has_value()) << name << ": " << describe(parsed.error());
        } else if (name.starts_with("n_")) {
            ++refused;
            EXPECT_FALSE(parsed.has_value()) << name;
        }
        if (parsed.has_value()) {
            EXPECT_EQ(*parse_json(dump(*parsed)), *parsed) << name;
            EXPECT_EQ(dump(*parsed), parsed->dump()) << name;
        } else {
            EXPECT_EQ(parsed.error().message.find("exception"), std::string::npos) << name;
        }
    }
    EXPECT_GT(accepted, 50);
    EXPECT_GT(refused, 100);
}

// Escapes, numbers and keys at the edge of what two programs would call equal: none may crash or be thrown at.
TEST(JsonCorpus, SurvivesTheTransformations) {
    const fs::path cases = suite() / "test_transform";
    if (!fs::exists(cases)) GTEST_SKIP() << "no JSON test suite at " << cases;
    int files = 0;
    for (const auto& entry : fs::directory_iterator(cases)) {
        ++files;
        const auto parsed = parse_json(contents(entry.path()), {.duplicate_keys = DuplicateKeys::Refuse});
        if (entry.path().filename().string().starts_with("object_same_key")) {
            EXPECT_FALSE(parsed.has_value()) << entry.path();
        }
        if (parsed.has_value()) {
            EXPECT_EQ(*parse_json(dump(*parsed)), *parsed) << entry.path();
        }
    }
    EXPECT_GT(files, 10);
}

}  // namespace
}  // namespace pipelines
