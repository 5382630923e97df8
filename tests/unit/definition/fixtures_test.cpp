#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support.hpp"

namespace pipelines::definition::test {

std::string read_file(const std::filesystem::path& path) {
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return content.str();
}

namespace {

std::vector<std::filesystem::path> json_files(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(directory, missing))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

std::vector<std::filesystem::path> copied_fixtures() {
    return json_files(std::filesystem::path(PIPELINES_SOURCE_DIR) / "tests/fixtures/definitions");
}

std::vector<std::filesystem::path> shared_fixtures() {
    const char* shared = std::getenv("SHARED_DIR");
    const std::filesystem::path root =
        shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(PIPELINES_SOURCE_DIR) / "../shared";
    return json_files(root / "fixtures/definitions");
}

namespace {

// What the SDKs really emit is the only definition of "valid" that there is: the published schema rejects most of it.
TEST(Fixtures, DefinitionsOfTheSdksCompile) {
    const auto files = copied_fixtures();
    ASSERT_EQ(files.size(), 30u);
    for (const auto& file : files) EXPECT_EQ(fault_of(read_file(file)), "compiles") << file;
}

TEST(Fixtures, DefinitionsInTheSharedDirectoryCompile) {
    const auto files = shared_fixtures();
    if (files.empty()) GTEST_SKIP() << "no shared directory: set SHARED_DIR";
    for (const auto& file : files) EXPECT_EQ(fault_of(read_file(file)), "compiles") << file;
}

std::string picture_of_fixture(std::string_view name) {
    return picture_of(read_file(std::filesystem::path(PIPELINES_SOURCE_DIR) / "tests/fixtures/definitions" /
                                (std::string(name) + ".json")));
}

TEST(Fixtures, AbaloneWaitsForWhatItRefersTo) {
    EXPECT_EQ(picture_of_fixture("sdk-v2__abalone-full"),
              "AbaloneProcess:\n"
              "AbaloneTrain: AbaloneProcess\n"
              "AbaloneEval: AbaloneTrain AbaloneProcess\n"
              "AbaloneMSECond: AbaloneEval\n"
              "AbaloneCreateModel-CreateModel: AbaloneMSECond[true] AbaloneTrain\n"
              "AbaloneRegisterModel-RegisterModel: AbaloneMSECond[true] AbaloneTrain\n"
              "AbaloneTransform: AbaloneMSECond[true] AbaloneCreateModel-CreateModel\n"
              "AbaloneMSEFail: AbaloneMSECond[false]\n");
}

TEST(Fixtures, NestedConditionsAreFlattened) {
    EXPECT_EQ(picture_of_fixture("sdk-v2__conditions-all-types-nested"),
              "Outer:\n"
              "Inner: Outer[true]\n"
              "IfFail: Inner[true]\n"
              "ElseFail: Outer[false]\n");
}

TEST(Fixtures, ConditionListsItsDependentsFirst) {
    EXPECT_EQ(picture_of_fixture("sdk-v2__step-decorator-delayedreturn"),
              "Cond: use gen\nElse: Cond[false] gen\nuse: gen\ngen:\n");
}

}  // namespace
}  // namespace pipelines::definition::test
