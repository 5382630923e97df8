// What the engine is made of; its operations stand in engine.cpp, answer.cpp, by_hand.cpp, callbacks.cpp, clocks.cpp
// and outside.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/driver.hpp"
#include "pipelines/engine/engine.hpp"

namespace pipelines::engine {

struct Engine::Impl {
    Impl(store::Store& store, Options given, Loop loop)
        : rows(store),
          options(std::move(given)),
          definitions(rows),
          driver(rows, options, definitions, std::move(loop)) {}

    store::Store& rows;
    Options options;
    Definitions definitions;
    Driver driver;
    std::set<std::int64_t> unreadable_events;  // rows that the log was told of
    std::map<NamespaceKey, Namespace> spaces;  // those that exist, as they were made: id, key and seed hold for ever

    // The callback that a token names, if it still waits.
    struct Waiting {
        Space& space;
        Run& run;
        StepSeq step;
    };
    Result<Waiting> waiting(NamespaceId id, std::string_view token);

    // Engine::outside_step(); throws what a read throws.
    std::optional<runners::OutsideStep> outside_step(const StepRef&);

    // The rows that a selective execution begins with; none for an ordinary one. Error: it cannot run like that.
    Result<std::vector<StepRow>> reuse(const definition::Definition&, const std::optional<Selection>&);
};

}  // namespace pipelines::engine
