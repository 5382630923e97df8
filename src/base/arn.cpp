#include "pipelines/base/arn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "pipelines/base/text.hpp"

namespace pipelines {
namespace {

// AWS's own pattern of partitions: "aws", "aws-cn", "aws-us-gov", "aws-iso-b", ...
bool is_partition(std::string_view text) {
    if (!text.starts_with("aws")) return false;
    return std::all_of(text.begin() + 3, text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

// The resource of a SageMaker ARN with an account and a region, parted at its slashes.
struct SagemakerResource {
    Arn arn;
    std::vector<std::string_view> parts;  // views into the text given
};
std::optional<SagemakerResource> parse_sagemaker_arn(std::string_view text) {
    std::optional<Arn> arn = parse_arn(text);
    if (!arn || arn->service != "sagemaker" || arn->region.empty() || !is_account(arn->account)) return std::nullopt;
    std::vector<std::string_view> parts = split(text.substr(text.size() - arn->resource.size()), '/');
    if (std::any_of(parts.begin(), parts.end(), [](std::string_view part) { return part.empty(); }))
        return std::nullopt;
    return SagemakerResource{std::move(*arn), std::move(parts)};
}

}  // namespace

bool is_account(std::string_view text) {
    return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_region(std::string_view text) {
    return !text.empty() && text.size() <= 32 && text.front() >= 'a' && text.front() <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::optional<Arn> parse_arn(std::string_view text) {
    const auto next = [&text]() -> std::optional<std::string_view> {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        const std::string_view part = text.substr(0, colon);
        text.remove_prefix(colon + 1);
        return part;
    };
    const auto prefix = next();
    if (!prefix || *prefix != "arn") return std::nullopt;
    const auto partition = next();
    if (!partition || !is_partition(*partition)) return std::nullopt;
    const auto service = next();
    const auto region = next();
    const auto account = next();
    if (!service || service->empty() || !region || !account || text.empty()) return std::nullopt;
    return Arn{std::string(*service), std::string(*region), std::string(*account), std::string(text)};
}

std::string_view last_part(std::string_view name_or_arn) {
    return name_or_arn.substr(name_or_arn.rfind('/') + 1);  // npos + 1 is 0
}

// AWS's partitions by the beginnings of their regions, as botocore's partitions.json has them.
std::string_view partition_of(std::string_view region) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kPartitions{{{"cn-", "aws-cn"},
                                                                                        {"us-gov-", "aws-us-gov"},
                                                                                        {"us-iso-", "aws-iso"},
                                                                                        {"us-isob-", "aws-iso-b"},
                                                                                        {"eu-isoe-", "aws-iso-e"},
                                                                                        {"us-isof-", "aws-iso-f"},
                                                                                        {"eusc-", "aws-eusc"}}};
    for (const auto& [beginning, partition] : kPartitions)
        if (region.starts_with(beginning)) return partition;
    return "aws";
}

std::string service_arn(const NamespaceKey& key, std::string_view service, std::string_view resource) {
    return fmt::format("arn:{}:{}:{}:{}:{}", partition_of(key.region), service, key.region, key.account, resource);
}

std::string sagemaker_arn(const NamespaceKey& key, std::string_view type, std::string_view id) {
    return fmt::format("arn:{}:sagemaker:{}:{}:{}/{}", partition_of(key.region), key.region, key.account, type, id);
}

std::string pipeline_arn(const NamespaceKey& key, std::string_view pipeline) {
    return sagemaker_arn(key, "pipeline", pipeline);
}

std::string execution_arn(const NamespaceKey& key, std::string_view pipeline, std::string_view execution_id) {
    return fmt::format("arn:{}:sagemaker:{}:{}:pipeline/{}/execution/{}", partition_of(key.region), key.region,
                       key.account, pipeline, execution_id);
}

std::optional<PipelineName> parse_pipeline_name_or_arn(std::string_view text) {
    if (text.find(':') == std::string_view::npos) {
        if (text.empty() || text.find('/') != std::string_view::npos) return std::nullopt;
        return PipelineName{{}, {}, std::string(text)};
    }
    auto resource = parse_sagemaker_arn(text);
    if (!resource || resource->parts.size() != 2 || resource->parts[0] != "pipeline") return std::nullopt;
    return PipelineName{std::move(resource->arn.account), std::move(resource->arn.region),
                        std::string(resource->parts[1])};
}

std::optional<ExecutionName> parse_execution_arn(std::string_view text) {
    auto resource = parse_sagemaker_arn(text);
    if (!resource || resource->parts.size() != 4 || resource->parts[0] != "pipeline" ||
        resource->parts[2] != "execution")
        return std::nullopt;
    return ExecutionName{std::move(resource->arn.account), std::move(resource->arn.region),
                         std::string(resource->parts[1]), std::string(resource->parts[3])};
}

}  // namespace pipelines
