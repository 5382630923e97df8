#include "pipelines/engine/event_reader.hpp"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "pipelines/base/ids.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/documents/status_events.hpp"

namespace pipelines::engine {
namespace {

// A hash of what it is of: the same change has the same id whenever it is read or delivered again.
std::string event_id(std::uint64_t seed, const EventPosition& position) {
    const std::string what = to_string(position);
    const std::uint64_t high = stable_hash(what, seed), low = stable_hash(what, ~seed);
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xffffU, high & 0xffffU,
                       low >> 48U, low & 0xffff'ffff'ffffU);
}

}  // namespace

std::string to_string(const EventPosition& position) {
    if (position.index == EventPosition::kLast) return fmt::format("{}", position.row);
    return fmt::format("{}-{}", position.row, position.index);
}

std::optional<EventPosition> parse_event_position(std::string_view text) {
    const std::size_t hyphen = text.find('-');
    const auto row = parse_number<std::int64_t>(text.substr(0, hyphen));
    if (!row || *row < 0) return std::nullopt;
    if (hyphen == std::string_view::npos) return EventPosition{*row};
    const auto index = parse_number<std::uint32_t>(text.substr(hyphen + 1));
    if (!index) return std::nullopt;
    return EventPosition{*row, *index};
}

// Renders the changes of one execution.
class EventReader::Renderer {
public:
    Renderer(store::Store& store, Engine& engine, JobsByAttempt& jobs, Namespace space, Execution execution)
        : store_(store),
          jobs_(jobs),
          space_(std::move(space)),
          execution_(std::move(execution)),
          pipeline_(store.pipelines.find(execution_.pipeline).value()) {
        if (auto compiled = engine.definition(execution_.version_key)) definition_ = std::move(*compiled);
    }

    // Nothing: what its step is can no longer be read.
    [[nodiscard]] std::optional<StatusEvent> render(const EventPosition& position, const Transition& change) {
        const std::string id = event_id(space_.seed, position);
        const documents::EventContext context{space_.key, pipeline_.name, execution_};
        if (const auto* whole = std::get_if<ExecutionTransition>(&change.what))
            return StatusEvent{position, change.at, false, documents::execution_event(id, change.at, context, *whole)};
        if (!definition_) return std::nullopt;
        const auto& part = std::get<StepTransition>(change.what);
        const StepRow row = store_.steps.find(execution_.id, part.step).value();
        const auto job = job_of(row, part);
        return StatusEvent{position, change.at, true,
                           documents::step_event(id, change.at, context, part, definition_->steps.at(row.state.node),
                                                 row, job ? &*job : nullptr, cache_source(row))};
    }

private:
    // That of the attempt which was under way; one that was taken over is its source's.
    [[nodiscard]] std::optional<Job> job_of(const StepRow& row, const StepTransition& change) {
        if (row.content.source || change.attempt == row.state.attempt)
            return row.content.job ? store_.jobs.find(*row.content.job) : std::nullopt;
        const auto [jobs, is_new] = jobs_.try_emplace(execution_.id);
        if (is_new) {
            const auto all = store_.jobs.by_attempt(execution_.id);
            jobs->second.insert(all.begin(), all.end());
        }
        const auto found = jobs->second.find({execution_.id, change.step, change.attempt});
        return found == jobs->second.end() ? std::nullopt : store_.jobs.find(found->second);
    }

    [[nodiscard]] std::optional<std::string> cache_source(const StepRow& row) const {
        if (!row.content.source || row.content.source_how != SourceHow::Cache) return std::nullopt;
        return store_.executions.arn(*row.content.source);
    }

    store::Store& store_;
    JobsByAttempt& jobs_;
    Namespace space_;
    Execution execution_;
    Pipeline pipeline_;
    std::shared_ptr<const definition::Definition> definition_;  // null: cannot be read
};

template <class Read>
auto EventReader::unless_damaged(const store::EventRow& row, const Read& read) const -> decltype(read()) {
    try {
        return read();
    } catch (const store::DatabaseError&) {
        throw;
    } catch (const std::exception& fault) {  // it would be met for ever, and all that is behind it never be reached
        engine_.tell_unreadable_event(row.id, fault.what());
        return {};
    }
}

bool EventReader::add(EventPage& page, JobsByAttempt& jobs, const store::EventRow& row, std::size_t limit) const {
    const auto is_whole = unless_damaged(
        row, [this, &page, &jobs, &row, limit] { return std::optional<bool>{add_readable(page, jobs, row, limit)}; });
    if (!is_whole) page.reached = EventPosition{row.id};
    return is_whole.value_or(true);
}

bool EventReader::add_readable(EventPage& page, JobsByAttempt& jobs, const store::EventRow& row,
                               std::size_t limit) const {
    auto execution = store_.executions.find(row.execution);
    if (!execution && is_bounded() && store_.turn.dirty()) {
        page.is_held = true;
        return false;
    }
    const auto changes = execution ? read_transitions(row.began, row.body) : std::vector<Transition>{};
    std::optional<Renderer> renderer;
    for (std::uint32_t index = 0; index < changes.size(); ++index) {
        const EventPosition here{row.id, index};
        if (here <= page.reached) continue;
        if (page.events.size() == limit) return false;
        if (!renderer)
            renderer.emplace(store_, engine_, jobs, store_.namespaces.find(row.namespace_id).value(),
                             std::move(*execution));
        // One of a step whose row is damaged takes none of the execution's along.
        auto event = unless_damaged(
            row, [&renderer, &here, &change = changes[index]] { return renderer->render(here, change); });
        if (event) page.events.push_back(std::move(*event));
        page.reached = here;
    }
    page.reached = EventPosition{row.id};
    return true;
}

EventPage EventReader::after(EventPosition position, const store::EventFilter& filter, std::size_t limit) const {
    EventPage page{{}, position};
    JobsByAttempt jobs;
    const std::int64_t first = position.row + (position.index == EventPosition::kLast ? 1 : 0);
    // Rows that show nothing do not end a page: an empty one says that there is no more. So many are never kept that
    // this takes long.
    store_.events.show(first, filter, [this, &page, &jobs, limit](const store::EventRow& row) {
        return row.id <= newest_ && add(page, jobs, row, limit);
    });
    return page;
}

}  // namespace pipelines::engine
