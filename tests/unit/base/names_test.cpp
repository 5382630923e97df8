#include "pipelines/base/names.hpp"

#include <gtest/gtest.h>

namespace pipelines {
namespace {

enum class Colour { Red, Green, Unnamed };
constexpr Names<Colour, 2> kColours = {{{Colour::Red, "RED"}, {Colour::Green, "GREEN"}}};

// Statuses cross the wire and the database by these tables, so both ways must agree and neither may guess.
TEST(Names, LooksUpBothWays) {
    static_assert(name_of(kColours, Colour::Green) == "GREEN");
    static_assert(value_of(kColours, "RED") == Colour::Red);
    EXPECT_EQ(name_of(kColours, Colour::Unnamed), "");
    EXPECT_EQ(value_of(kColours, "red"), std::nullopt);
    EXPECT_EQ(value_of(kColours, ""), std::nullopt);
}

}  // namespace
}  // namespace pipelines
