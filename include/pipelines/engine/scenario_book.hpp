// Which scenarios hold in a namespace: those that were put for it, else those put for all, else the file's. What was
// put stands in rows. A stored document that no longer passes its check throws; everything else is the caller's check.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipelines/base/result.hpp"
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

    // Test cases chosen for executions to come of a pipeline, in order: each start that names no case itself takes one.
    // Of kAll: for starts in any namespace that has none chosen and no scenarios of its own. In memory: a restart
    // forgets them, and so do put() and erase() where they change the scenarios whose cases they name.
    static constexpr std::size_t kMostChoices = 1000;  // of all namespaces
    // The case is one of in(NamespaceId). Error: there are too many.
    [[nodiscard]] Result<void> choose(NamespaceId, std::string_view pipeline, std::string test_case);
    [[nodiscard]] std::optional<std::string> chosen(NamespaceId, std::string_view pipeline);
    void take_chosen(NamespaceId, std::string_view pipeline);  // the execution stands unless the turn is undone

private:
    using Choices = std::map<std::pair<NamespaceId, std::string>, std::vector<std::string>>;  // names in lower case

    // The choices that a start there goes by; end(): none.
    [[nodiscard]] Choices::iterator choices_of(NamespaceId, std::string_view pipeline);
    void forget_choices(NamespaceId);
    void restore_choices_if_undone();
    [[nodiscard]] const runners::Scenarios* own(NamespaceId);
    void forget_if_undone(NamespaceId);

    store::Store& store_;
    runners::Scenarios file_;
    std::map<NamespaceId, std::optional<runners::Scenarios>> known_;  // as the rows have it
    Choices choices_;                                                 // no list in it is empty
};

// "namespace", "all", "file" or "none".
[[nodiscard]] std::string_view to_string(ScenarioBook::Source);

}  // namespace pipelines::engine
