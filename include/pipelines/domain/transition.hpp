// What changed in one settle of an execution: statuses of its steps and its own, in order, as the one row of `events`
// that stands for all of them holds it. A text that is no such row throws std::runtime_error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipelines/base/clock.hpp"
#include "pipelines/domain/execution.hpp"
#include "pipelines/domain/step.hpp"

namespace pipelines {

struct StepTransition {
    StepSeq step = 0;
    std::uint32_t attempt = 1;       // under way then
    std::optional<StepStatus> from;  // none: the step was not started before
    StepStatus to = StepStatus::Starting;

    friend bool operator==(const StepTransition&, const StepTransition&) = default;
};

struct ExecutionTransition {
    std::optional<ExecutionStatus> from;  // none: the execution was made
    ExecutionStatus to = ExecutionStatus::Executing;

    friend bool operator==(const ExecutionTransition&, const ExecutionTransition&) = default;
};

struct Transition {
    Time at{};
    std::variant<StepTransition, ExecutionTransition> what;

    friend bool operator==(const Transition&, const Transition&) = default;
};

// Written while a settle goes on: "x:-0 0:-0 0:01 +60000 0:15 1.2:-0": x is the execution, a number a step (with its
// attempt, if not the first), then the two statuses ("-": none); "+" is the time that passed, in milliseconds.
class TransitionLog {
public:
    void note(Time at, const StepTransition&);
    void note(Time at, const ExecutionTransition&);

    [[nodiscard]] bool empty() const { return text_.empty(); }
    [[nodiscard]] Time began() const { return began_; }  // of the first
    [[nodiscard]] std::string_view text() const { return text_; }
    void clear() { text_.clear(); }

private:
    void move_to(Time at);

    Time began_{}, last_{};
    std::string text_;
};

[[nodiscard]] std::vector<Transition> read_transitions(Time began, std::string_view text);

}  // namespace pipelines
