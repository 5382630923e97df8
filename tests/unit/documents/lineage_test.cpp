// An association may name only entities of its own step; which end is nobody's has to be said, or the step's failure
// cannot be understood.
#include <gtest/gtest.h>

#include <string>

#include "samples.hpp"

namespace pipelines::documents {
namespace {

Json with_association(std::string_view association) {
    Json arguments = job_of("Lineage").arguments;
    arguments["Associations"] = Json::array({*parse_json(association)});
    return arguments;
}

TEST(Lineage, EndsAreEntitiesOfTheStepOrArns) {
    const std::string model = R"({"Name": "model", "Type": "Artifact"})";
    for (const std::string& end : {model, std::string(R"({"Name": "deploy", "Type": "Action"})"),
                                   std::string(R"({"Name": "c", "Type": "Context"})"),
                                   std::string(R"({"Arn": "arn:aws:sagemaker:eu-west-1:123456789012:artifact/0"})")}) {
        EXPECT_EQ(unmade_end(with_association(R"({"Source": )" + model + R"(, "Destination": )" + end + "}")),
                  std::nullopt)
            << end;
    }
    EXPECT_EQ(unmade_end(Json::object()), std::nullopt) << "no associations";
}

TEST(Lineage, AnEndThatNobodyMadeIsNamed) {
    const std::string model = R"({"Name": "model", "Type": "Artifact"})";
    for (const std::string end : {R"({"Name":"nobody","Type":"Artifact"})", R"({"Name":"model","Type":"Action"})",
                                  R"({"Name":"model","Type":"Trial"})", R"({"Name":"model"})"}) {
        EXPECT_EQ(unmade_end(with_association(R"({"Source": )" + model + R"(, "Destination": )" + end + "}")),
                  "The Destination of an association is " + end + ", which this step does not make.");
        EXPECT_EQ(unmade_end(with_association(R"({"Source": )" + end + R"(, "Destination": )" + model + "}")),
                  "The Source of an association is " + end + ", which this step does not make.");
    }
}

}  // namespace
}  // namespace pipelines::documents
