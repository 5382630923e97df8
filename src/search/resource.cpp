#include "pipelines/search/resource.hpp"

#include <array>

namespace pipelines::search {
namespace {

constexpr std::array kResources{
    Resource{"Endpoint", "Endpoint", Holder::Jobs, JobKind::Endpoint},
    Resource{"Experiment", "Experiment"},
    Resource{"ExperimentTrial", "Trial"},
    Resource{"ExperimentTrialComponent", "TrialComponent"},
    Resource{"FeatureGroup", "FeatureGroup"},
    Resource{"FeatureMetadata", "FeatureMetadata"},
    Resource{"HubContent", "HubContent"},
    Resource{"HyperParameterTuningJob", "HyperParameterTuningJob", Holder::Jobs, JobKind::Tuning},
    Resource{"Image", ""},
    Resource{"ImageVersion", ""},
    Resource{"Job", "Job", Holder::Jobs, JobKind::Job},
    Resource{"Model", "Model", Holder::Jobs, JobKind::Model, "Model"},
    Resource{"ModelCard", "ModelCard"},
    Resource{"ModelPackage", "ModelPackage", Holder::Jobs, JobKind::ModelPackage},
    Resource{"ModelPackageGroup", "ModelPackageGroup", Holder::Jobs, JobKind::ModelPackageGroup},
    Resource{"Pipeline", "Pipeline", Holder::Pipelines},
    Resource{"PipelineExecution", "PipelineExecution", Holder::Executions},
    Resource{"PipelineVersion", "PipelineVersion", Holder::Versions},
    Resource{"Project", "Project"},
    Resource{"TrainingJob", "TrainingJob", Holder::Jobs, JobKind::Training},
};

}  // namespace

const model::Shape* Resource::shape() const {
    const model::Member* member = model::find_member(*model::find_shape("SearchRecord"), record);
    return member == nullptr ? nullptr : member->shape;
}

std::string Resource::default_sort() const {
    const model::Shape* const structure = shape();
    if (structure == nullptr || model::find_member(*structure, "LastModifiedTime") != nullptr)
        return "LastModifiedTime";
    return "CreationTime";
}

const Resource* find_resource(std::string_view name) {
    for (const Resource& resource : kResources)
        if (resource.name == name) return &resource;
    return nullptr;
}

}  // namespace pipelines::search
