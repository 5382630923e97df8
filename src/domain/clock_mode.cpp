#include "pipelines/domain/clock_mode.hpp"

#include <fmt/format.h>

#include "pipelines/base/names.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines {
namespace {

constexpr Names<ClockMode, 3> kPlainModes{
    {{ClockMode::Instant, "instant"}, {ClockMode::Real, "real"}, {ClockMode::Manual, "manual"}}};
constexpr std::string_view kScaled = "scaled:";

}  // namespace

std::optional<ClockState> parse_clock_mode(std::string_view text) {
    ClockState clock;
    if (const auto plain = value_of(kPlainModes, text)) {
        clock.mode = *plain;
        return clock;
    }
    const auto rate = text.starts_with(kScaled) ? parse_number<double>(text.substr(kScaled.size())) : std::nullopt;
    if (!rate || !(*rate >= 0.001 && *rate <= 1e6)) return std::nullopt;
    clock.mode = ClockMode::Scaled;
    clock.rate = *rate;
    return clock;
}

std::string clock_mode_text(const ClockState& clock) {
    if (clock.mode == ClockMode::Scaled) return fmt::format("{}{}", kScaled, clock.rate);
    return std::string(name_of(kPlainModes, clock.mode));
}

}  // namespace pipelines
