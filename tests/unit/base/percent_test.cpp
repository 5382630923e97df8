#include "pipelines/base/percent.hpp"

#include <gtest/gtest.h>

namespace pipelines {
namespace {

TEST(Percent, EncodesAllButTheUnreserved) {
    EXPECT_EQ(percent_encoded("aZ0-._~"), "aZ0-._~");
    EXPECT_EQ(percent_encoded("a b/c+\xe1\x88\xb4"), "a%20b%2Fc%2B%E1%88%B4");
    EXPECT_EQ(percent_encoded("a/b:c", "/"), "a/b%3Ac");
}

TEST(Percent, DecodesWhatItEncoded) {
    std::string every;
    for (int byte = 0; byte < 256; ++byte) every.push_back(static_cast<char>(byte));
    EXPECT_EQ(percent_decoded(percent_encoded(every)), every);
}

TEST(Percent, LeavesWhatIsNoEscape) { EXPECT_EQ(percent_decoded("100%&%4&%zz%41"), "100%&%4&%zzA"); }

}  // namespace
}  // namespace pipelines
