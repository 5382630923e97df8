// What the service fills in where a request says nothing. Known from AWS's Kubernetes controller, which has to expect
// these of the answers ("late_initialize"), of SDK v2, whose Estimator.attach reads KmsKeyId without asking and whose
// tests have the answer about a transform job, and (a processing job's time limit) of a recording of 2021.
#include <array>

#include "documents/outputs.hpp"

namespace pipelines::documents {
namespace {

struct Default {
    JobKind kind;
    std::string_view parent;  // a structure that is left as it is where it was not given; empty: the document
    std::string_view member;
    Json value;
};

const std::array<Default, 12>& defaults() {
    static const std::array<Default, 12> kDefaults{{
        {JobKind::Training, "", "EnableInterContainerTrafficEncryption", false},
        {JobKind::Training, "", "EnableManagedSpotTraining", false},
        {JobKind::Training, "", "EnableNetworkIsolation", false},
        {JobKind::Training, "AlgorithmSpecification", "EnableSageMakerMetricsTimeSeries", false},
        {JobKind::Training, "OutputDataConfig", "KmsKeyId", ""},
        {JobKind::Processing, "", "StoppingCondition", {{"MaxRuntimeInSeconds", 86400}}},
        {JobKind::Transform, "TransformInput", "CompressionType", "None"},
        {JobKind::Transform, "TransformInput", "SplitType", "None"},
        {JobKind::Transform, "TransformOutput", "AssembleWith", "None"},
        {JobKind::Transform, "TransformOutput", "KmsKeyId", ""},
        {JobKind::Model, "", "EnableNetworkIsolation", false},
        {JobKind::ModelPackage, "", "CertifyForMarketplace", false},
    }};
    return kDefaults;
}

}  // namespace

void add_defaults(Json& document, const Job& job) {
    for (const Default& entry : defaults()) {
        if (entry.kind != job.kind) continue;
        const auto parent = entry.parent.empty() ? document.end() : document.find(entry.parent);
        if (!entry.parent.empty() && (parent == document.end() || !parent->is_object())) continue;
        (entry.parent.empty() ? document : *parent).emplace(entry.member, entry.value);
    }
}

}  // namespace pipelines::documents
