// Which scenarios hold in a namespace: those that were put for it, else those put for all, else the file's. What was
// put stands in rows. A stored document that no longer passes its check throws; everything else is the caller's check.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "pipelines/domain/pipeline.hpp"
#include "pipelines/runners/scenario.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::engine {

class ScenarioBook {
public:
    static constexpr NamespaceId kAll = 0;  // every namespace that has none of its own

    enum class Source { None, File, All, Namespace };
    struct InForce {
        const runners::Scenarios& scenarios;  // until the next put() or erase()
        Source source;
    };

    ScenarioBook(store::Store&, runners::Scenarios file);

    // A read of the row on first use, none afterwards.
    [[nodiscard]] InForce in(NamespaceId);

    // Inside store::Turn::within().
    void put(NamespaceId, runners::Scenarios);
    void erase(NamespaceId);

private:
    [[nodiscard]] const runners::Scenarios* own(NamespaceId);
    void forget_if_undone(NamespaceId);

    store::Store& store_;
    runners::Scenarios file_;
    std::map<NamespaceId, std::optional<runners::Scenarios>> known_;  // as the rows have it
};

// "namespace", "all", "file" or "none".
[[nodiscard]] std::string_view to_string(ScenarioBook::Source);

}  // namespace pipelines::engine
