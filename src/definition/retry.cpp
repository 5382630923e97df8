#include "definition/retry.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace pipelines::definition {
namespace {

constexpr std::array<std::string_view, 5> kMembers{"ExceptionType", "BackoffRate", "IntervalSeconds", "MaxAttempts",
                                                   "ExpireAfterMin"};
constexpr std::array kRetried{StepError::ServiceFault, StepError::Throttling, StepError::JobInternalError,
                              StepError::CapacityError, StepError::ResourceLimit};
constexpr std::string_view kEmrResourceLimit = "Emr.RESOURCE_LIMIT";  // published schema only
constexpr std::int64_t kMaxIntervalSeconds = 43'200;
constexpr std::int64_t kMaxAttempts = 20;
constexpr std::int64_t kMaxExpireAfterMinutes = 14'400;

Result<StepError> parse_exception_type(const Json& value, const Place& place) {
    if (auto fault = expect_string(value, place)) return *std::move(fault);
    const auto& text = value.get_ref<const std::string&>();
    if (text == kEmrResourceLimit) return StepError::ResourceLimit;
    std::array<std::string_view, kRetried.size() + 1> known{};
    for (std::size_t index = 0; index < kRetried.size(); ++index) {
        known[index] = to_string(kRetried[index]);
        if (known[index] == text) return kRetried[index];
    }
    known.back() = kEmrResourceLimit;
    return unparsable(fmt::format("Unknown ExceptionType '{}'.{}", text, suggestion(text, known)), place);
}

Result<std::vector<StepError>> parse_exception_types(const Json& policy, const Place& place) {
    const Result<const Json*> types = required(policy, "ExceptionType", place);
    if (!types) return types.error();
    const Place here(place, "ExceptionType");
    if ((*types)->is_string()) {
        const Result<StepError> type = parse_exception_type(**types, here);
        if (!type) return type.error();
        return std::vector{*type};
    }
    if (auto fault = expect_array(**types, here)) return *std::move(fault);
    if ((*types)->empty()) return unparsable("ExceptionType must name at least one type.", here);
    std::vector<StepError> errors;
    for (std::size_t index = 0; index < (*types)->size(); ++index) {
        const Result<StepError> type = parse_exception_type((**types)[index], Place(here, index));
        if (!type) return type.error();
        errors.push_back(*type);
    }
    return errors;
}

Result<std::optional<std::int64_t>> parse_integer(const Json& policy, std::string_view key, std::int64_t least,
                                                  std::int64_t most, const Place& place) {
    const Json* value = find_given(policy, key);
    if (value == nullptr) return std::optional<std::int64_t>{};
    const auto integer = as_integer(*value);
    if (!integer || *integer < least || *integer > most)
        return unparsable(fmt::format("{} must be an integer in the range [{}, {}].", key, least, most),
                          Place(place, key));
    return integer;
}

Fault parse_limits(const Json& policy, const Place& place, RetryPolicy& parsed) {
    const auto attempts = parse_integer(policy, "MaxAttempts", 0, kMaxAttempts, place);
    if (!attempts) return attempts.error();
    const auto minutes = parse_integer(policy, "ExpireAfterMin", 0, kMaxExpireAfterMinutes, place);
    if (!minutes) return minutes.error();
    if (*attempts && *minutes) return unparsable("Only one of MaxAttempts and ExpireAfterMin can be given.", place);
    if (*minutes) parsed.limit = Duration{std::chrono::minutes(**minutes)};
    if (*attempts) parsed.limit = static_cast<std::uint32_t>(**attempts);
    return std::nullopt;
}

Result<RetryPolicy> parse_policy(const Json& policy, const Place& place) {
    if (auto fault = expect_object(policy, place)) return *std::move(fault);
    if (auto fault = expect_members(policy, kMembers, "RetryPolicy", place)) return *std::move(fault);
    RetryPolicy parsed;
    auto errors = parse_exception_types(policy, place);
    if (!errors) return errors.error();
    parsed.errors = *std::move(errors);
    const auto interval = parse_integer(policy, "IntervalSeconds", 1, kMaxIntervalSeconds, place);
    if (!interval) return interval.error();
    if (*interval) parsed.interval = std::chrono::seconds(**interval);
    if (const Json* rate = find_given(policy, "BackoffRate")) {
        // Below 1 the delays shrink to nothing, and ExpireAfterMin would allow attempts without end.
        if (!rate->is_number() || rate->get<double>() < 1)
            return unparsable("BackoffRate must be a number of at least 1.", Place(place, "BackoffRate"));
        parsed.backoff_rate = rate->get<double>();
    }
    if (auto fault = parse_limits(policy, place, parsed)) return *std::move(fault);
    return parsed;
}

}  // namespace

Result<std::vector<RetryPolicy>> parse_retry_policies(const Json& policies, const Place& place) {
    if (auto fault = expect_array(policies, place)) return *std::move(fault);
    std::vector<RetryPolicy> parsed;
    for (std::size_t index = 0; index < policies.size(); ++index) {
        Result<RetryPolicy> policy = parse_policy(policies[index], Place(place, index));
        if (!policy) return policy.error();
        parsed.push_back(*std::move(policy));
    }
    return parsed;
}

}  // namespace pipelines::definition
