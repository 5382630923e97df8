// Arguments of the step types that no single request shape describes.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "definition/arguments.hpp"
#include "definition/cleanup.hpp"
#include "definition/conditions.hpp"
#include "definition/expression.hpp"
#include "definition/for_each.hpp"

namespace pipelines::definition {
namespace {

enum class Holds : std::uint8_t { Anything, Shape, ListOfShape };

struct OwnMember {
    std::string_view name;
    Holds holds = Holds::Anything;
    std::string_view shape{};
};

struct OwnArguments {
    std::string_view type;
    std::span<const OwnMember> members;
    std::string_view one{}, other{};  // at most one of these two
};

constexpr std::array kEmr{OwnMember{"StepConfig", Holds::Shape, "emr.StepConfig"}, OwnMember{"ClusterId"},
                          OwnMember{"ClusterConfig", Holds::Shape, "emr.RunJobFlowInput"},
                          OwnMember{"ExecutionRoleArn"}};
constexpr std::array kEmrServerless{
    OwnMember{"ExecutionRoleArn"}, OwnMember{"JobConfig", Holds::Shape, "emr-serverless.StartJobRunRequest"},
    OwnMember{"ApplicationId"},
    OwnMember{"ApplicationConfig", Holds::Shape, "emr-serverless.CreateApplicationRequest"}};
constexpr std::array kLineage{OwnMember{"Actions", Holds::ListOfShape, "CreateActionRequest"},
                              OwnMember{"Artifacts", Holds::ListOfShape, "CreateArtifactRequest"},
                              OwnMember{"Contexts", Holds::ListOfShape, "CreateContextRequest"},
                              OwnMember{"Associations"}};

// Bedrock's requests in Pascal case, as definitions write them; what is beneath is not checked.
constexpr std::array kBedrockCustomModel{
    OwnMember{"ModelName"},         OwnMember{"ModelSourceConfig"}, OwnMember{"CustomModelDataSource"},
    OwnMember{"ModelKmsKeyArn"},    OwnMember{"RoleArn"},           OwnMember{"ModelTags"},
    OwnMember{"ClientRequestToken"}};
constexpr std::array kBedrockDeployment{OwnMember{"ModelDeploymentName"}, OwnMember{"ModelArn"},
                                        OwnMember{"Description"}, OwnMember{"Tags"}, OwnMember{"ClientRequestToken"}};
constexpr std::array kBedrockImport{OwnMember{"JobName"},
                                    OwnMember{"ImportedModelName"},
                                    OwnMember{"RoleArn"},
                                    OwnMember{"ModelDataSource"},
                                    OwnMember{"JobTags"},
                                    OwnMember{"ImportedModelTags"},
                                    OwnMember{"ClientRequestToken"},
                                    OwnMember{"VpcConfig"},
                                    OwnMember{"ImportedModelKmsKeyId"}};
constexpr std::array kBedrockThroughput{
    OwnMember{"ProvisionedModelName"}, OwnMember{"ModelId"}, OwnMember{"ModelUnits"},
    OwnMember{"CommitmentDuration"},   OwnMember{"Tags"},    OwnMember{"ClientRequestToken"}};
constexpr std::array kFail{OwnMember{"ErrorMessage"}};
constexpr std::array kCondition{OwnMember{"Conditions"}, OwnMember{"IfSteps"}, OwnMember{"ElseSteps"}};
constexpr std::array kCleanupMembers{OwnMember{"Resources"}};
constexpr std::array kForEach{OwnMember{"IterableItems"}, OwnMember{"MaxConcurrency"}, OwnMember{"Selector"},
                              OwnMember{"ForEachBody"}};

constexpr std::array kOwnArguments{
    OwnArguments{"EMR", kEmr, "ClusterId", "ClusterConfig"},
    OwnArguments{"EMRServerless", kEmrServerless, "ApplicationId", "ApplicationConfig"},
    OwnArguments{"Lineage", kLineage},
    OwnArguments{"BedrockCustomModel", kBedrockCustomModel},
    OwnArguments{"BedrockCustomModelDeployment", kBedrockDeployment},
    OwnArguments{"BedrockModelImport", kBedrockImport},
    OwnArguments{"BedrockProvisionedModelThroughput", kBedrockThroughput},
    OwnArguments{"Fail", kFail},
    OwnArguments{"Condition", kCondition},
    OwnArguments{"ForEach", kForEach},
    OwnArguments{"Cleanup", kCleanupMembers},
};

Fault unknown_argument(std::string_view key, std::span<const OwnMember> members, const Place& place) {
    std::vector<std::string_view> known;
    for (const OwnMember& member : members) known.push_back(member.name);
    return unparsable(fmt::format("Unknown Argument member '{}'.{}", key, suggestion(key, known)), Place(place, key));
}

Fault check_member(const Json& value, const OwnMember& member, const std::vector<Parameter>& parameters,
                   const Place& place) {
    if (member.holds == Holds::Anything) return std::nullopt;
    const model::Shape* shape = model::find_shape(member.shape);
    if (shape == nullptr) return std::nullopt;
    if (member.holds == Holds::Shape) return check_shape(value, *shape, parameters, place);
    if (auto fault = expect_array(value, place)) return fault;
    for (std::size_t index = 0; index < value.size(); ++index)
        if (auto fault = check_shape(value[index], *shape, parameters, Place(place, index))) return fault;
    return std::nullopt;
}

Fault check_members(const Json& arguments, const OwnArguments& own, const std::vector<Parameter>& parameters,
                    const Place& place) {
    for (const auto& [key, value] : arguments.items()) {
        const auto member = std::find_if(own.members.begin(), own.members.end(),
                                         [&name = key](const OwnMember& each) { return each.name == name; });
        if (member == own.members.end()) return unknown_argument(key, own.members, place);
        if (value.is_null()) continue;
        if (auto fault = check_member(value, *member, parameters, Place(place, key))) return fault;
    }
    if (!own.one.empty() && find_given(arguments, own.one) != nullptr && find_given(arguments, own.other) != nullptr)
        return unparsable(fmt::format("Only one of {} and {} can be given.", own.one, own.other), place);
    return std::nullopt;
}

Fault check_associations(const Json& arguments, const Place& place) {
    const Json* associations = find_given(arguments, "Associations");
    if (associations == nullptr) return std::nullopt;
    const Place here(place, "Associations");
    if (auto fault = expect_array(*associations, here)) return fault;
    for (std::size_t index = 0; index < associations->size(); ++index) {
        static constexpr std::array<std::string_view, 3> kEnd{"Name", "Type", "Arn"};
        static constexpr std::array<std::string_view, 3> kMembers{"Source", "Destination", "AssociationType"};
        const Json& association = (*associations)[index];
        const Place item(here, index);
        if (auto fault = expect_object(association, item)) return fault;
        if (auto fault = expect_members(association, kMembers, "Argument", item)) return fault;
        for (const std::string_view end : {"Source", "Destination"}) {
            const Result<const Json*> value = required(association, end, item);
            if (!value) return value.error();
            if (auto fault = expect_object(**value, Place(item, end))) return fault;
            if (auto fault = expect_members(**value, kEnd, "Argument", Place(item, end))) return fault;
        }
    }
    return std::nullopt;
}

// SDK: emr_step.py refuses what the service sets itself.
Fault check_cluster_config(const Json& arguments, const Place& place) {
    const Json* config = find_given(arguments, "ClusterConfig");
    if (config == nullptr || as_expression(*config)) return std::nullopt;
    const Place here(place, "ClusterConfig");
    for (const std::string_view key : {"Name", "Steps", "AutoTerminationPolicy"})
        if (find_given(*config, key) != nullptr)
            return unparsable(fmt::format("Unknown Argument member '{}'.", key), Place(here, key));
    const Json* instances = find(*config, "Instances");
    if (instances == nullptr) return std::nullopt;
    for (const std::string_view key : {"KeepJobFlowAliveWhenNoSteps", "TerminationProtected"}) {
        const Place inner(here, "Instances");
        if (find_given(*instances, key) != nullptr)
            return unparsable(fmt::format("Unknown Argument member '{}'.", key), Place(inner, key));
    }
    return std::nullopt;
}

Fault check_error_message(const Json& arguments, const Place& place) {
    const Json* message = find_given(arguments, "ErrorMessage");
    if (message == nullptr || as_expression(*message)) return std::nullopt;
    return expect_string(*message, Place(place, "ErrorMessage"));
}

Fault check_condition_arguments(const Json& arguments, const Place& place) {
    const Result<const Json*> conditions = required(arguments, "Conditions", place);
    if (!conditions) return conditions.error();
    return check_conditions(**conditions, Place(place, "Conditions"));
}

}  // namespace

Fault check_arguments(const Json& arguments, const StepType& type, const std::vector<Parameter>& parameters,
                      const Place& place) {
    if (auto fault = expect_object(arguments, place)) return fault;
    constexpr std::string_view kPackageName = "ModelPackageName";  // recorded: refused, though the API's request has it
    if (type.name == "RegisterModel" && find_given(arguments, kPackageName) != nullptr)
        return unparsable(fmt::format("Unknown Argument member '{}'.", kPackageName), Place(place, kPackageName));
    if (const model::Shape* shape = model::find_shape(type.arguments))
        return check_shape(arguments, *shape, parameters, place);
    for (const OwnArguments& own : kOwnArguments)
        if (own.type == type.name)
            if (auto fault = check_members(arguments, own, parameters, place)) return fault;
    if (type.kind == NodeKind::Condition) return check_condition_arguments(arguments, place);
    if (type.kind == NodeKind::ForEach) return check_for_each_arguments(arguments, place);
    if (type.kind == NodeKind::Fail) return check_error_message(arguments, place);
    if (type.is_cleanup) return check_cleanup_arguments(arguments, place);
    if (type.name == "EMR") return check_cluster_config(arguments, place);
    if (type.name == "Lineage") return check_associations(arguments, place);
    return std::nullopt;
}

}  // namespace pipelines::definition
