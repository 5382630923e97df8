#include "pipelines/engine/scenario_book.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "pipelines/base/log.hpp"
#include "pipelines/base/names.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::engine {
namespace {

constexpr Names<ScenarioBook::Source, 4> kSources{{
    {ScenarioBook::Source::None, "none"},
    {ScenarioBook::Source::File, "file"},
    {ScenarioBook::Source::All, "all"},
    {ScenarioBook::Source::Namespace, "namespace"},
}};

}  // namespace

std::string_view to_string(ScenarioBook::Source source) { return name_of(kSources, source); }

ScenarioBook::ScenarioBook(store::Store& store, runners::Scenarios file) : store_(store), file_(std::move(file)) {
    if (!file_.document().empty() && store_.scenarios.find(kAll))
        log::warn(
            "The scenarios that were put for all namespaces hold, not those of the file; DELETE /_local/scenarios "
            "makes the file's hold again.");
}

ScenarioBook::InForce ScenarioBook::in(NamespaceId id) {
    if (id != kAll)
        if (const auto* its_own = own(id)) return {*its_own, Source::Namespace};
    if (const auto* of_all = own(kAll)) return {*of_all, Source::All};
    return {file_, file_.document().empty() ? Source::None : Source::File};
}

const runners::Scenarios* ScenarioBook::own(NamespaceId id) {
    const auto [place, made] = known_.try_emplace(id);
    if (made) {
        if (const auto text = store_.scenarios.find(id)) {
            auto parsed = runners::Scenarios::parse(*text);
            if (!parsed) {
                known_.erase(place);
                throw std::runtime_error("stored scenarios no longer pass their check (PUT or DELETE them): " +
                                         parsed.error().message);
            }
            place->second = std::move(*parsed);
        }
    }
    return place->second ? &*place->second : nullptr;
}

void ScenarioBook::put(NamespaceId id, runners::Scenarios scenarios) {
    forget_if_undone(id);
    forget_choices(id);
    store_.scenarios.put(id, dump(scenarios.document()));
    known_[id] = std::move(scenarios);
}

void ScenarioBook::erase(NamespaceId id) {
    forget_if_undone(id);
    forget_choices(id);
    store_.scenarios.erase(id);
    known_[id].reset();
}

Result<void> ScenarioBook::choose(NamespaceId id, std::string_view pipeline, std::string test_case) {
    std::size_t waiting = 0;
    for (const auto& [key, cases] : choices_) waiting += cases.size();
    if (waiting >= kMostChoices)
        return Error{ErrorKind::Conflict,
                     fmt::format("{} choices wait for the starts that take them, and no more are kept. PUT "
                                 "/_local/scenarios forgets those of its namespace.",
                                 waiting)};
    restore_choices_if_undone();
    choices_[{id, to_lower(pipeline)}].push_back(std::move(test_case));
    return {};
}

std::optional<std::string> ScenarioBook::chosen(NamespaceId id, std::string_view pipeline) {
    const auto found = choices_of(id, pipeline);
    if (found == choices_.end()) return std::nullopt;
    return found->second.front();
}

void ScenarioBook::take_chosen(NamespaceId id, std::string_view pipeline) {
    const auto found = choices_of(id, pipeline);
    if (found == choices_.end()) return;
    restore_choices_if_undone();
    found->second.erase(found->second.begin());
    if (found->second.empty()) choices_.erase(found);
}

ScenarioBook::Choices::iterator ScenarioBook::choices_of(NamespaceId id, std::string_view pipeline) {
    if (choices_.empty()) return choices_.end();
    const std::string name = to_lower(pipeline);
    if (const auto found = choices_.find({id, name}); found != choices_.end()) return found;
    return own(id) == nullptr ? choices_.find({kAll, name}) : choices_.end();
}

// What holds in a namespace changes with its own scenarios, and while it has none with those of all.
void ScenarioBook::forget_choices(NamespaceId id) {
    if (choices_.empty()) return;
    restore_choices_if_undone();
    std::erase_if(choices_, [this, id](const auto& entry) {
        const NamespaceId level = entry.first.first;
        return level == id || (id == kAll && own(level) == nullptr);
    });
}

void ScenarioBook::restore_choices_if_undone() {
    store_.turn.on_undo([this, before = choices_] { choices_ = before; });
}

void ScenarioBook::forget_if_undone(NamespaceId id) {
    store_.turn.on_undo([this, id] { known_.erase(id); });
}

}  // namespace pipelines::engine
