// What Search can be asked for: the resources of the API's ResourceType, each with the shape of its SearchRecord
// member.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipelines/domain/job.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::search {

// Where the records of a resource come from. Nowhere: the resource exists on AWS and no pipeline makes one.
enum class Holder : std::uint8_t { Nowhere, Pipelines, Versions, Executions, Jobs };

struct Resource {
    std::string_view name;    // of ResourceType: "ExperimentTrial"
    std::string_view record;  // the member of SearchRecord: "Trial"; empty where it has none (Image, ImageVersion)
    Holder holder = Holder::Nowhere;
    JobKind kind = JobKind::Training;  // Jobs
    std::string_view own_member = {};  // ModelDashboardModel keeps a model's own properties in `Model`

    // Of the record; null where SearchRecord has no such member.
    [[nodiscard]] const model::Shape* shape() const;

    // What results are sorted by unless told: LastModifiedTime where the record has one, else CreationTime.
    [[nodiscard]] std::string default_sort() const;
};

// Null for a name that ResourceType lacks.
[[nodiscard]] const Resource* find_resource(std::string_view name);

}  // namespace pipelines::search
