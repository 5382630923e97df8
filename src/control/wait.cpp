// POST /_local/wait: answers when an execution, or one of its steps, has come to a status, when it is certain that it
// will not, or when the time is over.

#include <fmt/format.h>

#include <array>
#include <exception>
#include <memory>
#include <utility>

#include "control/route.hpp"
#include "pipelines/base/log.hpp"
#include "pipelines/engine/row_names.hpp"
#include "pipelines/http/pending_answer.hpp"

namespace pipelines::control {
namespace {

constexpr double kUsualWait = 60, kLongestWait = 3600;  // seconds

struct Wanted {
    std::string arn;
    std::optional<ExecutionStatus> status;  // none: any that is final
    std::string step;                       // empty: the execution is waited for
    std::optional<StepStatus> step_status;  // none: any that is final
    Duration patience{};
};

template <class Status>
bool is_met(std::optional<Status> wanted, std::optional<Status> found) {
    return found && (wanted ? *wanted == *found : is_terminal(*found));
}

class Waiting final : public http::PendingAnswer, public std::enable_shared_from_this<Waiting> {
public:
    Waiting(const Services& services, Wanted wanted) : services_(services), wanted_(std::move(wanted)) {}
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() override {
        if (cancel_) cancel_();
    }

    // Behind the COMMIT of what it may see, as all that it looks at.
    void begin() {
        if (const auto known = find_step(); !known) return give(answer(Result<Json>{known.error()}));
        look(Last::No);
        if (is_given()) return;
        listener_ = services_.engine.bell().listen([this](const engine::Bell::Changed& changed) {
            if (changed.contains(execution_)) look(Last::No);
        });
        cancel_ = services_.later(wanted_.patience, [waiting = weak_from_this()] {
            const auto at_last = [waiting] {
                if (const auto self = waiting.lock()) self->look_at_last();
            };
            if (const auto self = waiting.lock()) self->services_.store.turn.when_over(at_last);
        });
    }

    http::HttpResponse interrupted() override {
        return refusal(503, "The server is being stopped; what was waited for has not happened yet.");
    }

private:
    enum class Last { No, Yes };

    // A misspelt name is waited for in vain. Of a definition that can no longer be read nothing is known.
    [[nodiscard]] Result<void> find_step() {
        const auto found = find_execution(services_, wanted_.arn);
        if (!found) return found.error();
        execution_ = found->execution.id;
        if (wanted_.step.empty()) return {};
        const auto definition = services_.engine.definition(found->execution.version_key);
        if (!definition) return {};
        const auto place = engine::place_of_row(**definition, found->pipeline.name, wanted_.step);
        if (!place) return place.error();
        place_ = *place;
        return {};
    }

    // Nobody rings any more for it: it is answered, whatever happens.
    void look_at_last() {
        try {
            look(Last::Yes);
        } catch (const std::exception& fault) {
            log::error("what is waited for cannot be read: {}", fault.what());
            give(failure());
        }
    }

    void look(Last last) {
        if (is_given()) return;
        const auto found = find_execution(services_, wanted_.arn);
        if (!found) return give(answer(Result<Json>{found.error()}));  // it was deleted meanwhile
        const ExecutionStatus status = found->execution.status;
        Json answered = {{"PipelineExecutionArn", wanted_.arn}, {"PipelineExecutionStatus", to_string(status)}};
        bool met = is_met(wanted_.status, std::optional{status});
        bool is_over = is_terminal(status);
        if (!wanted_.step.empty()) {
            const auto [standing, step] = step_of(found->execution);
            met = is_met(wanted_.step_status, step);
            is_over = is_over || (step ? is_terminal(*step) : standing == plan::Standing::Never);
            answered["StepName"] = wanted_.step;
            answered["StepStatus"] = step ? Json(to_string(*step)) : Json();
        }
        if (!met && !is_over && last == Last::No) return;
        answered["Reached"] = met;
        give(answer(std::move(answered)));
    }

    // No row has an index by its name: as long as the plan knows, it is asked.
    [[nodiscard]] engine::Engine::StepNow step_of(const Execution& execution) const {
        if (place_ && !is_terminal(execution.status)) return services_.engine.step_now(execution.id, *place_);
        return {plan::Standing::Waiting, services_.store.steps.status(execution.id, wanted_.step)};
    }

    const Services& services_;
    Wanted wanted_;
    ExecutionKey execution_ = 0;
    std::optional<engine::RowPlace> place_;  // of the step, if one is waited for
    engine::Bell::Listener listener_;
    std::function<void()> cancel_;  // the end of its patience
};

template <class Status>
Result<std::optional<Status>> read_status(const Json& body, std::string_view member, std::string (*known)(),
                                          std::optional<Status> (*parse)(std::string_view)) {
    const Json* value = find(body, member);
    if (value == nullptr) return std::optional<Status>{};
    const auto status = parse(as_string(*value).value_or(""));
    if (!status)
        return validation_error(fmt::format("{} is no status: {}. It may be: {}.", member, dump(*value), known()));
    return status;
}

Result<Wanted> read_wanted(const Json& body) {
    constexpr std::array<std::string_view, 5> kKnown{"PipelineExecutionArn", "Status", "StepName", "StepStatus",
                                                     "TimeoutSeconds"};
    if (const auto checked = check_members(body, kKnown); !checked) return checked.error();
    Wanted wanted;
    auto arn = required_text(body, "PipelineExecutionArn");
    if (!arn) return arn.error();
    wanted.arn = std::move(*arn);
    if (body.contains("StepName")) {
        auto step = required_text(body, "StepName");
        if (!step) return step.error();
        wanted.step = std::move(*step);
    }
    if (body.contains("StepStatus") && wanted.step.empty())
        return validation_error("StepStatus says nothing without StepName.");
    if (body.contains("Status") && !wanted.step.empty())
        return validation_error("Status is the execution's, StepName asks for a step: give StepStatus instead.");
    const auto status = read_status(body, "Status", execution_statuses, parse_execution_status);
    if (!status) return status.error();
    wanted.status = *status;
    const auto step_status = read_status(body, "StepStatus", step_statuses, parse_step_status);
    if (!step_status) return step_status.error();
    wanted.step_status = *step_status;
    const Json* seconds = find(body, "TimeoutSeconds");
    const double patience = seconds == nullptr ? kUsualWait : seconds->is_number() ? seconds->get<double>() : -1;
    if (patience < 0 || patience > kLongestWait)
        return validation_error(
            fmt::format("TimeoutSeconds must be a number from 0 to {}; it is {}.", kLongestWait, dump(*seconds)));
    wanted.patience = Duration{static_cast<std::int64_t>(patience * 1000)};
    return wanted;
}

}  // namespace

Result<http::HttpResponse> wait(const Services& services, const http::HttpRequest&, const Json& body) {
    auto wanted = read_wanted(body);
    if (!wanted) return wanted.error();
    const auto waiting = std::make_shared<Waiting>(services, std::move(*wanted));
    waiting->begin();
    http::HttpResponse response;
    response.late = waiting;
    return response;
}

}  // namespace pipelines::control
