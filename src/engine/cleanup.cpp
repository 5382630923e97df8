// Cleanup steps. Which outputs are found without S3Uris (Training, Athena) and that URIs must stand beneath an output
// location is known from the SDK; what is skipped and what fails is inferred (docs/compatibility.md).
#include "engine/cleanup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "pipelines/definition/evaluate.hpp"
#include "pipelines/store/objects.hpp"

namespace pipelines::engine {

namespace {

struct Outputs {
    std::string_view type;
    std::string_view object{};    // the one that is found without S3Uris
    std::string_view location{};  // beneath which the step writes
};
constexpr std::array kOutputs{
    Outputs{"Training", "ModelArtifacts.S3ModelArtifacts", "OutputDataConfig.S3OutputPath"},
    Outputs{"Athena", "ResultConfiguration.OutputLocation", "ResultConfiguration.OutputLocation"},
    Outputs{"Transform", {}, "TransformOutput.S3OutputPath"}};

std::string text_at(const Json& document, std::string_view path) {
    Json scratch;
    const Json* value = path.empty() ? nullptr : definition::find_path(document, path, scratch);
    return value == nullptr ? std::string{} : std::string(as_string(*value).value_or(""));
}

std::vector<std::string> locations_of(const definition::Step& source, const Json& document) {
    std::vector<std::string> locations;
    for (const Outputs& outputs : kOutputs)
        if (outputs.type == source.type->name) locations.push_back(text_at(document, outputs.location));
    if (source.type->name == "Processing") {
        Json scratch;
        if (const Json* list = definition::find_path(document, "ProcessingOutputConfig.Outputs", scratch))
            for (const Json& output : *list) locations.push_back(text_at(output, "S3Output.S3Uri"));
    }
    std::erase(locations, "");
    return locations;
}

bool stands_beneath(std::string_view uri, std::string_view location) {
    if (location.ends_with('/')) location.remove_suffix(1);
    return uri == location || (uri.starts_with(location) && uri[location.size()] == '/');
}

Cleaning clean_uris(const definition::Step& source, const Json& document, const Json& uris) {
    const std::vector<std::string> locations = locations_of(source, document);
    if (locations.empty()) return {Cleaning::End::Skipped};
    for (const Json& each : uris) {
        const auto uri = as_string(each);
        if (!uri || !store::parse_s3_uri(*uri))
            return {Cleaning::End::Failed, fmt::format("{} names no object: it must be s3://bucket/key.", dump(each))};
        if (std::ranges::none_of(locations, [&uri](const std::string& at) { return stands_beneath(*uri, at); }))
            return {Cleaning::End::Failed,
                    fmt::format("'{}' does not stand beneath an output location of step '{}'.", *uri, source.name)};
    }
    return {};
}

}  // namespace

Cleaning clean(const definition::Step& source, const Json* document, const Json* uris) {
    if (document == nullptr) return {Cleaning::End::Skipped};
    Json scratch;
    for (const std::string_view path : {"VpcConfig", "NetworkConfig.VpcConfig"})
        if (definition::find_path(*document, path, scratch) != nullptr)
            return {Cleaning::End::Failed, fmt::format("Step '{}' sets a VpcConfig.", source.name)};
    if (uris != nullptr) return clean_uris(source, *document, *uris);
    const auto outputs = std::ranges::find(kOutputs, source.type->name, &Outputs::type);
    const bool has_output = outputs != kOutputs.end() && !text_at(*document, outputs->object).empty();
    return {has_output ? Cleaning::End::Cleaned : Cleaning::End::Skipped};
}

Json clean_up(const Reader& reader, const NamespaceKey& where, Run& run, StepSeq seq, const Json& arguments) {
    const int iteration = run.plan.row(seq).iteration;
    Json found{{"CleanedSteps", Json::array()}, {"FailedSteps", Json::array()}, {"SkippedSteps", Json::array()}};
    for (const Json& source : arguments.at("Resources").at("S3")) {
        const auto& name = source.at("StepName").get_ref<const std::string&>();
        const auto node = run.definition->find(name).value();  // compile() checked it
        const auto document = reader.document(where, run, node, iteration);
        const Cleaning cleaning =
            clean(run.definition->steps[node], document ? *document : nullptr, find(source, "S3Uris"));
        switch (cleaning.end) {
            case Cleaning::End::Cleaned: found["CleanedSteps"].push_back(name); break;
            case Cleaning::End::Skipped: found["SkippedSteps"].push_back(name); break;
            case Cleaning::End::Failed:
                found["FailedSteps"].push_back(
                    {{"StepName", name}, {"ErrorCode", "ClientError"}, {"ErrorMessage", cleaning.reason}});
                break;
        }
    }
    return found;
}

runners::StepResult end_cleanup(Json found, runners::StepResult result) {
    if (result.verdict.status != StepStatus::Succeeded || !found.is_object()) found = nullptr;
    result.outputs = std::move(found);
    if (result.outputs.is_null()) return result;
    if (result.job_result.is_object()) result.outputs.update(std::exchange(result.job_result, nullptr));
    if (const Json* failures = find(result.outputs, "FailedSteps"); failures != nullptr && !failures->empty()) {
        result.verdict = {.status = StepStatus::Failed, .error = StepError::ClientError};
        result.failure = fmt::format("ClientError: {}", text_of(failures->front(), "ErrorMessage"));
    }
    return result;
}

}  // namespace pipelines::engine
