#include "definition/step_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "definition/cleanup.hpp"
#include "definition/expression.hpp"
#include "definition/parameters.hpp"

namespace pipelines::definition {
namespace {

constexpr std::array<std::string_view, 6> kCommon{"Name",      "Type",        "Arguments",
                                                  "DependsOn", "DisplayName", "Description"};
// Of every type but those that AWS has none for (SDK: for_each_step.py, cleanup_step.py).
constexpr std::array<std::string_view, 2> kPolicies{"RetryPolicies", "CacheConfig"};
constexpr std::array<std::string_view, 2> kCallback{"SqsQueueUrl", "OutputParameters"};
constexpr std::array<std::string_view, 2> kLambda{"FunctionArn", "OutputParameters"};
constexpr std::array<std::string_view, 1> kProcessing{"PropertyFiles"};
constexpr std::array<std::string_view, 7> kQualityCheck{"CheckType",
                                                        "ModelPackageGroupName",
                                                        "SkipCheck",
                                                        "FailOnViolation",
                                                        "RegisterNewBaseline",
                                                        "SuppliedBaselineStatistics",
                                                        "SuppliedBaselineConstraints"};
constexpr std::array<std::string_view, 7> kClarifyCheck{
    "CheckType",           "ModelPackageGroupName",       "SkipCheck", "FailOnViolation",
    "RegisterNewBaseline", "SuppliedBaselineConstraints", "ModelName"};
constexpr std::array<std::string_view, 2> kQualityChecks{"DATA_QUALITY", "MODEL_QUALITY"};
constexpr std::array<std::string_view, 3> kClarifyChecks{"DATA_BIAS", "MODEL_BIAS", "MODEL_EXPLAINABILITY"};

struct OwnKeys {
    std::string_view type;
    std::span<const std::string_view> keys;
    std::string_view needed{};                        // must be there
    std::span<const std::string_view> check_types{};  // of CheckType
};

constexpr std::array kOwnKeys{
    OwnKeys{"Callback", kCallback, "SqsQueueUrl"},
    OwnKeys{"Lambda", kLambda, "FunctionArn"},
    OwnKeys{"Processing", kProcessing},
    OwnKeys{"QualityCheck", kQualityCheck, "CheckType", kQualityChecks},
    OwnKeys{"ClarifyCheck", kClarifyCheck, "CheckType", kClarifyChecks},
};

constexpr std::size_t kMostOutputParameters = 50;  // AWS: OutputParameterList
constexpr std::array<std::string_view, 2> kOutputMembers{"OutputName", "OutputType"};
constexpr std::array<std::string_view, 3> kPropertyFileMembers{"PropertyFileName", "OutputName", "FilePath"};

const OwnKeys& own_keys(const StepType& type) {
    static constexpr OwnKeys kNone{};
    for (const OwnKeys& own : kOwnKeys)
        if (own.type == type.name) return own;
    return kNone;
}

Fault parse_outputs(const Json& list, const Place& place, Step& parsed) {
    if (auto fault = expect_array(list, place)) return fault;
    if (list.size() > kMostOutputParameters)
        return unparsable(
            fmt::format("OutputParameters has {} items, at most {} are allowed.", list.size(), kMostOutputParameters),
            place);
    for (std::size_t index = 0; index < list.size(); ++index) {
        const Place here(place, index);
        if (auto fault = expect_object(list[index], here)) return fault;
        if (auto fault = expect_members(list[index], kOutputMembers, "OutputParameter", here)) return fault;
        Result<std::string> name = required_string(list[index], "OutputName", here);
        if (!name) return name.error();
        const Result<const Json*> type_name = required(list[index], "OutputType", here);
        if (!type_name) return type_name.error();
        const auto type = parse_parameter_type(**type_name, Place(here, "OutputType"));
        if (!type) return type.error();
        for (const OutputParameter& other : parsed.outputs)
            if (other.name == *name)
                return unparsable(fmt::format("OutputParameters cannot have duplicate names: '{}'.", *name), here);
        parsed.outputs.push_back({*std::move(name), *type});
    }
    return std::nullopt;
}

Fault parse_property_files(const Json& list, const Place& place, Step& parsed) {
    if (auto fault = expect_array(list, place)) return fault;
    for (std::size_t index = 0; index < list.size(); ++index) {
        const Place here(place, index);
        if (auto fault = expect_object(list[index], here)) return fault;
        if (auto fault = expect_members(list[index], kPropertyFileMembers, "PropertyFile", here)) return fault;
        std::array<std::string, 3> values;
        for (std::size_t member = 0; member < values.size(); ++member) {
            Result<std::string> value = required_string(list[index], kPropertyFileMembers[member], here);
            if (!value) return value.error();
            values[member] = *std::move(value);
        }
        for (const PropertyFile& other : parsed.property_files)
            if (other.name == values[0])
                return unparsable(fmt::format("PropertyFiles cannot have duplicate names: '{}'.", values[0]), here);
        parsed.property_files.push_back({std::move(values[0]), std::move(values[1]), std::move(values[2])});
    }
    return std::nullopt;
}

Fault check_needed(const Json& step, const Place& place, const OwnKeys& own) {
    if (own.needed.empty()) return std::nullopt;
    const Result<const Json*> value = required(step, own.needed, place);
    if (!value) return value.error();
    const Place here(place, own.needed);
    if (own.check_types.empty()) return as_expression(**value) ? std::nullopt : expect_string(**value, here);
    if (auto fault = expect_string(**value, here)) return fault;
    const auto& text = (*value)->get_ref<const std::string&>();
    if (std::find(own.check_types.begin(), own.check_types.end(), text) != own.check_types.end()) return std::nullopt;
    return unparsable(fmt::format("Unknown CheckType '{}'.{}", text, suggestion(text, own.check_types)), here);
}

}  // namespace

Fault parse_own_keys(const Json& step, const Place& place, Step& parsed) {
    const OwnKeys& own = own_keys(*parsed.type);
    std::vector<std::string_view> known(kCommon.begin(), kCommon.end());
    const bool has_policies = parsed.type->kind != NodeKind::ForEach && !parsed.type->is_cleanup;
    if (has_policies) known.insert(known.end(), kPolicies.begin(), kPolicies.end());
    known.insert(known.end(), own.keys.begin(), own.keys.end());
    if (auto fault = expect_members(step, known, "Step", place)) return fault;
    if (auto fault = check_needed(step, place, own)) return fault;
    parsed.extra = Json::object();
    for (const std::string_view key : own.keys) {
        const Json* value = find(step, key);
        if (value == nullptr) continue;
        if (key == "OutputParameters" && !value->is_null()) {
            if (auto fault = parse_outputs(*value, Place(place, key), parsed)) return fault;
        } else if (key == "PropertyFiles" && !value->is_null()) {
            if (auto fault = parse_property_files(*value, Place(place, key), parsed)) return fault;
        } else if (key != "OutputParameters" && key != "PropertyFiles") {
            parsed.extra.emplace(key, *value);
        }
    }
    return std::nullopt;
}

}  // namespace pipelines::definition
