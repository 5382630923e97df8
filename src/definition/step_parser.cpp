#include "definition/step_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "definition/arguments.hpp"
#include "definition/duration.hpp"
#include "definition/parameters.hpp"
#include "definition/retry.hpp"
#include "definition/step_keys.hpp"
#include "pipelines/base/names.hpp"

namespace pipelines::definition {
namespace {

constexpr std::array<std::string_view, 2> kDependencyMembers{"Step", "Trigger"};
constexpr std::array<std::string_view, 2> kCacheMembers{"Enabled", "ExpireAfter"};

Result<const StepType*> parse_type(const Json& step, const Place& place) {
    const Result<std::string> name = required_string(step, "Type", place);
    if (!name) return name.error();
    const Place here(place, "Type");
    if (const StepType* type = find_step_type(*name)) return type;
    std::vector<std::string_view> known;
    for (const StepType& type : step_types()) known.push_back(type.name);
    return unparsable(fmt::format("Unknown Step type '{}'.{}", *name, suggestion(*name, known)), here);
}

Result<std::string> parse_name(const Json& step, const Place& place) {
    Result<std::string> name = required_string(step, "Name", place);
    if (!name || is_name(*name, kMostStepNameCharacters)) return name;
    return unparsable(fmt::format("Step name '{}' must match [A-Za-z0-9\\-_]{{1,64}}.", *name), Place(place, "Name"));
}

Result<WrittenDependency> parse_dependency(const Json& entry, const Place& place) {
    if (const auto name = as_string(entry)) return WrittenDependency{std::string(*name)};
    if (!entry.is_object())
        return unparsable(
            fmt::format("A DependsOn entry is a step name or {{\"Step\", \"Trigger\"}}, not {}.", kind_name(entry)),
            place);
    if (auto fault = expect_members(entry, kDependencyMembers, "DependsOn", place)) return *std::move(fault);
    Result<std::string> name = required_string(entry, "Step", place);
    if (!name) return name.error();
    const auto written = optional_string(entry, "Trigger", place);
    if (!written) return written.error();
    if (!*written) return WrittenDependency{*std::move(name)};
    const auto trigger = value_of(kTriggers, **written);
    if (!trigger)
        return unparsable(fmt::format("Unknown Trigger '{}'. Known: Completed, Failed, Stopped, Any.", **written),
                          Place(place, "Trigger"));
    return WrittenDependency{*std::move(name), *trigger};
}

Fault parse_depends_on(const Json& step, const Place& place, ParsedStep& parsed) {
    const Json* entries = find_given(step, "DependsOn");
    if (entries == nullptr) return std::nullopt;
    const Place here(place, "DependsOn");
    if (auto fault = expect_array(*entries, here)) return fault;
    for (std::size_t index = 0; index < entries->size(); ++index) {
        Result<WrittenDependency> dependency = parse_dependency((*entries)[index], Place(here, index));
        if (!dependency) return dependency.error();
        parsed.depends_on.push_back(*std::move(dependency));
    }
    return std::nullopt;
}

Result<CacheConfig> parse_cache(const Json& config, const Place& place) {
    if (auto fault = expect_object(config, place)) return *std::move(fault);
    if (auto fault = expect_members(config, kCacheMembers, "CacheConfig", place)) return *std::move(fault);
    CacheConfig parsed;
    if (const Json* enabled = find_given(config, "Enabled")) {
        if (auto fault = expect_boolean(*enabled, Place(place, "Enabled"))) return *std::move(fault);
        parsed.enabled = enabled->get<bool>();
    }
    const auto text = optional_string(config, "ExpireAfter", place);
    if (!text) return text.error();
    if (!*text || !parsed.enabled) return parsed;  // AWS: ignored where caching is off (developer guide)
    parsed.expire_after = parse_expire_after(**text);
    if (!parsed.expire_after)
        return unparsable(fmt::format("ExpireAfter '{}' is not a duration like P30D, PT1H or 30dT5h.", **text),
                          Place(place, "ExpireAfter"));
    return parsed;
}

// AWS knows caching and retries on some types only; on others both are checked and have no effect.
Fault parse_policies(const Json& step, const Place& place, ParsedStep& parsed) {
    const StepType& type = *parsed.step.type;
    if (const Json* config = find_given(step, "CacheConfig")) {
        const Result<CacheConfig> cache = parse_cache(*config, Place(place, "CacheConfig"));
        if (!cache) return cache.error();
        if (type.cacheable) parsed.step.cache = *cache;
    }
    if (const Json* policies = find_given(step, "RetryPolicies")) {
        Result<std::vector<RetryPolicy>> retries = parse_retry_policies(*policies, Place(place, "RetryPolicies"));
        if (!retries) return retries.error();
        if (type.retryable) parsed.node.retries = *std::move(retries);
    }
    return std::nullopt;
}

Fault parse_texts(const Json& step, const Place& place, Step& parsed) {
    auto display_name = optional_string(step, "DisplayName", place);
    if (!display_name) return display_name.error();
    parsed.display_name = *std::move(display_name);
    auto description = optional_string(step, "Description", place);
    if (!description) return description.error();
    parsed.description = *std::move(description);
    return std::nullopt;
}

Fault parse_rest(const Json& step, const std::vector<Parameter>& parameters, const Place& place, ParsedStep& parsed) {
    if (auto fault = parse_texts(step, place, parsed.step)) return fault;
    if (auto fault = parse_depends_on(step, place, parsed)) return fault;
    if (auto fault = parse_own_keys(step, place, parsed.step)) return fault;
    if (auto fault = parse_policies(step, place, parsed)) return fault;
    const Result<const Json*> arguments = required(step, "Arguments", place);
    if (!arguments) return arguments.error();
    return check_arguments(**arguments, *parsed.step.type, parameters, Place(place, "Arguments"));
}

}  // namespace

Result<ParsedStep> parse_step(const Json& step, const std::vector<Parameter>& parameters, const Place& place) {
    if (auto fault = expect_object(step, place)) return *std::move(fault);
    Result<std::string> name = parse_name(step, place);
    if (!name) return name.error();
    const Result<const StepType*> type = parse_type(step, place);
    if (!type) return type.error();
    ParsedStep parsed;
    parsed.step.name = *name;
    parsed.step.type = *type;
    parsed.node.name = *std::move(name);
    parsed.node.kind = (*type)->kind;
    // AWS: tuning and AutoML jobs are never retried for SageMaker.JOB_INTERNAL_ERROR. (developer guide)
    parsed.node.retries_job_errors = (*type)->job != JobKind::Tuning && (*type)->job != JobKind::AutoML;
    if (auto fault = parse_rest(step, parameters, place, parsed)) return *std::move(fault);
    return parsed;
}

}  // namespace pipelines::definition
