// Every member of every input that we serve, just inside and just outside each of its constraints, null, missing, and
// of every wrong kind. What is expected is worked out here from hand-written samples, not by the code under test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "pipelines/model/validate.hpp"
#include "support/served_operations.hpp"

namespace pipelines::model {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Texts that match a pattern: of at least `shortest` characters they are `prefix`, then `fill` over and over.
struct Samples {
    std::string_view pattern, prefix;
    char fill;
    std::size_t shortest;
    std::string_view violating;
};

constexpr std::string_view kNamePattern = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}";
// A name may have 63 characters, an ARN 170 or 176: only a long kind makes one that is as long as that.
constexpr std::string_view kLongKind =
    "arn:aws:sagemaker:us-east-1:123456789012:"
    "a-kind-of-resource-so-long-that-sixty-three-characters-are-left-for-its-name/";

constexpr Samples kSamples[] = {
    {"", "", 'x', 0, ""},
    {".*", "", 'x', 0, "two\nlines"},
    {".+", "", 'x', 1, "two\nlines"},
    {R"(([\p{L}\p{Z}\p{N}_.:/=+\-@]*))", "", 'k', 0, "a*b"},
    {"[a-zA-Z0-9]+", "", 't', 1, "abcde-ghij"},
    {R"([a-zA-Z0-9._\-]{1,128})", "", 'v', 1, "a b"},
    {kNamePattern, "", 'p', 1, "my_pipeline"},
    {"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}", "", 'j', 1, "ends-"},
    {"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", "", 'j', 1, "ends-"},
    {"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,81}", "", 'e', 1, "ends-"},
    {R"([a-zA-Z0-9]([\-a-zA-Z0-9]*[a-zA-Z0-9])?)", "", 'm', 1, "ends-"},
    {"[a-zA-Z0-9-]+", "", 'c', 1, "a_b"},
    {R"([a-zA-Z0-9\-]+)", "", 'c', 1, "a_b"},
    {R"([A-Za-z0-9\-_]*)", "", 'P', 0, "a.b"},
    {R"([a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9])", "", 'b', 3, "My_Bucket"},
    {R"(.*(?:[ \r\n\t].*)*)", "", '{', 0, ""},  // matches everything
    {"arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+", "arn:aws:sagemaker:us-east-1:123456789012:", 'x', 42,
     "arn:aws:s3:::bucket"},
    {R"(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:pipeline\/.*\/execution\/.*)",
     "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/", 'e', 62,
     "arn:aws:sagemaker:us-east-1:aws:pipeline/p/execution/e"},
    {R"(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:([0-9]{12}|aws):pipeline/.*)",
     "arn:aws:sagemaker:us-east-1:aws:pipeline/", 'p', 41, "my-pipeline"},
    {R"(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:training-plan/.*)",
     "arn:aws:sagemaker:us-east-1:123456789012:training-plan/", 't', 55,
     "arn:aws:sagemaker:us-east-1:123456789012:training-job/my-training-job"},
    {R"((arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:[a-z\-]*\/)?([a-zA-Z0-9]([a-zA-Z0-9-]){0,62})(?<!-))",
     kLongKind, 'g', 1, "ends-"},
    {R"((arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:[a-z\-]*\/)?([a-zA-Z0-9]([a-zA-Z0-9-]){0,62})(?<!-))"
     R"((\/[0-9]{1,9})?)",
     kLongKind, 'p', 1, "ends-"},
    {R"((arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:([0-9]{12}|aws):pipeline/.*)?([a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}))",
     "arn:aws:sagemaker:us-east-1:aws:pipeline/", 'p', 1, "arn:aws:sagemaker:us-east-1:12:pipeline/p"},
    {R"(arn:aws[a-z\-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+)", "arn:aws:iam::123456789012:role/", 'r', 32,
     "arn:aws:iam::123456789012:user/x"},
};

const Samples& samples_of(const Shape& shape) {
    for (const Samples& samples : kSamples)
        if (samples.pattern == shape.pattern) return samples;
    throw std::logic_error("add samples for the pattern " + std::string{shape.pattern} + " of " +
                           std::string{shape.name});
}

std::string text_of_length(const Samples& samples, std::size_t length) {
    std::string text = samples.prefix.size() <= length ? std::string{samples.prefix} : std::string{};
    text.resize(length, samples.fill);
    return text;
}

Json valid(const Shape& shape);

Json valid_structure(const Shape& shape) {
    Json object = Json::object();
    for (const Member& member : shape.members)
        if (member.required) object[std::string{member.name}] = valid(*member.shape);
    return object;
}

Json valid_text(const Shape& shape) {
    if (!shape.values.empty()) return shape.values.front();
    const Samples& samples = samples_of(shape);
    return text_of_length(
        samples, std::max({samples.shortest, static_cast<std::size_t>(shape.min.value_or(0)), std::size_t{1}}));
}

Json items_of(const Shape& list, std::size_t count) { return Json(std::vector<Json>(count, valid(*list.element))); }

Json valid(const Shape& shape) {
    switch (shape.type) {
        case Type::Structure: return valid_structure(shape);
        case Type::List:
            return items_of(shape, std::max<std::size_t>(1, static_cast<std::size_t>(shape.min.value_or(0))));
        case Type::String: return valid_text(shape);
        case Type::Boolean: return true;
        default: return static_cast<std::int64_t>(shape.min.value_or(1));
    }
}

// One member of one input, and how to put a value there into an otherwise valid input.
struct Place {
    const Shape* input;
    std::string path;  // as AWS writes it
    std::string wire;
    std::function<Json(const Json&)> with;
};

std::string lower(std::string_view name) {
    std::string text{name};
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

class Sweep {
public:
    void run(std::string_view operation) {
        SCOPED_TRACE(operation);
        const Shape& input = *find_operation(operation)->input;
        expect_valid(input, valid(input));
        structure(input, {&input, "", "", [](const Json& value) { return value; }});
    }

    [[nodiscard]] int members() const { return members_; }
    [[nodiscard]] int checks() const { return checks_; }

private:
    void structure(const Shape& shape, const Place& place) {
        for (const Shape* outer : inside_)
            if (outer == &shape) return;  // contains itself: one round is enough
        inside_.push_back(&shape);
        for (const Member& member : shape.members) {
            const std::string dot = place.path.empty() ? "" : ".";
            const Place inner{place.input, place.path + dot + lower(member.name),
                              place.wire + dot + std::string{member.name},
                              [&shape, &member, &place](const Json& value) {
                                  Json object = valid_structure(shape);
                                  object[std::string{member.name}] = value;
                                  return place.with(object);
                              }};
            SCOPED_TRACE(inner.path);
            ++members_;
            absent(shape, member, place, inner);
            visit(*member.shape, inner);
        }
        inside_.pop_back();
    }

    void absent(const Shape& shape, const Member& member, const Place& outer, const Place& place) {
        Json object = valid_structure(shape);
        object.erase(std::string{member.name});
        for (const Json& input : {outer.with(object), place.with(nullptr)}) {
            if (member.required)
                expect_violation(
                    *place.input, input,
                    "Value null at '" + place.path + "' failed to satisfy constraint: Member must not be null");
            else
                expect_valid(*place.input, input);
        }
    }

    void visit(const Shape& shape, const Place& place) {
        expect_valid(*place.input, place.with(valid(shape)));
        wrong_kinds(shape, place);
        switch (shape.type) {
            case Type::Structure: structure(shape, place); break;
            case Type::List: list(shape, place); break;
            case Type::String: text(shape, place, ""); break;
            case Type::Integer:
            case Type::Long: number(shape, place); break;
            default: break;
        }
    }

    void wrong_kinds(const Shape& shape, const Place& place) {
        const std::array<std::pair<Json, bool>, 7> values{{
            {"text", shape.type == Type::String},
            {true, shape.type == Type::Boolean},
            {7, shape.type == Type::Integer || shape.type == Type::Long || shape.type == Type::Timestamp},
            {1.5, shape.type == Type::Timestamp},
            {18446744073709551615U, shape.type == Type::Timestamp},
            {Json::array(), shape.type == Type::List},
            {Json::object(), shape.type == Type::Structure},
        }};
        for (const auto& [value, is_right] : values) {
            ++checks_;
            const auto result = check_kinds(*place.input, place.with(value));
            EXPECT_EQ(result.has_value(), is_right) << value;
            if (result || is_right) continue;
            EXPECT_EQ(result.error().kind, ErrorKind::Serialization);
            EXPECT_THAT(result.error().message, StartsWith(place.wire + ": expected a")) << value;
        }
    }

    // `list`: empty, or the path of the list that the text is an item of.
    void text(const Shape& shape, const Place& place, const std::string& list) {
        const std::string rule = list.empty() ? "" : "Member must satisfy constraint: [";
        if (!shape.values.empty()) {
            for (const std::string_view value : shape.values) expect_valid(*place.input, place.with(value));
            outside(place, "NoSuchValue",
                    rule + "Member must satisfy enum value set: [" + std::string{shape.values.front()}, list);
            return;
        }
        const Samples& samples = samples_of(shape);
        if (shape.max) {
            const auto max = static_cast<std::size_t>(*shape.max);
            inside(place, text_of_length(samples, max), max >= samples.shortest);
            outside(place, text_of_length(samples, max + 1),
                    rule + "Member must have length less than or equal to " + std::to_string(max), list);
        }
        if (const auto min = static_cast<std::size_t>(shape.min.value_or(0)); min > 0) {
            inside(place, text_of_length(samples, min), min >= samples.shortest);
            if (list.empty())
                outside(place, text_of_length(samples, min - 1),
                        "Member must have length greater than or equal to " + std::to_string(min), list);
        }
        if (list.empty() && !samples.violating.empty())
            outside(place, samples.violating,
                    "Member must satisfy regular expression pattern: " + std::string{shape.pattern}, list);
    }

    void number(const Shape& shape, const Place& place) {
        if (shape.min) {
            const auto min = static_cast<std::int64_t>(*shape.min);
            inside(place, min, true);
            outside(place, min - 1, "Member must have value greater than or equal to " + std::to_string(min), "");
        }
        if (shape.max) {
            const auto max = static_cast<std::int64_t>(*shape.max);
            inside(place, max, true);
            outside(place, max + 1, "Member must have value less than or equal to " + std::to_string(max), "");
        }
    }

    void list(const Shape& shape, const Place& place) {
        if (shape.max) {
            const auto max = static_cast<std::size_t>(*shape.max);
            inside(place, items_of(shape, max), true);
            outside(place, items_of(shape, max + 1),
                    "Member must have length less than or equal to " + std::to_string(max), "");
        }
        if (shape.min.value_or(0) > 0)
            outside(place, Json::array(),
                    "Member must have length greater than or equal to " + std::to_string(static_cast<int>(*shape.min)),
                    "");
        const Place item{place.input, place.path + ".1.member", place.wire + "[0]",
                         [&place](const Json& value) { return place.with(Json::array({value})); }};
        expect_violation(*place.input, item.with(nullptr),
                         "Value null at '" + item.path + "' failed to satisfy constraint: Member must not be null");
        wrong_kinds(*shape.element, item);
        if (shape.element->type == Type::Structure)
            structure(*shape.element, item);
        else
            text(*shape.element, item, place.path);
    }

    // Just within a limit: nothing is wrong, or, where no text so short matches the pattern, at least not the length.
    void inside(const Place& place, const Json& value, bool is_valid) {
        if (is_valid) return expect_valid(*place.input, place.with(value));
        ++checks_;
        const auto result = check_constraints(*place.input, place.with(value));
        ASSERT_FALSE(result) << "the samples say that it does not match the pattern";
        EXPECT_THAT(result.error().message, Not(HasSubstr("failed to satisfy constraint: Member must have length")));
    }

    void outside(const Place& place, const Json& value, const std::string& constraint, const std::string& list) {
        expect_violation(
            *place.input, place.with(value),
            "' at '" + (list.empty() ? place.path : list) + "' failed to satisfy constraint: " + constraint);
    }

    void expect_valid(const Shape& input, const Json& value) {
        ++checks_;
        const auto kinds = check_kinds(input, value);
        EXPECT_TRUE(kinds) << kinds.error().message;
        const auto constraints = check_constraints(input, value);
        EXPECT_TRUE(constraints) << constraints.error().message.substr(0, 300);
    }

    void expect_violation(const Shape& input, const Json& value, const std::string& violation) {
        ++checks_;
        ASSERT_TRUE(check_kinds(input, value));
        const auto result = check_constraints(input, value);
        ASSERT_FALSE(result) << "accepted; expected: " << violation;
        EXPECT_EQ(result.error().kind, ErrorKind::Validation);
        EXPECT_THAT(result.error().message, HasSubstr(violation));
    }

    std::vector<const Shape*> inside_;
    int members_ = 0;
    int checks_ = 0;
};

TEST(ServedInputs, EveryMemberIsCheckedAtEachOfItsLimits) {
    Sweep sweep;
    for (const std::string_view operation : kServedOperations) sweep.run(operation);
    // A sweep that lost its subjects would pass as well.
    EXPECT_GT(sweep.members(), 270);
    EXPECT_GT(sweep.checks(), 3800);
    RecordProperty("members", sweep.members());
    RecordProperty("checks", sweep.checks());
}

}  // namespace
}  // namespace pipelines::model
