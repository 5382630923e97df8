// The outcome that a response gives an attempt: {"0": {...}, "1-2": {...}, "3-": {...}, "Validation"?: "NONE"}.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/json.hpp"
#include "pipelines/runners/simulated.hpp"
#include "runners/faults.hpp"

namespace pipelines::runners {

inline constexpr std::string_view kValidation = "Validation";

// Attempts first..last, counted from 0.
struct AttemptRange {
    std::uint32_t first = 0;
    std::optional<std::uint32_t> last;  // none: all later ones

    [[nodiscard]] bool contains(std::uint32_t attempt) const { return attempt >= first && (!last || attempt <= *last); }
};

// "0", "0-2", "3-"; nothing if it is no range or runs backwards.
[[nodiscard]] std::optional<AttemptRange> parse_range(std::string_view text);

[[nodiscard]] bool overlap(const AttemptRange&, const AttemptRange&);

// The keys of a response that are ranges, the lowest first.
[[nodiscard]] std::vector<std::string> covered(const Json& response);

// What an execution's copy of its test case says of a step; null if nothing.
[[nodiscard]] const Json* response_of(const Json& script, std::string_view step);

// The outcome for an attempt (from 0); null if the response covers it not.
[[nodiscard]] const Json* outcome_of(const Json& response, std::uint32_t attempt);

// What is wrong with an outcome, or with its Throw, whatever step it is for; places are JSON pointers.
[[nodiscard]] Faults outcome_faults(const Json& outcome);
[[nodiscard]] Faults throw_faults(const Json& thrown);

// What a step of that type cannot end with.
[[nodiscard]] Faults outcome_faults(const definition::Step&, const Json& outcome);

// The end that an outcome says.
[[nodiscard]] StepResult result_of(const StepInput&, const Json& outcome);

}  // namespace pipelines::runners
