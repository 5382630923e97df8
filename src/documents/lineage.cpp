// What a Lineage step made: the ARNs of its entities by name, and its associations, whose ends are entities of the same
// step or ARNs (SDK 3.27: "resolves a name and type pair only against the entities created by the same step").
#include <fmt/format.h>

#include <array>
#include <string>

#include "documents/identity.hpp"
#include "documents/outputs.hpp"
#include "documents/parts.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

struct Entity {
    std::string_view type;         // "Action" in {"Name", "Type"}
    const char* list;              // "Actions" of the arguments
    std::string_view name_member;  // "ActionName"
    const char* arns;              // "ActionArns" of the metadata
    std::string_view arn_type;     // "action"
};
constexpr std::array<Entity, 3> kEntities{{{"Action", "Actions", "ActionName", "ActionArns", "action"},
                                           {"Artifact", "Artifacts", "ArtifactName", "ArtifactArns", "artifact"},
                                           {"Context", "Contexts", "ContextName", "ContextArns", "context"}}};

// Names carry no suffix (AWS's test: ":action/<name>"); an artifact is told by a hash of its source instead.
std::string entity_arn(const Entity& entity, const Json& given, const NamespaceKey& key) {
    if (entity.type != "Artifact") return sagemaker_arn(key, entity.arn_type, text_of(given, entity.name_member));
    const Json* source = find(given, "Source");
    return sagemaker_arn(key, entity.arn_type,
                         hex_id(source == nullptr ? std::string{} : dump(*source), "artifact", 32));
}

Json end_of(const Json& association, const char* end, const Json& made) {
    const Json* given = find(association, end);
    if (given == nullptr) return nullptr;
    if (const auto arn = text_of(*given, "Arn"); !arn.empty()) return arn;
    for (const Entity& entity : kEntities)
        if (text_of(*given, "Type") == entity.type)
            if (const Json* arn = at(made, {entity.arns, text_of(*given, "Name")})) return *arn;
    return nullptr;
}

}  // namespace

std::optional<std::string> unmade_end(const Json& arguments) {
    const Json* associations = find(arguments, "Associations");
    if (associations == nullptr || !associations->is_array()) return std::nullopt;
    const auto makes = [&arguments](const Json& end) {
        for (const Entity& entity : kEntities) {
            const Json* list = find(arguments, entity.list);
            if (text_of(end, "Type") != entity.type || list == nullptr || !list->is_array()) continue;
            for (const Json& given : *list)
                if (text_of(given, entity.name_member) == text_of(end, "Name")) return true;
        }
        return false;
    };
    for (const Json& association : *associations)
        for (const char* side : {"Source", "Destination"}) {
            const Json* end = find(association, side);
            if (end == nullptr || !text_of(*end, "Arn").empty() || makes(*end)) continue;
            return fmt::format("The {} of an association is {}, which this step does not make.", side, dump(*end));
        }
    return std::nullopt;
}

Json lineage(const Job& job, const NamespaceKey& key) {
    Json document = Json::object();
    for (const Entity& entity : kEntities) {
        const Json* list = find(job.arguments, entity.list);
        if (list == nullptr || !list->is_array()) continue;
        document[entity.arns] = Json::object();
        for (const Json& given : *list)
            if (const auto name = text_of(given, entity.name_member); !name.empty())
                document[entity.arns][std::string(name)] = entity_arn(entity, given, key);
    }
    if (const Json* list = find(job.arguments, "Associations"); list != nullptr && list->is_array()) {
        Json made = Json::array();
        for (const Json& association : *list) {
            Json source = end_of(association, "Source", document);
            Json destination = end_of(association, "Destination", document);
            if (!source.is_null() && !destination.is_null())
                made.push_back({{"SourceArn", std::move(source)}, {"DestinationArn", std::move(destination)}});
        }
        document["Associations"] = std::move(made);
    }
    return document;
}

}  // namespace pipelines::documents
