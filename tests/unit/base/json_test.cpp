#include "pipelines/base/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace pipelines {
namespace {

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

// The whole value arrives: every kind, in every place of the grammar.
TEST(ParseJson, BuildsWhatNlohmannBuilds) {
    for (const std::string_view text :
         {"null", "true", "false", "0", "-1", "1.5", "\"s\"", "[]", "{}", "[[],{},[[]]]",
          R"({"a":{"b":[1,{"c":null}]},"d":2})", R"([{"a":1},{"b":[]},3])", " \t\r\n[1]\n",
          R"("\u00e9\ud83d\ude00\n\/")", R"({"":{"":""}})", R"({"a":[],"b":{},"c":"x"})", "[1e3,-0,-0.0,1E-2]"}) {
        const auto parsed = parse_json(text);
        ASSERT_TRUE(parsed.has_value()) << text << ": " << describe(parsed.error());
        EXPECT_EQ(*parsed, Json::parse(text)) << text;
        EXPECT_EQ(dump(*parsed), Json::parse(text).dump()) << text;
    }
}

struct FaultCase {
    std::string_view text;
    std::string_view described;
};

class ParseJsonFault : public testing::TestWithParam<FaultCase> {};

// Users read these sentences, and their editors jump to these places.
TEST_P(ParseJsonFault, SaysWhatAndWhere) {
    const auto parsed = parse_json(GetParam().text);
    ASSERT_FALSE(parsed.has_value()) << GetParam().text;
    EXPECT_EQ(describe(parsed.error()), GetParam().described) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParseJsonFault,
    testing::Values(
        FaultCase{"", "line 1, column 1: unexpected end of the text"},
        FaultCase{"  \n ", "line 2, column 2: unexpected end of the text"},
        FaultCase{"{\"a\":", "line 1, column 6: unexpected end of the text"},
        FaultCase{"\"abc", "line 1, column 5: unexpected end of the text"},
        FaultCase{"[1, 2", "line 1, column 6: unexpected end of the text"},
        FaultCase{"{\n  \"a\": }", "line 2, column 8: unexpected character '}'"},
        FaultCase{"[1,]", "line 1, column 4: unexpected character ']'"},
        FaultCase{"{} {}", "line 1, column 4: unexpected character '{'"},
        FaultCase{"{} x", "line 1, column 4: unexpected character 'x'"},
        FaultCase{"[NaN]", "line 1, column 2: unexpected character 'N'"},
        FaultCase{"nul]", "line 1, column 4: unexpected character ']'"},
        FaultCase{"['a']", "line 1, column 2: unexpected character '''"},
        FaultCase{"[é]", "line 1, column 2: unexpected character 'é'"},
        FaultCase{"[\xFF]", "line 1, column 2: unexpected byte 0xFF"},
        FaultCase{"[\x01]", "line 1, column 2: unexpected character U+0001"},
        FaultCase{"[1 // one\n]", "line 1, column 4: unexpected character '/'"},
        FaultCase{"{\"a\" \"b\"}", "line 1, column 6: unexpected string"},
        FaultCase{"{\"a\" 12}", "line 1, column 6: unexpected number"},
        FaultCase{"[1 true]", "line 1, column 4: unexpected 'true'"},
        FaultCase{"{null:1}", "line 1, column 2: unexpected 'null'"},
        FaultCase{"-x", "line 1, column 2: unexpected character 'x' in a number"},
        FaultCase{"[1.]", "line 1, column 4: unexpected character ']' in a number"},
        FaultCase{"[012]", "line 1, column 3: unexpected number"},
        FaultCase{"\"a\nb\"", "line 1, column 3: unescaped control character U+000A in a string"},
        FaultCase{"\"\\x\"", "line 1, column 3: invalid string: forbidden character after backslash"},
        FaultCase{"\"\xC3(\"", "line 1, column 3: invalid UTF-8 in a string"},
        FaultCase{"\"\\ud800\"",
                  "line 1, column 8: invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF"},
        FaultCase{"\"\\udc00\"",
                  "line 1, column 7: invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF"},
        FaultCase{std::string_view("{\"a\":\n\0}", 8), "line 2, column 1: a NUL byte"},
        FaultCase{std::string_view("1\0", 2), "line 1, column 2: a NUL byte"},
        FaultCase{"[1, 18446744073709551616]", "line 1, column 5: the number 18446744073709551616 is out of range: /1"},
        FaultCase{"18446744073709551616", "line 1, column 1: the number 18446744073709551616 is out of range"},
        FaultCase{"[-9223372036854775809]", "line 1, column 2: the number -9223372036854775809 is out of range: /0"},
        FaultCase{"{\"a\":\n 1e999}", "line 2, column 2: the number 1e999 is out of range: /a"},
        FaultCase{"-1e999", "line 1, column 1: the number -1e999 is out of range"}));

// Nothing between the integers of 64 bits and the doubles may be lost or rounded.
TEST(ParseJson, KeepsTheEdgesOfNumbers) {
    EXPECT_EQ(parse_json("18446744073709551615")->get<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(parse_json("-9223372036854775808")->get<std::int64_t>(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(parse_json("1.7976931348623157e308")->get<double>(), std::numeric_limits<double>::max());
    EXPECT_EQ(parse_json("18446744073709551616.0")->get<double>(), 18446744073709551616.0);  // written as a double
    EXPECT_TRUE(std::signbit(parse_json("-0.0")->get<double>()));
}

TEST(ParseJson, ShowsOnlyTheFrontOfALongNumber) {
    const auto parsed = parse_json(std::string(100'000, '9'));
    ASSERT_FALSE(parsed.has_value());
    EXPECT_EQ(parsed.error().message, "the number " + std::string(40, '9') + "... is out of range");
}

TEST(ParseJson, BoundsDepth) {
    EXPECT_TRUE(parse_json(nested(512)).has_value());
    const auto deeper = parse_json(nested(513));
    ASSERT_FALSE(deeper.has_value());
    EXPECT_EQ(describe(deeper.error()), "line 1, column 513: nested deeper than 512 levels");
    EXPECT_TRUE(parse_json("1", {.depth = 0}).has_value());
    EXPECT_FALSE(parse_json("[]", {.depth = 0}).has_value());
    EXPECT_TRUE(parse_json("[{},{}]", {.depth = 2}).has_value());  // beside is not within
    EXPECT_FALSE(parse_json(R"({"a":{"b":{}}})", {.depth = 2}).has_value());
}

// The crash that every recursive step of the library would have here; the value is refused before a tree exists.
TEST(ParseJson, ALongRowOfBracketsIsHarmless) {
    std::string objects;
    for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
    for (const std::string& text : {std::string(100'000, '['), nested(100'000), objects}) {
        const auto parsed = parse_json(text);
        ASSERT_FALSE(parsed.has_value());
        EXPECT_EQ(parsed.error().message, "nested deeper than 512 levels");
    }
}

TEST(ParseJson, BoundsNodes) {
    EXPECT_TRUE(parse_json("[1,2,[]]", {.nodes = 4}).has_value());
    const auto more = parse_json("[1,2,[],4]", {.nodes = 4});
    ASSERT_FALSE(more.has_value());
    EXPECT_EQ(more.error().message, "more than 4 values");
    EXPECT_FALSE(parse_json(R"({"a":1,"b":2})", {.nodes = 2}).has_value());
    EXPECT_FALSE(parse_json("1", {.nodes = 0}).has_value());
}

// Of two equal keys AWS keeps the last in a request; in a definition the second one is a mistake worth naming.
TEST(ParseJson, TreatsDuplicateKeysAsAsked) {
    EXPECT_EQ(dump(*parse_json(R"({"a":{"x":1},"b":2,"a":[3]})")), R"({"a":[3],"b":2})");

    constexpr JsonLimits kRefuse{.duplicate_keys = DuplicateKeys::Refuse};
    EXPECT_TRUE(parse_json(R"([{"a":1},{"a":{"a":2}}])", kRefuse).has_value());
    struct Case {
        std::string_view text, described;
    };
    for (const auto& [text, described] : std::initializer_list<Case>{
             {R"({"a":1,"a":2})", R"(line 1, column 8: the key "a" stands twice: /a)"},
             {"{\"Steps\":[1,{\"A/B\":{\n\"Name\":1,\n \"Name\":2}}]}",
              R"(line 3, column 2: the key "Name" stands twice: /Steps/1/A~1B/Name)"},
             {R"([{"a\"b":1,"a\"b":2}])", R"(line 1, column 12: the key "a\"b" stands twice: /0/a"b)"},
             {R"({"a":1,"\u0061":2})", R"(line 1, column 8: the key "a" stands twice: /a)"},
             {R"([[],{"x":[{}],"\\":1,"\\":2}])", R"(line 1, column 22: the key "\\" stands twice: /1/\)"},
         }) {
        const auto parsed = parse_json(text, kRefuse);
        ASSERT_FALSE(parsed.has_value()) << text;
        EXPECT_EQ(describe(parsed.error()), described);
    }
}

TEST(Json, DumpIsCanonicalAndNeverThrows) {
    EXPECT_EQ(dump(*parse_json(R"( { "b" : [ 1 , 2.5 ] , "a" : "é" } )")), R"({"a":"é","b":[1,2.5]})");
    EXPECT_EQ(dump(Json("a\xFFz")), "\"a\xEF\xBF\xBDz\"");
}

// dump() writes strings and integers itself: each byte, alone and among others, as nlohmann writes it.
TEST(Json, DumpWritesWhatNlohmannWrites) {
    const auto by_nlohmann = [](const Json& value) {
        return value.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    for (int byte = 0; byte < 256; ++byte) {
        const std::string one(1, static_cast<char>(byte));
        for (const std::string& text : {one, "a" + one, one + "a", one + one, "\\" + one + "\""})
            EXPECT_EQ(dump(Json(text)), by_nlohmann(Json(text))) << "byte " << byte;
        for (std::size_t place = 0; place < 16; ++place) {  // it looks at eight together
            std::string text(16, 'z');
            text[place] = one.front();
            EXPECT_EQ(dump(Json(text)), by_nlohmann(Json(text))) << "byte " << byte << " at " << place;
        }
    }
    const Json values{std::numeric_limits<std::int64_t>::min(),
                      std::numeric_limits<std::uint64_t>::max(),
                      0,
                      -1,
                      1.0,
                      1e300,
                      true,
                      false,
                      nullptr,
                      "",
                      "é",
                      Json::object(),
                      Json::array(),
                      std::string(5000, '"')};
    EXPECT_EQ(dump(values), by_nlohmann(values));
    for (const Json& value : values) {
        Json nested;
        nested["a\n"]["b"] = value;
        nested["c"] = {value, Json::array({value})};
        EXPECT_EQ(dump(nested), by_nlohmann(nested));
    }
}

TEST(Json, FindNeedsAnObjectAndAMember) {
    const Json object = Json::parse(R"({"a":1,"n":null})");
    ASSERT_NE(find(object, "a"), nullptr);
    EXPECT_EQ(*find(object, "a"), 1);
    EXPECT_NE(find(object, "n"), nullptr);  // null is a value
    EXPECT_EQ(find(object, "b"), nullptr);
    EXPECT_EQ(find(Json::parse("[1]"), "a"), nullptr);
    EXPECT_EQ(find(Json(), "a"), nullptr);
}

// nlohmann's own get<int>() truncates and wraps.
TEST(Json, ReadsOnlyWhatIsThere) {
    EXPECT_EQ(as_string(Json("x")), "x");
    EXPECT_EQ(as_string(Json(1)), std::nullopt);
    EXPECT_EQ(as_integer(*parse_json("-9223372036854775808")), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(as_integer(*parse_json("9223372036854775807")), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(as_integer(Json(7)), 7);
    EXPECT_EQ(as_integer(Json(7U)), 7);
    for (const std::string_view other : {"9223372036854775808", "1.5", "1.0", "true", "\"1\"", "null", "[1]"})
        EXPECT_EQ(as_integer(*parse_json(other)), std::nullopt) << other;
}

TEST(Json, EscapesPointerTokens) {
    EXPECT_EQ(pointer_token("a/b~c"), "a~1b~0c");
    EXPECT_EQ(pointer_token(""), "");
}

TEST(Json, NamesKinds) {
    EXPECT_EQ(kind_name(Json()), "null");
    EXPECT_EQ(kind_name(Json::object()), "an object");
    EXPECT_EQ(kind_name(Json::array()), "an array");
    EXPECT_EQ(kind_name(Json("")), "a string");
    EXPECT_EQ(kind_name(Json(true)), "a boolean");
    EXPECT_EQ(kind_name(Json(-1)), "an integer");
    EXPECT_EQ(kind_name(Json(1U)), "an integer");
    EXPECT_EQ(kind_name(Json(0.5)), "a number");
}

TEST(Json, ValueOfAFaultIsLoud) { EXPECT_THROW(static_cast<void>(parse_json("[").value()), std::logic_error); }

}  // namespace
}  // namespace pipelines
