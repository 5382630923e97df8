#include "pipelines/documents/endpoints.hpp"

#include <array>
#include <string>
#include <string_view>

#include "documents/parts.hpp"
#include "documents/shaped.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

constexpr std::array<std::string_view, 4> kRepeated{"AsyncInferenceConfig", "ExplainerConfig", "MetricsConfig",
                                                    "CrossRegionTrafficConfig"};

// Nothing scales here: what there is, is what was asked for.
void set_both(Json& summary, std::string_view what, const Json& value) {
    for (const std::string_view when : {"Current", "Desired"}) summary[std::string(when) + std::string(what)] = value;
}

Json variants(const Json& configured) {
    const model::Shape& shape = *model::find_shape("ProductionVariantSummary");
    Json list = Json::array();
    if (!configured.is_array()) return list;
    for (const Json& variant : configured) {
        Json summary = project(variant, shape);
        if (!summary.is_object()) continue;
        const Json* weight = find(variant, "InitialVariantWeight");
        set_both(summary, "Weight", weight == nullptr ? Json(1.0) : *weight);  // the default (model)
        if (const Json* count = find(variant, "InitialInstanceCount")) set_both(summary, "InstanceCount", *count);
        if (const Json* serverless = find(variant, "ServerlessConfig"))
            set_both(summary, "ServerlessConfig", *serverless);
        list.push_back(project(summary, shape));
    }
    return list;
}

Json capture(const Json& configured) {
    const Json* on = find(configured, "EnableCapture");
    const bool enabled = on == nullptr || *on != false;
    Json summary = {{"EnableCapture", enabled}, {"CaptureStatus", enabled ? "Started" : "Stopped"}};
    if (const Json* percentage = find(configured, "InitialSamplingPercentage"))
        summary["CurrentSamplingPercentage"] = *percentage;
    summary["DestinationS3Uri"] = text_of(configured, "DestinationS3Uri");
    summary["KmsKeyId"] = text_of(configured, "KmsKeyId");
    return project(summary, *model::find_shape("DataCaptureConfigSummary"));
}

}  // namespace

Json endpoint_document(const Job& endpoint, const Job& config, const NamespaceKey& where) {
    Json document = job_document(endpoint, where);
    if (endpoint.status != JobStatus::Completed) return document;
    const auto add = [&document, &endpoint](std::string_view member, Json value) {
        if (!value.is_null() && find(endpoint.result, member) == nullptr)
            document[std::string(member)] = std::move(value);
    };
    for (const std::string_view member : {"ProductionVariants", "ShadowProductionVariants"})
        if (const Json* configured = find(config.arguments, member)) add(member, variants(*configured));
    if (const Json* configured = find(config.arguments, "DataCaptureConfig"))
        add("DataCaptureConfig", capture(*configured));
    const model::Shape& shape = *model::find_shape("DescribeEndpointOutput");
    for (const std::string_view member : kRepeated)
        if (const Json* configured = find(config.arguments, member))
            add(member, project(*configured, *model::find_member(shape, member)->shape));
    return document;
}

}  // namespace pipelines::documents
