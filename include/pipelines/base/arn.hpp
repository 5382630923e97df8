// ARNs of the resources we serve: put together on read, taken apart in requests; never stored as keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pipelines {

// What an account id looks like: 12 digits.
[[nodiscard]] bool is_account(std::string_view text);
// What a region is called: lower-case letters, digits and hyphens, the first a letter, at most 32. Any name of that
// kind: AWS adds regions, and other emulators make theirs up ("local").
[[nodiscard]] bool is_region(std::string_view text);

// Account and region: nothing is visible from one namespace in another.
struct NamespaceKey {
    std::string account;  // 12 digits
    std::string region;

    friend bool operator==(const NamespaceKey&, const NamespaceKey&) = default;
    friend auto operator<=>(const NamespaceKey&, const NamespaceKey&) = default;
};

// "aws-cn" of "cn-north-1", "aws-us-gov" of "us-gov-west-1", "aws" of most, also of regions that are made up.
[[nodiscard]] std::string_view partition_of(std::string_view region);

// arn:<partition>:<service>:<region>:<account>:<resource>
struct Arn {
    std::string service, region, account, resource;
};
[[nodiscard]] std::optional<Arn> parse_arn(std::string_view text);  // any partition; nothing if it is no ARN

// Where AWS takes either: "churn" of "churn" and of
// "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/churn".
[[nodiscard]] std::string_view last_part(std::string_view name_or_arn);

// "arn:<partition of the region>:<service>:<region>:<account>:<resource>"
[[nodiscard]] std::string service_arn(const NamespaceKey&, std::string_view service, std::string_view resource);
// The same of sagemaker, its resource being "<type>/<id>".
[[nodiscard]] std::string sagemaker_arn(const NamespaceKey&, std::string_view type, std::string_view id);
[[nodiscard]] std::string pipeline_arn(const NamespaceKey&, std::string_view pipeline);
[[nodiscard]] std::string execution_arn(const NamespaceKey&, std::string_view pipeline, std::string_view execution_id);

// A pipeline named by name or by ARN. `account` is empty for a plain name.
struct PipelineName {
    std::string account, region, name;
};
[[nodiscard]] std::optional<PipelineName> parse_pipeline_name_or_arn(std::string_view text);

struct ExecutionName {
    std::string account, region, pipeline, id;
};
[[nodiscard]] std::optional<ExecutionName> parse_execution_arn(std::string_view text);

}  // namespace pipelines
