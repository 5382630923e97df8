#include "pipelines/base/base64.hpp"

#include <gtest/gtest.h>

namespace pipelines {
namespace {

// The vectors of RFC 4648.
TEST(Base64, PadsWhatIsNoWholeGroup) {
    EXPECT_EQ(base64_encoded(""), "");
    EXPECT_EQ(base64_encoded("f"), "Zg==");
    EXPECT_EQ(base64_encoded("fo"), "Zm8=");
    EXPECT_EQ(base64_encoded("foo"), "Zm9v");
    EXPECT_EQ(base64_encoded("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64_encoded("\xff\xfe\xfd"), "//79");
}

}  // namespace
}  // namespace pipelines
