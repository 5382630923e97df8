// Values for paths that the model knows and a simulated document lacks, so that every one of them resolves. An
// inference through and through: the real service has what the real job left.
#include <optional>
#include <span>
#include <string>

#include "documents/outputs.hpp"
#include "documents/shaped.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/path.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::documents {
namespace {

using model::Shape;
using model::Type;

using definition::PathSegment;

struct Place {
    const Shape* shape = nullptr;
    std::string_view member;  // the last name on the way
};

// Bedrock's members are in camelCase, references to them in PascalCase.
const model::Member* find_either_case(const Shape& structure, std::string_view name) {
    if (const model::Member* member = model::find_member(structure, name)) return member;
    if (name.empty() || name.front() < 'A' || name.front() > 'Z') return nullptr;
    std::string camel(name);
    camel.front() = static_cast<char>(camel.front() - 'A' + 'a');
    return model::find_member(structure, camel);
}

std::optional<Place> descend(Place place, std::span<const PathSegment> parts) {
    for (const PathSegment& part : parts) {
        switch (place.shape->type) {
            case Type::Structure: {
                const model::Member* member = find_either_case(*place.shape, part.text);
                if (member == nullptr) return std::nullopt;
                place = {member->shape, part.text};
                break;
            }
            // Lists are indexed by number, or by the name of the thing (Outputs['train']).
            case Type::List:
                if (part.kind == PathSegment::Kind::Name) return std::nullopt;
                place.shape = place.shape->element;
                break;
            case Type::Map: place = {place.shape->element, part.text}; break;
            // Only a string of JSON can be looked into, and what it holds has no shape.
            case Type::String: {
                static const Shape kText{.name = "String"};
                if (place.member != "JobConfigDocument" && place.shape != &kText) return std::nullopt;
                place = {&kText, part.text};
                break;
            }
            default: return std::nullopt;
        }
    }
    return place;
}

// Members that pipelines add to a type's document.
std::optional<Place> added(const definition::StepType& type, std::string_view member) {
    static const Shape kText{.name = "String"};
    if (type.job == JobKind::Emr && member == "ClusterId") return Place{&kText, "ClusterId"};
    if (type.job == JobKind::Tuning && member == "TrainingJobSummaries")
        if (const Shape* list = model::find_shape("ListTrainingJobsForHyperParameterTuningJobResponse"))
            if (const model::Member* summaries = model::find_member(*list, member))
                return Place{summaries->shape, summaries->name};
    return std::nullopt;
}

bool is_report_path(const definition::StepType& type, std::span<const PathSegment> parts) {
    return type.job == JobKind::AutoML && parts.size() == 2 && parts[0].text == "BestCandidateProperties" &&
           (parts[1].text == "ModelInsightsJsonReportPath" || parts[1].text == "ExplainabilityJsonReportPath");
}

}  // namespace

std::optional<Json> synthesize(const definition::Step& step, std::string_view path) {
    const definition::StepType& type = *step.type;
    const auto parts = definition::parse_path(path);
    if (!parts || parts->empty()) return std::nullopt;
    if (is_report_path(type, *parts)) return "s3://simulated/" + to_lower((*parts)[1].text);
    if (const auto start = added(type, parts->front().text)) {
        const auto place = descend(*start, std::span(*parts).subspan(1));
        return place ? std::optional(plausible(*place->shape, place->member)) : std::nullopt;
    }
    const Shape* shape = type.properties.empty() ? bedrock_shape(type) : model::find_shape(type.properties);
    if (shape == nullptr) return std::nullopt;
    const auto place = descend({shape, {}}, *parts);
    return place ? std::optional(plausible(*place->shape, place->member)) : std::nullopt;
}

}  // namespace pipelines::documents
