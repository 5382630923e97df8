#include "definition/property_paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "definition/fault.hpp"
#include "definition/for_each.hpp"
#include "pipelines/definition/path.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::definition {
namespace {

using Segments = std::span<const PathSegment>;

enum class Beneath : std::uint8_t { Nothing, Anything };

// A property that the type's shape lacks.
struct Root {
    std::string_view name;
    Beneath beneath = Beneath::Nothing;
    std::string_view shape{};                     // of its value, where there is one
    std::span<const std::string_view> members{};  // all that is beneath, where that is a fixed list
};

struct OwnProperties {
    std::string_view type;
    std::span<const Root> roots;
};

constexpr std::array kCondition{Root{"Outcome"}};
// SDK: quality_check_step.py, clarify_check_step.py
constexpr std::array kQualityCheck{Root{"CalculatedBaselineStatistics"}, Root{"CalculatedBaselineConstraints"},
                                   Root{"BaselineUsedForDriftCheckStatistics"},
                                   Root{"BaselineUsedForDriftCheckConstraints"}};
constexpr std::array kClarifyCheck{Root{"CalculatedBaselineConstraints"}, Root{"BaselineUsedForDriftCheckConstraints"}};
constexpr std::array kTuning{
    Root{"TrainingJobSummaries", Beneath::Anything, "ListTrainingJobsForHyperParameterTuningJobResponse", {}}};
constexpr std::array<std::string_view, 2> kCandidateReports{"ModelInsightsJsonReportPath",
                                                            "ExplainabilityJsonReportPath"};
constexpr std::array kAutoMl{Root{"BestCandidateProperties", Beneath::Anything, {}, kCandidateReports}};
constexpr std::array kEmr{Root{"ClusterId"}};
constexpr std::array kJob{Root{"JobConfigDocument", Beneath::Anything}};
constexpr std::array kLineage{Root{"ActionArns", Beneath::Anything}, Root{"ArtifactArns", Beneath::Anything},
                              Root{"ContextArns", Beneath::Anything}, Root{"Associations", Beneath::Anything}};
// SDK: bedrock_steps.py, the Get* responses of Bedrock in Pascal case
constexpr std::array kBedrockCustomModel{Root{"ModelArn"},
                                         Root{"ModelName"},
                                         Root{"JobArn"},
                                         Root{"JobName"},
                                         Root{"BaseModelArn"},
                                         Root{"CustomizationType"},
                                         Root{"ModelKmsKeyArn"},
                                         Root{"HyperParameters", Beneath::Anything},
                                         Root{"TrainingDataConfig", Beneath::Anything},
                                         Root{"ValidationDataConfig", Beneath::Anything},
                                         Root{"OutputDataConfig", Beneath::Anything},
                                         Root{"TrainingMetrics", Beneath::Anything},
                                         Root{"ValidationMetrics", Beneath::Anything},
                                         Root{"CreationTime"},
                                         Root{"CustomizationConfig", Beneath::Anything},
                                         Root{"ModelStatus"},
                                         Root{"FailureMessage"}};
constexpr std::array kBedrockDeployment{Root{"ModelDeploymentArn"},
                                        Root{"ModelDeploymentName"},
                                        Root{"ModelArn"},
                                        Root{"CreatedAt"},
                                        Root{"Status"},
                                        Root{"FailureMessage"},
                                        Root{"Description"},
                                        Root{"Tags", Beneath::Anything}};
constexpr std::array kBedrockImport{Root{"JobArn"},
                                    Root{"JobName"},
                                    Root{"ImportedModelName"},
                                    Root{"ImportedModelArn"},
                                    Root{"RoleArn"},
                                    Root{"ModelDataSource", Beneath::Anything},
                                    Root{"Status"},
                                    Root{"FailureMessage"},
                                    Root{"CreationTime"},
                                    Root{"LastModifiedTime"},
                                    Root{"EndTime"},
                                    Root{"VpcConfig", Beneath::Anything},
                                    Root{"ImportedModelKmsKeyArn"}};
constexpr std::array kBedrockThroughput{Root{"ModelUnits"},
                                        Root{"DesiredModelUnits"},
                                        Root{"ProvisionedModelName"},
                                        Root{"ProvisionedModelArn"},
                                        Root{"ModelArn"},
                                        Root{"DesiredModelArn"},
                                        Root{"FoundationModelArn"},
                                        Root{"Status"},
                                        Root{"CreationTime"},
                                        Root{"LastModifiedTime"},
                                        Root{"FailureMessage"},
                                        Root{"CommitmentDuration"},
                                        Root{"CommitmentExpirationTime"}};

constexpr std::array kOwnProperties{
    OwnProperties{"Condition", kCondition},
    OwnProperties{"QualityCheck", kQualityCheck},
    OwnProperties{"ClarifyCheck", kClarifyCheck},
    OwnProperties{"Tuning", kTuning},
    OwnProperties{"AutoML", kAutoMl},
    OwnProperties{"EMR", kEmr},
    OwnProperties{"Job", kJob},
    OwnProperties{"Lineage", kLineage},
    OwnProperties{"BedrockCustomModel", kBedrockCustomModel},
    OwnProperties{"BedrockCustomModelDeployment", kBedrockDeployment},
    OwnProperties{"BedrockModelImport", kBedrockImport},
    OwnProperties{"BedrockProvisionedModelThroughput", kBedrockThroughput},
};

std::span<const Root> own_roots(std::string_view type) {
    for (const OwnProperties& own : kOwnProperties)
        if (own.type == type) return own.roots;
    return {};
}

std::string written(const PathSegment& segment) {
    if (segment.kind == PathSegment::Kind::Index) return fmt::format("[{}]", segment.index);
    return std::string(segment.text);
}

std::string no_such(const PathSegment& segment, std::span<const std::string_view> known) {
    return fmt::format("there is no '{}'.{}", written(segment), suggestion(segment.text, known));
}

std::string nothing_beneath(const PathSegment& segment) {
    return fmt::format("there is nothing beneath a value, so no '{}'.", written(segment));
}

// The shape that a segment leads to from `shape`; null if it leads nowhere.
const model::Shape* follow(const model::Shape& shape, const PathSegment& segment) {
    using Kind = PathSegment::Kind;
    switch (shape.type) {
        case model::Type::Structure: {
            const model::Member* member = segment.kind == Kind::Index ? nullptr : find_member(shape, segment.text);
            return member == nullptr ? nullptr : member->shape;
        }
        case model::Type::List: {  // lists of named things are also indexed by name
            const bool by_name = segment.kind == Kind::Key && shape.element->type == model::Type::Structure;
            const bool by_index = segment.kind == Kind::Index && segment.index >= 0;
            return by_name || by_index ? shape.element : nullptr;
        }
        case model::Type::Map: return segment.kind == Kind::Index ? nullptr : shape.element;
        default: break;
    }
    return nullptr;
}

std::optional<std::string> refuse_by_shape(const model::Shape* shape, Segments segments) {
    for (const PathSegment& segment : segments) {
        const model::Shape* next = follow(*shape, segment);
        if (next == nullptr && shape->type == model::Type::Structure) {
            std::vector<std::string_view> known;
            for (const model::Member& member : shape->members) known.push_back(member.name);
            return no_such(segment, known);
        }
        if (next == nullptr && shape->type == model::Type::List)
            return fmt::format("a list has no '{}': write [0] or, if its elements have names, ['name'].",
                               written(segment));
        if (next == nullptr) return nothing_beneath(segment);
        shape = next;
    }
    return std::nullopt;
}

std::optional<std::string> refuse_by_root(const Root& root, Segments segments) {
    if (!root.shape.empty())
        if (const model::Shape* shape = model::find_shape(root.shape)) return refuse_by_shape(shape, segments);
    if (segments.size() == 1) return std::nullopt;
    if (root.beneath == Beneath::Nothing) return nothing_beneath(segments[1]);
    if (root.members.empty()) return std::nullopt;
    if (std::find(root.members.begin(), root.members.end(), segments[1].text) == root.members.end())
        return no_such(segments[1], root.members);
    if (segments.size() == 2) return std::nullopt;
    return nothing_beneath(segments[2]);
}

std::optional<std::string> refuse_output(const Step& step, Segments segments) {
    if (segments[0].text != "OutputParameters" || segments.size() < 2)
        return fmt::format("a {} step has OutputParameters['name'] only.", step.type->name);
    std::vector<std::string_view> declared;
    for (const OutputParameter& output : step.outputs) declared.push_back(output.name);
    if (std::find(declared.begin(), declared.end(), segments[1].text) == declared.end())
        return fmt::format("OutputParameters declares no '{}'.{}", written(segments[1]),
                           declared.empty() ? std::string{} : suggestion(segments[1].text, declared));
    if (segments.size() == 2) return std::nullopt;
    return nothing_beneath(segments[2]);
}

// SDK: for_each_step.py
constexpr std::array<std::string_view, 6> kEnds{
    "Status", "InputItemCount", "TotalStepCount", "SucceededStepCount", "FailedStepCount", "StoppedStepCount"};
constexpr std::array<std::string_view, 8> kForEach{"IterationOutputs", "Selected",        "Status",
                                                   "InputItemCount",   "TotalStepCount",  "SucceededStepCount",
                                                   "FailedStepCount",  "StoppedStepCount"};

std::optional<std::string> refuse(const Definition& definition, NodeIndex node, Segments segments);

std::optional<std::string> refuse_iteration(const Definition& definition, NodeIndex loop, Segments segments) {
    constexpr std::string_view kForm = "write IterationOutputs[0].<step of the body>.<property>.";
    if (segments.size() < 4 || segments[1].kind != PathSegment::Kind::Index || segments[1].index < 0)
        return std::string(kForm);
    if (segments[1].index > kHighestIteration)
        return fmt::format("no iteration has an index beyond {}.", kHighestIteration);
    const Graph& graph = definition.graph;
    const auto step = definition.find(segments[2].text);
    if (step && graph.nodes[*step].parent == loop) return refuse(definition, *step, segments.subspan(3));
    std::vector<std::string_view> body;
    for (const NodeIndex child : graph.nodes[loop].body) body.push_back(graph.nodes[child].name);
    return fmt::format("its body has no step '{}'.{}", written(segments[2]), suggestion(segments[2].text, body));
}

std::optional<std::string> refuse_for_each(const Definition& definition, NodeIndex loop, Segments segments) {
    const std::string_view root = segments[0].text;
    if (root == "IterationOutputs") return refuse_iteration(definition, loop, segments);
    if (root == "Selected") {
        const auto& selector = definition.steps[loop].selector;
        if (!selector) return "it has no Selector.";
        if (segments.size() < 2) return "write Selected.<property>.";
        return refuse(definition, definition.find(selector->step).value(), segments.subspan(1));
    }
    if (std::find(kEnds.begin(), kEnds.end(), root) == kEnds.end()) return no_such(segments[0], kForEach);
    if (segments.size() == 1) return std::nullopt;
    return nothing_beneath(segments[1]);
}

std::optional<std::string> refuse_by_type(const Step& step, Segments segments) {
    const std::span<const Root> roots = own_roots(step.type->name);
    for (const Root& root : roots)
        if (root.name == segments[0].text) return refuse_by_root(root, segments);
    if (const model::Shape* shape = model::find_shape(step.type->properties)) return refuse_by_shape(shape, segments);
    if (!step.type->properties.empty()) return std::nullopt;  // a shape that the model does not carry
    if (roots.empty()) return fmt::format("a {} step has no properties.", step.type->name);
    std::vector<std::string_view> known;
    for (const Root& root : roots) known.push_back(root.name);
    return no_such(segments[0], known);
}

std::optional<std::string> refuse(const Definition& definition, NodeIndex node, Segments segments) {
    const Step& step = definition.steps[node];
    if (step.type->kind == NodeKind::ForEach) return refuse_for_each(definition, node, segments);
    if (step.type->name == "Callback" || step.type->name == "Lambda") return refuse_output(step, segments);
    return refuse_by_type(step, segments);
}

}  // namespace

std::optional<std::string> refuse_property(const Definition& definition, NodeIndex step, std::string_view path) {
    const auto segments = parse_path(path);
    if (!segments) return "the path is malformed: write a.b['key'][0].";
    if (segments->empty()) return "it names no property.";
    return refuse(definition, step, *segments);
}

bool tells_the_end(const Step& step, std::string_view path) {
    return step.type->kind == NodeKind::ForEach && std::find(kEnds.begin(), kEnds.end(), path) != kEnds.end();
}

}  // namespace pipelines::definition
