#include "pipelines/definition/cache_key.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>
#include <string_view>

#include "pipelines/base/ids.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::definition {
namespace {

using Attributes = std::span<const std::string_view>;

constexpr std::string_view kWhole = "";  // all of Arguments

constexpr std::array<std::string_view, 7> kTraining{"AlgorithmSpecification",  "CheckpointConfig", "DebugHookConfig",
                                                    "DebugRuleConfigurations", "Environment",      "HyperParameters",
                                                    "InputDataConfig"};
constexpr std::array<std::string_view, 3> kProcessing{"AppSpecification", "Environment", "ProcessingInputs"};
constexpr std::array<std::string_view, 7> kTuning{"HyperParameterTuningJobConfig",
                                                  "TrainingJobDefinition.AlgorithmSpecification",
                                                  "TrainingJobDefinition.HyperParameterRanges",
                                                  "TrainingJobDefinition.InputDataConfig",
                                                  "TrainingJobDefinition.StaticHyperParameters",
                                                  "TrainingJobDefinition.TuningObjective",
                                                  "TrainingJobDefinitions"};
constexpr std::array<std::string_view, 7> kAutoML{"AutoMLJobConfig.CompletionCriteria",
                                                  "AutoMLJobConfig.CandidateGenerationConfig",
                                                  "AutoMLJobConfig.DataSplitConfig",
                                                  "AutoMLJobConfig.Mode",
                                                  "AutoMLJobObjective",
                                                  "InputDataConfig",
                                                  "ProblemType"};
constexpr std::array<std::string_view, 4> kTransform{"DataProcessing", "Environment", "ModelName", "TransformInput"};
// The guide names the SDK's CheckJobConfig and its ClarifyCheckConfig or QualityCheckConfig: these are the members of
// the processing job that hold them.
constexpr std::array<std::string_view, 7> kCheck{
    "AppSpecification", "Environment",       "ProcessingInputs", "ProcessingResources",
    "NetworkConfig",    "StoppingCondition", "RoleArn"};
constexpr std::array<std::string_view, 6> kClarifyKeys{"CheckType",
                                                       "ModelName",
                                                       "SkipCheck",
                                                       "RegisterNewBaseline",
                                                       "ModelPackageGroupName",
                                                       "SuppliedBaselineConstraints"};
constexpr std::array<std::string_view, 6> kQualityKeys{"CheckType",
                                                       "SkipCheck",
                                                       "RegisterNewBaseline",
                                                       "ModelPackageGroupName",
                                                       "SuppliedBaselineConstraints",
                                                       "SuppliedBaselineStatistics"};
constexpr std::array<std::string_view, 3> kEmr{"ClusterId", "ClusterConfig", "StepConfig"};
constexpr std::array<std::string_view, 1> kAll{kWhole};
constexpr std::array<std::string_view, 1> kFunction{"FunctionArn"};
constexpr std::array<std::string_view, 1> kQueue{"SqsQueueUrl"};

// THE table: of what a key is made, in the order of the guide.
struct KeyOf {
    std::string_view type;
    Attributes arguments;  // paths into Arguments
    Attributes extra{};    // keys that only this type has
};
constexpr std::array kKeys{
    KeyOf{"Processing", kProcessing},
    KeyOf{"Training", kTraining},
    KeyOf{"Tuning", kTuning},
    KeyOf{"AutoML", kAutoML},
    KeyOf{"Transform", kTransform},
    KeyOf{"ClarifyCheck", kCheck, kClarifyKeys},
    KeyOf{"QualityCheck", kCheck, kQualityKeys},
    KeyOf{"EMR", kEmr},
    KeyOf{"Lambda", kAll, kFunction},
    KeyOf{"Callback", kAll, kQueue},
    // The SDK asks for caching of these, and no guide says what is compared.
    KeyOf{"EMRServerless", kAll},
    KeyOf{"EndpointConfig", kAll},
    KeyOf{"Endpoint", kAll},
    KeyOf{"Job", kAll},
    KeyOf{"Athena", kAll},
    KeyOf{"HubContent", kAll},
};

// Of the keys of its own, too, null says the same as nothing: the SDK writes it where it was given nothing.
const Json* value_at(const Json& document, std::string_view path) {
    const Json* value = &document;
    if (path != kWhole)
        for (const std::string_view member : split(path, '.')) {
            value = find(*value, member);
            if (value == nullptr) return nullptr;
        }
    return value->is_null() ? nullptr : value;
}

Json chosen(const Json& document, Attributes attributes) {
    Json values = Json::object();
    for (const std::string_view path : attributes)
        if (const Json* value = value_at(document, path)) values[std::string{path}] = *value;
    return values;
}

}  // namespace

bool is_cached(const Step& step) { return step.cache && step.cache->enabled; }

std::string cache_key(const Step& step, const Json& arguments, const Json& extra) {
    const auto* const key = std::ranges::find(kKeys, step.type->name, &KeyOf::type);
    if (key == kKeys.end())
        throw std::logic_error("no cache key for steps of the type " + std::string{step.type->name});
    // With the type: steps of two types that name none of their attributes would be equal else.
    return sha256_hex(
        dump(Json::array({step.type->name, chosen(arguments, key->arguments), chosen(extra, key->extra)})));
}

}  // namespace pipelines::definition
