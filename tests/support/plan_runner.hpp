// Drives a plan on virtual time, as the engine does with the instant clock, and holds the rows as the store would: only
// what `Actions::changed` names is written. After every event a plan rebuilt from those rows has to equal the live one.
//
// Scripts are text: "A 20 Failed, 5; C false; E [3]; T-1 held". A step's attempts in order, the last one repeated:
//   5 or 1s          takes so long and succeeds          5 Failed:Step.THROTTLING   fails with an error a policy can
//   name 5 Failed         fails with ClientError              5 Stopped                  as stopped by somebody outside
//   true, false      a Condition's outcome               [3]                        a ForEach's number of items
//   held             ends when the test says so          outside                    the same, but a stop has to be told
//   to it
// Without a script work takes 10 ms and succeeds, a Condition is true, a ForEach has two items.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "pipelines/plan/plan.hpp"
#include "support/graph_picture.hpp"

namespace pipelines::testing {

// What becomes of a launched attempt.
struct Performance {
    Phase phase = Phase::Simulated;  // or Outside
    std::optional<Duration> takes;   // none: until somebody ends it
    Verdict verdict;
    std::uint32_t items = 0;  // ForEach
};

[[nodiscard]] inline std::string child_name(const definition::Node& node, int iteration) {
    return iteration < 0 ? node.name : node.name + "-" + std::to_string(iteration);
}

class Script {
public:
    explicit Script(std::string_view text) {
        for (PictureLine& line : picture_lines(text)) {
            auto& attempts = attempts_[std::string(line.word())];
            do attempts.push_back(parse(line));
            while (line.take(","));
            if (!line.at_end()) line.fail("more than can be read");
        }
    }

    [[nodiscard]] Performance operator()(const definition::Node& node, const StepState& row) const {
        auto found = attempts_.find(child_name(node, row.iteration));
        if (found == attempts_.end()) found = attempts_.find(node.name);
        if (found != attempts_.end())
            return found->second[std::min<std::size_t>(row.attempt, found->second.size()) - 1];
        Performance usual{.takes = Duration{10}, .verdict = {}, .items = 2};
        if (node.kind == definition::NodeKind::Condition) usual.verdict.outcome = true;
        if (node.kind == definition::NodeKind::Fail) usual.verdict = {StepStatus::Failed, StepError::ClientError};
        return usual;
    }

private:
    static Performance parse(PictureLine& line) {
        Performance one;
        if (line.take("held")) return one;
        if (line.take("outside")) return one.phase = Phase::Outside, one;
        one.takes = Duration{0};
        if (line.take("true")) return one.verdict.outcome = true, one;
        if (line.take("false")) return one.verdict.outcome = false, one;
        if (line.take("[")) {
            one.items = line.number<std::uint32_t>();
            if (!line.take("]")) line.fail("] expected");
            return one;
        }
        one.takes = line.duration();
        if (line.take("Stopped")) one.verdict.status = StepStatus::Stopped;
        if (line.take("Failed")) {
            one.verdict = {StepStatus::Failed, StepError::ClientError};
            if (line.take(":")) one.verdict.error = parse_step_error(line.word("._")).value();
        }
        return one;
    }

    std::map<std::string, std::vector<Performance>> attempts_;
};

class PlanRunner {
public:
    using Perform = std::function<Performance(const definition::Node&, const StepState&)>;
    using Observe = std::function<void(const plan::Event&, const std::vector<StepState>& before, const plan::Actions&)>;

    PlanRunner(definition::Graph graph, Perform perform, std::optional<int> max_parallel = std::nullopt,
               std::vector<bool> selected = {}, std::vector<StepState> reused = {})
        : graph_(std::make_shared<const definition::Graph>(std::move(graph))),
          perform_(std::move(perform)),
          selected_(std::move(selected)),
          stored_run_{.max_parallel = max_parallel, .next_seq = static_cast<StepSeq>(reused.size())},
          stored_(std::move(reused)),
          plan_(graph_, selected_, stored_run_, stored_) {}

    PlanRunner(std::string_view picture, std::string_view script, std::optional<int> max_parallel = std::nullopt)
        : PlanRunner(parse_picture(picture), Script(script), max_parallel) {}

    // Called after every event, with the rows as they were before it.
    void observe(Observe observe) { observe_ = std::move(observe); }
    void without_trace() { traced_ = false; }

    // Goes on until nothing is left that time brings (or until `horizon`); what is held stays. Returns the trace since
    // the last call.
    std::string run(Time horizon = Time::max()) {
        look_ = true;
        while (step(horizon)) {
        }
        if (horizon != Time::max()) now_ = std::max(now_, horizon);
        return take_trace();
    }

    // Begins, and goes on as far as the first `limit` events lead.
    bool step(Time horizon = Time::max()) {
        if (!events_.empty()) {
            const plan::Event event = std::move(events_.front());
            events_.pop_front();
            apply(event);
        } else if (!timers_.empty() && timers_.top().due <= now_) {
            expire();
        } else if (look_) {
            look_ = false;
            apply(plan::event::Look{});
        } else if (!timers_.empty() && timers_.top().due <= horizon) {
            now_ = timers_.top().due;
            expire();
        } else {
            return false;
        }
        return true;
    }

    // Events of the test's own at the present time: at once, or behind those that wait.
    void apply(const plan::Event& event) {
        ++applied_;
        const std::vector<StepState> before = stored_;
        const plan::Actions actions = plan_.apply(event, now_);
        write(actions);
        if (traced_) trace(before, actions);
        if (actions.released) look_ = true;
        for (const StepSeq seq : actions.wake)
            post_at(stored_[seq].due.value(), seq, plan::event::Due{seq, stored_[seq].attempt});
        for (const StepSeq seq : actions.launch) launch(seq);
        for (const StepSeq seq : actions.conclude) conclude(seq);
        EXPECT_TRUE(plan_ == plan::Plan(graph_, selected_, stored_run_, stored_))
            << "event " << applied_ << " of kind " << event.index();
        if (observe_) observe_(event, before, actions);
    }
    void post(const plan::Event& event) { events_.push_back(event); }
    void post_at(Time due, StepSeq step, const plan::Event& event) { timers_.push({due, step, made_++, event}); }
    void stop() { post(plan::event::Stop{}); }
    void retry(std::optional<int> max_parallel = std::nullopt) { post(plan::event::Retry{max_parallel}); }
    void set_parallelism(std::optional<int> limit) { post(plan::event::SetParallelism{limit}); }
    void end(std::string_view name, StepStatus status, StepError error = StepError::ClientError) {
        const StepState& row = this->row(name);
        post(
            plan::event::Ended{row.seq, row.attempt, {status, status == StepStatus::Failed ? error : StepError::None}});
    }

    // As after a restart: the plan from its rows, the timers from theirs; what is outside is asked again.
    void crash() {
        plan_ = plan::Plan(graph_, selected_, stored_run_, stored_);
        timers_ = {};
        events_.clear();
        for (const StepState& row : stored_) {
            if (row.superseded || is_terminal(row.status)) continue;
            if (row.phase == Phase::Preparing) launch(row.seq);
            const auto known = scripted_.find({row.seq, row.attempt});
            if (row.phase == Phase::Outside && known != scripted_.end()) end_at(now_, row.seq, known->second);
            if (row.phase == Phase::BackOff) post_at(row.due.value(), row.seq, plan::event::Due{row.seq, row.attempt});
            if (row.phase == Phase::Simulated && row.due) end_at(*row.due, row.seq, known->second);
        }
        look_ = true;
    }

    // The last row made for a step, "T-0" for a child.
    [[nodiscard]] const StepState& row(std::string_view name) const {
        for (auto row = stored_.rbegin(); row != stored_.rend(); ++row)
            if (name_of(*row) == name) return *row;
        throw std::invalid_argument("no row of " + std::string(name));
    }
    [[nodiscard]] std::string name_of(const StepState& row) const {
        return child_name(graph_->nodes[row.node], row.iteration);
    }
    [[nodiscard]] const plan::Plan& plan() const { return plan_; }
    [[nodiscard]] const definition::Graph& graph() const { return *graph_; }
    [[nodiscard]] Time now() const { return now_; }
    [[nodiscard]] std::size_t applied() const { return applied_; }

    // "A Succeeded, X Executing": the rows of which a list would tell, in the order of their starts.
    [[nodiscard]] std::string list() const {
        std::string text;
        for (const StepState& row : stored_) {
            if (row.superseded) continue;
            text += (text.empty() ? "" : ", ") + name_of(row) + " " + std::string(to_string(row.status));
            if (row.attempt > 1) text += " #" + std::to_string(row.attempt);
        }
        return text;
    }

private:
    struct Timer {
        Time due;
        StepSeq step;
        std::uint64_t made;
        plan::Event event;
        bool operator<(const Timer& other) const {
            return std::tie(due, step, made) > std::tie(other.due, other.step, other.made);
        }
    };

    void expire() {
        const plan::Event event = timers_.top().event;
        timers_.pop();
        apply(event);
    }

    // As the store would: rows that Actions does not name keep what they said before.
    void write(const plan::Actions& actions) {
        for (const StepSeq seq : actions.changed) {
            if (seq >= stored_.size()) stored_.resize(seq + 1);
            stored_[seq] = plan_.row(seq);
        }
        stored_run_.next_seq = plan_.run().next_seq;
        stored_run_.max_parallel = plan_.run().max_parallel;
        if (actions.status) stored_run_.status = *actions.status;
    }

    void launch(StepSeq seq) {
        const StepState& row = stored_[seq];
        const definition::Node& node = graph_->nodes[row.node];
        const Performance performance = perform_(node, row);
        if (node.kind == definition::NodeKind::ForEach && performance.verdict.status == StepStatus::Succeeded) {
            post(plan::event::Expanded{seq, row.attempt, row.items.value_or(performance.items)});
        } else if (node.kind != definition::NodeKind::Work) {
            post(plan::event::Ended{seq, row.attempt, performance.verdict});
        } else {
            plan::event::Underway underway{seq, row.attempt, StepStatus::Executing, performance.phase, std::nullopt};
            if (performance.takes && performance.phase == Phase::Simulated) underway.due = now_ + *performance.takes;
            if (performance.takes) end_at(now_ + *performance.takes, seq, performance.verdict);
            post(underway);
        }
    }

    void end_at(Time due, StepSeq seq, Verdict verdict) {
        const std::uint32_t attempt = stored_[seq].attempt;
        scripted_[{seq, attempt}] = verdict;
        post_at(due, seq, plan::event::Ended{seq, attempt, verdict});
    }

    // What the engine makes of a loop's children: one failed: Failed; stopped by request or one stopped: Stopped.
    void conclude(StepSeq seq) {
        const StepState& loop = stored_[seq];
        bool failed = false, stopped = loop.status == StepStatus::Stopping;
        for (const StepState& row : stored_) {
            if (row.superseded || graph_->nodes[row.node].parent != loop.node) continue;
            failed |= row.status == StepStatus::Failed;
            stopped |= row.status == StepStatus::Stopped;
        }
        const StepStatus status = failed ? StepStatus::Failed : stopped ? StepStatus::Stopped : StepStatus::Succeeded;
        post(plan::event::Ended{seq, loop.attempt, {.status = status}});
    }

    void trace(const std::vector<StepState>& before, const plan::Actions& actions) {
        for (const StepSeq seq : actions.changed) {
            const StepState& row = stored_[seq];
            const bool known = seq < before.size();
            if (row.superseded && !before[seq].superseded) note("leave " + name_of(row));
            const bool shown = is_terminal(row.status) || row.status == StepStatus::Stopping;
            if (known && shown && row.status != before[seq].status)
                note(name_of(row) + " " + std::string(to_string(row.status)));
            if (row.phase == Phase::BackOff && before[seq].phase != Phase::BackOff)
                note("back off " + name_of(row) + " until " + std::to_string(to_millis(*row.due)));
        }
        for (const StepSeq seq : actions.launch) {
            const StepState& row = stored_[seq];
            note("start " + name_of(row) + (row.attempt > 1 ? " #" + std::to_string(row.attempt) : ""));
        }
        if (actions.status) note("run " + std::string(to_string(*actions.status)));
    }

    void note(const std::string& text) {
        if (noted_ != now_ || trace_.empty())
            trace_ += (trace_.empty() ? "" : "; ") + std::to_string(to_millis(now_)) + " ";
        else
            trace_ += ", ";
        trace_ += text;
        noted_ = now_;
    }

    std::string take_trace() { return std::exchange(trace_, {}); }

    std::shared_ptr<const definition::Graph> graph_;
    Perform perform_;
    std::vector<bool> selected_;
    plan::RunState stored_run_;
    std::vector<StepState> stored_;
    plan::Plan plan_;
    Observe observe_;
    std::map<std::pair<StepSeq, std::uint32_t>, Verdict> scripted_;
    std::priority_queue<Timer> timers_;
    std::deque<plan::Event> events_;
    std::uint64_t made_ = 0;
    std::size_t applied_ = 0;
    bool look_ = true;
    bool traced_ = true;
    Time now_{};
    Time noted_{};
    std::string trace_;
};

}  // namespace pipelines::testing
