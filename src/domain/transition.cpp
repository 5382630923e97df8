#include "pipelines/domain/transition.hpp"

#include <fmt/format.h>

#include <iterator>
#include <stdexcept>

#include "pipelines/base/text.hpp"

namespace pipelines {
namespace {

// The numbers of both enums stand in rows, and all have one digit.
template <class Status>
char digit(Status status) {
    return static_cast<char>('0' + static_cast<int>(status));
}

template <class Status>
void append(std::optional<Status> from, Status to, std::string& text) {
    text.push_back(':');
    text.push_back(from ? digit(*from) : '-');
    text.push_back(digit(to));
}

[[noreturn]] void refuse(std::string_view item) {
    throw std::runtime_error(fmt::format("events.body: '{}' is no transition", item));
}

template <class Number>
Number number(std::string_view text, std::string_view item) {
    const auto value = parse_number<Number>(text);
    if (!value) refuse(item);
    return *value;
}

template <class Status>
Status status(char text, Status last, std::string_view item) {
    const auto value = static_cast<Status>(text - '0');
    if (text < '0' || value > last) refuse(item);
    return value;
}

template <class Status>
std::optional<Status> earlier(char text, Status last, std::string_view item) {
    if (text == '-') return std::nullopt;
    return status(text, last, item);
}

Transition read(Time at, std::string_view item) {
    const std::size_t colon = item.find(':');
    if (colon == std::string_view::npos || item.size() != colon + 3) refuse(item);
    const std::string_view who = item.substr(0, colon);
    const char from = item[colon + 1], to = item[colon + 2];
    if (who == "x") {
        constexpr auto kLast = ExecutionStatus::CompletedWithFailures;
        return {at, ExecutionTransition{earlier(from, kLast, item), status(to, kLast, item)}};
    }
    constexpr auto kLast = StepStatus::Succeeded;
    const std::size_t dot = who.find('.');
    StepTransition step;
    step.step = number<StepSeq>(who.substr(0, dot), item);
    if (dot != std::string_view::npos) step.attempt = number<std::uint32_t>(who.substr(dot + 1), item);
    step.from = earlier(from, kLast, item);
    step.to = status(to, kLast, item);
    return {at, step};
}

}  // namespace

void TransitionLog::move_to(Time at) {
    if (text_.empty()) {
        began_ = last_ = at;
        return;
    }
    if (at != last_) fmt::format_to(std::back_inserter(text_), " +{}", (at - last_).count());
    last_ = at;
    text_.push_back(' ');
}

void TransitionLog::note(Time at, const StepTransition& change) {
    move_to(at);
    fmt::format_to(std::back_inserter(text_), "{}", change.step);
    if (change.attempt != 1) fmt::format_to(std::back_inserter(text_), ".{}", change.attempt);
    append(change.from, change.to, text_);
}

void TransitionLog::note(Time at, const ExecutionTransition& change) {
    move_to(at);
    text_.push_back('x');
    append(change.from, change.to, text_);
}

std::vector<Transition> read_transitions(Time began, std::string_view text) {
    std::vector<Transition> transitions;
    Time at = began;
    for (const std::string_view item : split(text, ' ')) {
        if (item.starts_with('+'))
            at += Duration{number<std::int64_t>(item.substr(1), item)};
        else
            transitions.push_back(read(at, item));
    }
    return transitions;
}

}  // namespace pipelines
