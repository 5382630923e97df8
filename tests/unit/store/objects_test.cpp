// Objects from a local directory: a definition may name any key, and none may lead out of the directory.
#include "pipelines/store/objects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>

namespace pipelines::store {
namespace {

namespace fs = std::filesystem;

class ObjectsTest : public testing::Test {
protected:
    ObjectsTest() {
        std::string pattern = (fs::temp_directory_path() / "pipelines-objects-XXXXXX").string();
        parent = ::mkdtemp(pattern.data());
        fs::create_directories(parent / "root/bucket/deep/er");
        std::ofstream{parent / "secret"} << "secret";
        std::ofstream{parent / "root/bucket/file.json"} << "{}";
        std::ofstream{parent / "root/bucket/deep/er/file"} << "deep";
        fs::create_symlink(parent / "secret", parent / "root/bucket/link");
        fs::create_directory_symlink(parent, parent / "root/bucket/up");
        ::mkfifo((parent / "root/bucket/fifo").c_str(), 0600);
    }
    ~ObjectsTest() override { fs::remove_all(parent); }

    fs::path parent;
};

TEST(S3Uri, IsABucketAndAKey) {
    EXPECT_EQ(parse_s3_uri("s3://b/k/l").value().bucket, "b");
    EXPECT_EQ(parse_s3_uri("s3://b/k/l").value().key, "k/l");
    for (const std::string_view uri : {"", "s3://", "s3://b", "s3://b/", "s3:///k", "https://b/k", "S3//b/k"})
        EXPECT_FALSE(parse_s3_uri(uri)) << uri;
}

TEST_F(ObjectsTest, ReadsFilesBeneathTheDirectory) {
    const auto objects = Objects::open(parent / "root");
    ASSERT_TRUE(objects);
    EXPECT_EQ(objects->read({"bucket", "file.json"}, 2).value(), "{}");
    EXPECT_EQ(objects->read({"bucket", "deep/er/file"}, 100).value(), "deep");
}

TEST_F(ObjectsTest, RefusesWhatIsNotAFileBeneathTheDirectory) {
    const auto objects = Objects::open(parent / "root");
    ASSERT_TRUE(objects);
    struct Case {
        ObjectName name;
        std::string message;
    };
    const Case cases[] = {{{"bucket", "none"}, "there is no such file"},
                          {{"none", "file.json"}, "there is no such file"},
                          {{"bucket", "file.json/x"}, "there is no such file"},
                          {{"bucket", "deep"}, "no ordinary file"},
                          {{"bucket", "fifo"}, "no ordinary file"},
                          {{"bucket", "link"}, "a link"},
                          {{"bucket", "up/secret"}, "a link"},
                          {{"bucket", "../../secret"}, "leads out"},
                          {{"..", "secret"}, "leads out"},
                          {{"bucket", "/etc/passwd"}, "leads out"},
                          {{"bucket", "deep//er/file"}, "leads out"},
                          {{"bucket", "./file.json"}, "leads out"},
                          {{"bucket", std::string{"file.json\0x", 11}}, "leads out"},
                          {{"a/b", "c"}, "leads out"},
                          {{"", "c"}, "leads out"}};
    for (const Case& one : cases) {
        const auto read = objects->read(one.name, 100);
        ASSERT_FALSE(read) << one.name.key;
        const bool none = one.message == "there is no such file" || one.message == "leads out";
        EXPECT_EQ(read.error().kind, none ? ErrorKind::NotFound : ErrorKind::Validation) << one.name.key;
        EXPECT_THAT(read.error().message, testing::HasSubstr(one.message)) << one.name.key;
    }
    EXPECT_THAT(objects->read({"bucket", "deep/er/file"}, 3).error().message,
                testing::HasSubstr("larger than 3 bytes"));
    EXPECT_FALSE(Objects::open(parent / "secret"));
}

}  // namespace
}  // namespace pipelines::store
