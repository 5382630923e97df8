#include "pipelines/engine/scenario_book.hpp"

#include <stdexcept>
#include <utility>

#include "pipelines/base/log.hpp"
#include "pipelines/base/names.hpp"

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
    store_.scenarios.put(id, dump(scenarios.document()));
    known_[id] = std::move(scenarios);
}

void ScenarioBook::erase(NamespaceId id) {
    forget_if_undone(id);
    store_.scenarios.erase(id);
    known_[id].reset();
}

void ScenarioBook::forget_if_undone(NamespaceId id) {
    store_.turn.on_undo([this, id] { known_.erase(id); });
}

}  // namespace pipelines::engine
