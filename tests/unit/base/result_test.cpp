#include "pipelines/base/result.hpp"

#include <gtest/gtest.h>

#include "pipelines/base/json.hpp"

namespace pipelines {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return validation_error("odd");
    return number / 2;
}

// Json converts to almost anything, which once made `return json;` ambiguous: that this compiles is the test.
Result<Json> array_of(int number) {
    if (number < 0) return Error{ErrorKind::NotFound, "negative"};
    return Json(std::vector<int>(static_cast<std::size_t>(number), 7));
}

TEST(Result, CarriesAValueOrAnError) {
    EXPECT_EQ(half(4).value(), 2);
    EXPECT_EQ(half(3).error(), (Error{ErrorKind::Validation, "odd"}));
    EXPECT_EQ(array_of(2).value(), Json::parse("[7,7]"));
    EXPECT_EQ(array_of(-1).error().kind, ErrorKind::NotFound);
}

// Asking an error for its value is a bug of ours: it must be loud, and say which error was overlooked.
TEST(Result, ValueOfAnErrorThrowsItsMessage) {
    try {
        [[maybe_unused]] const int value = half(3).value();
        FAIL() << "no exception";
    } catch (const std::logic_error& error) {
        EXPECT_NE(std::string(error.what()).find("odd"), std::string::npos);
    }
}

}  // namespace
}  // namespace pipelines
