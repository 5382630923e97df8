#include "plan/retry.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

namespace pipelines::plan {
namespace {

using definition::RetryPolicy;

// Step.SERVICE_FAULT and Step.THROTTLING are retried without a policy as with one that says no more: 1 s, doubled, 5
// times.
const RetryPolicy& built_in() {
    static const RetryPolicy policy{.errors = {StepError::ServiceFault, StepError::Throttling}};
    return policy;
}

constexpr double kLongestDelay = 400.0 * 24 * 3600 * 1000;  // ms; past every limit AWS has, and far from overflow

bool lists(const RetryPolicy& policy, StepError error) {
    return std::find(policy.errors.begin(), policy.errors.end(), error) != policy.errors.end();
}

std::optional<NextAttempt> decide(const RetryPolicy& policy, std::size_t index, const StepState& row, Time now) {
    const std::uint32_t used = index < row.retries.size() ? row.retries[index] : 0;
    const auto* most = std::get_if<std::uint32_t>(&policy.limit);
    if (most != nullptr && used >= *most) return std::nullopt;
    const double factor = std::pow(policy.backoff_rate, static_cast<double>(used));
    const double delay = std::clamp(static_cast<double>(policy.interval.count()) * factor, 0.0, kLongestDelay);
    const Time due = now + Duration{static_cast<std::int64_t>(delay)};
    const auto* longest = std::get_if<Duration>(&policy.limit);
    if (longest != nullptr && due > row.started + *longest) return std::nullopt;
    return NextAttempt{index, due};
}

}  // namespace

std::optional<NextAttempt> next_attempt(const definition::Node& node, const StepState& row, StepError error, Time now) {
    if (node.kind != definition::NodeKind::Work || error == StepError::None) return std::nullopt;
    if (error == StepError::JobInternalError && !node.retries_job_errors) return std::nullopt;
    for (std::size_t index = 0; index < node.retries.size(); ++index)
        if (lists(node.retries[index], error)) return decide(node.retries[index], index, row, now);
    if (lists(built_in(), error)) return decide(built_in(), node.retries.size(), row, now);
    return std::nullopt;
}

}  // namespace pipelines::plan
