// What reaches over one turn of the loop: settles that are cut or undone and go on, what is announced, and the alarm.

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/driver.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::engine {

// The rows are the truth: if they do not come to stand, what was in memory goes, and is loaded again a second later
// (what kept them from being written may last).
void Driver::begin_change(Space& space) {
    rows_.turn.on_undo([this, id = space.row.id] { reload_later(id); });
    after_turn();
}

void Driver::reload_later(NamespaceId id) {
    drop(id);
    undone_.insert(id);
    set_alarm();
}

void Driver::recover_later(ExecutionKey key) {
    if (const auto run = runs_.find(key); run != runs_.end()) reload_later(run->second->execution.namespace_id);
}

void Driver::attempt(const Subject& subject, std::string_view what, const std::function<void()>& change,
                     const std::function<void()>& missed) {
    bool registered = false;
    try {
        rows_.turn.within([this, &change, &missed, &registered] {
            rows_.turn.on_undo(missed);
            registered = true;
            change();
        });
        told_.erase(subject);
    } catch (const std::exception& fault) {
        // With every request, maybe, until it succeeds: said once.
        std::string text = fmt::format("{}, until the next attempt: {}", what, fault.what());
        if (std::string& told = told_[subject]; told != text) {
            log::error("{}: {}", name_of(subject), text);
            told = std::move(text);
        }
        if (!registered) missed();  // the turn could not even be opened
    }
}

// For the log, whatever state the database is in.
std::string Driver::name_of(const Subject& subject) {
    const auto* const step = std::get_if<StepRef>(&subject);
    const std::string prefix = step == nullptr ? std::string{} : fmt::format("step {} of ", step->step);
    try {
        const auto execution = step == nullptr ? std::nullopt : rows_.executions.find(step->execution);
        const auto id = execution ? execution->namespace_id : std::get<NamespaceId>(subject);
        const NamespaceKey key = rows_.namespaces.find(id).value().key;
        return fmt::format("{}{}account {} in {}", prefix, execution ? execution->public_id + ", " : "", key.account,
                           key.region);
    } catch (const std::exception&) {  // what is to be logged says why
        return prefix + "an account and region";
    }
}

void Driver::attempt_settle(NamespaceId id, const std::function<void()>& change) {
    attempt(id, "its executions cannot go on", change, [this, id] { reload_later(id); });
}

void Driver::drop(NamespaceId id) {
    std::erase_if(runs_, [id](const auto& entry) { return entry.second->execution.namespace_id == id; });
    spaces_.erase(id);
    timed_.erase(id);
}

void Driver::go_on(NamespaceId id) {
    if (spaces_.contains(id)) attempt_settle(id, [this, id] { settle(space(id)); });
}

void Driver::after_turn() {
    if (std::exchange(is_turn_seen_to_, true)) return;
    rows_.turn.on_undo([this] { is_turn_seen_to_ = false; });
    rows_.turn.after_commit([this] {
        is_turn_seen_to_ = false;
        announce();
        set_alarm();
    });
}

// Later, once for all that was committed until then: the answers that this COMMIT lets go are not to wait for all who
// look. They look at what stands, so a turn that is open then has to end first, and its answers do wait.
void Driver::announce() {
    if (!bell_.is_heard()) return writer_.forget_news();  // who listens from now on begins with what stands
    if (!writer_.has_news() || std::exchange(is_announcing_, true)) return;
    behind_answers([this] {
        rows_.turn.when_over([this] {
            is_announcing_ = false;
            bell_.ring(writer_.take_news());
        });
    });
}

// Answers are sent in the turn after the COMMIT.
void Driver::behind_answers(std::function<void()> act) {
    loop_.post([this, act = std::move(act)] { loop_.post(act); });
}

void Driver::set_alarm() {
    constexpr Duration kLongest{3'600'000};  // woken early, it looks and waits on
    constexpr Duration kRetry{1'000};
    std::optional<Duration> earliest;
    if (undone_.empty() && owed_.empty()) {
        retry_at_.reset();
    } else {
        const Time now = options_.system_time();
        if (!retry_at_ || *retry_at_ > now + kRetry) retry_at_ = now + kRetry;  // system time may be set back
        earliest = std::max(*retry_at_ - now, Duration{0});
    }
    for (const NamespaceId id : timed_) {
        if (cut_settles_.goes_on(id)) continue;
        const Space& space = *spaces_.at(id);
        const auto left = space.clock.real_until(space.timers.begin()->due);
        if (left && (!earliest || *left < *earliest)) earliest = std::min(*left, kLongest);
    }
    loop_.set_alarm(earliest);
}

// One namespace that cannot go on keeps nobody else from it; and whatever happens, the alarm is set again.
void Driver::wake() {
    if (retry_at_ && *retry_at_ <= options_.system_time()) {
        retry_at_.reset();
        failing_.clear();
        recover_undone();
        for (const auto& answer : std::exchange(owed_, {})) answer();
    }
    std::vector<NamespaceId> due;
    for (const NamespaceId id : timed_)
        if (const Space& space = *spaces_.at(id);
            !cut_settles_.goes_on(id) && space.timers.begin()->due <= space.clock.now())
            due.push_back(id);
    for (const NamespaceId id : due) go_on(id);
    set_alarm();
}

}  // namespace pipelines::engine
