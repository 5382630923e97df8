#include <gtest/gtest.h>

#include <utility>

#include "pipelines/definition/definition.hpp"
#include "support.hpp"

namespace pipelines::definition::test {
namespace {

using Given = std::vector<std::pair<std::string, std::string>>;

std::string bound(const Given& given) {
    static const auto definition = compile(R"({"Parameters": [
        {"Name": "Text", "Type": "String", "DefaultValue": ""},
        {"Name": "Choice", "DefaultValue": "a", "EnumValues": ["a", "b"]},
        {"Name": "Count", "Type": "Integer", "DefaultValue": 3},
        {"Name": "Ratio", "Type": "Float", "DefaultValue": 6},
        {"Name": "Flag", "Type": "Boolean", "DefaultValue": true},
        {"Name": "Needed", "Type": "String"}], "Steps": []})");
    const auto values = bind_parameters(**definition, given);
    if (!values) return values.error().message;
    std::string text;
    for (const auto& [name, value] : *values) text += name + "=" + parameter_text(value) + " ";
    return text;
}

// ListPipelineParametersForExecution shows all of them, defaults included, as strings.
TEST(BindParameters, FillsDefaults) {
    EXPECT_EQ(bound({{"Needed", "x"}}), "Text= Choice=a Count=3 Ratio=6.0 Flag=true Needed=x ");
}

TEST(BindParameters, ReadsWhatTheSdkSends) {
    EXPECT_EQ(bound({{"Needed", "x"}, {"Count", "-5"}, {"Ratio", "1.25"}, {"Flag", "False"}, {"Choice", "b"}}),
              "Text= Choice=b Count=-5 Ratio=1.25 Flag=false Needed=x ");
    EXPECT_EQ(bound({{"Needed", "x"}, {"Ratio", "5"}, {"Flag", "true"}, {"Text", "ü"}}),
              "Text=ü Choice=a Count=3 Ratio=5.0 Flag=true Needed=x ");
}

TEST(BindParameters, NamesEveryFault) {
    const std::pair<Given, std::string_view> cases[] = {
        {Given{}, "Parameter 'Needed' is undefined."},
        {Given{{"Needed", ""}}, "[string \"\" is too short (length: 0, required minimum: 1)]"},
        {Given{{"Nedeed", "x"}}, "Unknown parameter 'Nedeed'"},
        {Given{{"Needed", "x"}, {"Needed", "x"}}, "Parameter 'Needed' is given more than once."},
        {Given{{"Count", "5.0"}}, "Unexpected type for parameter 'Count'. Expected Integer but found '5.0'."},
        {Given{{"Count", " 5"}}, "Unexpected type for parameter 'Count'. Expected Integer but found ' 5'."},
        {Given{{"Count", "9223372036854775808"}},
         "Unexpected type for parameter 'Count'. Expected Integer but found '9223372036854775808'."},
        {Given{{"Ratio", "nan"}}, "Unexpected type for parameter 'Ratio'. Expected Float but found 'nan'."},
        {Given{{"Ratio", "1e999"}}, "Unexpected type for parameter 'Ratio'. Expected Float but found '1e999'."},
        {Given{{"Flag", "yes"}}, "Unexpected type for parameter 'Flag'. Expected Boolean but found 'yes'."},
        {Given{{"Choice", "c"}}, "Value 'c' for parameter 'Choice' failed to satisfy enum value set: [a, b]"}};
    for (const auto& [given, expected] : cases) EXPECT_EQ(bound(given), expected);
}

}  // namespace
}  // namespace pipelines::definition::test
